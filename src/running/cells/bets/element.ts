/**
 * `<course-bet>`: a cell's question. The output below it stays folded until the reader bets, runs the cell or asks to
 * see it; what was bet is kept. It is on pages that have a bet, and on no other.
 */
import { lastingId } from '../../../foundation/addresses/lasting.ts';
import { tellDone } from '../../../foundation/page/done.ts';
import { judge, type Given, type Key, type Verdict } from './judge.ts';
import { bets, isFolding, setFolding, whenFoldingChanges } from './kept.ts';
import { LONGEST } from './number.ts';
import { HINTS, saidTo } from './words.ts';

class CourseBet extends HTMLElement {
  /** `data-review`: it was missed, and is asked again. `data-shown`: a presentation has come to its output. */
  static readonly observedAttributes = ['data-review', 'data-shown'];

  #key!: Key;
  #state: 'asking' | 'bet' | 'looked' = 'asking';
  #folds: HTMLDetailsElement[] = [];

  connectedCallback(): void {
    // Moved in the page: it is what it was.
    if (this.#folds.length > 0) return;
    this.#key = JSON.parse(this.dataset['judgedBy']!) as Key;
    const cell = this.closest('course-cell')!;
    const cells = [cell, ...document.querySelectorAll(`course-cell[data-folded-by="${cell.id}"]`)];
    this.#folds = cells.flatMap((one) => [
      ...one.querySelectorAll<HTMLDetailsElement>('.cell-fold'),
    ]);
    for (const one of cells) one.addEventListener('course:running', () => this.#look());
    for (const fold of this.#folds)
      fold.addEventListener('toggle', () => {
        if (fold.open && !this.#isOpen) this.#look();
      });
    this.#form?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#bet();
    });
    this.addEventListener('click', ({ target }) => {
      if (!(target instanceof HTMLButtonElement)) return;
      if (target.dataset['move']) this.#move(target, Number(target.dataset['move']));
      if (target.dataset['action'] === 'folding') setFolding(!isFolding());
    });
    whenFoldingChanges(() => this.#draw());
    bets.whenChanged((id) => {
      if (id === undefined || id === this.#id) this.#restore();
    });
    // It was opened before this script was here.
    const looked = this.#folds[0]!.open;
    this.#restore();
    if (looked) this.#look();
  }

  attributeChangedCallback(): void {
    if (this.#folds.length > 0) this.#restore();
  }

  get #form(): HTMLFormElement | null {
    return this.querySelector('form');
  }
  get #id(): string {
    return this.dataset['bet'] ?? lastingId(this.closest('course-cell')!.id) ?? '';
  }
  get #steps(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-value]')];
  }
  get #isOpen(): boolean {
    return this.#state !== 'asking' || !isFolding() || 'shown' in this.dataset;
  }

  #restore(): void {
    this.#state = 'asking';
    this.#say('', '');
    const kept = bets.get(this.#id);
    if ('review' in this.dataset)
      this.#say('', 'You missed this bet before. It is here for review.');
    else if (kept && kept.of === this.dataset['version']) {
      const verdict = kept.given && judge(this.#key, kept.given);
      this.#state = verdict ? 'bet' : 'looked';
      if (verdict) this.#tell(kept.given!, verdict);
    }
    this.#draw();
  }

  #given(): string[] {
    if (this.#key.kind === 'order') return this.#steps.map((step) => step.dataset['value']!);
    const field = this.querySelector<HTMLInputElement>('input:checked, input[type=text]');
    return field ? [field.value.slice(0, LONGEST)] : [];
  }

  #bet(): void {
    const given = this.#given();
    const verdict = judge(this.#key, given);
    if (!verdict) {
      this.#say('', HINTS[this.#key.kind]);
      this.querySelector<HTMLElement>('input')?.focus();
      return;
    }
    this.#over('bet', given);
    tellDone({ kind: 'bet', id: this.#id, right: verdict.right });
    this.#tell(given, verdict);
    // The form is gone, and the focus with it.
    const said = this.querySelector<HTMLElement>('.bet-said')!;
    said.tabIndex = -1;
    said.focus({ preventScroll: true });
  }

  #look(): void {
    this.closest('[data-asking]')?.removeAttribute('data-asking');
    if (this.#state !== 'asking' || !isFolding()) return;
    this.#over('looked', null);
  }

  #over(state: 'bet' | 'looked', given: string[] | null): void {
    this.#state = state;
    bets.set(this.#id, { given, of: this.dataset['version']! });
    delete this.dataset['review'];
    this.#state = state;
    this.#say('', '');
    this.closest('[data-asking]')?.removeAttribute('data-asking');
    this.#draw();
  }

  #draw(): void {
    const open = this.#isOpen;
    this.dataset['state'] = this.#state;
    if (this.#form) this.#form.hidden = open;
    for (const fold of this.#folds) fold.open = open;
    this.querySelector('[data-action=folding]')!.textContent = isFolding()
      ? 'Always show outputs'
      : 'Fold outputs until I bet';
  }

  #tell(given: Given, verdict: Verdict): void {
    this.dataset['right'] = String(verdict.right);
    const shown = [...this.querySelectorAll<HTMLElement>('[data-place]')]
      .sort((a, b) => Number(a.dataset['place']) - Number(b.dataset['place']))
      .map((item) => item.textContent.trim());
    const { head, text } = saidTo(this.#key, given, verdict, shown, this.dataset['unit']);
    this.#say(head, text, this.#whys(given, verdict));
  }

  /** What the author has to say to this bet, and to all. */
  #whys(given: Given, { right, off = 0 }: Verdict): Node[] {
    const all = [...this.closest('course-cell')!.querySelectorAll<HTMLElement>('[data-why]')];
    const to = (wanted: (to: string) => boolean): HTMLElement | undefined =>
      all.find(({ dataset }) => wanted(dataset['why']!));
    const own =
      this.#key.kind === 'choice'
        ? to((place) => place === given[0])
        : right
          ? undefined
          : (to(
              (says) =>
                judge({ ...this.#key, truth: [says], near: undefined }, given)?.right ?? false,
            ) ?? (off === 0 ? undefined : to((way) => way === (off > 0 ? 'more' : 'less'))));
    return [own, to((everybody) => everybody === 'all')].flatMap((why) => {
      if (!why) return [];
      const line = why.cloneNode(true) as HTMLElement;
      line.querySelector('.bet-to')?.remove();
      return [line];
    });
  }

  #say(head: string, text: string, whys: readonly Node[] = []): void {
    const line = document.createElement('p');
    if (head) line.appendChild(document.createElement('strong')).textContent = head;
    line.append(head && ' ', text);
    this.querySelector('.bet-said')!.replaceChildren(...(head || text ? [line] : []), ...whys);
  }

  #move(button: HTMLButtonElement, by: number): void {
    const step = button.closest('li')!;
    if (by < 0) step.previousElementSibling?.before(step);
    else step.nextElementSibling?.after(step);
    // Moving an element takes the focus from it.
    button.focus();
    const name = step.querySelector('[data-place]')!.textContent.trim();
    this.#say('', `${name}: place ${this.#steps.indexOf(step) + 1} of ${this.#steps.length}`);
  }
}

customElements.define('course-bet', CourseBet);
