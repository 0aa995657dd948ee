/** Dumps made by hand: those of older servers, and what becomes of a good one that is damaged. */
import { fromBuffer, toBuffer, type Bytes } from '../../../src/engines/redis/core/bytes.ts';
import { Reader, Writer } from '../../../src/engines/redis/dump/bytes.ts';
import { crc64 } from '../../../src/engines/redis/dump/crc64.ts';
import { writeListpack } from '../../../src/engines/redis/dump/listpack.ts';
import { load } from '../../../src/engines/redis/dump/load.ts';
import { TYPE } from '../../../src/engines/redis/dump/save.ts';
import { idText } from '../../../src/engines/redis/streams/stream-id.ts';
import type { StreamValue } from '../../../src/engines/redis/streams/stream-value.ts';
import type { Value } from '../../../src/engines/redis/core/values.ts';
import type { Random } from './random.ts';

/** Version and checksum behind a body. */
export function sealed(body: Uint8Array, version = 10): Bytes {
  const out = new Writer();
  out.bytes(body);
  out.little(version, 2);
  out.bytes(crc64(out.done()));
  return fromBuffer(out.done());
}

/** A ziplist of short strings and of integers. */
function ziplist(entries: Bytes[]): Uint8Array<ArrayBuffer> {
  const out = new Writer();
  out.little(0, 8);
  out.little(entries.length, 2);
  let before = 0;
  let tail = out.length;
  for (const entry of entries) {
    tail = out.length;
    if (before < 254) out.byte(before);
    else {
      out.byte(254);
      out.little(before, 4);
    }
    const number = /^-?[1-9]\d{0,8}$/.test(entry) ? Number(entry) : undefined;
    if (number === undefined) {
      if (entry.length < 64) out.byte(entry.length);
      else out.byte(0x40 | (entry.length >> 8), entry.length & 255);
      out.text(entry);
    } else if (number >= 0 && number <= 12) out.byte(0xf1 + number);
    else {
      const bits = [8, 16, 24, 32].find((b) => number >= -(2 ** (b - 1)) && number < 2 ** (b - 1))!;
      out.byte({ 8: 0xfe, 16: 0xc0, 24: 0xf0, 32: 0xd0 }[bits]!);
      out.little(number, bits / 8);
    }
    before = out.length - tail;
  }
  out.byte(0xff);
  const bytes = out.done();
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint32(4, tail, true);
  return bytes;
}

function zipmap(pairs: [Bytes, Bytes][]): Uint8Array {
  const out = new Writer();
  out.byte(pairs.length);
  for (const [field, value] of pairs) {
    out.byte(field.length);
    out.text(field);
    out.byte(value.length, 0);
    out.text(value);
  }
  out.byte(0xff);
  return out.done();
}

/** As a server keeps a sorted set: by score, then by name. */
const byScore = ([a, x]: [Bytes, Bytes], [b, y]: [Bytes, Bytes]): number =>
  Number(x) - Number(y) || (a < b ? -1 : 1);

/** A stream without deleted entries and what 7.0 counts, perhaps with a group that has read up to an entry of it. */
function olderStream(out: Writer, values: readonly Bytes[], read: number | undefined): void {
  out.byte(TYPE.streamWithoutCounters, 1, 16);
  const id = (at: number): void => {
    out.big(5, 8);
    out.big(at, 8);
  };
  id(1);
  const entries = values.flatMap((value, at) => ['2', '0', String(at), value, '4']);
  out.blob(writeListpack([String(values.length), '0', '1', 'field', '0', ...entries]));
  out.size(values.length);
  out.byte(5);
  out.size(values.length);
  if (read === undefined) return out.byte(0);
  out.byte(1);
  out.string('workers');
  out.byte(5);
  out.size(read);
  out.byte(read > 0 ? 1 : 0);
  if (read > 0) {
    id(read);
    out.little(1000, 8);
    out.byte(1);
  }
  out.byte(1);
  out.string('ann');
  out.little(1000, 8);
  out.byte(read > 0 ? 1 : 0);
  if (read > 0) id(read);
}

/** A dump as a server before 7.0 would have made it. */
export function olderDump(random: Random, text: () => Bytes): Bytes {
  const below = (n: number): number => Math.floor(random() * n);
  const names = [...new Set(Array.from({ length: 1 + below(8) }, text))].filter(
    ({ length }) => length < 200,
  );
  if (names.length === 0) names.push('a');
  const pairs = names.map((name): [Bytes, Bytes] => [name, String(below(500) - 100)]);
  const out = new Writer();
  const blob = (type: number, bytes: Uint8Array): void => {
    out.byte(type);
    out.blob(bytes);
  };
  [
    () => blob(TYPE.listZiplist, ziplist(names)),
    () => blob(TYPE.hashZiplist, ziplist(pairs.flat())),
    () => blob(TYPE.zsetZiplist, ziplist(pairs.sort(byScore).flat())),
    () => blob(TYPE.hashZipmap, zipmap(pairs)),
    () => {
      out.byte(TYPE.quicklistZiplist, 2);
      out.blob(ziplist(names));
      out.blob(ziplist(pairs.flat()));
    },
    () => {
      out.byte([TYPE.list, TYPE.set][below(2)]!);
      out.size(names.length);
      for (const name of names) out.string(name);
    },
    () => {
      const kind = [TYPE.hash, TYPE.zset, TYPE.zsetText][below(3)]!;
      out.byte(kind);
      out.size(pairs.length);
      for (const [name, value] of pairs) {
        out.string(name);
        if (kind === TYPE.hash) out.string(value);
        else if (kind === TYPE.zset) out.double(Number(value) / 8);
        else if (random() < 0.1) out.byte(253 + below(3));
        else {
          out.byte(value.length);
          out.text(value);
        }
      }
    },
    () => olderStream(out, names, below(3) === 0 ? undefined : below(names.length + 1)),
  ][below(8)]!();
  return sealed(out.done(), 1 + below(10));
}

/** A few bytes changed, lost or added; most with a checksum that fits, so that it is read. */
export function damaged(payload: Bytes, random: Random): Bytes {
  const below = (n: number): number => Math.floor(random() * n);
  const body = [...toBuffer(payload.slice(0, -10))];
  for (let n = 1 + below(3); n > 0; n--) {
    const at = below(body.length);
    const kind = below(10);
    if (kind < 4) body[at] = (body[at] ?? 0) ^ (1 << below(8));
    else if (kind < 6) body[at] = below(256);
    else if (kind < 7) body[at] = [0, 1, 127, 128, 129, 192, 195, 254, 255][below(9)]!;
    else if (kind < 8) body.splice(at, 1 + below(4));
    else if (kind < 9)
      body.splice(at, 0, ...Array.from({ length: 1 + below(4) }, () => below(256)));
    else body.splice(at);
  }
  const good = sealed(Uint8Array.from(body), below(30) === 0 ? below(65536) : 10);
  if (below(15) > 0) return good;
  const bytes = toBuffer(good);
  bytes[below(bytes.length)]! ^= 1 << below(8);
  return fromBuffer(bytes);
}

const LIMITS = {
  hashEntries: Infinity,
  hashValue: Infinity,
  intsetEntries: Infinity,
  zsetEntries: Infinity,
  zsetValue: Infinity,
};

function streamContent(stream: StreamValue): unknown {
  const { size, firstId, lastId, maxDeletedId, entriesAdded, nodes, groups } = stream;
  return [
    [size, String(entriesAdded), ...[firstId, lastId, maxDeletedId].map(idText)],
    nodes.map((node) =>
      node.entries.map((entry) => [idText(entry), entry.fields, entry.buried ?? null]),
    ),
    [...groups].map(([name, { lastId, entriesRead, pending, consumers }]) => [
      [name, idText(lastId), String(entriesRead)],
      [...pending].map((one) => [
        [idText(one), one.consumer.name],
        [one.deliveredAt, String(one.deliveries)],
      ]),
      [...consumers.values()].map(({ name, seenAt }) => [name, seenAt]),
    ]),
  ];
}

/** Whether a text, a script's answer perhaps, is a dump. */
export function isDump(text: Bytes): boolean {
  return text.length > 10 && sealed(toBuffer(text.slice(0, -10))) === text;
}

/** What is in a dump, in an order of its own. */
export function contentOf(payload: Bytes): string {
  const value: Value = load(new Reader(toBuffer(payload), 2 ** 30), LIMITS);
  const content = {
    string: () => (value.type === 'string' ? value.bytes : ''),
    list: () => (value.type === 'list' ? value.items.toArray() : []),
    set: () => (value.type === 'set' ? [...value.members].sort() : []),
    hash: () => (value.type === 'hash' ? [...value.fields].sort() : []),
    zset: () =>
      value.type === 'zset'
        ? [...value.set.members()].map((m) => [m, value.set.get(m)]).sort()
        : [],
    stream: () => (value.type === 'stream' ? streamContent(value) : ''),
  };
  return JSON.stringify([payload.charCodeAt(0), content[value.type]()]);
}
