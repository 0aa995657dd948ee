/**
 * MurmurHash64A (Austin Appleby's, public domain) with the seed of redis-server, and what a HyperLogLog
 * reads off it: which register an element goes to, and how long its run of zeros is.
 *
 * 64 bits are two halves of 32 here: a BigInt for every element would take most of the time.
 */
import type { Bytes } from '../core/bytes.ts';

const SEED = 0xadc83b19;
/** The multiplier, 0xc6a4a7935bd1e995: its halves, and the quarters of the lower one. */
const M_HIGH = 0xc6a4a793 | 0;
const M_LOW = 0x5bd1e995;
const M_LOW_1 = 0x5bd1;
const M_LOW_0 = 0xe995;

/** The product of {@link multiply}: a pair as a result would be an object each time. */
let high = 0;
let low = 0;

/** Sets `high` and `low` to the lower 64 bits of a number times the multiplier. */
function multiply(h: number, l: number): void {
  const l0 = l & 0xffff;
  const l1 = l >>> 16;
  const middle = l1 * M_LOW_0 + ((l0 * M_LOW_0) >>> 16);
  const carry = l0 * M_LOW_1 + (middle & 0xffff);
  const top = l1 * M_LOW_1 + (middle >>> 16) + (carry >>> 16);
  high = (top + Math.imul(l, M_HIGH) + Math.imul(h, M_LOW)) | 0;
  low = Math.imul(l, M_LOW);
}

/** Four bytes, the lowest first; those beyond the end are 0. */
function word(text: Bytes, at: number): number {
  return (
    text.charCodeAt(at) |
    (text.charCodeAt(at + 1) << 8) |
    (text.charCodeAt(at + 2) << 16) |
    (text.charCodeAt(at + 3) << 24)
  );
}

/** The 64 bits of an element, as two halves. */
export function murmurHash(element: Bytes): { high: number; low: number } {
  hash(element);
  return { high: high >>> 0, low: low >>> 0 };
}

function hash(element: Bytes): void {
  const { length } = element;
  multiply(0, length);
  let h = high;
  let l = low ^ SEED;
  const whole = length - (length & 7);
  let at = 0;
  for (; at < whole; at += 8) {
    multiply(word(element, at + 4), word(element, at));
    // A shift by 47 leaves only bits of the upper half.
    multiply(high, low ^ (high >>> 15));
    multiply(h ^ high, l ^ low);
    h = high;
    l = low;
  }
  if (at < length) {
    // NaN, which charCodeAt gives beyond the end, counts as 0 in bitwise operations.
    multiply(h ^ word(element, at + 4), l ^ word(element, at));
    h = high;
    l = low;
  }
  multiply(h, l ^ (h >>> 15));
  low ^= high >>> 15;
}

/** `2^14` registers: the lowest 14 bits of the hash say which. */
export const REGISTERS = 16384;
const INDEX_BITS = 14;

/** Which register, from 0, and the place of the lowest 1 in the other 50 bits, from 1. */
export interface Place {
  index: number;
  run: number;
}
const place: Place = { index: 0, run: 0 };

/** @returns an object that the next call changes. */
export function placeOf(element: Bytes): Place {
  hash(element);
  place.index = low & (REGISTERS - 1);
  const restLow = (low >>> INDEX_BITS) | (high << (32 - INDEX_BITS));
  // A 1 behind the 50 bits ends the run at 51.
  const restHigh = (high >>> INDEX_BITS) | (1 << (50 - 32));
  place.run = 1 + (restLow !== 0 ? trailingZeros(restLow) : 32 + trailingZeros(restHigh));
  return place;
}
const trailingZeros = (n: number): number => 31 - Math.clz32(n & -n);
