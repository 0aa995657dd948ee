/**
 * DUMP on one side and RESTORE on the other, both ways. What differs in the bytes must agree in content:
 * the order of a hash table, the parts of a long list, and the choices of a compression whose table
 * redis-server does not clear.
 */
import type { Bytes } from '../../../src/engines/redis/core/bytes.ts';
import type { Reply } from '../../../src/engines/redis/core/reply.ts';
import { TYPE } from '../../../src/engines/redis/dump/save.ts';
import { show, unordered, type Difference } from './compare.ts';
import { contentOf, damaged } from './payloads.ts';
import { seeded } from './random.ts';

/** One of the two servers, as a client sees it. */
export type Side = (argv: Bytes[]) => Promise<Reply>;

export interface Transfer {
  from: Bytes;
  to: Bytes;
  /** Time to live and options of RESTORE. */
  ttl: Bytes;
  options: Bytes[];
  /** In place of a dump of `from`. */
  payload?: Bytes;
  /** Damages the dump, in this way. */
  damage?: number;
}

/** How many dumps there were, and of how many every byte was the same. */
export const dumps = { made: 0, same: 0 };

const READ: Record<string, Bytes[]> = {
  string: ['GET'],
  list: ['LRANGE', '0', '-1'],
  set: ['SMEMBERS'],
  hash: ['HGETALL'],
  // A damaged one may be out of order there.
  zset: ['ZCARD'],
};

const STREAMS: ReadonlySet<number> = new Set([TYPE.stream, TYPE.streamWithoutCounters]);

/** What a damaged dump became, which is then removed. */
async function takeOut(side: Side, key: Bytes): Promise<string> {
  const type = await side(['TYPE', key]);
  const [command, ...rest] = READ[show(type).slice(1)] ?? ['EXISTS'];
  const reply = await side([command!, key, ...rest]);
  const content = show(command === 'LRANGE' ? reply : unordered(reply));
  const encoding = show(await side(['OBJECT', 'ENCODING', key]));
  await side(['DEL', key]);
  return `${show(type)} ${encoding} ${content}`;
}

export async function transfer(
  emulator: Side,
  redis: Side,
  { from, to, ttl, options, payload, damage }: Transfer,
): Promise<Difference | null> {
  let [mine, theirs] = [payload ?? '', payload ?? ''];
  const restore = (dump: Bytes): Bytes[] => ['RESTORE', to, ttl, dump, ...options];
  const different = (what: string, a: string, b: string): Difference => ({
    what: `${what}: ${[from, to, ttl, ...options].map(show).join(' ')}`,
    emulator: a,
    redis: b,
  });
  if (payload === undefined) {
    const [a, b] = [await emulator(['DUMP', from]), await redis(['DUMP', from])];
    if (typeof a !== 'string' || typeof b !== 'string') {
      return show(a) === show(b) ? null : different('DUMP', show(a), show(b));
    }
    dumps.made++;
    if (a === b) dumps.same++;
    else if (contentOf(a) !== contentOf(b)) return different('DUMP', show(a), show(b));
    [mine, theirs] = [a, b];
    // From two orders of a hash table two listpacks may come: both sides take one of them.
    if (a !== b) mine = theirs = dumps.made % 2 ? a : b;
  }
  if (damage !== undefined) mine = theirs = damaged(theirs, seeded(damage));
  // Of a damaged stream redis-server believes what it says of itself, and the emulator does not.
  if (damage !== undefined && STREAMS.has(theirs.charCodeAt(0))) return null;
  const a = await emulator(restore(theirs));
  const b = await redis(restore(mine));
  if (show(a) !== show(b)) {
    return different('RESTORE', show(a), `${show(b)}, of ${show(theirs)}`);
  }
  if (damage === undefined || show(a) !== '+OK') return null;
  const [left, right] = [await takeOut(emulator, to), await takeOut(redis, to)];
  return left === right ? null : different('damaged RESTORE', left, `${right}, of ${show(theirs)}`);
}
