/**
 * Decimal arithmetic for Decimal128: exact while 34 digits hold it, rounded half to even beyond
 * (IEEE 754-2008 decimal128, the format the BSON specification names).
 */
import { Decimal128 } from 'bson';

/** `coefficient × 10^exponent`, or a value that is no number. */
export type Decimal =
  | { kind: 'finite'; coefficient: bigint; exponent: number }
  | { kind: 'nan' }
  | { kind: 'infinite'; negative: boolean };

const DIGITS = 34;
const NAN: Decimal = { kind: 'nan' };

const parsed = new WeakMap<Decimal128, Decimal>();

/** Reads a Decimal128. */
export function parseDecimal128(value: Decimal128): Decimal {
  let decimal = parsed.get(value);
  if (!decimal) {
    decimal = parseDecimal(value.toString());
    parsed.set(value, decimal);
  }
  return decimal;
}

/** Reads `-12.50`, `1.5E+10`, `NaN`, `-Infinity`, or a JavaScript number's text. */
export function parseDecimal(text: string): Decimal {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text.trim());
  if (!match || (!match[2] && !match[3])) {
    const infinite = /^([+-]?)inf(inity)?$/i.exec(text.trim());
    return infinite ? { kind: 'infinite', negative: infinite[1] === '-' } : NAN;
  }
  const coefficient = BigInt((match[2] ?? '') + (match[3] ?? ''));
  return {
    kind: 'finite',
    coefficient: match[1] === '-' ? -coefficient : coefficient,
    exponent: Number(match[4] ?? 0) - (match[3] ?? '').length,
  };
}

/** A double as the decimal of its shortest text, to 15 digits as the server converts it. */
export function decimalOfNumber(n: number): Decimal {
  if (!Number.isFinite(n)) return Number.isNaN(n) ? NAN : { kind: 'infinite', negative: n < 0 };
  return parseDecimal(
    Number.isInteger(n) ? BigInt(n).toString() : String(Number(n.toPrecision(15))),
  );
}

function magnitude(n: bigint): bigint {
  return n < 0n ? -n : n;
}

/** Integer division rounded half to even. */
function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = magnitude(numerator);
  const d = magnitude(denominator);
  let quotient = n / d;
  const twice = (n % d) * 2n;
  if (twice > d || (twice === d && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

function rounded(coefficient: bigint, exponent: number): Decimal {
  const excess = magnitude(coefficient).toString().length - DIGITS;
  if (excess <= 0) return { kind: 'finite', coefficient, exponent };
  return rounded(divideRounded(coefficient, 10n ** BigInt(excess)), exponent + excess);
}

export function formatDecimal(d: Decimal): string {
  if (d.kind === 'nan') return 'NaN';
  if (d.kind === 'infinite') return d.negative ? '-Infinity' : 'Infinity';
  return `${d.coefficient.toString()}E${String(d.exponent)}`;
}

export function toDecimal128(d: Decimal): Decimal128 {
  const fitted = d.kind === 'finite' ? rounded(d.coefficient, d.exponent) : d;
  return Decimal128.fromString(formatDecimal(fitted));
}

/** The nearest double. */
export function decimalToNumber(d: Decimal): number {
  return Number(formatDecimal(d));
}

function aligned(a: bigint, ea: number, b: bigint, eb: number): [bigint, bigint, number] {
  if (ea === eb) return [a, b, ea];
  return ea > eb ? [a * 10n ** BigInt(ea - eb), b, eb] : [a, b * 10n ** BigInt(eb - ea), ea];
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind === 'nan' || b.kind === 'nan') return NAN;
  if (a.kind === 'infinite') {
    return b.kind === 'infinite' && a.negative !== b.negative ? NAN : a;
  }
  if (b.kind === 'infinite') return b;
  const [x, y, exponent] = aligned(a.coefficient, a.exponent, b.coefficient, b.exponent);
  return rounded(x + y, exponent);
}

export function negateDecimal(a: Decimal): Decimal {
  if (a.kind === 'nan') return a;
  if (a.kind === 'infinite') return { kind: 'infinite', negative: !a.negative };
  return { ...a, coefficient: -a.coefficient };
}

function signOf(a: Decimal): number {
  if (a.kind === 'nan') return 0;
  if (a.kind === 'infinite') return a.negative ? -1 : 1;
  return a.coefficient < 0n ? -1 : a.coefficient > 0n ? 1 : 0;
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind === 'nan' || b.kind === 'nan') return NAN;
  if (a.kind === 'infinite' || b.kind === 'infinite') {
    const sign = signOf(a) * signOf(b);
    return sign === 0 ? NAN : { kind: 'infinite', negative: sign < 0 };
  }
  return rounded(a.coefficient * b.coefficient, a.exponent + b.exponent);
}

/** `b` is not zero: callers have refused that. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    if (a.kind === 'infinite' && b.kind === 'finite') {
      return { kind: 'infinite', negative: a.negative !== signOf(b) < 0 };
    }
    return a.kind === 'finite' && b.kind === 'infinite'
      ? { kind: 'finite', coefficient: 0n, exponent: 0 }
      : NAN;
  }
  const ideal = a.exponent - b.exponent;
  const shift = Math.max(
    0,
    DIGITS + 1 + b.coefficient.toString().length - a.coefficient.toString().length,
  );
  let coefficient = divideRounded(a.coefficient * 10n ** BigInt(shift), b.coefficient);
  let exponent = ideal - shift;
  // An exact quotient is given with as few trailing zeros as its ideal exponent asks for.
  while (exponent < ideal && coefficient % 10n === 0n && coefficient !== 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return coefficient === 0n
    ? { kind: 'finite', coefficient: 0n, exponent: ideal }
    : rounded(coefficient, exponent);
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  // NaN is the smallest number in BSON's order, and equal to itself.
  if (a.kind === 'nan' || b.kind === 'nan') {
    return a.kind === b.kind ? 0 : a.kind === 'nan' ? -1 : 1;
  }
  const signs = signOf(a) - signOf(b);
  if (signs !== 0) return Math.sign(signs);
  if (a.kind === 'infinite' || b.kind === 'infinite') {
    if (a.kind === b.kind) return 0;
    return a.kind === 'infinite' ? signOf(a) : -signOf(b);
  }
  const sizes =
    magnitude(a.coefficient).toString().length +
    a.exponent -
    (magnitude(b.coefficient).toString().length + b.exponent);
  if (sizes !== 0 && a.coefficient !== 0n) return Math.sign(sizes) * signOf(a);
  const [x, y] = aligned(a.coefficient, a.exponent, b.coefficient, b.exponent);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The decimal truncated (or rounded half to even) to a number of places after the point. */
export function toPlaces(d: Decimal, places: number, mode: 'round' | 'trunc'): Decimal {
  if (d.kind !== 'finite' || d.exponent >= -places) return d;
  const divisor = 10n ** BigInt(-places - d.exponent);
  const coefficient =
    mode === 'trunc' ? d.coefficient / divisor : divideRounded(d.coefficient, divisor);
  return { kind: 'finite', coefficient, exponent: -places };
}

/** The exact value of a double, digit by digit: what comparison across types needs. */
export function exactDecimal(n: number): Decimal {
  if (!Number.isFinite(n)) return decimalOfNumber(n);
  // A double is m × 2^e; with e < 0 that is m × 5^-e × 10^e.
  let mantissa = n;
  let exponent = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent -= 1;
  }
  return {
    kind: 'finite',
    coefficient: BigInt(mantissa) * 5n ** BigInt(-exponent),
    exponent,
  };
}
