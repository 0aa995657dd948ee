/** Result types: MongoDB manual, "Arithmetic Expression Operators", "$sum" (Result Data Type), "$divide". */
import { Decimal128, Double, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { arithmetic, divide, type Numeric, numericType, remainder, Sum } from './numbers.ts';

const decimal = (text: string) => Decimal128.fromString(text);
const shown = (n: Numeric) => `${numericType(n)} ${String(n)}`;

describe('arithmetic across number types', () => {
  it.each<[Numeric, Numeric, string]>([
    [1, 2, 'int 3'],
    [1, 0.5, 'double 1.5'],
    [0.5, 0.5, 'double 1'],
    [2147483647, 1, 'long 2147483648'],
    [1, Long.fromNumber(2), 'long 3'],
    [1, decimal('0.10'), 'decimal 1.10'],
    [0.1, decimal('0.2'), 'decimal 0.3'],
    [Long.fromString('9007199254740993'), 0, 'long 9007199254740993'],
  ])('%s + %s is %s', (a, b, expected) => {
    expect(shown(arithmetic('add', a, b))).toBe(expected);
  });

  it('divides to a double, or to a decimal of at most 34 digits', () => {
    expect(shown(divide(10, 2))).toBe('double 5');
    expect(shown(divide(decimal('1'), 3))).toBe(`decimal 0.${'3'.repeat(34)}`);
    expect(shown(divide(decimal('7.50'), decimal('2.5')))).toBe('decimal 3.0');
  });

  it('gives a remainder the sign of the dividend', () => {
    expect(shown(remainder(-7, 3))).toBe('int -1');
    expect(shown(remainder(decimal('7.5'), 2))).toBe('decimal 1.5');
  });

  it('sums money without losing cents', () => {
    const sum = new Sum();
    for (let i = 0; i < 10; i += 1) sum.add(0.1);
    expect(shown(sum.value())).toBe('double 1');
  });

  it('sums ints to an int, and to a long when they overflow', () => {
    const sum = new Sum();
    sum.add(2147483647);
    expect(shown(sum.value())).toBe('int 2147483647');
    sum.add(1);
    expect(shown(sum.value())).toBe('long 2147483648');
    sum.add(new Double(1));
    expect(shown(sum.value())).toBe('double 2147483649');
  });
});
