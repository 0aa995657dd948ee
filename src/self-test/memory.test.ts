/** Tests that were begun: kept, the last ones, and not believed if they are not in shape. */
import { afterEach, expect, test, vi } from 'vitest';
import { parseSittings, saveSitting, sittingOf, sittings, type Sitting } from './memory.ts';

const sitting = (test: string): Sitting => ({
  test,
  at: 2,
  finished: false,
  given: { '1.1.q-a': ['1'], '1.2.q-b': [] },
});

afterEach(() => void vi.unstubAllGlobals());

test('a test is there again, the latest first, and only so many of them', () => {
  const map = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  });
  for (let count = 0; count < 10; count += 1) saveSitting(sitting(`?draw=${count}`));
  saveSitting({ ...sitting('?draw=5'), at: 7 });
  expect(sittings().map(({ test }) => test.slice(6))).toEqual([...'59876432']);
  expect(sittingOf('?draw=5')?.at).toBe(7);
  expect(sittingOf('?draw=0')).toBeUndefined();
});

test('where storage is denied, it lasts for the visit', () => {
  const denied = (): never => {
    throw new Error('denied');
  };
  vi.stubGlobal('localStorage', { getItem: denied, setItem: denied });
  saveSitting(sitting('?draw=denied'));
  expect(sittingOf('?draw=denied')).toEqual(sitting('?draw=denied'));
});

test('what has not the shape of a sitting is left out', () => {
  expect(parseSittings('no JSON')).toEqual([]);
  expect(parseSittings('{}')).toEqual([]);
  const good = sitting('?draw=a');
  const text = JSON.stringify([
    good,
    { ...good, at: -1 },
    { ...good, given: { a: 'x' } },
    { ...good, given: { a: ['x'.repeat(501)] } },
    { ...good, finished: 'yes' },
    null,
  ]);
  expect(parseSittings(text)).toEqual([good]);
});
