/** Arithmetic expressions (manual, "Arithmetic Expression Operators"). `null` in, `null` out. */
import { parseDecimal, toDecimal128, toPlaces } from '../../values/decimal.ts';
import {
  arithmetic,
  compareNumbers,
  divide,
  integer,
  isIntegral,
  isZero,
  type Numeric,
  numericType,
  remainder,
  toDecimal,
  toNumber,
} from '../../values/numbers.ts';
import { double, isNumeric, Long, type Maybe } from '../../values/types.ts';
import { ANY, fail, isNullish, operator, type Operator, typeName } from '../operator.ts';

/** A date moved by a number of milliseconds. */
function moved(date: Date, milliseconds: Numeric): Date {
  return new Date(date.getTime() + Math.round(toNumber(milliseconds)));
}

/** `$add`. */
export function add(values: Maybe[]): Maybe {
  let sum: Numeric = 0;
  let date: Date | null = null;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) fail(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumeric(value)) {
      sum = arithmetic('add', sum, value);
    } else {
      fail(14, `$add only supports numeric or date types, not ${typeName(value)}`);
    }
  }
  return date ? moved(date, sum) : sum;
}

/** `$subtract`: of two dates, the milliseconds between them. */
export function subtract(a: Maybe, b: Maybe): Maybe {
  if (isNullish(a) || isNullish(b)) return null;
  if (isNumeric(a) && isNumeric(b)) return arithmetic('subtract', a, b);
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date && isNumeric(b)) return moved(a, arithmetic('subtract', 0, b));
  return fail(14, `can't $subtract ${typeName(b)} from ${typeName(a)}`);
}

function multiply(values: Maybe[]): Maybe {
  let product: Numeric = 1;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumeric(value))
      fail(14, `$multiply only supports numeric types, not ${typeName(value)}`);
    product = arithmetic('multiply', product, value);
  }
  return product;
}

/** Two numbers, or `null` if one is nullish. */
function pair(name: string, a: Maybe, b: Maybe): [Numeric, Numeric] | null {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a) || !isNumeric(b)) {
    return fail(14, `${name} only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  }
  return [a, b];
}

/** An operator on one number. */
function unary(apply: (n: Numeric, name: string) => Maybe): Operator {
  return operator(1, ([value], name) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) {
      return fail(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    }
    return apply(value, name);
  });
}

function real(apply: (n: number) => number): Operator {
  return unary((n) => double(apply(toNumber(n))));
}

/** Rounds to a whole number and keeps the type, as `$floor` and `$ceil` do. */
function whole(apply: (n: number) => number): Operator {
  return unary((n) => {
    const type = numericType(n);
    if (type === 'int' || type === 'long') return n;
    if (type === 'double') return double(apply(toNumber(n)));
    const decimal = toDecimal(n);
    const cut = toPlaces(decimal, 0, 'trunc');
    const difference = compareNumbers(n, toDecimal128(cut));
    const step = difference === 0 ? 0 : apply(difference / 2);
    return arithmetic('add', toDecimal128(cut), step);
  });
}

/** `$round` (half to even) and `$trunc`, with an optional number of places. */
function toPlacesOf(mode: 'round' | 'trunc'): Operator {
  return operator([1, 2], ([value, placesValue], name) => {
    if (isNullish(value) || placesValue === null) return null;
    if (!isNumeric(value))
      fail(51081, `${name} only supports numeric types, not ${typeName(value)}`);
    let places = 0;
    if (placesValue !== undefined) {
      if (!isNumeric(placesValue) || !isIntegral(placesValue)) {
        fail(51082, `precision argument to ${name} must be a integral value`);
      }
      places = toNumber(placesValue);
      if (places < -20 || places > 100) {
        fail(
          51083,
          `cannot apply ${name} with precision value ${String(places)} value must be in [-20, 100]`,
        );
      }
    }
    const type = numericType(value);
    if (type === 'decimal') return toDecimal128(toPlaces(toDecimal(value), places, mode));
    const n = toNumber(value);
    if (!Number.isFinite(n)) return value;
    if (type !== 'double' && places >= 0) return value;
    const rounded = toPlaces(
      parseDecimal(type === 'long' ? value.toString() : String(n)),
      places,
      mode,
    );
    if (rounded.kind !== 'finite') return value;
    if (type === 'double')
      return double(Number(`${String(rounded.coefficient)}e${String(rounded.exponent)}`));
    return integer(rounded.coefficient * 10n ** BigInt(Math.max(0, rounded.exponent)), type);
  });
}

function power(a: Numeric, b: Numeric): Maybe {
  const types = [numericType(a), numericType(b)];
  if (types.includes('double') || types.includes('decimal'))
    return double(toNumber(a) ** toNumber(b));
  if (toNumber(b) < 0) return double(toNumber(a) ** toNumber(b));
  const result = BigInt(Math.trunc(toNumber(a))) ** BigInt(toNumber(b));
  return integer(result, types.includes('long') ? 'long' : 'int');
}

const DEGREES = Math.PI / 180;

export const ARITHMETIC: Readonly<Record<string, Operator>> = {
  $add: operator(ANY, add),
  $subtract: operator(2, ([a, b]) => subtract(a, b)),
  $multiply: operator(ANY, multiply),
  $divide: operator(2, ([a, b], name) => {
    const numbers = pair(name, a, b);
    if (!numbers) return null;
    if (isZero(numbers[1])) fail(2, "can't $divide by zero");
    return divide(...numbers);
  }),
  $mod: operator(2, ([a, b], name) => {
    const numbers = pair(name, a, b);
    if (!numbers) return null;
    if (isZero(numbers[1])) fail(16610, "can't $mod by zero");
    return remainder(...numbers);
  }),
  $abs: unary((n) => (compareNumbers(n, 0) < 0 ? arithmetic('subtract', 0, n) : n)),
  $ceil: whole(Math.ceil),
  $floor: whole(Math.floor),
  $round: toPlacesOf('round'),
  $trunc: toPlacesOf('trunc'),
  $pow: operator(2, ([a, b], name) => {
    const numbers = pair(name, a, b);
    return numbers ? power(...numbers) : null;
  }),
  $sqrt: unary((n) => {
    if (compareNumbers(n, 0) < 0)
      fail(28714, "$sqrt's argument must be greater than or equal to 0");
    return double(Math.sqrt(toNumber(n)));
  }),
  $exp: real(Math.exp),
  $ln: unary((n) => {
    if (compareNumbers(n, 0) <= 0)
      fail(28766, `$ln's argument must be a positive number, but is ${String(n)}`);
    return double(Math.log(toNumber(n)));
  }),
  $log: operator(2, ([a, b], name) => {
    const numbers = pair(name, a, b);
    return numbers ? double(Math.log(toNumber(numbers[0])) / Math.log(toNumber(numbers[1]))) : null;
  }),
  $log10: real(Math.log10),
  $sin: real(Math.sin),
  $cos: real(Math.cos),
  $tan: real(Math.tan),
  $asin: real(Math.asin),
  $acos: real(Math.acos),
  $atan: real(Math.atan),
  $atan2: operator(2, ([a, b], name) => {
    const numbers = pair(name, a, b);
    return numbers ? double(Math.atan2(toNumber(numbers[0]), toNumber(numbers[1]))) : null;
  }),
  $degreesToRadians: real((n) => n * DEGREES),
  $radiansToDegrees: real((n) => n / DEGREES),
};
