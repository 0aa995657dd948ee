/** How far a reader came, as it is kept and as it is read again from a text that anybody may have written. */
import { afterEach, expect, test, vi } from 'vitest';
import { deniedStorage, MemoryStorage } from '../../../foundation/kept/memory-storage.ts';
import { keep, keptFrom, keptOf, nothingKept, type Kept } from './kept.ts';

const measures = {
  migrations: 1,
  tables: 2,
  columns: 9,
  cells: 157,
  nulls: 0,
  joins: 0,
  scans: 1,
};
const kept: Kept = {
  met: { launch: { code: 'CREATE TABLE products ();', measures } },
  failed: ['toys'],
  all: false,
};

afterEach(() => vi.unstubAllGlobals());

test('what was kept is there again, each challenge by itself', () => {
  vi.stubGlobal('localStorage', new MemoryStorage());
  expect(keptOf('1.1.x-one')).toEqual(nothingKept());
  expect(keep('1.1.x-one', kept)).toBe(true);
  expect(keptOf('1.1.x-one')).toEqual(kept);
  expect(keptOf('1.1.x-two')).toEqual(nothingKept());
});

test('where storage is denied it lives as long as the page, and says so', () => {
  vi.stubGlobal('localStorage', deniedStorage);
  expect(keep('1.1.x-denied', kept)).toBe(false);
  expect(keptOf('1.1.x-denied')).toEqual(kept);
});

test.each([
  ['a number', '7', nothingKept()],
  ['other shapes', '{"met": 3, "failed": {}, "all": "yes"}', nothingKept()],
  ['null where stages are', '{"met": null}', nothingKept()],
  [
    'a stage without its code, and one whose numbers are none',
    JSON.stringify({
      met: {
        a: { measures },
        b: { code: '', measures: { ...measures, nulls: '<b>' } },
        c: { code: '', measures: { ...measures, more: 1 } },
      },
      failed: [1, 'toys'],
    }),
    { met: { c: { code: '', measures } }, failed: ['toys'], all: false },
  ],
])('%s: what has not the shape is left out', (_what, text, read) => {
  expect(keptFrom(JSON.parse(text))).toEqual(read);
});
