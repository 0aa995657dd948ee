/** Numbers as Redis reads and writes them: 64-bit integers, doubles (`%.17g`), scores. */
import { NOT_FLOAT, NOT_INTEGER, type ReplyError } from './reply.ts';

export const INT64_MAX = 9223372036854775807n;
export const INT64_MIN = -9223372036854775808n;

/** A 64-bit integer: a `number` where that is exact, else a `bigint`. */
export type Integer = number | bigint;

/** The integer that `text` is the one canonical spelling of (no `+`, no leading zeros), or `undefined`. */
export function parseInteger(text: string): Integer | undefined {
  const length = text.length;
  if (length === 0 || length > 20) return undefined;
  const negative = text.charCodeAt(0) === 45;
  let i = negative ? 1 : 0;
  const first = text.charCodeAt(i);
  if (first === 48) return length === 1 ? 0 : undefined;
  if (!(first >= 49 && first <= 57)) return undefined;
  let n = 0;
  for (; i < length; i++) {
    const d = text.charCodeAt(i) - 48;
    if (d < 0 || d > 9) return undefined;
    n = n * 10 + d;
  }
  if (n <= Number.MAX_SAFE_INTEGER) return negative ? -n : n;
  const big = BigInt(text);
  return big > INT64_MAX || big < INT64_MIN ? undefined : big;
}

/** As {@link parseInteger}, or the error. */
export function integer(text: string, error: ReplyError = NOT_INTEGER): Integer {
  const n = parseInteger(text);
  if (n === undefined) throw error;
  return n;
}

/** An integer used as an index or a count: beyond 2^53 every one behaves like its sign's infinity. */
export function long(text: string, error: ReplyError = NOT_INTEGER): number {
  return Number(integer(text, error));
}

/** The narrowest form of a 64-bit integer. */
export function narrow(n: bigint): Integer {
  return n >= -9007199254740991n && n <= 9007199254740991n ? Number(n) : n;
}

/** The sum, or `undefined` where it leaves 64 bits. */
export function addIntegers(a: Integer, b: Integer): Integer | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const sum = BigInt(a) + BigInt(b);
  return sum > INT64_MAX || sum < INT64_MIN ? undefined : narrow(sum);
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const HEX = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)(?:p([+-]?\d+))?$/i;

/** C's `strtod` over the whole text; `NaN` where it is no number. */
export function strtod(text: string): number {
  if (DECIMAL.test(text)) return Number(text);
  const inf = INFINITE.exec(text);
  if (inf) return inf[1] === '-' ? -Infinity : Infinity;
  const hex = HEX.exec(text);
  if (hex && hex[2]! + hex[3]! !== '') {
    const mantissa = Number(BigInt(`0x${hex[2]!}${hex[3]!}`));
    const value = mantissa * 2 ** (Number(hex[4] ?? 0) - 4 * hex[3]!.length);
    return hex[1] === '-' ? -value : value;
  }
  return NaN;
}

/** A score or other double argument, as `getDoubleFromObject` reads it. */
export function double(text: string, error: ReplyError = NOT_FLOAT): number {
  const value = strtod(text);
  if (Number.isNaN(value)) throw error;
  if (!Number.isFinite(value) && !INFINITE.test(text)) throw error;
  if (value === 0 && DECIMAL.test(text) && /[1-9]/.test(text.split(/e/i)[0]!)) throw error;
  return value;
}

/** A score in a listpack: a whole number below 2^62 in full, which `%.17g` would not be from 10^17 on. */
export const formatSmallScore = (score: number): string =>
  Number.isInteger(score) && Math.abs(score) <= 2 ** 62
    ? String(BigInt(score))
    : formatDouble(score);

/** C's `%.17g`, which is how Redis 7.0 prints a double: 3.1 is `3.1000000000000001`. Other precisions are for Lua. */
export function formatDouble(value: number, precision = 17): string {
  if (Number.isInteger(value) && Math.abs(value) < 10 ** precision) {
    if (Object.is(value, -0)) return '-0';
    // From 2^53 on JavaScript writes the fewest digits that tell a number from its neighbors, C all.
    return Number.isSafeInteger(value) ? String(value) : String(BigInt(value));
  }
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  let [mantissa, exponent] = value.toExponential(precision - 1).split('e') as [string, string];
  const exact = value.toExponential(60).split('e')[0]!;
  // Halfway cases: C rounds to even, JavaScript away from zero.
  const rest = exact.slice(exact.indexOf('.') + precision);
  if (/^50*$/.test(rest)) {
    const kept = exact.slice(0, exact.indexOf('.') + precision);
    if ('02468'.includes(kept.at(-1)!)) mantissa = kept;
  }
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace('-', '').replace('.', '').replace(/0+$/, '') || '0';
  const e = Number(exponent);
  exponent = `${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;
  const sign = negative ? '-' : '';
  if (e < -4 || e >= precision) {
    return `${sign}${digits[0]!}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${exponent}`;
  }
  if (e < 0) return `${sign}0.${'0'.repeat(-e - 1)}${digits}`;
  if (digits.length <= e + 1) return sign + digits.padEnd(e + 1, '0');
  return `${sign}${digits.slice(0, e + 1)}.${digits.slice(e + 1)}`;
}
