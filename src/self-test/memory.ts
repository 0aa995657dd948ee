/**
 * The tests that a reader has begun, kept in this browser over reloads and never sent anywhere. Where
 * storage is denied, they live as long as the page.
 */

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

const KEY = 'course-self-tests';
/** The last ones are kept. */
const MOST = 8;

let visit: Sitting[] = [];

/** The latest first. */
export function sittings(): Sitting[] {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === null ? visit : parseSittings(stored);
  } catch {
    return visit;
  }
}

export const sittingOf = (test: string): Sitting | undefined =>
  sittings().find((one) => one.test === test);

export function saveSitting(sitting: Sitting): void {
  visit = [sitting, ...sittings().filter(({ test }) => test !== sitting.test)].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(visit));
  } catch {
    // Denied or full: it is there for the visit.
  }
}

/** Sittings from a text that anybody may have written: what has not their shape is left out. */
export function parseSittings(text: string): Sitting[] {
  try {
    const data: unknown = JSON.parse(text);
    return Array.isArray(data) ? data.filter(isSitting).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function isSitting(data: unknown): data is Sitting {
  if (typeof data !== 'object' || data === null) return false;
  const { test, at, finished, given } = data as Partial<Sitting>;
  return (
    typeof test === 'string' &&
    Number.isInteger(at) &&
    at! >= 0 &&
    typeof finished === 'boolean' &&
    typeof given === 'object' &&
    given !== null &&
    Object.values(given).every(isGiven)
  );
}

const isGiven = (data: unknown): data is string[] =>
  Array.isArray(data) &&
  data.length <= 20 &&
  data.every((one) => typeof one === 'string' && one.length <= 500);
