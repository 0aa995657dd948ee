/** All progress at once, as a file has it and as it is counted. On a page of the lecture nobody needs that. */
import type { Kept } from '../../foundation/kept/kept.ts';
import { reads, reviews, runs, solutions } from '../record/record.ts';
import type { Review } from '../record/schedule.ts';

/** Everything by lasting id. */
export interface ProgressRecord {
  version: 1;
  /** Pages whose end was on screen, in the order in which they were read. */
  read: readonly string[];
  /** Cells whose run ended. */
  ran: readonly string[];
  /** Exercises of which all checks held once. */
  solved: readonly string[];
  /** Questions that were answered. */
  reviews: Readonly<Record<string, Review>>;
}

export const loadRecord = (): ProgressRecord => ({
  version: 1,
  read: inOrder(reads),
  ran: inOrder(runs),
  solved: inOrder(solutions),
  reviews: Object.fromEntries(reviews.all()),
});

/** Pages that were read, in the order in which they were. */
export const pagesRead = (): string[] => inOrder(reads);

const inOrder = (kind: Kept<number>): string[] =>
  [...kind.all()].sort(([, a], [, b]) => a - b).map(([id]) => id);
