import { afterEach, expect, test, vi } from 'vitest';
import { whileIdle } from './idle.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A browser whose idle moments are given one by one. */
function browser(): { idle: () => boolean } {
  const waiting: (() => void)[] = [];
  vi.stubGlobal('requestIdleCallback', (callback: () => void) => waiting.push(callback));
  vi.stubGlobal('window', globalThis);
  return {
    idle: () => {
      const next = waiting.shift();
      next?.();
      return next !== undefined;
    },
  };
}

test('steps are taken in idle moments, few at a time, until there are no more', () => {
  const { idle } = browser();
  let now = 0;
  vi.stubGlobal('performance', { now: () => now });
  const taken: number[] = [];
  whileIdle(
    (function* (): Generator<void, void> {
      for (const step of Array(7).keys()) {
        taken.push(step);
        now += 1.5;
        yield;
      }
    })(),
  );
  expect(taken).toEqual([]);
  idle();
  expect(taken).toEqual([0, 1, 2]);
  while (idle());
  expect(taken).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a browser that tells no idle time takes them in between', () => {
  vi.useFakeTimers();
  vi.stubGlobal('window', {});
  const taken: number[] = [];
  whileIdle(
    (function* (): Generator<void, void> {
      for (const step of [1, 2, 3]) {
        taken.push(step);
        yield;
      }
    })(),
  );
  expect(taken).toEqual([]);
  vi.runAllTimers();
  expect(taken).toEqual([1, 2, 3]);
});
