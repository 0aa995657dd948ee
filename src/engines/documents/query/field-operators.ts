/**
 * The operators on a field, each as a test of a value (MongoDB manual, "Query Predicates").
 *
 * `scope` says what of an array the test sees: `leaf`: its elements and the array itself (most);
 * `value`: the array alone (`$size`, `$exists`, `$elemMatch`).
 */
import { fail } from '../errors.ts';
import type { Collation } from '../values/collation.ts';
import { BRACKET, bracketOf, byCodePoints, compare, equal } from '../values/compare.ts';
import { describe } from '../values/describe.ts';
import { hashKey } from '../values/hash.ts';
import { isIntegral, isNaNValue, toNumber } from '../values/numbers.ts';
import {
  BSONRegExp,
  BSONSymbol,
  isDoc,
  isNumeric,
  MaxKey,
  type Maybe,
  MinKey,
  type Value,
} from '../values/types.ts';
import { bitTest } from './bits.ts';
import { regexOf } from './regex.ts';
import { typeTest } from './type-operand.ts';

export type ValueTest = (value: Maybe) => boolean;

export interface FieldOperator {
  scope: 'leaf' | 'value';
  /** @throws MongoServerError if the operand is of the wrong type. */
  test: (operand: Value, collation: Collation) => ValueTest;
}

export function equalityTest(operand: Value, collation: Collation): ValueTest {
  if (operand === null) return (value) => value === null || value === undefined;
  if (typeof operand === 'string') {
    const strings = collation.strings;
    if (strings === byCodePoints) {
      return (value) =>
        value === operand || (value instanceof BSONSymbol && value.value === operand);
    }
    return (value) => typeof value === 'string' && strings(value, operand) === 0;
  }
  if (typeof operand === 'number' && !Number.isNaN(operand)) {
    return (value) =>
      typeof value === 'number' ? value === operand : isNumeric(value) && equal(value, operand);
  }
  return (value) => value !== undefined && equal(value, operand, collation.strings);
}

type Accept = (order: number) => boolean;

/** `$gt` and its like: only values of the operand's own bracket compare (type bracketing). */
function ordering(accept: Accept, inclusive: boolean) {
  return (operand: Value, collation: Collation): ValueTest => {
    if (operand instanceof BSONRegExp) fail(2, "Can't have RegEx as arg to predicate over field");
    if (operand instanceof MinKey || operand instanceof MaxKey) {
      return (value) => value !== undefined && accept(compare(value, operand));
    }
    if (operand === null) return (value) => inclusive && (value === null || value === undefined);
    const bracket = bracketOf(operand);
    const strings = collation.strings;
    if (isNumeric(operand) && isNaNValue(operand)) {
      return (value) => inclusive && isNumeric(value) && isNaNValue(value);
    }
    const general: ValueTest = (value) =>
      bracketOf(value) === bracket &&
      !(bracket === BRACKET.number && isNaNValue(value as number)) &&
      accept(compare(value, operand, strings));
    if (typeof operand !== 'number') return general;
    return numberTest(accept, operand, general);
  };
}

/** The common case without a call per value: number against number. */
function numberTest(accept: Accept, n: number, general: ValueTest): ValueTest {
  const [less, same] = [accept(-1), accept(0)];
  if (less && same) return (value) => (typeof value === 'number' ? value <= n : general(value));
  if (less) return (value) => (typeof value === 'number' ? value < n : general(value));
  if (same) return (value) => (typeof value === 'number' ? value >= n : general(value));
  return (value) => (typeof value === 'number' ? value > n : general(value));
}

export function regexTest(pattern: string, options: string): ValueTest {
  const regex = regexOf(pattern, options);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    if (value instanceof BSONSymbol) return regex.test(value.value);
    return value instanceof BSONRegExp && value.pattern === pattern && value.options === options;
  };
}

function inTest(operand: Value, collation: Collation): ValueTest {
  if (!Array.isArray(operand)) fail(2, '$in needs an array');
  for (const item of operand) {
    if (isDoc(item) && Object.keys(item)[0]?.startsWith('$')) fail(2, 'cannot nest $ under $in');
  }
  const regexes = operand.filter((item) => item instanceof BSONRegExp);
  const tests = regexes.map((regex) => regexTest(regex.pattern, regex.options));
  const rest = operand.filter((item) => !(item instanceof BSONRegExp));
  if (collation.strings !== byCodePoints) {
    tests.push(...rest.map((item) => equalityTest(item, collation)));
    return (value) => tests.some((test) => test(value));
  }
  const keys = new Set(rest.map(hashKey));
  if (keys.has(null)) keys.add(undefined);
  return (value) => keys.has(hashKey(value)) || tests.some((test) => test(value));
}

function modTest(operand: Value): ValueTest {
  if (!Array.isArray(operand)) fail(2, 'malformed mod, needs to be an array');
  if (operand.length < 2) fail(2, 'malformed mod, not enough elements');
  if (operand.length > 2) fail(2, 'malformed mod, too many elements');
  const [divisor, rest] = operand.map((part, i) => {
    if (!isNumeric(part)) {
      fail(2, `malformed mod, ${i === 0 ? 'divisor' : 'remainder'} not a number`);
    }
    return Math.trunc(toNumber(part));
  }) as [number, number];
  if (divisor === 0) fail(2, 'divisor cannot be 0');
  return (value) => {
    if (!isNumeric(value)) return false;
    const n = Math.trunc(toNumber(value));
    return Number.isFinite(n) && (n % divisor) - rest === 0;
  };
}

function sizeTest(operand: Value): ValueTest {
  if (!isNumeric(operand) || !isIntegral(operand)) {
    fail(2, `Failed to parse $size. Expected an integer in: $size: ${describe(operand)}`);
  }
  const size = toNumber(operand);
  if (size < 0) {
    fail(
      2,
      `Failed to parse $size. Expected a non-negative number in: $size: ${describe(operand)}`,
    );
  }
  return (value) => Array.isArray(value) && value.length === size;
}

/** Truth of a value where MongoDB takes any type for a flag. */
export function truthy(value: Maybe): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !isNumeric(value) || toNumber(value) !== 0;
}

/** Every operator that needs nothing but its operand. */
export const FIELD_OPERATORS: Readonly<Record<string, FieldOperator>> = {
  $eq: { scope: 'leaf', test: equalityTest },
  $gt: { scope: 'leaf', test: ordering((order) => order > 0, false) },
  $gte: { scope: 'leaf', test: ordering((order) => order >= 0, true) },
  $lt: { scope: 'leaf', test: ordering((order) => order < 0, false) },
  $lte: { scope: 'leaf', test: ordering((order) => order <= 0, true) },
  $in: { scope: 'leaf', test: inTest },
  $mod: { scope: 'leaf', test: modTest },
  $type: { scope: 'leaf', test: (operand) => typeTest(operand) },
  $size: { scope: 'value', test: sizeTest },
  $exists: {
    scope: 'value',
    test: (operand) => {
      const wanted = truthy(operand);
      return (value) => (value !== undefined) === wanted;
    },
  },
  $bitsAllSet: { scope: 'leaf', test: (operand) => bitTest('$bitsAllSet', operand) },
  $bitsAllClear: { scope: 'leaf', test: (operand) => bitTest('$bitsAllClear', operand) },
  $bitsAnySet: { scope: 'leaf', test: (operand) => bitTest('$bitsAnySet', operand) },
  $bitsAnyClear: { scope: 'leaf', test: (operand) => bitTest('$bitsAnyClear', operand) },
};
