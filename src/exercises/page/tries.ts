/**
 * How a reader fared with each exercise, kept in this browser over reloads and never sent anywhere. Where storage
 * is denied it lives as long as the page. The code itself is the cell's draft.
 */

export interface Tries {
  /** All checks held once. */
  solved: boolean;
  /** How often Check found something missing. */
  failed: number;
  /** How many hints were opened. */
  hints: number;
}

const KEY = 'course-exercises';
const NONE: Tries = { solved: false, failed: 0, hints: 0 };
/** Several times what the course has; more was not written by it. */
const MOST = 1000;
let visit: Record<string, Tries> = {};

/** @param exercise a lasting id: `1.2.x-eav-furniture`. */
export const triesOf = (exercise: string): Tries => allTries()[exercise] ?? NONE;

/** @returns whether it will survive a reload. */
export function saveTries(exercise: string, tries: Tries): boolean {
  // Read again: another tab may have written meanwhile.
  visit = { ...allTries(), [exercise]: tries };
  try {
    localStorage.setItem(KEY, JSON.stringify(visit));
    return true;
  } catch {
    return false;
  }
}

/** No exercise was tried. */
export function removeTries(): void {
  visit = {};
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is denied: there was nothing stored.
  }
}

function allTries(): Record<string, Tries> {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === null ? visit : parseTries(stored);
  } catch {
    return visit;
  }
}

/** Tries from a text that anybody may have written: what has not their shape is left out. */
export function parseTries(text: string): Record<string, Tries> {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null) return {};
    return Object.fromEntries(
      Object.entries(data as Record<string, unknown>)
        .filter((entry): entry is [string, Tries] => isTries(entry[1]))
        .slice(0, MOST)
        .map(([id, { solved, failed, hints }]) => [id, { solved, failed, hints }]),
    );
  } catch {
    return {};
  }
}

function isTries(data: unknown): data is Tries {
  if (typeof data !== 'object' || data === null) return false;
  const { solved, failed, hints } = data as Partial<Tries>;
  return typeof solved === 'boolean' && isCount(failed) && isCount(hints);
}

const isCount = (data: unknown): boolean => Number.isSafeInteger(data) && (data as number) >= 0;
