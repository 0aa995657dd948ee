/**
 * A question asked fresh, as a test asks it: whatever the reader answered on its page is neither shown
 * nor changed. The first answer counts, and then everything is explained.
 *
 * `data-fresh` on a `course-question` makes it so, before it is put into the page; `data-given` holds an
 * answer that it was given before, as JSON. It tells its answer by {@link ANSWERED_EVENT}, which bubbles,
 * and whoever asks keeps it.
 */

export interface FreshAnswer {
  /** The question's lasting id. */
  id: string;
  /** As `judge.ts` takes it; empty if the reader did not know. */
  given: string[];
  right: boolean;
}

export const ANSWERED_EVENT = 'course:answered';

/** Makes a question that is not in the page yet a fresh one. */
export function askFresh(question: HTMLElement, given?: readonly string[]): void {
  question.dataset['fresh'] = '';
  if (given) question.dataset['given'] = JSON.stringify(given);
}
