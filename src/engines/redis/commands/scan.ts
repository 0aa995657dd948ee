/**
 * SCAN and its kin. A cursor is a place in the order of the keys' hashes, so it needs no memory of
 * the scan: a key that is there from start to end is returned exactly once, whatever else comes or goes.
 */
import { globMatch, type Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import { integer } from '../core/numbers.ts';
import { err, NOT_INTEGER, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import type { HashValue, SetValue, SortedSetValue } from '../core/values.ts';

/** FNV-1a with a final mix, as an unsigned 32-bit number above zero. */
function hashOf(text: Bytes): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h ^= h >>> 13;
  return (h >>> 0) + 1;
}

export interface ScanOptions {
  count: number;
  pattern: Bytes | null;
  type: Bytes | null;
}

export function scanOptions(argv: Bytes[], from: number, allowType: boolean): ScanOptions {
  const options: ScanOptions = { count: 10, pattern: null, type: null };
  for (let i = from; i < argv.length; i += 2) {
    const word = argv[i]!.toLowerCase();
    if (i + 1 >= argv.length) throw SYNTAX;
    if (word === 'count') {
      options.count = Number(integer(argv[i + 1]!, NOT_INTEGER));
      if (options.count < 1) throw SYNTAX;
    } else if (word === 'match') options.pattern = argv[i + 1]!;
    else if (word === 'type' && allowType) options.type = argv[i + 1]!.toLowerCase();
    else throw SYNTAX;
  }
  return options;
}

/** @throws ReplyError `ERR invalid cursor`. */
export function scanCursor(text: Bytes): bigint {
  const match = /^[ \t\n\v\f\r]*([+-]?\d+)$/.exec(text);
  if (!match || /^\s/.test(text)) throw err('invalid cursor');
  const cursor = BigInt(match[1]!.replace('+', ''));
  if (cursor > 18446744073709551615n || cursor < -18446744073709551615n)
    throw err('invalid cursor');
  return BigInt.asUintN(64, cursor);
}

/** The last order of keys that was worked out; a scan asks for the same one again and again. */
interface Order {
  of: object;
  dirty: number;
  size: number;
  entries: { hash: number; key: Bytes }[];
}
const orders = new WeakMap<Server, Order>();

function hashOrder(
  server: Server,
  of: object,
  size: number,
  keys: () => Iterable<Bytes>,
): Order['entries'] {
  const known = orders.get(server);
  if (known?.of === of && known.dirty === server.dirty && known.size === size) return known.entries;
  const entries = Array.from(keys(), (key) => ({ hash: hashOf(key), key }));
  entries.sort((a, b) => a.hash - b.hash);
  orders.set(server, { of, dirty: server.dirty, size, entries });
  return entries;
}

/** One step of a scan over `keys`: the next cursor and the keys. */
export function scanStep(
  server: Server,
  of: object,
  size: number,
  keys: () => Iterable<Bytes>,
  cursor: bigint,
  count: number,
): { next: number; keys: Bytes[] } {
  const entries = hashOrder(server, of, size, keys);
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (BigInt(entries[middle]!.hash) <= cursor) low = middle + 1;
    else high = middle;
  }
  if (cursor === 0n) low = 0;
  const found: Bytes[] = [];
  let i = low;
  for (; i < entries.length; i++) {
    if (found.length >= count && entries[i]!.hash !== entries[i - 1]!.hash) break;
    found.push(entries[i]!.key);
  }
  return { next: i < entries.length ? entries[i - 1]!.hash : 0, keys: found };
}

interface Scannable {
  /** A compact encoding is returned whole, whatever COUNT says. */
  whole: boolean;
  size: number;
  keys: () => Iterable<Bytes>;
  emit: (key: Bytes) => Reply[];
}
interface Collections {
  hash: HashValue;
  set: SetValue;
  zset: SortedSetValue;
}

/** HSCAN, SSCAN and ZSCAN. */
export function scanCollection<T extends keyof Collections>(
  server: Server,
  client: Client,
  argv: Bytes[],
  type: T,
  describe: (value: Collections[T]) => Scannable,
): Reply {
  const cursor = scanCursor(argv[2]!);
  const value = client.db.readAs(argv[1]!, type) as Collections[T] | undefined;
  if (!value) return ['0', []];
  const options = scanOptions(argv, 3, false);
  const { whole, size, keys, emit } = describe(value);
  const step = whole
    ? { next: 0, keys: [...keys()] }
    : scanStep(server, value, size, keys, cursor, options.count);
  const { pattern } = options;
  const found = pattern === null ? step.keys : step.keys.filter((key) => globMatch(pattern, key));
  return [String(step.next), found.flatMap(emit)];
}

/** SCAN. */
export function scanKeys(server: Server, client: Client, argv: Bytes[]): Reply {
  const cursor = scanCursor(argv[1]!);
  const { count, pattern, type } = scanOptions(argv, 2, true);
  const { db } = client;
  const step = scanStep(server, db, db.dict.size, () => db.dict.keys(), cursor, count);
  const found = step.keys.filter((key) => {
    if (pattern !== null && !globMatch(pattern, key)) return false;
    const value = type === null ? db.peek(key) : db.look(key);
    return value !== undefined && (type === null || value.type === type);
  });
  return [String(step.next), found];
}
