/** The products of a stage as values to look for and as a comment to copy from, and when two values are the same. */
import { describe, expect, test } from 'vitest';
import { factsOf, startOf } from './facts.ts';
import { literal, patternOf, plainValue } from './value.ts';
import { readChallenge } from './read.ts';

const { stages } = readChallenge('content/challenges/x-catalog-design.yaml').challenge;

test('a stage’s cell starts with all its products, in lines that a phone shows', () => {
  const launch = startOf(stages[0]!);
  expect(launch).toContain(
    '-- electronics: ThinkPad X1, 1299.99\n--   Business laptop, voltage 220,',
  );
  expect(launch).toContain('connectivity wifi +\n--   bluetooth + usb-c,');
  expect(launch).toContain('organic true,');
  expect(launch).toMatch(/query that answers\.$/);
  expect(launch.split('\n').filter((line) => line.length > 45)).toEqual([]);
});

test('of a product its texts and numbers are looked for, every element of a list, and not yes or no', () => {
  const facts = factsOf(stages[0]!).map(({ value }) => value);
  expect(facts).toEqual(expect.arrayContaining(['ThinkPad X1', '1299.99', '220', 'usb-c', 'L']));
  expect(facts).not.toContain('true');
});

describe('a value in a cell', () => {
  const found = (value: string, cell: string): boolean =>
    new RegExp(patternOf(value).replaceAll('[:alnum:]', 'A-Za-z0-9')).test(cell);
  test.each([
    ['240', '240', true],
    ['240', '240.00', true],
    ['240', '{"voltage": 240}', true],
    ['240', '240.5', false],
    ['240', '1240', false],
    ['39.90', '39.9', true],
    ['39.90', '39.95', false],
    ['olive', '{navy,olive}', true],
    ['olive', 'dark olive', true],
    ['olive', 'olives', false],
    ['100% cotton', '{"material": "100% cotton"}', true],
  ])('%s in %s: %s', (value, cell, holds) => {
    expect(found(value, cell)).toBe(holds);
  });

  test('25.00 and 25 are the same, and an ISBN stays as it is', () => {
    expect(plainValue('25.00')).toBe('25');
    expect(plainValue('100')).toBe('100');
    expect(plainValue('9781234567019')).toBe('9781234567019');
  });

  test('as a literal of SQL', () => {
    expect(literal("it's")).toBe("'it''s'");
    expect(literal('a\\.b')).toBe("E'a\\\\.b'");
  });
});
