/** Tests that were begun: kept, the last ones, and not believed if they are not in shape. */
import { afterEach, expect, test, vi } from 'vitest';
import { deniedStorage, MemoryStorage } from '../../foundation/kept/memory-storage.ts';
import { saveSitting, sittingOf, sittings, type Sitting } from './memory.ts';
import { PREFIX } from '../../foundation/kept/prefix.ts';

const sitting = (test: string): Sitting => ({
  test,
  at: 2,
  finished: false,
  given: { '1.1.q-a': ['1'], '1.2.q-b': [] },
});

afterEach(() => void vi.unstubAllGlobals());

test('a test is there again, the latest first, and only so many of them', () => {
  vi.stubGlobal('localStorage', new MemoryStorage());
  for (let count = 0; count < 10; count += 1) saveSitting(sitting(`?draw=${count}`));
  saveSitting({ ...sitting('?draw=5'), at: 7 });
  expect(sittings().map(({ test }) => test.slice(6))).toEqual([...'59876432']);
  expect(sittingOf('?draw=5')?.at).toBe(7);
  expect(sittingOf('?draw=0')).toBeUndefined();
});

test('what has not the shape of a sitting is left out', () => {
  const storage = new MemoryStorage();
  vi.stubGlobal('localStorage', storage);
  const good = { ...sitting('?draw=a'), when: 3 };
  for (const [at, data] of [
    good,
    { ...good, at: -1 },
    { ...good, given: { a: 'x' } },
    { ...good, given: { a: ['x'.repeat(501)] } },
    { ...good, finished: 'yes' },
    { ...good, when: 'now' },
    null,
  ].entries())
    storage.setItem(`${PREFIX}sitting/?draw=${at}`, JSON.stringify([1, data]));
  expect(sittings()).toEqual([sitting('?draw=0')]);
});

test('where storage is denied, it lasts for the visit', () => {
  vi.stubGlobal('localStorage', deniedStorage);
  saveSitting(sitting('?draw=denied'));
  expect(sittingOf('?draw=denied')).toEqual(sitting('?draw=denied'));
});
