/** A value as DUMP gives it: RDB version 10, as redis-server 7.0 writes it. */
import type { Bytes } from '../core/bytes.ts';
import { formatSmallScore } from '../core/numbers.ts';
import type { ListValue, SetValue, SortedSetValue, Value } from '../core/values.ts';
import { Writer } from './bytes.ts';
import { crc64 } from './crc64.ts';
import { backSize, entrySize, writeListpack } from './listpack.ts';
import { saveStream } from './streams.ts';

export const VERSION = 10;

/** The first byte: which type, in which form. */
export const TYPE = {
  string: 0,
  list: 1,
  set: 2,
  zsetText: 3,
  hash: 4,
  zset: 5,
  hashZipmap: 9,
  listZiplist: 10,
  intset: 11,
  zsetZiplist: 12,
  hashZiplist: 13,
  quicklistZiplist: 14,
  hashListpack: 16,
  zsetListpack: 17,
  quicklist: 18,
  stream: 19,
  streamWithoutCounters: 15,
} as const;

/** A node of a quicklist that is a listpack. */
export const PACKED = 2;

/**
 * @param listSize `list-max-listpack-size`: how large the parts of a list are.
 * @returns the value, the version and the checksum of both.
 */
export function dump(value: Value, listSize: number): Uint8Array<ArrayBuffer> {
  const out = new Writer();
  save(out, value, listSize);
  out.little(VERSION, 2);
  out.bytes(crc64(out.done()));
  return out.done();
}

function save(out: Writer, value: Value, listSize: number): void {
  switch (value.type) {
    case 'string':
      out.byte(TYPE.string);
      out.string(value.bytes);
      return;
    case 'list':
      out.byte(TYPE.quicklist);
      saveList(out, value, listSize);
      return;
    case 'set':
      out.byte(value.compact ? TYPE.intset : TYPE.set);
      if (value.compact) out.blob(intset(value));
      else {
        out.size(value.size);
        for (const member of value.members) out.string(member);
      }
      return;
    case 'hash':
      out.byte(value.compact ? TYPE.hashListpack : TYPE.hash);
      if (value.compact) out.blob(writeListpack([...value.fields].flat()));
      else {
        out.size(value.size);
        for (const pair of value.fields) for (const text of pair) out.string(text);
      }
      return;
    case 'zset':
      out.byte(value.compact ? TYPE.zsetListpack : TYPE.zset);
      if (value.compact) out.blob(writeListpack(pairs(value)));
      else {
        out.size(value.size);
        // From the greatest to the smallest.
        for (let e = value.set.last; e; e = e.previous) {
          out.string(e.member);
          out.double(e.score);
        }
      }
      return;
    case 'stream':
      out.byte(TYPE.stream);
      saveStream(out, value);
  }
}

function pairs({ set }: SortedSetValue): Bytes[] {
  const entries: Bytes[] = [];
  for (let e = set.first; e; e = e.next) entries.push(e.member, formatSmallScore(e.score));
  return entries;
}
function intset(set: SetValue): Uint8Array<ArrayBuffer> {
  const out = new Writer();
  const numbers = set.list().map(BigInt);
  out.little(set.width, 4);
  out.little(numbers.length, 4);
  for (const number of numbers) out.little(number, set.width);
  return out.done();
}

/**
 * A list is in parts there, whose borders depend on its history. These are of one that grew at its end,
 * and of any that fits into one part.
 */
function saveList(out: Writer, { items }: ListValue, limit: number): void {
  const parts: Bytes[][] = [];
  const empty = 7;
  let size = 0;
  for (const item of items.toArray()) {
    const part = parts.at(-1);
    if (part && fits(limit, size + item.length + 8, part.length)) part.push(item);
    else {
      parts.push([item]);
      size = empty;
    }
    const bytes = entrySize(item);
    size += bytes + backSize(bytes);
  }
  out.size(parts.length);
  for (const part of parts) {
    out.byte(PACKED);
    out.blob(writeListpack(part));
  }
}

/** Whether a part may take one more entry. */
function fits(limit: number, bytes: number, entries: number): boolean {
  if (limit < 0) return bytes <= 2048 * 2 ** -limit;
  return bytes <= 8192 && entries < limit;
}
