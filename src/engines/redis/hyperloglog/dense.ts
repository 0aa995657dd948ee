/**
 * The header of a HyperLogLog, and its dense form: 16,384 registers of 6 bits, one behind the other.
 *
 * | bytes | |
 * | --- | --- |
 * | 0-3 | `HYLL` |
 * | 4 | 0: dense, 1: sparse |
 * | 5-7 | 0 |
 * | 8-15 | the last count, the lowest byte first; the highest bit says that it holds no more |
 */
import { REGISTERS } from './hash.ts';

export const HEADER = 16;
export const DENSE = 0;
export const SPARSE = 1;
export const DENSE_SIZE = HEADER + (REGISTERS * 6) / 8;

export type Sketch = Uint8Array<ArrayBuffer>;

const STALE = 0x80;
/** The remembered count holds no more. */
export function forgetCount(sketch: Sketch): void {
  sketch[15]! |= STALE;
}
/** The count of the last time, or `undefined` if the registers have changed since. */
export function rememberedCount(sketch: Sketch): bigint | undefined {
  if (sketch[15]! & STALE) return undefined;
  return new DataView(sketch.buffer, sketch.byteOffset).getBigUint64(8, true);
}
export function rememberCount(sketch: Sketch, count: bigint): void {
  new DataView(sketch.buffer, sketch.byteOffset).setBigInt64(8, count, true);
}

export function register(sketch: Sketch, index: number): number {
  const bit = index * 6;
  const at = HEADER + (bit >> 3);
  // The last register ends with the last byte: what is behind it counts as 0.
  return ((sketch[at]! | ((sketch[at + 1] ?? 0) << 8)) >> (bit & 7)) & 63;
}

/** Raises a register. @returns whether it was lower. */
export function raise(sketch: Sketch, index: number, run: number): boolean {
  if (register(sketch, index) >= run) return false;
  const bit = index * 6;
  const at = HEADER + (bit >> 3);
  const shift = bit & 7;
  const both = (sketch[at]! | ((sketch[at + 1] ?? 0) << 8)) & ~(63 << shift);
  const changed = both | (run << shift);
  sketch[at] = changed & 255;
  if (at + 1 < sketch.length) sketch[at + 1] = changed >> 8;
  return true;
}
