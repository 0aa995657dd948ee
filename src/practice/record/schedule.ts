/**
 * When a missed question comes back: after 1 day, then 3, 7 and 21 days after each right review. It
 * counts days of the reader’s calendar, not hours, so a change to summer time moves nothing.
 */

/** Where a question stands in its reviews. */
export interface Review {
  /** Right reviews since the last miss, 0 to 4. At 4, and if it was never missed, nothing is left to review. */
  step: number;
  /** The day of the answer that counted, in the reader’s calendar: `2026-03-28`. */
  day: string;
}

/** Days until the next review, by step. */
export const INTERVALS = [1, 3, 7, 21] as const;
export const DONE = INTERVALS.length;
/** All that a review can be at. */
export const STEPS: readonly number[] = [...INTERVALS.keys(), DONE];

/** The day that it is for the reader: `2026-03-28`. */
export const dayOf = (now: Date): string =>
  // Its minutes in UTC are then those on the reader's clock.
  isoDay(new Date(now.getTime() - now.getTimezoneOffset() * 60_000));

/** Whether a text is a day that the calendar has: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  try {
    return addDays(text, 0) === text;
  } catch {
    return false;
  }
}

/**
 * The day of the next review; it may lie in the past.
 * @returns `null` if nothing is left to review.
 */
export function dueDay({ step, day }: Review, now: Date): string | null {
  const interval = INTERVALS[step];
  if (interval === undefined) return null;
  const today = dayOf(now);
  // The clock was ahead when it was answered. One day is a time zone; with more, the question might
  // not come back for years, so it comes back now.
  return day > addDays(today, 1) ? today : addDays(day, interval);
}

export function isDue(review: Review, now: Date): boolean {
  const due = dueDay(review, now);
  return due !== null && due <= dayOf(now);
}

/**
 * Where a question stands after an answer.
 * @param before `undefined` if it was never answered.
 */
export function answered(before: Review | undefined, right: boolean, now: Date): Review {
  const day = dayOf(now);
  // The first answer of a day counts: a second try has just read the explanation.
  if (before?.day === day) return before;
  if (!right) return { step: 0, day };
  if (before === undefined || before.step >= DONE) return { step: DONE, day };
  // Right before it is due is no review: it says little about what will be remembered by then.
  return isDue(before, now) ? { step: before.step + 1, day } : before;
}

/** @param day `2026-03-28`. */
export const dayAfter = (day: string): string => addDays(day, 1);

/** In UTC, where every day has 24 hours. */
function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return isoDay(date);
}

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
