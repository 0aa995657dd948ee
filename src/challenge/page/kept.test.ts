/** How far a reader came, as it is kept and as it is read again from a text that anybody may have written. */
import { afterEach, expect, test, vi } from 'vitest';
import { keep, keptOf, nothingKept, parseKept, type Kept } from './kept.ts';

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

/** A storage as browsers have it, or one that refuses. */
function storage(denied = false): void {
  const items = new Map<string, string>();
  const refuse = (): void => {
    if (denied) throw new DOMException('denied', 'SecurityError');
  };
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => (refuse(), items.get(key) ?? null),
    setItem: (key: string, value: string) => (refuse(), items.set(key, value)),
  });
}

test('what was kept is there again, each challenge by itself', () => {
  storage();
  expect(keptOf('1.1.x-one')).toEqual(nothingKept());
  expect(keep('1.1.x-one', kept)).toBe(true);
  expect(keptOf('1.1.x-one')).toEqual(kept);
  expect(keptOf('1.1.x-two')).toEqual(nothingKept());
});

test('where storage is denied it lives as long as the page, and says so', () => {
  storage(true);
  expect(keep('1.1.x-denied', kept)).toBe(false);
  expect(keptOf('1.1.x-denied')).toEqual(kept);
});

test.each([
  ['no JSON', '{', nothingKept()],
  ['null', 'null', nothingKept()],
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
  expect(parseKept(text)).toEqual(read);
});
