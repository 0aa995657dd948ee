/**
 * `<course-challenge>`: a stage opens when the one before is met; Check judges it and writes the scoreboard. It stays
 * small: the judge and the database are loaded when a reader presses Check.
 */
import { RunButtons } from '../../../running/cells/page/run-buttons.ts';
import { tellDone } from '../../../foundation/page/done.ts';
import { whyNotLoaded } from '../../../foundation/updates/updates.ts';
import { BILL_ROWS } from '../board.ts';
import type { Measures } from '../measures.ts';
import { keep, keptOf, nothingKept, type Kept } from './kept.ts';
import { fillBoard, StageView } from './stage.ts';

const DELETE = 'Delete my design';

class CourseChallenge extends HTMLElement {
  #stages: StageView[] = [];
  /** Of the stages, in their order. */
  #buttons: RunButtons[] = [];
  #checking: AbortController | undefined;

  connectedCallback(): void {
    // Moved in the page, as a presentation does: it is what it was.
    if (this.#stages.length > 0) return;
    this.#stages = [...this.querySelectorAll<HTMLElement>('.challenge-stage')].map(
      (element) => new StageView(element),
    );
    this.querySelector<HTMLElement>('.challenge-bar')!.hidden = false;
    const warm = (): void =>
      void import('./judge.ts')
        .then(({ loadStages }) => loadStages(this.id))
        .catch(() => undefined);
    for (const [index, stage] of this.#stages.entries()) {
      this.#buttons.push(
        new RunButtons(stage.button('check'), stage.button('stop'), {
          start: () => void this.#check(index),
          stop: () => this.#checking?.abort(),
        }),
      );
      for (const event of ['pointerenter', 'focus'])
        stage.button('check').addEventListener(event, warm, { once: true });
    }
    this.#button('all').addEventListener('click', () => {
      this.#keep({ ...this.#kept, all: !this.#kept.all });
    });
    const restart = this.#button('restart');
    restart.addEventListener('click', () => this.#restart(restart));
    restart.addEventListener('blur', () => (restart.textContent = DELETE));

    // A link may lead to a stage that is not open yet, and bring code: `#x-catalog-design-toys:…`.
    const open = (): void => {
      const anchor = location.hash.split(':')[0];
      const target = this.#stages.find(({ element }) => `#${element.id}` === anchor);
      if (!target?.element.hidden) return;
      this.#keep({ ...this.#kept, all: true });
      target.element.scrollIntoView();
    };
    addEventListener('hashchange', open);
    this.#show();
    open();
  }

  get #kept(): Kept {
    return keptOf(this.#lasting);
  }
  get #lasting(): string {
    return this.dataset['challenge']!;
  }

  /** The first stage that is not met, or how many there are. */
  get #reached(): number {
    const { met } = this.#kept;
    const index = this.#stages.findIndex(({ name }) => !met[name]);
    return index < 0 ? this.#stages.length : index;
  }

  async #check(index: number): Promise<void> {
    if (this.#checking) return;
    const stage = this.#stages[index]!;
    const changed = this.#notMetAsItStands(index);
    stage.showVerdict(undefined, []);
    if (changed) return stage.say(changed, 'error');
    const checking = new AbortController();
    this.#checking = checking;
    this.#buttons[index]!.show(true);
    stage.say('Checking.');
    try {
      const { judge } = await import('./judge.ts');
      const { code } = stage;
      const judgment = await judge({
        id: this.id,
        index,
        earlier: this.#stages.slice(0, index).map((one) => one.code),
        code,
        signal: checking.signal,
        onWaiting({ says, share }) {
          stage.say(says);
          stage.showProgress(share);
        },
      });
      if (judgment.kind !== 'judged') return stage.say(judgment.says, judgment.kind);
      const { nodes, measures } = judgment;
      stage.say('');
      stage.showVerdict(measures !== undefined, nodes);
      this.#count(index, code, measures);
    } catch {
      stage.say(
        await whyNotLoaded(
          'The checks could not be loaded. Look at your connection and press Check again.',
        ),
        'error',
      );
    } finally {
      this.#checking = undefined;
      stage.showProgress(null);
      this.#buttons[index]!.show(false);
    }
  }

  /** A month builds on the months before, as they were met. */
  #notMetAsItStands(index: number): string | undefined {
    const { met } = this.#kept;
    const first = this.#stages.slice(0, index).find(({ name, code }) => met[name]?.code !== code);
    if (!first) return undefined;
    const how = met[first.name] ? 'has changed since it was met' : 'is not met yet';
    return `“${first.title}” ${how}. This month builds on it: press Check there first.`;
  }

  #count(index: number, code: string, measures: Measures | undefined): void {
    const { met, failed, all } = this.#kept;
    const { name } = this.#stages[index]!;
    if (!measures) {
      this.#keep({ met, failed: [...new Set([...failed, name])], all });
      return;
    }
    // What builds on other code than before has to be checked again.
    const same = met[name]?.code === code;
    const before = this.#stages.slice(0, index).map((one) => one.name);
    const still = Object.entries(met).filter(([other]) => same || before.includes(other));
    const kept = this.#keep({
      met: { ...Object.fromEntries(still), [name]: { code, measures } },
      failed,
      all,
    });
    this.#stages[index]!.say(this.#whatNext(index, kept));
    if (this.#reached === this.#stages.length)
      tellDone({ kind: 'exercise', id: this.#lasting, right: true });
  }

  #whatNext(index: number, kept: boolean): string {
    const next = this.#stages[index + 1];
    const then = next
      ? `Below, ${next.title}.`
      : 'That was the last month. The bill stands below, with one design more.';
    return kept ? then : `${then} This browser keeps nothing: it is gone when you leave the page.`;
  }

  #keep(kept: Kept): boolean {
    const survives = keep(this.#lasting, kept);
    this.#show();
    return survives;
  }

  /** What a reader sees of how far they came. */
  #show(): void {
    const { met, failed, all } = this.#kept;
    const reached = this.#reached;
    const costs: Measures[] = [];
    for (const [index, stage] of this.#stages.entries()) {
      const mine = met[stage.name];
      if (mine) costs.push(mine.measures);
      stage.show(
        {
          open: all || index <= reached,
          met: mine !== undefined,
          after: all || mine !== undefined || failed.includes(stage.name),
          ready: index <= reached,
        },
        index < reached ? [...costs] : undefined,
      );
    }
    const finished = reached === this.#stages.length;
    this.toggleAttribute('data-hatch-open', all || finished);
    const bill = this.querySelector<HTMLElement>('.challenge-bill')!;
    bill.hidden = !all && !finished;
    fillBoard(bill, BILL_ROWS, finished ? costs : undefined);
    this.#button('all').ariaPressed = String(all);
    this.#button('all').hidden = finished && !all;
    this.#button('restart').hidden = Object.keys(met).length + failed.length === 0;
    this.querySelector('.challenge-progress')!.textContent =
      `${reached} of ${this.#stages.length} met.`;
  }

  /** Everything is gone at the second press: the first one asks. */
  #restart(button: HTMLButtonElement): void {
    if (button.textContent === DELETE) {
      button.textContent = 'Really delete all of it?';
      return;
    }
    this.#checking?.abort();
    for (const stage of this.#stages) {
      void stage.cell.forget();
      stage.showVerdict(undefined, []);
      stage.say('');
    }
    button.textContent = DELETE;
    this.#button('all').focus();
    this.#keep(nothingKept());
    this.#stages[0]!.say('Your design is deleted.');
  }

  #button = (name: 'all' | 'restart'): HTMLButtonElement =>
    this.querySelector<HTMLButtonElement>(`[data-challenge-action="${name}"]`)!;
}

customElements.define('course-challenge', CourseChallenge);
