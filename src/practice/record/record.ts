/** What a reader has read, run, solved and reviewed, kept in this browser. Everything by lasting id. */
import { Kept } from '../../foundation/kept/kept.ts';
import type { Done } from '../../foundation/page/done.ts';
import { answered, isDay, STEPS, type Review } from './schedule.ts';

/** When it was, in milliseconds since 1970; of what came from a file, and of an earlier release, only the order counts. */
const time = (data: unknown): number | undefined =>
  Number.isFinite(data) ? (data as number) : undefined;

/** Pages whose end was on screen. */
export const reads = new Kept('read', 1, time);
/** Cells whose run ended. */
export const runs = new Kept('ran', 1, time);
/** Exercises of which all checks held once. */
export const solutions = new Kept('solved', 1, time);
/** Questions that were answered, and bets that were placed: these by the lasting id of their cell. */
export const reviews = new Kept('review', 1, reviewOf);

/** @returns whether it will survive a reload. */
export const saveRead = (page: string): boolean => once(reads, page);

/** @returns whether it will survive a reload. */
export function saveDone({ kind, id, right }: Done, now: Date): boolean {
  switch (kind) {
    case 'cell':
      return once(runs, id);
    case 'exercise':
      return !right || once(solutions, id);
    case 'question':
    case 'bet':
      return reviews.set(id, answered(reviews.get(id), right, now));
  }
}

/** @returns nothing if a text that anybody may have written is no review. */
export function reviewOf(data: unknown): Review | undefined {
  const { step, day } = data as Partial<Review>;
  return STEPS.includes(step!) && isDay(day!) ? { step: step!, day: day! } : undefined;
}

/** The first time stays. */
const once = (kind: Kept<number>, id: string): boolean => kind.set(id, kind.get(id) ?? Date.now());
