/** The series that `$bucketAuto` rounds its bounds to (manual, "Granularity"; IEC 60063 and ISO 3). */
import { fail } from '../../errors.ts';
import { toDecimal128 } from '../../values/decimal.ts';
import { toNumber } from '../../values/numbers.ts';
import { Decimal128, double, Double, typeOf, type Value } from '../../values/types.ts';
import type { Numeric } from '../../values/numbers.ts';

/** Rounds to the next number of a series, never to the number itself. 0 stays 0. */
export interface Rounder {
  up(value: Value): Value;
  down(value: Value): Value;
}

/** One decade of each series, without the point. */
const SERIES: Readonly<Record<string, readonly number[]>> = {
  R5: [10, 16, 25, 40, 63],
  R10: [100, 125, 160, 200, 250, 315, 400, 500, 630, 800],
  R20: [
    ...[100, 112, 125, 140, 160, 180, 200, 224, 250, 280],
    ...[315, 355, 400, 450, 500, 560, 630, 710, 800, 900],
  ],
  R40: [
    ...[100, 106, 112, 118, 125, 132, 140, 150, 160, 170, 180, 190, 200],
    ...[212, 224, 236, 250, 265, 280, 300, 315, 355, 375, 400, 425, 450],
    ...[475, 500, 530, 560, 600, 630, 670, 710, 750, 800, 850, 900, 950],
  ],
  R80: [
    ...[103, 109, 115, 122, 128, 136, 145, 155, 165, 175, 185, 195, 206, 218],
    ...[230, 243, 258, 272, 290, 307, 325, 345, 365, 387, 412, 437, 462, 487],
    ...[515, 545, 575, 615, 650, 690, 730, 775, 825, 875, 925, 975],
  ],
  '1-2-5': [10, 20, 50],
  E6: [10, 15, 22, 33, 47, 68],
  E12: [10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82],
  E24: [
    ...[10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30],
    ...[33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91],
  ],
  E48: geometric(48),
  E96: geometric(96),
  E192: geometric(192, { 919: 920 }),
};

/** The finer E series are roots of ten, rounded. */
function geometric(count: number, exceptions: Readonly<Record<number, number>> = {}): number[] {
  return Array.from({ length: count }, (_, i) => {
    const rounded = Math.round(100 * 10 ** (i / count));
    return exceptions[rounded] ?? rounded;
  });
}

/** @throws MongoServerError if there is no such series. */
export function rounderOf(name: Value): Rounder {
  if (typeof name !== 'string')
    return fail(
      40261,
      `The $bucketAuto 'granularity' field must be a string, but found type: ${typeOf(name)}`,
    );
  if (name === 'POWERSOF2') return POWERS_OF_TWO;
  const series = Object.hasOwn(SERIES, name) ? SERIES[name] : undefined;
  return series ? preferred(series) : fail(40257, `Unknown rounding granularity '${name}'`);
}

function preferred(series: readonly number[]): Rounder {
  /** A number of the series in some decade, of the type of what was rounded. */
  const made = (n: number, exponent: number, like: Value): Value =>
    like instanceof Decimal128
      ? toDecimal128({ kind: 'finite', coefficient: BigInt(n), exponent })
      : double(scaled(n, exponent));
  /** The decade that a number lies in, and perhaps the one around it. */
  const near = (n: number): { n: number; exponent: number }[] => {
    const decade = Math.floor(Math.log10(n)) - Math.floor(Math.log10(series[0]!));
    return [decade - 1, decade, decade + 1].flatMap((exponent) =>
      series.map((item) => ({ n: item, exponent })),
    );
  };
  const rounded = (
    value: Value,
    find: 'find' | 'findLast',
    passes: (a: number, b: number) => boolean,
  ) => {
    const number = toNumber(value as Numeric);
    if (number === 0) return value;
    const found = near(number)[find](({ n, exponent }) => passes(scaled(n, exponent), number))!;
    return made(found.n, found.exponent, value);
  };
  return {
    up: (value) => rounded(value, 'find', (a, b) => a > b),
    down: (value) => rounded(value, 'findLast', (a, b) => a < b),
  };
}

const scaled = (n: number, exponent: number): number =>
  exponent < 0 ? n / 10 ** -exponent : n * 10 ** exponent;

const power = (exponent: number, like: Value): Value => {
  const n = 2 ** exponent;
  if (like instanceof Decimal128) return Decimal128.fromString(String(n));
  return like instanceof Double || !Number.isInteger(n) ? double(n) : n;
};

const POWERS_OF_TWO: Rounder = {
  up(value) {
    const n = toNumber(value as Numeric);
    return n === 0 ? value : power(Math.floor(Math.log2(n)) + 1, value);
  },
  down(value) {
    const n = toNumber(value as Numeric);
    return n === 0 ? value : power(Math.ceil(Math.log2(n)) - 1, value);
  },
};
