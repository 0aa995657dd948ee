import { describe, expect, it } from 'vitest';
import { signsInCode, signsInText, withoutSigns } from './signs.ts';

describe('signs', () => {
  it('of code are its operators and its words with a dollar, not its parameters', () => {
    expect(signsInCode("SELECT attributes->>'size' WHERE tags @> $1")).toEqual(['->>', '@>']);
    expect(signsInCode('{ $elemMatch: { qty: { $gte: 2 } } }')).toEqual([
      '$elemmatch',
      '$gte',
      ':',
      ':',
      ':',
    ]);
  });

  it.each([
    ['$lookup', ['$lookup']],
    ['what does ->> do?', ['->>']],
    ['count(*)', ['*']],
    ['?', ['?']],
    ['how do I use ? in jsonb', ['?']],
    ['why is redis fast?', []],
    ['job-queue', []],
    ['pub/sub', []],
    ['Not sure yet? → PostgreSQL', []],
    ["tags->'a' @> x", ['->', '@>']],
  ])('of “%s” are %j', (text, signs) => {
    expect(signsInText(text)).toEqual(signs);
  });

  it.each([
    ['$lookup', 'lookup'],
    ['->>', ''],
    ['count(*)', 'count'],
    ['why is redis fast?', 'why is redis fast'],
    ['append-only file', 'append-only file'],
    ["don't", "don't"],
    ['"when not to use"', '"when not to use"'],
    ['node.js', 'node.js'],
  ])('leave of “%s” the words “%s”', (query, words) => {
    expect(withoutSigns(query)).toBe(words);
  });
});
