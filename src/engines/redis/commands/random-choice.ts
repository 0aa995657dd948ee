/** Random picks, for SRANDMEMBER, HRANDFIELD, ZRANDMEMBER, SPOP. */
import { err, SYNTAX, type Reply } from '../core/reply.ts';
import { integer } from '../core/numbers.ts';
import type { Bytes } from '../core/bytes.ts';

const MOST_PICKS = 1_000_000;
const LONG_MAX = 9223372036854775807n;

/** The count and the WITH… word of `HRANDFIELD key count [WITHVALUES]`. */
export function randomOptions(argv: Bytes[], word: string): { count: number; withValues: boolean } {
  const count = integer(argv[2]!);
  if (count === -9223372036854775808n) {
    throw err(`value is out of range, value must between ${-LONG_MAX} and ${LONG_MAX}`);
  }
  if (argv.length > 4 || (argv.length === 4 && argv[3]!.toLowerCase() !== word)) throw SYNTAX;
  if (argv.length === 4 && (count > LONG_MAX / 2n || count < -LONG_MAX / 2n)) {
    throw err('value is out of range');
  }
  return { count: Number(count), withValues: argv.length === 4 };
}

/** `count` of the items: different ones, or, where `count` is negative, with repetition. */
export function pick<T>(items: T[], count: number, random: () => number): T[] {
  const one = (size: number): number => Math.floor(random() * size);
  // Redis would set out to send them all.
  if (count < -MOST_PICKS) throw err(`this emulator picks at most ${MOST_PICKS} times at once`);
  if (count < 0) return Array.from({ length: -count }, () => items[one(items.length)]!);
  if (count >= items.length) return items;
  const pool = [...items];
  for (let i = 0; i < count; i++) {
    const j = i + one(pool.length - i);
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
  }
  return pool.slice(0, count);
}

/** Pairs as RESP 2 (flat) and RESP 3 (nested) want them. */
export function pairs(items: [Bytes, Reply][], resp: 2 | 3): Reply[] {
  return resp === 3 ? items : items.flat();
}
