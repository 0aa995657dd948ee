/** What RESTORE makes of a dump: everything in it is checked, as with `sanitize-dump-payload yes`. */
import type { Bytes } from '../core/bytes.ts';
import { strtod } from '../core/numbers.ts';
import {
  HashValue,
  ListValue,
  SetValue,
  SortedSetValue,
  StringValue,
  type EncodingLimits,
  type Value,
} from '../core/values.ts';
import { BadData, type Reader } from './bytes.ts';
import { readListpack, signed } from './listpack.ts';
import { readOldScore, readZiplist, readZipmap } from './older.ts';
import { PACKED, TYPE } from './save.ts';
import { loadStream } from './streams.ts';

/** A node of a quicklist that is one long element. */
const PLAIN = 1;

/** @throws BadData if there is no value, or an empty one. */
export function load(reader: Reader, limits: EncodingLimits): Value {
  const type = reader.byte();
  switch (type) {
    case TYPE.string:
      return StringValue.of(reader.string());
    case TYPE.list:
      return loadList(times(reader.size(), () => [reader.string()]));
    case TYPE.quicklist:
      return loadList(times(reader.size(), () => quicklistNode(reader)));
    case TYPE.quicklistZiplist:
      return loadList(times(reader.size(), () => readZiplist(notEmpty(reader.blob()))));
    case TYPE.listZiplist:
      return loadList([readZiplist(reader.blob())]);
    case TYPE.set:
      return loadSet(reader, limits);
    case TYPE.intset:
      return loadIntset(reader.blob(), limits);
    case TYPE.hash:
      return loadHash(reader, limits);
    case TYPE.hashListpack:
      return smallHash(readListpack(reader.blob()), limits);
    case TYPE.hashZiplist:
      return smallHash(readZiplist(reader.blob()), limits);
    case TYPE.hashZipmap: {
      const entries = readZipmap(reader.blob());
      const hash = smallHash(entries, limits);
      if (entries.some(({ length }) => length > limits.hashValue)) hash.compact = false;
      return hash;
    }
    case TYPE.zset:
      return loadSortedSet(reader, limits, () => reader.double());
    case TYPE.zsetText:
      return loadSortedSet(reader, limits, () => {
        const text = readOldScore(reader.byte(), (count) => reader.bytes(count));
        return leadingNumber(text) ?? NaN;
      });
    case TYPE.zsetListpack:
      return smallSortedSet(readListpack(reader.blob()), limits);
    case TYPE.zsetZiplist:
      return smallSortedSet(readZiplist(reader.blob()), limits);
    case TYPE.stream:
    case TYPE.streamWithoutCounters:
      return loadStream(reader, type === TYPE.stream);
    default:
      throw new BadData();
  }
}

/** Reads until the data ends: a false count takes no room. */
function* times<T>(count: number, read: () => T): Generator<T> {
  for (let i = 0; i < count; i++) yield read();
}

function notEmpty<T extends ArrayLike<unknown>>(bytes: T): T {
  if (bytes.length === 0) throw new BadData();
  return bytes;
}

function quicklistNode(reader: Reader): Bytes[] {
  const form = reader.size();
  if (form !== PACKED && form !== PLAIN) throw new BadData();
  if (form === PLAIN) return [notEmpty(reader.string())];
  return readListpack(notEmpty(reader.blob()));
}

function loadList(parts: Iterable<Bytes[]>): ListValue {
  const list = new ListValue();
  for (const part of parts) for (const item of part) list.items.push(item);
  if (list.size === 0) throw new BadData();
  return list;
}

function loadSet(reader: Reader, limits: EncodingLimits): SetValue {
  const count = reader.size();
  const set = new SetValue('0');
  set.compact = count <= limits.intsetEntries;
  for (let i = 0; i < count; i++) {
    if (!set.add(reader.string(), limits)) throw new BadData();
  }
  if (set.size === 0) throw new BadData();
  return set;
}

function loadIntset(bytes: Uint8Array<ArrayBuffer>, limits: EncodingLimits): SetValue {
  if (bytes.length < 8) throw new BadData();
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const width = view.getUint32(0, true);
  const count = view.getUint32(4, true);
  if (width !== 2 && width !== 4 && width !== 8) throw new BadData();
  if (count === 0 || 8 + count * width !== bytes.length) throw new BadData();
  const set = new SetValue('0');
  set.width = width;
  let before: bigint | undefined;
  for (let at = 8; at < bytes.length; at += width) {
    const member = signed(bytes.subarray(at, at + width));
    const number = BigInt(member);
    if (before !== undefined && number <= before) throw new BadData();
    before = number;
    set.members.add(member);
  }
  set.compact = count <= limits.intsetEntries;
  return set;
}

function loadHash(reader: Reader, limits: EncodingLimits): HashValue {
  const count = reader.size();
  const hash = new HashValue();
  if (count > limits.hashEntries) hash.compact = false;
  for (let i = 0; i < count; i++) {
    const field = reader.string();
    if (hash.fields.has(field)) throw new BadData();
    hash.set(field, reader.string(), limits);
  }
  if (hash.size === 0) throw new BadData();
  return hash;
}

function smallHash(entries: Bytes[], limits: EncodingLimits): HashValue {
  const hash = new HashValue();
  for (const [field, value] of inPairs(entries)) hash.fields.set(field, value);
  hash.compact = hash.size <= limits.hashEntries;
  return hash;
}

/** Pairs whose first halves are all different, one at least. */
function inPairs(entries: Bytes[]): [Bytes, Bytes][] {
  const pairs: [Bytes, Bytes][] = [];
  const names = new Set<Bytes>();
  for (let i = 0; i < entries.length; i += 2) {
    names.add(entries[i]!);
    pairs.push([entries[i]!, entries[i + 1]!]);
  }
  if (entries.length === 0 || entries.length % 2 !== 0 || names.size < pairs.length) {
    throw new BadData();
  }
  return pairs;
}

function loadSortedSet(
  reader: Reader,
  limits: EncodingLimits,
  readScore: () => number,
): SortedSetValue {
  const count = reader.size();
  const zset = new SortedSetValue();
  zset.compact = false;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const member = reader.string();
    const score = readScore();
    if (Number.isNaN(score) || zset.set.element(member)) throw new BadData();
    longest = Math.max(longest, member.length);
    zset.set.set(member, score);
  }
  if (zset.size === 0) throw new BadData();
  zset.compact = count <= limits.zsetEntries && longest <= limits.zsetValue;
  return zset;
}

function smallSortedSet(entries: Bytes[], limits: EncodingLimits): SortedSetValue {
  const zset = new SortedSetValue();
  for (const [member, text] of inPairs(entries)) {
    const score = leadingNumber(text) ?? 0;
    if (Number.isNaN(score)) throw new BadData();
    zset.set.set(member, score);
  }
  zset.compact = zset.size <= limits.zsetEntries;
  return zset;
}

/** The number at the start of a text, as C reads it; `undefined` where there is none. */
function leadingNumber(text: Bytes): number | undefined {
  const whole = strtod(text);
  if (!Number.isNaN(whole)) return whole;
  if (/^\s*[+-]?nan/i.test(text)) return NaN;
  const start = /^\s*([+-]?(?:inf|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))/i.exec(text);
  return start ? strtod(start[1]!) : undefined;
}
