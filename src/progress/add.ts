/** Adds to what is kept what did not come from a page of this browser. Nothing is removed. */
import type { Answer } from '../quiz/answers.ts';
import { reads, reviews, runs, solutions, type ProgressRecord } from './record.ts';
import { dayOf, DONE, type Review } from './schedule.ts';

/**
 * All that the other has and, of two reviews, the later.
 *
 * @returns whether it will survive a reload.
 */
export function addRecord(other: ProgressRecord): boolean {
  const now = Date.now();
  const survive: boolean[] = [];
  for (const [kind, ids] of [
    [reads, other.read],
    [runs, other.ran],
    [solutions, other.solved],
  ] as const)
    for (const [at, id] of ids.entries())
      if (kind.get(id) === undefined) survive.push(kind.set(id, now + at));
  for (const [id, review] of Object.entries(other.reviews)) {
    const mine = reviews.get(id);
    if (!mine || review.day > mine.day) survive.push(reviews.set(id, review));
  }
  return survive.every(Boolean);
}

/** Where the questions stand that were answered while nobody kept reviews: in a frame, or long ago. */
export function adoptAnswers(answers: Readonly<Record<string, Answer>>): void {
  for (const [id, answer] of Object.entries(answers))
    if (!reviews.get(id)) reviews.set(id, reviewFrom(answer));
}

/** Where a question stands that was answered before reviews were kept. */
export const reviewFrom = (answer: Pick<Answer, 'right' | 'first' | 'at'>): Review => ({
  step: answer.first && answer.right ? DONE : 0,
  day: dayOf(new Date(answer.at)),
});
