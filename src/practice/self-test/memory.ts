/** The tests that a reader has begun, kept in this browser. */
import { Kept } from '../../foundation/kept/kept.ts';
import { isGiven } from '../quiz/answers.ts';

/** How far a test is. */
export interface Sitting {
  /** The address of the test: its seed, and the numbers of the questions if it has not all. */
  test: string;
  /** The place of the question that is shown, from 0. */
  at: number;
  finished: boolean;
  /** Answers by lasting id; empty if the reader did not know. */
  given: Record<string, string[]>;
}

/** The last ones are kept. */
const MOST = 8;

/** By the address of the test. */
const kept = new Kept('sitting', 1, sittingFrom);

/** The latest first. */
export const sittings = (): Sitting[] =>
  [...kept.all()]
    .sort(([, a], [, b]) => b.when - a.when)
    .slice(0, MOST)
    .map(([test, { at, finished, given }]) => ({ test, at, finished, given }));

export const sittingOf = (test: string): Sitting | undefined =>
  sittings().find((one) => one.test === test);

export function saveSitting({ test, ...rest }: Sitting): void {
  const others = [...kept.all()].filter(([other]) => other !== test);
  const latest = Math.max(0, ...others.map(([, { when }]) => when));
  kept.set(test, { ...rest, when: latest + 1 });
  for (const [other] of others.sort(([, a], [, b]) => b.when - a.when).slice(MOST - 1))
    kept.remove(other);
}

/** @returns nothing if what anybody may have written is no sitting. */
function sittingFrom(data: unknown): (Omit<Sitting, 'test'> & { when: number }) | undefined {
  const { at, finished, given, when } = data as Sitting & { when: number };
  const fits =
    Number.isSafeInteger(at) &&
    at >= 0 &&
    typeof finished === 'boolean' &&
    Object.values(given).every(isGiven) &&
    Number.isSafeInteger(when);
  return fits ? { at, finished, given, when } : undefined;
}
