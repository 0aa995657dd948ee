import { describe, expect, it } from 'vitest';
import { offsetOfCharacter, positionAt } from './position.ts';

describe('the line and column of an offset', () => {
  const text = 'a\nbc\r\nd\re';
  it.each([
    ['a', 1, 1],
    ['b', 2, 1],
    ['c', 2, 2],
    ['d', 3, 1],
    ['e', 4, 1],
  ])('of %s', (letter, line, column) => {
    expect(positionAt(text, text.indexOf(letter))).toEqual({ line, column });
  });

  it('behind the end', () => {
    expect(positionAt('ab\n', 3)).toEqual({ line: 2, column: 1 });
  });
});

it('counts a character outside the basic plane as one, though it takes two code units', () => {
  expect(offsetOfCharacter('👟ab', 1)).toBe(2);
  expect(offsetOfCharacter('👟ab', 2)).toBe(3);
  expect(offsetOfCharacter('ab', 9)).toBe(2);
});
