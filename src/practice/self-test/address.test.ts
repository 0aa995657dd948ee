/** A test as an address, and back. */
import { describe, expect, test } from 'vitest';
import { addressFrom, chosen, newSeed, searchFor } from './address.ts';

describe('an address', () => {
  test.each([
    ['?draw=k3f9x2', { seed: 'k3f9x2' }],
    ['?theme=dark&draw=a&only=2-5-17', { seed: 'a', only: [2, 5, 17] }],
    ['?draw=a&only=2,5', { seed: 'a' }],
    ['?draw=', undefined],
    ['?draw=%3Cb%3E', undefined],
    ['?draw=longer-than-any', undefined],
    ['', undefined],
  ])('%s is read', (search, address) => {
    expect(addressFrom(search)).toEqual(address);
  });

  test('is written, and what else the page’s address says stays', () => {
    expect(searchFor('?theme=dark&draw=old&only=1', { seed: 'new' })).toBe('?theme=dark&draw=new');
    expect(searchFor('', { seed: 'a', only: [2, 5] })).toBe('?draw=a&only=2-5');
    expect(searchFor('?draw=a')).toBe('');
  });

  test('of a new seed is one that can be read, and never the same', () => {
    const seeds = Array.from({ length: 100 }, newSeed);
    expect(new Set(seeds).size).toBe(100);
    for (const seed of seeds) expect(addressFrom(`?draw=${seed}`)).toEqual({ seed });
  });
});

test('numbers choose among what was drawn; numbers of nothing choose all', () => {
  expect(chosen(['a', 'b', 'c'], [3, 1])).toEqual(['a', 'c']);
  expect(chosen(['a', 'b', 'c'], [7])).toEqual(['a', 'b', 'c']);
  expect(chosen(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
});
