/** Coordinates and units, as they are typed and answered. */
import type { Bytes } from '../core/bytes.ts';
import { double } from '../core/numbers.ts';
import { DoubleReply, err, type Reply } from '../core/reply.ts';
import { WORLD, type Point } from './cells.ts';

const METERS: Readonly<Record<string, number>> = { m: 1, km: 1000, ft: 0.3048, mi: 1609.34 };

/** Meters per unit. */
export function unitOf(text: Bytes): number {
  const meters = METERS[text.toLowerCase()];
  if (meters === undefined) throw err('unsupported unit provided. please use M, KM, FT, MI');
  return meters;
}

/** Digits behind the point as C writes them: of the exact value, halves to the even one. */
function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  let whole = Math.abs(value);
  let divisor = 1n;
  // Doubling is exact: at the end there is a whole number.
  for (; !Number.isInteger(whole); divisor *= 2n) whole *= 2;
  const scaled = BigInt(whole) * 10n ** BigInt(digits);
  let quotient = scaled / divisor;
  const twice = (scaled % divisor) * 2n;
  if (twice > divisor || (twice === divisor && (quotient & 1n) === 1n)) quotient++;
  const text = quotient.toString().padStart(digits + 1, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export function readPoint(east: Bytes, north: Bytes): Point {
  const longitude = double(east);
  const latitude = double(north);
  const { longitude: x, latitude: y } = WORLD;
  if (longitude < x.min || longitude > x.max || latitude < y.min || latitude > y.max) {
    throw err(`invalid longitude,latitude pair ${fixed(longitude, 6)},${fixed(latitude, 6)}`);
  }
  return { longitude, latitude };
}

/** Seventeen digits behind the point, without the zeros at the end. */
const coordinate = (value: number): Reply =>
  new DoubleReply(value, fixed(value + 0, 17).replace(/\.?0+$/, ''));

export const pointReply = ({ longitude, latitude }: Point): Reply => [
  coordinate(longitude),
  coordinate(latitude),
];
