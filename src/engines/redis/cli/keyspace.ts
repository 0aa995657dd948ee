/** What a server holds, for a view of its keys. Looking changes nothing: no access is counted. */
import { toText, type Bytes } from '../core/bytes.ts';
import { formatDouble } from '../core/numbers.ts';
import type { Server } from '../core/server.ts';
import type { Value, ValueType } from '../core/values.ts';

export interface KeyView {
  db: number;
  key: string;
  type: ValueType;
  encoding: string;
  /** Milliseconds left, or `null` without an expiry. */
  ttl: number | null;
  /** How many elements (of a string: bytes). */
  size: number;
  /** The first elements as text: items, `field: value`, `member: score`. */
  preview: string[];
}

const FIRST = 20;
/** A larger set is not sorted to be looked at. */
const LARGE = 10_000;

/** A HyperLogLog in words: its bytes tell a person nothing. */
function sketch(head: Bytes, length: number): string | undefined {
  const form = head.startsWith('HYLL') && length >= 16 ? head.charCodeAt(4) : undefined;
  if (form === 1) return '(HyperLogLog, sparse)';
  return form === 0 && length === 12304 ? '(HyperLogLog, dense)' : undefined;
}

/** @param longest how many bytes of each element. */
function* elements(value: Value, first: number, longest: number): Generator<string> {
  const text = (bytes: Bytes): string => toText(bytes.slice(0, longest));
  switch (value.type) {
    case 'string':
      yield sketch(value.head(5), value.length) ?? toText(value.head(longest));
      return;
    case 'list':
      for (const item of value.items.slice(0, Math.min(first, value.size))) yield text(item);
      return;
    case 'set': {
      const glance = first < Infinity && value.size > LARGE;
      for (const member of glance ? value.members : value.list()) yield text(member);
      return;
    }
    case 'hash':
      for (const [field, content] of value.fields) yield `${text(field)}: ${text(content)}`;
      return;
    case 'zset':
      for (let e = value.set.first; e; e = e.next)
        yield `${text(e.member)}: ${formatDouble(e.score)}`;
      return;
    case 'stream':
      for (const entry of value.preview()) yield text(entry);
  }
}

function viewOf(
  db: number,
  key: Bytes,
  value: Value,
  now: number,
  first: number,
  longest = Infinity,
): KeyView {
  const preview: string[] = [];
  for (const text of elements(value, first, longest)) {
    preview.push(text);
    if (preview.length >= first) break;
  }
  return {
    db,
    key: toText(key.slice(0, longest)),
    type: value.type,
    encoding: value.encoding,
    ttl: value.expireAt === Infinity ? null : value.expireAt - now,
    size: value.type === 'string' ? value.length : value.size,
    preview,
  };
}

/**
 * Every key that has not expired, by database and name.
 *
 * @param first how many elements of each value.
 */
export function keyspace(server: Server, first = FIRST): KeyView[] {
  const now = Math.floor(server.clock());
  return server.databases.flatMap(({ id, dict }) =>
    [...dict.keys()].sort().flatMap((key) => {
      const value = dict.get(key)!;
      return value.expireAt < now ? [] : viewOf(id, key, value, now, first);
    }),
  );
}

/**
 * The first keys of the same order, and how many there are: what it takes does not grow with the values.
 *
 * @param longest how many bytes of each name and element.
 */
export function firstKeys(
  server: Server,
  most: number,
  longest: number,
): { views: KeyView[]; count: number } {
  const now = Math.floor(server.clock());
  const views: KeyView[] = [];
  let count = 0;
  for (const { id, dict } of server.databases) {
    const keys = firstOf(dict, most - views.length, (_, value) => {
      const alive = value.expireAt >= now;
      if (alive) count += 1;
      return alive;
    });
    for (const key of keys) views.push(viewOf(id, key, dict.get(key)!, now, FIRST, longest));
  }
  return { views, count };
}

/** The first keys in their order that are wanted, without sorting them all. */
export function firstOf(
  dict: ReadonlyMap<Bytes, Value>,
  most: number,
  wanted: (key: Bytes, value: Value) => boolean,
): Bytes[] {
  const first: Bytes[] = [];
  for (const [key, value] of dict) {
    if (!wanted(key, value)) continue;
    if (first.length >= most && !(key < first.at(-1)!)) continue;
    let at = first.length;
    while (at > 0 && key < first[at - 1]!) at -= 1;
    first.splice(at, 0, key);
    if (first.length > most) first.pop();
  }
  return first;
}
