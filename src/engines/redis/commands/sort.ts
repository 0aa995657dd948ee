/** SORT and SORT_RO. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import type { Database } from '../core/keyspace.ts';
import { long, strtod } from '../core/numbers.ts';
import { err, SYNTAX, WRONGTYPE, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { ListValue } from '../core/values.ts';
import { partialSort } from './partial-sort.ts';

interface SortOptions {
  descending: boolean;
  alpha: boolean;
  start: number;
  count: number;
  by: Bytes | null;
  get: Bytes[];
  store: Bytes | null;
}

function parse(argv: Bytes[], readOnly: boolean): SortOptions {
  const o: SortOptions = {
    descending: false,
    alpha: false,
    start: 0,
    count: -1,
    by: null,
    get: [],
    store: null,
  };
  for (let i = 2; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    const left = argv.length - i - 1;
    if (word === 'asc') o.descending = false;
    else if (word === 'desc') o.descending = true;
    else if (word === 'alpha') o.alpha = true;
    else if (word === 'limit' && left >= 2) {
      o.start = long(argv[++i]!);
      o.count = long(argv[++i]!);
    } else if (!readOnly && word === 'store' && left >= 1) o.store = argv[++i]!;
    else if (word === 'by' && left >= 1) o.by = argv[++i]!;
    else if (word === 'get' && left >= 1) o.get.push(argv[++i]!);
    else throw SYNTAX;
  }
  return o;
}

/** The value a BY or GET pattern leads to from an element. */
function follow(db: Database, pattern: Bytes, element: Bytes): Bytes | null {
  if (pattern === '#') return element;
  const star = pattern.indexOf('*');
  if (star < 0) return null;
  const arrow = pattern.indexOf('->', star + 1);
  const isField = arrow >= 0 && arrow + 2 < pattern.length;
  const key = isField ? pattern.slice(0, arrow) : pattern;
  const value = db.read(key.slice(0, star) + element + key.slice(star + 1));
  if (isField) {
    return value?.type === 'hash' ? (value.fields.get(pattern.slice(arrow + 2)) ?? null) : null;
  }
  return value?.type === 'string' ? value.bytes : null;
}

const byBytes = (a: Bytes, b: Bytes): number => (a < b ? -1 : a > b ? 1 : 0);

function elements(
  client: Client,
  key: Bytes,
): { items: Bytes[]; ordered: boolean; isSet: boolean } {
  const value = client.db.read(key);
  if (!value) return { items: [], ordered: true, isSet: false };
  if (value.type === 'list') return { items: value.items.toArray(), ordered: true, isSet: false };
  if (value.type === 'set') return { items: value.list(), ordered: false, isSet: true };
  if (value.type !== 'zset') throw WRONGTYPE;
  // Redis converts the sorted set to a skip list in order to walk it, and leaves it so.
  value.compact = false;
  const items: Bytes[] = [];
  for (let e = value.set.first; e; e = e.next) items.push(e.member);
  return { items, ordered: true, isSet: false };
}

function arrange(client: Client, items: Bytes[], o: SortOptions, by: Bytes | null): Bytes[] {
  const { db } = client;
  const direction = o.descending ? -1 : 1;
  if (o.alpha) {
    if (by === null) return items.sort((a, b) => direction * byBytes(a, b));
    const weighted = items.map((item) => ({ item, weight: follow(db, by, item) }));
    const compare = (a: { weight: Bytes | null }, b: { weight: Bytes | null }): number => {
      if (a.weight === null || b.weight === null) {
        return direction * (a.weight === b.weight ? 0 : a.weight === null ? -1 : 1);
      }
      return direction * byBytes(a.weight, b.weight);
    };
    // Of a page only that page is in order, which decides which of equal ones are on it.
    const [from, to] = pageOf(o, items.length);
    if (from > 0 || to < items.length) partialSort(weighted, compare, from, to - 1);
    else weighted.sort(compare);
    return weighted.map(({ item }) => item);
  }
  // All keys are looked at, even behind one that holds no number.
  const texts = items.map((item) => (by === null ? item : follow(db, by, item)));
  const weighted = items.map((item, i) => {
    const text = texts[i] ?? null;
    return { item, weight: text === null ? 0 : weight(text) };
  });
  weighted.sort((a, b) => direction * (a.weight - b.weight || byBytes(a.item, b.item)));
  return weighted.map(({ item }) => item);
}

/** The places that LIMIT leaves, the last one not included. */
function pageOf({ start, count }: SortOptions, length: number): [number, number] {
  const from = Math.min(Math.max(start, 0), length);
  return [from, count < 0 ? length : Math.min(from + count, length)];
}

function weight(text: Bytes): number {
  const end = text.indexOf('\0');
  const number = (end < 0 ? text : text.slice(0, end)).replace(/^[ \t\n\v\f\r]+/, '');
  const value = number === '' ? 0 : strtod(number);
  const tooLarge = !Number.isFinite(value) && !/inf/i.test(number);
  if (Number.isNaN(value) || tooLarge) {
    throw err("One or more scores can't be converted into double");
  }
  return value;
}

function sort(server: Server, client: Client, argv: Bytes[], readOnly: boolean): Reply {
  const o = parse(argv, readOnly);
  const { items, isSet } = elements(client, argv[1]!);
  let { by } = o;
  let sorted: Bytes[];
  if (by !== null && !by.includes('*')) {
    // A constant BY keeps the order there is; a stored set still needs some order.
    if (isSet && o.store !== null) {
      o.alpha = true;
      by = null;
      sorted = arrange(client, items, o, by);
    } else sorted = o.descending && !isSet ? items.reverse() : items;
  } else sorted = arrange(client, items, o, by);
  const page = sorted.slice(...pageOf(o, sorted.length));
  const { db } = client;
  const output: (Bytes | null)[] =
    o.get.length === 0
      ? page
      : page.flatMap((item) => o.get.map((pattern) => follow(db, pattern, item)));
  if (o.store === null) return output;
  if (output.length > 0) {
    db.set(o.store, ListValue.of(output.map((item) => item ?? '')), 'lsortstore');
  } else db.delete(o.store);
  return output.length;
}

export const sortCommands: Record<string, Handler> = {
  sort: (server, client, argv) => sort(server, client, argv, false),
  sort_ro: (server, client, argv) => sort(server, client, argv, true),
};
