/** What counts as a right bet, however it is written. */
import { describe, expect, it } from 'vitest';
import { judge, type Key } from './judge.ts';
import { numberIn } from './number.ts';
import { saidTo } from './words.ts';

describe('a number', () => {
  it.each([
    ['1,000', 1000],
    ['1000', 1000],
    ['1 000', 1000],
    ['35 values', 35],
    ['about 12 %', 12],
    ['$8.50', 8.5],
    ['−3', -3],
    ['-3', -3],
    ['(integer) 4', 4],
    ['none', 0],
    ['.5', 0.5],
    ['1,234,567.25', 1234567.25],
  ])('is read from %s', (text, number) => {
    expect(numberIn(text)).toBe(number);
  });

  it.each(['', 'many', '3 or 4', '10-12', '1e999 or so', '9'.repeat(400)])(
    'is not guessed from %s',
    (text) => {
      const number = numberIn(text);
      expect(number === undefined || Number.isFinite(number)).toBe(true);
      if (text.length < 60 && !text.startsWith('1e')) expect(number).toBeUndefined();
    },
  );
});

describe('a bet on a number', () => {
  const key: Key = { kind: 'number', truth: ['1,016'] };

  it('is right to the last digit, or off by so much', () => {
    expect(judge(key, ['1016 rows'])).toEqual({ right: true, exact: true, off: 0 });
    expect(judge(key, ['1000'])).toEqual({ right: false, exact: false, off: -16 });
    expect(judge(key, ['quite a few'])).toBeUndefined();
  });

  it('may be near: by a number, or by a share of the truth', () => {
    expect(judge({ ...key, near: { by: 16, share: false } }, ['1000'])?.right).toBe(true);
    expect(judge({ ...key, near: { by: 0.01, share: true } }, ['1000'])?.right).toBe(false);
    expect(judge({ ...key, near: { by: 0.02, share: true } }, ['1000'])).toMatchObject({
      right: true,
      exact: false,
    });
    expect(judge({ kind: 'number', truth: ['0.3'] }, [String(0.1 + 0.2)])?.exact).toBe(true);
  });

  it('is told beside what is', () => {
    const off = judge(key, ['1,100'])!;
    expect(saidTo(key, ['1,100'], off, [], 'rows')).toEqual({
      head: 'Not right.',
      text: 'You bet 1,100 rows. It is 1,016 rows: your bet is 84 too high.',
    });
  });
});

describe('a bet on a word', () => {
  const word = (truth: string): Key => ({ kind: 'word', truth: [truth] });

  it.each([
    ['"Alice"', 'alice.'],
    ['(nil)', 'NULL'],
    ['(integer) 3', '3'],
    ['0.10', '.1'],
    ['NULL', 'nothing'],
  ])('takes for %s also %s', (truth, given) => {
    expect(judge(word(truth), [given])?.right).toBe(true);
  });

  it('knows one word from another, and nothing from a word', () => {
    expect(judge(word('refused'), ['accepted'])?.right).toBe(false);
    expect(judge(word('x'), ['  '])).toBeUndefined();
    expect(judge(word('10'), ['10 rows'])?.right).toBe(false);
  });
});

it('a choice is the place of an option, an order is right item by item', () => {
  const choice: Key = { kind: 'choice', truth: ['2'] };
  expect(judge(choice, ['2'])?.right).toBe(true);
  expect(judge(choice, ['0'])?.right).toBe(false);
  expect(judge(choice, [])).toBeUndefined();
  const order: Key = { kind: 'order', truth: ['1', '0', '2'] };
  const verdict = judge(order, ['1', '2', '0'])!;
  expect(verdict).toEqual({ right: false, exact: false, hits: 1 });
  expect(saidTo(order, ['1', '2', '0'], verdict, ['b', 'a', 'c']).text).toBe(
    '1 of 3 are in their place. The order is: a, b, c.',
  );
});
