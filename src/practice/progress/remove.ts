import { tries } from '../exercises/page/tries.ts';
import { answers } from '../quiz/answers.ts';
import { bets } from '../../running/cells/bets/kept.ts';
import { reads, reviews, runs, solutions } from '../record/record.ts';

/** Nothing was read, bet, run, tried, solved or answered. What the reader wrote stays. */
export function removeProgress(): void {
  for (const kind of [reads, runs, solutions, reviews, answers, tries, bets]) kind.clear();
}
