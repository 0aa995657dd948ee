/** One stage on the page: its parts, and what is said in it. */
import type { CourseCell } from '../../../running/cells/page/element.ts';
import { STAGE_ROWS, type BoardRow } from '../board.ts';
import type { Measures } from '../measures.ts';

export class StageView {
  readonly element: HTMLElement;
  readonly name: string;

  constructor(element: HTMLElement) {
    this.element = element;
    this.name = element.dataset['stage']!;
  }

  get title(): string {
    return this.element.ariaLabel!;
  }
  /** As the reader left it. */
  get code(): string {
    return this.cell.files.map(({ code }) => code).join('\n\n');
  }
  get cell(): CourseCell {
    return this.#part<CourseCell>('course-cell');
  }

  button(name: 'check' | 'stop'): HTMLButtonElement {
    return this.#part<HTMLButtonElement>(`[data-challenge-action="${name}"]`);
  }

  say(text: string, kind: 'info' | 'error' = 'info'): void {
    const status = this.#part('.exercise-status');
    status.textContent = text;
    status.dataset['kind'] = kind;
  }

  showVerdict(passed: boolean | undefined, nodes: readonly globalThis.Node[]): void {
    if (passed === undefined) delete this.element.dataset['verdict'];
    else this.element.dataset['verdict'] = passed ? 'passed' : 'failed';
    this.#part('.exercise-verdict').replaceChildren(...nodes);
  }

  showProgress(share: number | 'unknown' | null): void {
    const progress = this.#part<HTMLProgressElement>('.exercise-judge progress');
    progress.hidden = share === null;
    if (typeof share === 'number') progress.value = share;
    else progress.removeAttribute('value');
  }

  /**
   * @param here whether the stage is open, and what stands below its cell.
   * @param costs what the reader's design cost up to here, if it met the stage.
   */
  show(
    here: { open: boolean; met: boolean; after: boolean; ready: boolean },
    costs: readonly Measures[] | undefined,
  ): void {
    this.element.hidden = !here.open;
    this.#part('.exercise-bar').hidden = false;
    this.#part('.exercise-solved').hidden = !here.met;
    this.#part('.challenge-after').hidden = !here.after;
    this.button('check').classList.toggle('primary', here.ready);
    fillBoard(this.element, STAGE_ROWS, costs);
  }

  #part = <Part extends HTMLElement>(selector: string): Part =>
    this.element.querySelector<Part>(selector)!;
}

/** Writes the reader's column into a scoreboard, or takes it away. */
export function fillBoard(
  element: HTMLElement,
  rows: readonly BoardRow[],
  costs: readonly Measures[] | undefined,
): void {
  for (const cell of element.querySelectorAll<HTMLElement>('.challenge-board [data-you]')) {
    cell.hidden = costs === undefined;
    const row = rows.find(({ name }) => name === cell.dataset['you']);
    if (row) cell.textContent = costs === undefined ? '' : row.shows(costs);
  }
}
