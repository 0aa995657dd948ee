/** What a server holds, for a view of its keys. Looking changes nothing: no access is counted. */
import { toText } from '../core/bytes.ts';
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

function* elements(value: Value, first: number): Generator<string> {
  switch (value.type) {
    case 'string':
      yield toText(value.bytes);
      return;
    case 'list':
      for (const item of value.items.slice(0, Math.min(first, value.size))) yield toText(item);
      return;
    case 'set':
      for (const member of value.list()) yield toText(member);
      return;
    case 'hash':
      for (const [field, text] of value.fields) yield `${toText(field)}: ${toText(text)}`;
      return;
    case 'zset':
      for (let e = value.set.first; e; e = e.next)
        yield `${toText(e.member)}: ${formatDouble(e.score)}`;
  }
}

/**
 * Every key that has not expired, by database and name.
 *
 * @param first how many elements of each value.
 */
export function keyspace(server: Server, first = FIRST): KeyView[] {
  const now = Math.floor(server.clock());
  const views: KeyView[] = [];
  for (const db of server.databases) {
    for (const key of [...db.dict.keys()].sort()) {
      const value = db.dict.get(key)!;
      if (value.expireAt < now) continue;
      const preview: string[] = [];
      for (const text of elements(value, first)) {
        preview.push(text);
        if (preview.length >= first) break;
      }
      views.push({
        db: db.id,
        key: toText(key),
        type: value.type,
        encoding: value.encoding,
        ttl: value.expireAt === Infinity ? null : value.expireAt - now,
        size: value.type === 'string' ? value.length : value.size,
        preview,
      });
    }
  }
  return views;
}
