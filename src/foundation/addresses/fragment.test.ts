/** The id in an address that somebody may have cut or changed. */
import { expect, test } from 'vitest';
import { idOfFragment } from './fragment.ts';

test.each([
  ['', ''],
  ['#', ''],
  ['#part-1', 'part-1'],
  ['#part%2D1', 'part-1'],
  ['#%', '%'],
  ['#%E0%A4%A', '%E0%A4%A'],
  ['#%ff', '%ff'],
  ['#a%', 'a%'],
])('%j names %j', (hash, id) => {
  expect(idOfFragment(hash)).toBe(id);
});
