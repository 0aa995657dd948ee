/** Adds to the record what did not come from a page of this browser. Nothing is removed. */
import type { Answer } from '../quiz/answers.ts';
import { change, EMPTY, loadRecord, merged, type ProgressRecord } from './record.ts';
import { dayOf, DONE, type Review } from './schedule.ts';

/** @returns whether it will survive a reload. */
export const addRecord = (other: ProgressRecord): boolean =>
  change((record) => merged(record, other));

/** Where the questions stand that were answered while nobody kept reviews: in a frame, or long ago. */
export function adoptAnswers(answers: Readonly<Record<string, Answer>>): void {
  const { reviews } = loadRecord();
  const missing = Object.entries(answers).filter(([id]) => !(id in reviews));
  if (missing.length === 0) return;
  const found = Object.fromEntries(missing.map(([id, answer]) => [id, reviewFrom(answer)]));
  addRecord({ ...EMPTY, reviews: found });
}

/** Where a question stands that was answered before reviews were kept. */
export const reviewFrom = (answer: Pick<Answer, 'right' | 'first' | 'at'>): Review => ({
  step: answer.first && answer.right ? DONE : 0,
  day: dayOf(new Date(answer.at)),
});
