/**
 * Arithmetic across BSON's number types, with the type of the result that the server gives:
 * int op int is int (long when it overflows), anything with a double is double, anything with a
 * decimal is decimal. (MongoDB manual, "Arithmetic Expression Operators"; server: `Value` arithmetic.)
 */
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalOfNumber,
  decimalToNumber,
  divideDecimals,
  exactDecimal,
  multiplyDecimals,
  negateDecimal,
  parseDecimal128,
  toDecimal128,
} from './decimal.ts';
import { Decimal128, Double, double, isInt32, Long } from './types.ts';

export type Numeric = number | Double | Long | Decimal128;
export type NumericType = 'int' | 'long' | 'double' | 'decimal';

export const LONG_MAX = 9223372036854775807n;
export const LONG_MIN = -9223372036854775808n;

export function numericType(n: Numeric): NumericType {
  if (typeof n === 'number') return isInt32(n) ? 'int' : 'double';
  if (n instanceof Double) return 'double';
  return n instanceof Long ? 'long' : 'decimal';
}

/** The nearest JavaScript number. */
export function toNumber(n: Numeric): number {
  if (typeof n === 'number') return n;
  if (n instanceof Double) return n.value;
  return n instanceof Long ? n.toNumber() : decimalToNumber(parseDecimal128(n));
}

export function toDecimal(n: Numeric): Decimal {
  if (n instanceof Decimal128) return parseDecimal128(n);
  if (n instanceof Long) return { kind: 'finite', coefficient: n.toBigInt(), exponent: 0 };
  return decimalOfNumber(toNumber(n));
}

/** The number as a decimal; a double with the 15 digits that it is sure of. */
export function decimalOf(n: Numeric): Decimal128 {
  return n instanceof Decimal128 ? n : toDecimal128(toDecimal(n));
}

function exact(n: Numeric): Decimal {
  return n instanceof Decimal128 || n instanceof Long ? toDecimal(n) : exactDecimal(toNumber(n));
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  // At least one NaN: the smallest number, equal to itself.
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

/** Compares numbers by value, whatever their types. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  if (a instanceof Long && b instanceof Long) return a.compare(b);
  const easy = (n: Numeric) =>
    typeof n === 'number' || n instanceof Double || (n instanceof Long && isSafe(n));
  if (easy(a) && easy(b)) return compareDoubles(toNumber(a), toNumber(b));
  return compareDecimals(exact(a), exact(b));
}

function isSafe(n: Long): boolean {
  return n.high < 0x200000 && n.high >= -0x200000;
}

/** An integer as int if it fits, else long, else (as the aggregation framework does) double. */
export function integer(n: bigint, atLeast: 'int' | 'long' = 'int'): Numeric {
  if (atLeast === 'int' && n >= -2147483648n && n <= 2147483647n) return Number(n);
  if (n >= LONG_MIN && n <= LONG_MAX) return Long.fromBigInt(n);
  return Number(n);
}

function toBigInt(n: Numeric): bigint {
  return n instanceof Long ? n.toBigInt() : BigInt(toNumber(n));
}

type Operation = 'add' | 'subtract' | 'multiply';

/** Adds, subtracts or multiplies two numbers. */
export function arithmetic(operation: Operation, a: Numeric, b: Numeric): Numeric {
  const types = [numericType(a), numericType(b)];
  if (types.includes('decimal')) {
    const x = toDecimal(a);
    const y = toDecimal(b);
    if (operation === 'multiply') return toDecimal128(multiplyDecimals(x, y));
    return toDecimal128(addDecimals(x, operation === 'add' ? y : negateDecimal(y)));
  }
  if (types.includes('double')) return double(onNumbers(operation, toNumber(a), toNumber(b)));
  if (!types.includes('long')) {
    const result = onNumbers(operation, a as number, b as number);
    if (isInt32(result)) return result;
    if (Object.is(result, -0)) return 0;
  }
  const [x, y] = [toBigInt(a), toBigInt(b)];
  const result = operation === 'add' ? x + y : operation === 'subtract' ? x - y : x * y;
  return integer(result, types.includes('long') ? 'long' : 'int');
}

function onNumbers(operation: Operation, a: number, b: number): number {
  return operation === 'add' ? a + b : operation === 'subtract' ? a - b : a * b;
}

/** `a / b`: always a double, or a decimal. `b` is not zero. */
export function divide(a: Numeric, b: Numeric): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return toDecimal128(divideDecimals(toDecimal(a), toDecimal(b)));
  }
  return double(toNumber(a) / toNumber(b));
}

/** The remainder, with the dividend's sign. `b` is not zero. */
export function remainder(a: Numeric, b: Numeric): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    const [x, y] = [toDecimal(a), toDecimal(b)];
    if (x.kind !== 'finite' || y.kind !== 'finite') return Decimal128.fromString('NaN');
    const exponent = Math.min(x.exponent, y.exponent);
    const scale = (d: typeof x) => d.coefficient * 10n ** BigInt(d.exponent - exponent);
    return toDecimal128({ kind: 'finite', coefficient: scale(x) % scale(y), exponent });
  }
  const types = [numericType(a), numericType(b)];
  if (types.includes('double')) return double(toNumber(a) % toNumber(b));
  return integer(toBigInt(a) % toBigInt(b), types.includes('long') ? 'long' : 'int');
}

export function isZero(n: Numeric): boolean {
  return compareNumbers(n, 0) === 0;
}

export function isNaNValue(n: Numeric): boolean {
  return n instanceof Decimal128 ? toDecimal(n).kind === 'nan' : Number.isNaN(toNumber(n));
}

/** Whether the value is a whole number that a 64-bit integer holds. */
export function isIntegral(n: Numeric): boolean {
  if (n instanceof Long) return true;
  if (!(n instanceof Decimal128)) return Number.isInteger(toNumber(n));
  const d = toDecimal(n);
  return (
    d.kind === 'finite' && compareDecimals(d, exactDecimal(Math.trunc(decimalToNumber(d)))) === 0
  );
}

/**
 * A running sum that loses nothing to cancellation: doubles are added with their rounding errors
 * kept apart (the server's `DoubleDoubleSummation`), so ten times 0.1 sums to 1.
 */
export class Sum {
  private type: NumericType = 'int';
  private integers = 0;
  private big = 0n;
  private high = 0;
  private low = 0;
  private decimal: Decimal | null = null;

  add(n: Numeric): void {
    if (typeof n === 'number') {
      if ((n | 0) === n) {
        this.integers += n;
        if (this.integers > 9e15 || this.integers < -9e15) this.spill();
        return;
      }
      this.addDouble(n);
    } else if (n instanceof Double) {
      this.addDouble(n.value);
    } else if (n instanceof Long) {
      if (this.type === 'int') this.type = 'long';
      this.big += n.toBigInt();
    } else {
      this.type = 'decimal';
      this.decimal = this.decimal ? addDecimals(this.decimal, toDecimal(n)) : toDecimal(n);
    }
  }

  private spill(): void {
    this.big += BigInt(this.integers);
    this.integers = 0;
  }

  private addDouble(n: number): void {
    if (this.type !== 'decimal') this.type = 'double';
    const sum = this.high + n;
    if (Number.isFinite(sum)) {
      const part = sum - this.high;
      this.low += this.high - (sum - part) + (n - part);
    }
    this.high = sum;
  }

  /** The sum, in the widest type that was added. */
  value(): Numeric {
    const doubles = Number.isFinite(this.high) ? this.high + this.low : this.high;
    if (this.decimal) {
      this.spill();
      const rest = addDecimals(
        { kind: 'finite', coefficient: this.big, exponent: 0 },
        decimalOfNumber(doubles),
      );
      return toDecimal128(addDecimals(this.decimal, rest));
    }
    if (this.type === 'double') {
      return double(doubles + this.integers + (this.big === 0n ? 0 : Number(this.big)));
    }
    if (this.type === 'int' && this.big === 0n && isInt32(this.integers)) return this.integers;
    this.spill();
    return integer(this.big, this.type === 'long' ? 'long' : 'int');
  }
}
