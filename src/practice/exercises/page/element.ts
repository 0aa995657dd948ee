/**
 * `<course-exercise>`: Check, its verdict, hints one by one, and the solution when it is time for it. It is on every
 * page with an exercise and stays small; the judge and the database are loaded when a reader presses Check.
 */
import type { CourseCell } from '../../../running/cells/page/element.ts';
import { RunButtons } from '../../../running/cells/page/run-buttons.ts';
import { tellDone } from '../../../foundation/page/done.ts';
import { solutions } from '../../record/record.ts';
import { whyNotLoaded } from '../../../foundation/updates/updates.ts';
import { saveTries, triesOf, type Tries } from './tries.ts';

/** After this many failed checks the solution may help more than another try. */
const FAILED = 2;

class CourseExercise extends HTMLElement {
  #buttons: RunButtons | undefined;
  #checking: AbortController | undefined;

  connectedCallback(): void {
    // Moved in the page, as a presentation does: it is what it was.
    if (this.#buttons) return;
    this.#part('.exercise-bar').hidden = false;
    this.#buttons = new RunButtons(this.#button('check'), this.#button('stop'), {
      start: () => void this.#check(),
      stop: () => this.#checking?.abort(),
    });
    const warm = (): void =>
      void import('./judge.ts')
        .then(({ loadExercise }) => loadExercise(this.id))
        .catch(() => undefined);
    for (const event of ['pointerenter', 'focus'])
      this.#button('check').addEventListener(event, warm, { once: true });

    for (const [index, hint] of this.#hints.entries()) {
      hint.open = false;
      hint.addEventListener('toggle', () => {
        const { hints, ...rest } = this.#tries;
        if (hint.open && index >= hints) this.#keep({ ...rest, hints: index + 1 });
      });
    }
    this.#show();
  }

  get #tries(): Tries {
    const { solved, ...rest } = triesOf(this.#lasting);
    // Progress may come from another browser, as a file.
    return { ...rest, solved: solved || solutions.get(this.#lasting) !== undefined };
  }
  get #lasting(): string {
    return this.dataset['exercise']!;
  }
  get #hints(): HTMLDetailsElement[] {
    return [...this.querySelectorAll<HTMLDetailsElement>('.exercise-hints details')];
  }

  async #check(): Promise<void> {
    if (this.#checking) return;
    const checking = new AbortController();
    this.#checking = checking;
    this.#part('.exercise-verdict').replaceChildren();
    delete this.dataset['verdict'];
    this.#buttons!.show(true);
    this.#say('Checking.');
    try {
      const { judge } = await import('./judge.ts');
      const files = this.querySelector<CourseCell>('course-cell')!.files;
      const code = files.map((file) => file.code).join('\n\n');
      const judgment = await judge(this.id, code, checking.signal, ({ says, share }) => {
        this.#say(says);
        this.#showProgress(share);
      });
      if (judgment.passed === undefined) return this.#say(judgment.says, judgment.kind);
      this.#say('');
      this.dataset['verdict'] = judgment.passed ? 'passed' : 'failed';
      this.#part('.exercise-verdict').replaceChildren(...judgment.nodes);
      this.#count(judgment.passed);
    } catch {
      this.#say(
        await whyNotLoaded(
          'The checks could not be loaded. Look at your connection and press Check again.',
        ),
        'error',
      );
    } finally {
      this.#checking = undefined;
      this.#showProgress(null);
      this.#buttons!.show(false);
    }
  }

  #count(passed: boolean): void {
    const { solved, failed, hints } = this.#tries;
    const kept = this.#keep({ solved: solved || passed, failed: failed + (passed ? 0 : 1), hints });
    if (passed && !kept)
      this.#say('This browser keeps nothing: “Solved” is gone when you leave the page.');
    tellDone({ kind: 'exercise', id: this.#lasting, right: passed });
  }

  #keep(tries: Tries): boolean {
    const kept = saveTries(this.#lasting, tries);
    this.#show();
    return kept;
  }

  /** What a reader sees of how they fared. */
  #show(): void {
    const { solved, failed, hints } = this.#tries;
    this.#part('.exercise-solved').hidden = !solved;
    for (const [index, hint] of this.#hints.entries()) hint.parentElement!.hidden = index > hints;
    if (solved || failed >= FAILED || hints >= this.#hints.length) this.#offerSolution();
  }

  /** Puts the solution into the page, folded: whoever opens it wants to see it. */
  #offerSolution(): void {
    const source = this.querySelector('noscript');
    if (!source) return;
    // With scripts on, the browser keeps what is in a noscript as its source.
    const { body } = new DOMParser().parseFromString(source.textContent, 'text/html');
    source.replaceWith(...body.childNodes);
  }

  #say(text: string, kind: 'info' | 'error' = 'info'): void {
    const status = this.#part('.exercise-status');
    status.textContent = text;
    status.dataset['kind'] = kind;
  }

  #showProgress(share: number | 'unknown' | null): void {
    const progress = this.querySelector<HTMLProgressElement>('.exercise-bar progress')!;
    progress.hidden = share === null;
    if (typeof share === 'number') progress.value = share;
    else progress.removeAttribute('value');
  }

  #part = (selector: string): HTMLElement => this.querySelector<HTMLElement>(selector)!;
  #button = (name: 'check' | 'stop'): HTMLButtonElement =>
    this.querySelector<HTMLButtonElement>(`[data-exercise-action="${name}"]`)!;
}

customElements.define('course-exercise', CourseExercise);
