import { describe, expect, test } from 'vitest';
import { readPrinted } from './printed.ts';

const texts = (text: string): string[] => readPrinted(text).map((one) => one.text);

describe('what mongosh prints, read back', () => {
  test('is the items of a list, each with its fields in one order', () => {
    expect(texts("[\n  { name: 'Lamp', price: 20 },\n  { price: 5, name: 'Cup' }\n]")).toEqual([
      "{ name: 'Lamp', price: 20 }",
      "{ name: 'Cup', price: 5 }",
    ]);
  });

  // A reader's program prints what it likes, and the page reads it.
  test.each([
    '[ } ]',
    '[ : }',
    '[}}}',
    '{ ] }',
    '{ , : ]',
    '[',
    '{',
    "[ 'open",
    '[,,,]',
    '{ a: [ } ] }',
  ])('and ends for %s, which is neither list nor document', (text) => {
    expect(readPrinted(text).length).toBeLessThanOrEqual(text.length);
  });

  test('and does not get lost in a deep one', () => {
    expect(() => readPrinted('['.repeat(100_000))).not.toThrow();
  });
});
