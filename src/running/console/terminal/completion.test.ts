import { describe, expect, it } from 'vitest';
import { applySuggestion, shortestFirst, startingWith } from './completion.ts';
import { shortened } from './log.ts';

describe('completion', () => {
  it('puts a suggestion in the place of the word at the caret, and keeps what follows', () => {
    expect(applySuggestion('zr board', 2, 0, { text: 'ZRANGE' })).toEqual({
      text: 'ZRANGE board',
      caret: 6,
    });
  });

  it('finds names whatever their case, once, and not the word itself', () => {
    expect(startingWith(['orders', 'Other', 'orders', 'or', 'users'], 'or')).toEqual(['orders']);
    expect(startingWith(['orders', 'Other'], 'O')).toEqual(['orders', 'Other']);
  });

  it('offers short names first', () => {
    expect(['GETRANGE', 'GETSET', 'GET', 'GETBIT'].sort(shortestFirst)).toEqual([
      'GET',
      'GETBIT',
      'GETSET',
      'GETRANGE',
    ]);
  });
});

describe('a long answer', () => {
  it('is cut after 500 lines, and says how many are missing', () => {
    const lines = Array.from({ length: 1700 }, (_, n) => `${n + 1}) "x"`);
    const text = shortened(lines.join('\n'));
    expect(text.split('\n')).toHaveLength(501);
    expect(text).toMatch(/\n\(1,200 more lines are not shown\)$/);
  });

  it('is cut in the middle of a line that has no end', () => {
    expect(shortened('x'.repeat(1e6)).length).toBeLessThan(61_000);
  });

  it('stays as it is when it is not long', () => {
    expect(shortened('1) "a"\n2) "b"')).toBe('1) "a"\n2) "b"');
  });
});
