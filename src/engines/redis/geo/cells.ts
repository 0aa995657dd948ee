/**
 * Places as scores of a sorted set: latitude and longitude as whole numbers of `step` bits each, their
 * bits in turn. 26 bits each make a score of 52, which a double holds. Equal prefixes are one cell.
 */

export interface Point {
  longitude: number;
  latitude: number;
}

export interface Range {
  min: number;
  max: number;
}
export interface Ranges {
  longitude: Range;
  latitude: Range;
}

/** The square of the web's maps; nearer to a pole nothing can be stored. */
export const WORLD: Ranges = {
  longitude: { min: -180, max: 180 },
  latitude: { min: -85.05112878, max: 85.05112878 },
};
/** What geohash strings divide. */
export const GLOBE: Ranges = { longitude: WORLD.longitude, latitude: { min: -90, max: 90 } };

/** Bits of each coordinate in a score. */
export const FINEST = 26;

/** Column and row in a grid of `2^step` each. At the eastern and northern border they may be `2^step`. */
export interface Cell {
  step: number;
  column: number;
  row: number;
}

export function cellAt({ longitude, latitude }: Point, step: number, ranges = WORLD): Cell {
  const place = (value: number, { min, max }: Range): number =>
    Math.floor(((value - min) / (max - min)) * 2 ** step);
  return {
    step,
    column: place(longitude, ranges.longitude),
    row: place(latitude, ranges.latitude),
  };
}

export function bounds({ step, column, row }: Cell): Ranges {
  const edges = (index: number, { min, max }: Range): Range => ({
    min: min + (index / 2 ** step) * (max - min),
    // One more than the greatest 32-bit number is 0 there.
    max: min + (((index + 1) >>> 0) / 2 ** step) * (max - min),
  });
  return { longitude: edges(column, WORLD.longitude), latitude: edges(row, WORLD.latitude) };
}

/** 16 bits, each followed by a 0. */
function spread(n: number): number {
  n = (n | (n << 8)) & 0x00ff00ff;
  n = (n | (n << 4)) & 0x0f0f0f0f;
  n = (n | (n << 2)) & 0x33333333;
  return (n | (n << 1)) & 0x55555555;
}
/** Every second one of 32 bits. */
function gather(n: number): number {
  n &= 0x55555555;
  n = (n | (n >>> 1)) & 0x33333333;
  n = (n | (n >>> 2)) & 0x0f0f0f0f;
  n = (n | (n >>> 4)) & 0x00ff00ff;
  return (n | (n >>> 8)) & 0x0000ffff;
}
const both = (column: number, row: number): number => (spread(row) | (spread(column) << 1)) >>> 0;

/** Rows in the even bits, columns in the odd ones, all 64 of them. */
export function interleave({ column, row }: Cell): bigint {
  const low = both(column & 0xffff, row & 0xffff);
  const high = both(column >>> 16, row >>> 16);
  return (BigInt(high) << 32n) | BigInt(low);
}

/** A score as redis-server's conversion to 64 bits without a sign takes it, whatever the score is. */
function bitsOf(score: number): bigint {
  if (score >= 2 ** 64) return 0n;
  if (score <= -(2 ** 63)) return 2n ** 63n;
  return BigInt.asUintN(64, BigInt(Math.trunc(score)));
}

/** Where a score is: the middle of its cell. */
export function pointOf(score: number): Point {
  let low = score >>> 0;
  let high = Math.floor(score / 2 ** 32);
  if (score < 0 || score > Number.MAX_SAFE_INTEGER) {
    const bits = bitsOf(score);
    low = Number(bits & 0xffffffffn);
    high = Number(bits >> 32n);
  }
  const cell = {
    step: FINEST,
    column: (gather(low >>> 1) | (gather(high >>> 1) << 16)) >>> 0,
    row: (gather(low) | (gather(high) << 16)) >>> 0,
  };
  const { longitude, latitude } = bounds(cell);
  return {
    longitude: middle(longitude, WORLD.longitude),
    latitude: middle(latitude, WORLD.latitude),
  };
}
const middle = ({ min, max }: Range, limits: Range): number =>
  Math.max(limits.min, Math.min(limits.max, (min + max) / 2));

/** The cell some columns and rows farther, around the world if need be. */
export function neighbor({ step, column, row }: Cell, columns: number, rows: number): Cell {
  const inside = (index: number): number => index & (2 ** step - 1);
  return {
    step,
    column: columns === 0 ? column : inside(column + columns),
    row: rows === 0 ? row : inside(row + rows),
  };
}

/** The scores of a cell: from the first up to, not including, the second. */
export function scoresOf(cell: Cell): [number, number] {
  const prefix = interleave(cell);
  const shift = BigInt(2 * (FINEST - cell.step));
  return [Number(prefix << shift), Number((prefix + 1n) << shift)];
}

const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';

/** The geohash string that maps know: eleven characters, of which the last is always 0. */
export function geohash(point: Point): string {
  const bits = interleave(cellAt(point, FINEST, GLOBE));
  let text = '';
  for (let shift = 47n; shift > 0n; shift -= 5n) text += ALPHABET[Number((bits >> shift) & 31n)]!;
  return `${text}0`;
}
