/** Where a reader goes on. */
import { expect, test } from 'vitest';
import { nextPage } from './next-page.ts';

const pages = ['1', '1.1', '1.2', '2', 'summary'];

test.each([
  ['at the start, when nothing was read', [], '1'],
  ['behind the page read last', ['1', '1.1'], '1.2'],
  ['behind the page read last, not at a gap before it', ['1.2'], '2'],
  ['at a page read last that is followed by read ones', ['2', 'summary', '1.1'], '1.2'],
  ['at the gaps, when the end was read', ['1', '1.1', '2', 'summary'], '1.2'],
  ['without regard to pages that are no more', ['1', 'reference'], '1.1'],
  ['nowhere, when all was read', pages, undefined],
])('goes on %s', (_where, read, next) => {
  expect(nextPage(read, pages)).toBe(next);
});
