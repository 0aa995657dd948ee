/** How a reader fared with each exercise, kept in this browser. The code itself is the cell's draft. */
import { Kept } from '../../../foundation/kept/kept.ts';

export interface Tries {
  /** All checks held once. */
  solved: boolean;
  /** How often Check found something missing. */
  failed: number;
  /** How many hints were opened. */
  hints: number;
}

/** By lasting id: `1.2.x-eav-furniture`. */
export const tries = new Kept('tries', 1, triesFrom);

export const triesOf = (exercise: string): Tries =>
  tries.get(exercise) ?? { solved: false, failed: 0, hints: 0 };

/** @returns whether it will survive a reload. */
export const saveTries = (exercise: string, now: Tries): boolean => tries.set(exercise, now);

/** @returns nothing if what anybody may have written is not how somebody fared. */
function triesFrom(data: unknown): Tries | undefined {
  const { solved, failed, hints } = data as Tries;
  const fits = typeof solved === 'boolean' && isCount(failed) && isCount(hints);
  return fits ? { solved, failed, hints } : undefined;
}

const isCount = (data: unknown): boolean => Number.isSafeInteger(data) && (data as number) >= 0;
