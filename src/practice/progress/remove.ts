import { tries } from '../exercises/page/tries.ts';
import { answers } from '../quiz/answers.ts';
import { reads, reviews, runs, solutions } from '../record/record.ts';

/** Nothing was read, run, tried, solved or answered. What the reader wrote stays. */
export function removeProgress(): void {
  for (const kind of [reads, runs, solutions, reviews, answers, tries]) kind.clear();
}
