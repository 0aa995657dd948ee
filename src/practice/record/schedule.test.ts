/** When a missed question comes back. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answered, DONE, dueDay, isDay, isDue } from './schedule.ts';

// Berlin changes its clocks on March 29 and October 25, 2026.
beforeEach(() => void vi.stubEnv('TZ', 'Europe/Berlin'));
afterEach(() => void vi.unstubAllEnvs());

/** A time in the reader’s calendar. */
const at = (day: string, time = '12:00'): Date => new Date(`${day}T${time}:00`);
const missed = answered(undefined, false, at('2026-05-01'));

describe('a missed question', () => {
  test('comes back the next day, then 3, 7 and 21 days after each right review, and then no more', () => {
    let review = missed;
    for (const day of ['2026-05-02', '2026-05-05', '2026-05-12', '2026-06-02']) {
      expect(dueDay(review, at(review.day))).toBe(day);
      review = answered(review, true, at(day));
    }
    expect(dueDay(review, at(review.day))).toBeNull();
    expect(isDue(review, at('2030-01-01'))).toBe(false);
  });

  test('starts again at one day when it is missed again', () => {
    const known = answered(missed, true, at('2026-05-02'));
    const again = answered(known, false, at('2026-05-05'));
    expect(dueDay(again, at('2026-05-05'))).toBe('2026-05-06');
  });

  test('starts again even after its last review', () => {
    const again = answered({ step: DONE, day: '2026-05-01' }, false, at('2026-07-01'));
    expect(dueDay(again, at('2026-07-01'))).toBe('2026-07-02');
  });

  test('waits for a reader who comes late, and counts on from the day of the review', () => {
    expect(isDue(missed, at('2026-05-20'))).toBe(true);
    const late = answered(missed, true, at('2026-05-20'));
    expect(dueDay(late, at('2026-05-20'))).toBe('2026-05-23');
  });

  test('is not reviewed by a right answer before it is due', () => {
    const known = answered(missed, true, at('2026-05-02'));
    expect(answered(known, true, at('2026-05-03'))).toEqual(known);
  });
});

describe('two answers on one day count once', () => {
  test('a right second try leaves it missed', () => {
    expect(answered(missed, true, at('2026-05-01', '23:59'))).toEqual(missed);
  });

  test('a wrong try out of curiosity leaves a right answer right', () => {
    const right = answered(undefined, true, at('2026-05-01'));
    expect(dueDay(answered(right, false, at('2026-05-01')), at('2026-05-01'))).toBeNull();
  });

  test('a review does not move on twice', () => {
    const once = answered(missed, true, at('2026-05-02', '08:00'));
    expect(answered(once, true, at('2026-05-02', '20:00'))).toEqual(once);
  });

  test('minutes before and after midnight are two days', () => {
    const late = answered(undefined, false, at('2026-05-01', '23:58'));
    expect(isDue(late, at('2026-05-01', '23:59'))).toBe(false);
    expect(isDue(late, at('2026-05-02', '00:01'))).toBe(true);
  });
});

test.each([
  ['an hour is missing', '2026-03-28', '2026-03-29', '2026-04-01'],
  ['an hour comes twice', '2026-10-24', '2026-10-25', '2026-10-28'],
])('days stay days when %s', (_why, day, next, third) => {
  // 23 and 25 hours apart: this test means something only where the clocks do change.
  expect(at(next, '23:30').getTime() - at(day, '23:30').getTime()).not.toBe(24 * 3_600_000);
  const review = answered(undefined, false, at(day, '23:30'));
  expect(dueDay(review, at(day))).toBe(next);
  expect(isDue(review, at(next, '00:15'))).toBe(true);
  expect(dueDay(answered(review, true, at(next, '23:30')), at(next))).toBe(third);
});

describe('when the clock has moved backward', () => {
  test('by a time zone, the question keeps its day', () => {
    expect(dueDay(missed, at('2026-04-30'))).toBe('2026-05-02');
  });

  test('by years, the question comes back now and not years later', () => {
    const ahead = answered(undefined, false, at('2036-05-01'));
    expect(isDue(ahead, at('2026-05-01'))).toBe(true);
    const reviewed = answered(ahead, true, at('2026-05-01'));
    expect(dueDay(reviewed, at('2026-05-01'))).toBe('2026-05-04');
  });

  test('a miss counts from the day that it is now', () => {
    expect(answered(missed, false, at('2026-04-20'))).toEqual({ step: 0, day: '2026-04-20' });
  });
});

test.each(['2026-02-30', '2026-13-01', '2026-5-1', 'soon', ''])('“%s” is no day', (text) => {
  expect(isDay(text)).toBe(false);
});
