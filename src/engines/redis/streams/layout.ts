/**
 * How redis-server 7.0 lays a stream out in memory: a radix tree over the ids, each leaf of it a listpack
 * of entries. Nothing is stored that way here, but where one node ends and the next begins shows: trimming
 * with `~` takes whole nodes, and XINFO counts them.
 */
import type { Bytes } from '../core/bytes.ts';
import { narrow, parseInteger, type Integer } from '../core/numbers.ts';
import type { StreamId } from './stream-id.ts';

/** Header and terminator of a listpack. */
export const LISTPACK_FRAME = 7;

/** An element and the length behind it, by which a listpack is read backwards. */
function withLength(bytes: number): number {
  if (bytes <= 127) return bytes + 1;
  return bytes + (bytes < 16383 ? 2 : bytes < 2097151 ? 3 : bytes < 268435455 ? 4 : 5);
}
/** The bytes that an integer takes in a listpack. */
export function integerBytes(n: Integer): number {
  if (n >= 0 && n <= 127) return 2;
  if (n >= -4096 && n <= 4095) return 3;
  if (n >= -32768 && n <= 32767) return 4;
  if (n >= -8388608 && n <= 8388607) return 5;
  return n >= -2147483648 && n <= 2147483647 ? 6 : 10;
}
/** The bytes that a string takes in a listpack. */
export function elementBytes(text: Bytes): number {
  const n = parseInteger(text);
  if (n !== undefined) return integerBytes(n);
  const { length } = text;
  return withLength(length + (length < 64 ? 1 : length < 4096 ? 2 : 5));
}
/** The sum as a signed 64-bit integer, around its end as in C. */
export function wrapped(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return narrow(BigInt.asIntN(64, BigInt(a) + BigInt(b)));
}
/** The same of a difference. */
export const difference = (a: Integer, b: Integer): Integer => wrapped(a, -b);

const half = (n: Integer, upper: boolean): number =>
  typeof n === 'number'
    ? upper
      ? Math.floor(n / 4294967296)
      : n >>> 0
    : Number(upper ? n >> 32n : n & 0xffffffffn);

/** How many bytes two 64-bit integers begin with in common. */
function commonBytes(a: Integer, b: Integer): number {
  if (a === b) return 8;
  const upper = half(a, true) ^ half(b, true);
  return upper !== 0
    ? Math.clz32(upper) >> 3
    : 4 + (Math.clz32(half(a, false) ^ half(b, false)) >> 3);
}
const commonPrefix = (a: StreamId, b: StreamId): number =>
  a.ms === b.ms ? 8 + commonBytes(a.seq, b.seq) : commonBytes(a.ms, b.ms);

/**
 * The nodes of a radix tree that holds these ids as keys of 16 bytes: one per key, one per place where keys
 * part, and one per run of bytes between two such places.
 *
 * @param ids in ascending order.
 */
export function radixNodes(ids: Iterable<StreamId>): number {
  let nodes = 0;
  /** Where the keys before part from this one, the deepest last. */
  const open: number[] = [];
  /** A place where keys part, below another one. */
  const close = (depth: number, parent: number): void => {
    nodes += depth > parent + 1 ? 2 : 1;
  };
  const leaf = (parent: number): void => {
    nodes += parent < 15 ? 2 : 1;
  };
  let before: StreamId | undefined;
  let left = -1;
  for (const id of ids) {
    if (before) {
      const right = commonPrefix(before, id);
      leaf(Math.max(left, right));
      while (open.length > 0 && open.at(-1)! > right) {
        close(open.pop()!, Math.max(open.at(-1) ?? -1, right));
      }
      if (open.at(-1) !== right) open.push(right);
      left = right;
    }
    before = id;
  }
  if (!before) return 1;
  leaf(left);
  while (open.length > 0) close(open.pop()!, open.at(-1) ?? -1);
  return nodes;
}
