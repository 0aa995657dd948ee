/** What to review today: links to the questions, or the questions themselves, asked in the page. */
import { fetchQuestions } from '../quiz/bank/fetch.ts';
import { base } from '../../foundation/addresses/base.ts';
import type { Summary } from './summary.ts';

type Due = Summary['due'];

export class Reviews {
  #list: HTMLElement;
  #ask: HTMLButtonElement;
  #problem: HTMLElement;
  #due: Due = [];
  /** Questions stay in the page when they are answered: what is said about an answer is to be read. */
  #asking = false;

  constructor(page: HTMLElement) {
    this.#list = page.querySelector('.progress-due')!;
    this.#ask = page.querySelector('[data-move=ask]')!;
    this.#problem = page.querySelector('.progress-problem')!;
    this.#ask.addEventListener('click', () => void this.#askHere());
  }

  /** The next drawing shows links again. */
  stop(): void {
    this.#asking = false;
  }

  draw(due: Due): void {
    if (this.#asking) return;
    this.#due = due;
    this.#ask.hidden = this.#list.hidden = due.length === 0;
    this.#list.replaceChildren(
      ...due.map(({ id, ask, page }) => {
        const item = document.createElement('li');
        const link = item.appendChild(document.createElement('a'));
        link.href = `${base}/${page.path}#${id.slice(page.id.length + 1)}`;
        link.textContent = ask;
        item.appendChild(document.createElement('small')).textContent = page.label;
        return item;
      }),
    );
  }

  async #askHere(): Promise<void> {
    this.#problem.textContent = '';
    try {
      if (this.#due.some(({ bet }) => bet)) await import('../../running/cells/bets/element.ts');
      const questions = await fetchQuestions(this.#due.map(({ id }) => id));
      this.#asking = true;
      this.#ask.hidden = true;
      this.#list.replaceChildren(
        ...questions.map((question) => {
          const item = document.createElement('li');
          item.append(question);
          return item;
        }),
      );
      this.#list.querySelector<HTMLElement>('input, select, button')?.focus();
    } catch {
      this.#problem.textContent =
        'The questions could not be loaded. Check your connection and try again, or follow a link above.';
    }
  }
}
