import { describe, expect, it } from 'vitest';
import { searchTerms } from './query.ts';

describe('the words that a question looks for', () => {
  it.each([
    ['when not to use MongoDB', 'MongoDB'],
    ['difference between table and collection', 'table collection'],
    ['Why is Redis fast', 'Redis fast'],
    ['eav', 'eav'],
  ])('of “%s” are “%s”', (question, terms) => {
    expect(searchTerms(question)).toBe(terms);
  });

  it.each(['what is it', '"when not to use"', ''])('of “%s” are all there are', (query) => {
    expect(searchTerms(query)).toBe(query);
  });
});
