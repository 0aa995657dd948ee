/** Lists, and the commands that wait for one. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { long } from '../core/numbers.ts';
import {
  err,
  NO_SUCH_KEY,
  NULL_ARRAY,
  OK,
  OUT_OF_RANGE,
  SYNTAX,
  type Reply,
} from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { Deque } from '../core/deque.ts';
import { ListValue } from '../core/values.ts';
import { listPosition } from './list-position.ts';
import { blockingTimeout } from './blocking-timeout.ts';

type End = 'left' | 'right';

const NEGATIVE = err('value is out of range, must be positive');

/** A count that must not be negative. */
export function positive(text: Bytes): number {
  const n = long(text, NEGATIVE);
  if (n < 0) throw NEGATIVE;
  return n;
}

function end(word: Bytes): End {
  const lower = word.toLowerCase();
  if (lower !== 'left' && lower !== 'right') throw SYNTAX;
  return lower;
}

const take = (list: ListValue, from: End): Bytes =>
  from === 'left' ? list.items.shift()! : list.items.pop()!;
const put = (list: ListValue, to: End, item: Bytes): void =>
  to === 'left' ? list.items.unshift(item) : list.items.push(item);

const PUSHED = { left: 'llpush', right: 'lrpush' } as const;
const POPPED = { left: 'llpop', right: 'lrpop' } as const;

function push(to: End, onlyExisting: boolean): Handler {
  return (_server, client, argv) => {
    const { db } = client;
    let list = db.get(argv[1]!, 'list');
    if (!list) {
      if (onlyExisting) return 0;
      list = new ListValue();
      db.add(argv[1]!, list);
    }
    for (let i = 2; i < argv.length; i++) put(list, to, argv[i]!);
    db.changed(argv[1]!, PUSHED[to]);
    return list.size;
  };
}

function popMany(client: Client, key: Bytes, list: ListValue, from: End, count: number): Bytes[] {
  const items: Bytes[] = [];
  for (let n = Math.min(count, list.size); n > 0; n--) items.push(take(list, from));
  client.db.taken(key, list, POPPED[from]);
  return items;
}

function pop(from: End): Handler {
  return (_server, client, argv) => {
    if (argv.length > 3) {
      throw err(`wrong number of arguments for '${argv[0]!.toLowerCase()}' command`);
    }
    const count = argv.length === 3 ? positive(argv[2]!) : undefined;
    const list = client.db.get(argv[1]!, 'list');
    if (!list) return count === undefined ? null : NULL_ARRAY;
    if (count === 0) return [];
    const items = popMany(client, argv[1]!, list, from, count ?? 1);
    return count === undefined ? items[0]! : items;
  };
}

function moveItem(
  client: Client,
  list: ListValue,
  from: Bytes,
  to: Bytes,
  take_: End,
  put_: End,
): Reply {
  const { db } = client;
  let target = db.get(to, 'list');
  const item = take(list, take_);
  if (!target) db.add(to, (target = new ListValue()));
  put(target, put_, item);
  db.changed(to, PUSHED[put_]);
  db.taken(from, list, POPPED[take_]);
  return item;
}

function lmove(client: Client, from: Bytes, to: Bytes, takeFrom: End, putTo: End): Reply {
  const list = client.db.get(from, 'list');
  return list ? moveItem(client, list, from, to, takeFrom, putTo) : null;
}

function blmove(
  server: Server,
  client: Client,
  argv: Bytes[],
  takeFrom: End,
  putTo: End,
): Reply | undefined {
  const until = blockingTimeout(server, argv.at(-1)!);
  const [, from, to] = argv as [Bytes, Bytes, Bytes];
  const list = client.db.get(from, 'list');
  if (list) return moveItem(client, list, from, to, takeFrom, putTo);
  if (client.denyBlocking) return null;
  server.block(client, {
    type: 'list',
    db: client.db,
    keys: [from],
    until,
    serve: (key, value) => moveItem(client, value as ListValue, key, to, takeFrom, putTo),
    onTimeout: NULL_ARRAY,
  });
  return undefined;
}

/** Serves the first of the keys that has a list, or waits. `count` of `null` means BLPOP's reply. */
function blockingPop(
  server: Server,
  client: Client,
  keys: Bytes[],
  from: End,
  until: number,
  count: number | null,
): Reply | undefined {
  const serve = (key: Bytes, list: ListValue): Reply => {
    const items = popMany(client, key, list, from, count ?? 1);
    return count === null ? [key, items[0]!] : [key, items];
  };
  for (const key of keys) {
    const list = client.db.get(key, 'list');
    if (list) return serve(key, list);
  }
  if (client.denyBlocking) return NULL_ARRAY;
  server.block(client, {
    type: 'list',
    db: client.db,
    keys,
    until,
    serve: (key, value) => serve(key, value as ListValue),
    onTimeout: NULL_ARRAY,
  });
  return undefined;
}

function blpop(from: End): Handler {
  return (server, client, argv) => {
    const until = blockingTimeout(server, argv.at(-1)!);
    return blockingPop(server, client, argv.slice(1, -1), from, until, null);
  };
}

/** `numkeys key … where [COUNT count]`, from the number on. */
export function parseMultiPop<W>(
  argv: Bytes[],
  at: number,
  where: (word: Bytes) => W,
): { keys: Bytes[]; where: W; count: number } {
  const invalid = err('numkeys should be greater than 0');
  const keyCount = long(argv[at]!, invalid);
  if (keyCount < 1) throw invalid;
  const whereAt = at + keyCount + 1;
  if (whereAt >= argv.length) throw SYNTAX;
  const place = where(argv[whereAt]!);
  let count = -1;
  for (let i = whereAt + 1; i < argv.length; i += 2) {
    if (count !== -1 || argv[i]!.toLowerCase() !== 'count' || i + 1 >= argv.length) throw SYNTAX;
    const badCount = err('count should be greater than 0');
    count = long(argv[i + 1]!, badCount);
    if (count < 1) throw badCount;
  }
  return { keys: argv.slice(at + 1, whereAt), where: place, count: count === -1 ? 1 : count };
}

/** LRANGE-like indexes as a half-open range. */
export function indexRange(start: number, stop: number, length: number): [number, number] {
  if (start < 0) start = Math.max(0, start + length);
  if (stop < 0) stop += length;
  stop = Math.min(stop, length - 1);
  return start > stop || start >= length ? [0, 0] : [start, stop + 1];
}

export const listCommands: Record<string, Handler> = {
  lpush: push('left', false),
  rpush: push('right', false),
  lpushx: push('left', true),
  rpushx: push('right', true),
  lpop: pop('left'),
  rpop: pop('right'),
  llen: (_server, client, argv) => client.db.readAs(argv[1]!, 'list')?.size ?? 0,
  lindex: (_server, client, argv) => {
    const list = client.db.readAs(argv[1]!, 'list');
    return list ? (list.items.at(long(argv[2]!)) ?? null) : null;
  },
  lrange: (_server, client, argv) => {
    const start = long(argv[2]!);
    const stop = long(argv[3]!);
    const list = client.db.readAs(argv[1]!, 'list');
    return list ? list.items.slice(...indexRange(start, stop, list.size)) : [];
  },
  lset: (_server, client, argv) => {
    const list = client.db.get(argv[1]!, 'list');
    if (!list) throw NO_SUCH_KEY;
    let index = long(argv[2]!);
    if (index < 0) index += list.size;
    if (index < 0 || index >= list.size) throw OUT_OF_RANGE;
    list.items.set(index, argv[3]!);
    client.db.changed(argv[1]!, 'llset');
    return OK;
  },
  linsert: (_server, client, argv) => {
    const where = argv[2]!.toLowerCase();
    if (where !== 'before' && where !== 'after') throw SYNTAX;
    const list = client.db.get(argv[1]!, 'list');
    if (!list) return 0;
    const at = list.items.toArray().indexOf(argv[3]!);
    if (at < 0) return -1;
    list.items.insert(where === 'before' ? at : at + 1, argv[4]!);
    client.db.changed(argv[1]!, 'llinsert');
    return list.size;
  },
  lrem: (_server, client, argv) => {
    const limit = long(argv[2]!);
    const list = client.db.get(argv[1]!, 'list');
    if (!list) return 0;
    const items = list.items.toArray();
    if (limit < 0) items.reverse();
    let removed = 0;
    const kept = items.filter((item) => {
      if (item !== argv[3] || (limit !== 0 && removed >= Math.abs(limit))) return true;
      removed++;
      return false;
    });
    if (removed === 0) return 0;
    if (limit < 0) kept.reverse();
    list.items = Deque.from(kept);
    client.db.taken(argv[1]!, list, 'llrem');
    return removed;
  },
  ltrim: (_server, client, argv) => {
    const start = long(argv[2]!);
    const stop = long(argv[3]!);
    const list = client.db.get(argv[1]!, 'list');
    if (!list) return OK;
    const [from, to] = indexRange(start, stop, list.size);
    if (from === 0 && to === list.size) {
      client.db.changed(argv[1]!, 'lltrim');
      return OK;
    }
    for (let i = list.size; i > to; i--) list.items.pop();
    for (let i = 0; i < from && list.size > 0; i++) list.items.shift();
    client.db.taken(argv[1]!, list, 'lltrim');
    return OK;
  },
  lpos: listPosition,
  lmove: (_server, client, argv) => {
    const [from, to] = [end(argv[3]!), end(argv[4]!)];
    return lmove(client, argv[1]!, argv[2]!, from, to);
  },
  rpoplpush: (_server, client, argv) => lmove(client, argv[1]!, argv[2]!, 'right', 'left'),
  lmpop: (_server, client, argv) => {
    const { keys, where, count } = parseMultiPop(argv, 1, end);
    for (const key of keys) {
      const list = client.db.get(key, 'list');
      if (list) return [key, popMany(client, key, list, where, count)];
    }
    return NULL_ARRAY;
  },
  blpop: blpop('left'),
  brpop: blpop('right'),
  blmove: (server, client, argv) => {
    const [from, to] = [end(argv[3]!), end(argv[4]!)];
    return blmove(server, client, argv, from, to);
  },
  brpoplpush: (server, client, argv) => blmove(server, client, argv, 'right', 'left'),
  blmpop: (server, client, argv) => {
    const { keys, where, count } = parseMultiPop(argv, 2, end);
    return blockingPop(server, client, keys, where, blockingTimeout(server, argv[1]!), count);
  },
};
