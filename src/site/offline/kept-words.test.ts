import { expect, test } from 'vitest';
import { endInWords, missingBytes, size, stateInWords } from './kept-words.ts';

const kept = (pages: number, missing: [string, number][]) => ({
  version: 'abc',
  pages: { kept: pages, all: 95 },
  missing,
});

test('what is kept is told in pages, and by whether anything is missing', () => {
  expect(stateInWords(kept(95, []))).toBe(
    'Everything: all 95 pages, the search, the editor and the databases.',
  );
  expect(stateInWords(kept(95, [['_engines/a.bin', 5]]))).toMatch(/^All 95 pages, and of/);
  expect(stateInWords(kept(3, [['summary/', 5]]))).toMatch(/^3 of 95 pages, and of/);
});

test('sizes are told as readers know them', () => {
  expect([900, 45_269, 99_999, 100_000, 3_286_017].map(size)).toEqual([
    '1 kB',
    '46 kB',
    '100 kB',
    '0.1 MB',
    '3.3 MB',
  ]);
  expect(
    missingBytes(
      kept(1, [
        ['a', 1000],
        ['b', 500],
      ]),
    ),
  ).toBe(1500);
});

test('an end before the end says what is left and what to do', () => {
  expect(endInWords('refused', 1)).toContain('no more room: 1 file is not kept. Free some');
  expect(endInWords('unreachable', 12)).toContain('12 files are not kept. Press the button again');
  expect(endInWords('other', 2)).toContain('did not send 2 files');
  expect(endInWords('stopped', 2)).toBe('Stopped: 2 files are not kept.');
});
