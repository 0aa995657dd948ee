/** Adds to what is kept what did not come from a page of this browser. Nothing is removed. */
import { answers, type Answer } from '../quiz/answers.ts';
import { reads, reviews, runs, solutions } from '../record/record.ts';
import { dayOf, DONE, type Review } from '../record/schedule.ts';
import type { Progress } from './sift.ts';
import type { Change } from './undo.ts';

/**
 * All that the other has; of two reviews of a question, or two answers to it, the later.
 *
 * @returns what changed, and whether it will survive a reload.
 */
export function addProgress(other: Progress): { changes: Change[]; survives: boolean } {
  const changes: Change[] = [];
  const survive: boolean[] = [];
  const note = (kind: Change['kind'], id: string, before: unknown, survives: boolean): void => {
    changes.push({ kind, id, before });
    survive.push(survives);
  };
  const { read, ran, solved, reviews: reviewed } = other.record;
  const now = Date.now();
  for (const [kind, kept, ids] of [
    ['read', reads, read],
    ['ran', runs, ran],
    ['solved', solutions, solved],
  ] as const)
    for (const [at, id] of ids.entries())
      if (kept.get(id) === undefined) note(kind, id, undefined, kept.set(id, now + at));
  for (const [id, review] of Object.entries(reviewed)) {
    const mine = reviews.get(id);
    if (!mine || review.day > mine.day) note('review', id, mine, reviews.set(id, review));
  }
  for (const [id, answer] of Object.entries(other.answers)) {
    const mine = answers.get(id);
    if (!mine || Date.parse(answer.at) > Date.parse(mine.at))
      note('answer', id, mine, answers.set(id, answer));
    if (!reviews.get(id)) note('review', id, undefined, reviews.set(id, reviewFrom(answer)));
  }
  return { changes, survives: survive.every(Boolean) };
}

/**
 * Where the questions stand that were answered while nobody kept reviews: in a frame, or long ago.
 *
 * @param questions the ids of those that the course has.
 */
export function adoptAnswers(questions: readonly string[]): void {
  for (const id of questions) {
    const answer = answers.get(id);
    if (answer && !reviews.get(id)) reviews.set(id, reviewFrom(answer));
  }
}

/** Where a question stands that was answered before reviews were kept. */
export const reviewFrom = (answer: Pick<Answer, 'right' | 'first' | 'at'>): Review => ({
  step: answer.first && answer.right ? DONE : 0,
  day: dayOf(new Date(answer.at)),
});
