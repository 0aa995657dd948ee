/** The questions of a test, one at a time: which of how many, the question, and the way on. */
import { button, make } from './make.ts';

export class Asking {
  readonly element: HTMLElement;
  readonly #heading = make('h2', { tabindex: '-1' });
  readonly #places: HTMLElement[];
  readonly #back = button('back', 'Back');
  readonly #next = button('next', 'Next question');

  /** @param questions in the order of the test. */
  constructor(questions: readonly HTMLElement[]) {
    this.#places = questions.map((question) => make('div', {}, question));
    this.element = make(
      'div',
      { class: 'self-test-asking' },
      this.#heading,
      ...this.#places,
      make('p', { class: 'self-test-moves' }, this.#back, this.#next),
      make('p', { class: 'self-test-more' }, button('print', 'Print this test')),
    );
  }

  /**
   * @param at the place of the question to show, from 0.
   * @param open the places of the questions without an answer.
   */
  show(at: number, open: readonly number[]): void {
    const of = this.#places.length;
    this.#heading.textContent = `Question ${at + 1} of ${of}`;
    for (const [place, element] of this.#places.entries()) element.hidden = place !== at;
    this.#back.hidden = at === 0;
    const last = at === of - 1;
    this.#next.textContent = open.includes(at)
      ? last
        ? 'Leave it open'
        : 'Leave it for later'
      : last && open.length === 0
        ? 'See the result'
        : last
          ? 'To what is open'
          : 'Next question';
    this.#next.classList.toggle('main', !open.includes(at));
  }

  /** To the question that is shown: its number is what a screen reader says first. */
  focusQuestion(): void {
    this.#heading.focus();
    this.#heading.scrollIntoView({ block: 'start' });
  }

  /** To the way on, without losing sight of what is said about the answer. */
  focusNext(): void {
    this.#next.focus({ preventScroll: true });
    this.#places
      .find((place) => !place.hidden)
      ?.querySelector('.question-feedback')
      ?.scrollIntoView({ block: 'nearest' });
  }
}

/** What a reader is asked before a test ends with open questions. */
export const openQuestions = (open: readonly number[]): HTMLElement =>
  make(
    'div',
    { class: 'self-test-open' },
    make(
      'h2',
      { tabindex: '-1' },
      open.length === 1 ? 'One question is open' : `${open.length} questions are open`,
    ),
    make('p', {}, 'What stays open counts as missed.'),
    make(
      'p',
      { class: 'self-test-moves' },
      ...open.map((place) => {
        const to = button('goto', `Question ${place + 1}`);
        to.dataset['place'] = String(place);
        return to;
      }),
      button('finish', 'See the result'),
    ),
  );
