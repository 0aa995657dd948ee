/**
 * Expected order: MongoDB manual, "Comparison/Sort Order" (reference/bson-type-comparison-order).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Binary,
  calculateObjectSize,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { compare, equal, identical } from './compare.ts';
import { bsonSize, toStored } from './convert.ts';
import { hashKey } from './hash.ts';
import type { Value } from './types.ts';

const id = (digit: string) => new ObjectId(digit.repeat(24));

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -5, max: 5 }),
  fc.double(),
  fc.constantFrom(
    new Double(2),
    new Double(0),
    Long.fromNumber(2),
    Long.fromString('9007199254740993'),
    9007199254740992,
  ),
  fc
    .constantFrom('2', '2.0', '2.50', '0.1', 'NaN', '-Infinity', '9007199254740993')
    .map((text) => Decimal128.fromString(text)),
  fc.string({ maxLength: 3, unit: 'binary' }),
  fc.constantFrom(id('a'), id('b')),
  fc.date({ noInvalidDate: true }),
  fc.constantFrom(
    new MinKey(),
    new MaxKey(),
    new Timestamp({ t: 1, i: 2 }),
    /ab/i,
    new Binary(new Uint8Array([1, 2])),
  ),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
}));
const stored = value.map((input) => toStored(input));

describe('the order of values', () => {
  it('goes by type bracket first, from MinKey to MaxKey', () => {
    const inOrder = [
      new MinKey(),
      null,
      -1,
      Long.fromNumber(7),
      7.5,
      'a',
      {},
      { a: 1 },
      [],
      new Binary(new Uint8Array([1])),
      id('0'),
      false,
      true,
      new Date(0),
      new Timestamp({ t: 0, i: 1 }),
      /a/,
      new MaxKey(),
    ].map((input) => toStored(input));
    for (let i = 1; i < inOrder.length; i += 1) {
      expect(compare(inOrder[i - 1], inOrder[i]), String(i)).toBeLessThan(0);
    }
  });

  it('compares numbers by value whatever their types', () => {
    expect(equal(5, Long.fromNumber(5))).toBe(true);
    expect(equal(new Double(5), Decimal128.fromString('5.00'))).toBe(true);
    expect(compare(Decimal128.fromString('0.1'), 0.1)).toBeLessThan(0);
    expect(compare(Long.fromString('9007199254740993'), 9007199254740992)).toBeGreaterThan(0);
    expect(compare(NaN, -Infinity)).toBeLessThan(0);
  });

  it('takes the order of fields as part of a document', () => {
    expect(equal(toStored({ a: 1, b: 2 }), toStored({ b: 2, a: 1 }))).toBe(false);
    expect(compare(toStored({ a: 1 }), toStored({ a: 1, b: 1 }))).toBeLessThan(0);
  });

  it('compares strings by code points, not by UTF-16 units', () => {
    expect(compare('\uff5e', '\u{1f600}')).toBeLessThan(0);
  });

  it('is a total order', () => {
    fc.assert(
      fc.property(stored, stored, stored, (a, b, c) => {
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
        expect(compare(a, a)).toBe(0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 400 },
    );
  });

  it('gives equal values the same hash key, and different ones different keys', () => {
    fc.assert(
      fc.property(stored, stored, (a: Value, b: Value) => {
        const same = new Map([[hashKey(a), true]]).has(hashKey(b));
        expect(same).toBe(equal(a, b));
      }),
      { numRuns: 400 },
    );
  });

  it('tells an int from a long of the same value where it matters what is stored', () => {
    expect(identical(5, Long.fromNumber(5))).toBe(false);
    expect(identical(toStored({ a: [1, 'x'] }), toStored({ a: [1, 'x'] }))).toBe(true);
  });
});

describe('the size of a document', () => {
  it('is that of its BSON, as the official library counts it', () => {
    fc.assert(
      fc.property(value, (input) => {
        expect(bsonSize(toStored({ input }))).toBe(calculateObjectSize({ input }));
      }),
      { numRuns: 300 },
    );
  });
});
