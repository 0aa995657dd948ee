/** What a reader has read, run, solved and reviewed, kept in this browser. */
import { Kept } from '../kept/kept.ts';
import type { Done } from './done.ts';
import { answered, isDay, STEPS, type Review } from './schedule.ts';

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

/** What a lasting id is made of; a whole pattern of one would be one more script on every page. */
const ID = /^[a-z\d.-]{1,100}$/;

/** When it was, in milliseconds since 1970; of what came from a file, and of an earlier release, only the order counts. */
const time = (data: unknown): number | undefined =>
  Number.isFinite(data) ? (data as number) : undefined;

export const reads = new Kept('read', 1, time);
export const runs = new Kept('ran', 1, time);
export const solutions = new Kept('solved', 1, time);
export const reviews = new Kept('review', 1, reviewOf);

export const loadRecord = (): ProgressRecord => ({
  version: 1,
  read: inOrder(reads),
  ran: inOrder(runs),
  solved: inOrder(solutions),
  reviews: Object.fromEntries([...reviews.all()].filter(([id]) => isId(id))),
});

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
      return reviews.set(id, answered(reviews.get(id), right, now));
  }
}

export const isId = (data: unknown): data is string => typeof data === 'string' && ID.test(data);

/** @returns nothing if a text that anybody may have written is no review. */
export function reviewOf(data: unknown): Review | undefined {
  const { step, day } = data as Partial<Review>;
  return STEPS.includes(step!) && isDay(day!) ? { step: step!, day: day! } : undefined;
}

/** The first time stays. */
const once = (kind: Kept<number>, id: string): boolean => kind.set(id, kind.get(id) ?? Date.now());

const inOrder = (kind: Kept<number>): string[] =>
  [...kind.all()]
    .filter(([id]) => isId(id))
    .sort(([, a], [, b]) => a - b)
    .map(([id]) => id);
