/**
 * A stream in a dump: its listpacks under the ids of their first entries, its counters, then its groups with what is
 * pending, and their consumers. As redis-server 7.0 writes it (`RDB_TYPE_STREAM_LISTPACKS_2`), and what 5.0 to 6.2 wrote.
 */
import type { Bytes } from '../core/bytes.ts';
import { narrow, parseInteger, type Integer } from '../core/numbers.ts';
import { entriesUpTo } from '../streams/group-access.ts';
import { difference, wrapped } from '../streams/layout.ts';
import { appendTo, buryIn, newNode, type Entry, type StreamNode } from '../streams/node.ts';
import { Consumer, ConsumerGroup, inOrder, type PendingList } from '../streams/pending.ts';
import { compareIds, FIRST_ID, idText, type StreamId } from '../streams/stream-id.ts';
import { StreamValue } from '../streams/stream-value.ts';
import { BadData, type Reader, type Writer } from './bytes.ts';
import { readListpack, writeListpack } from './listpack.ts';

/** Of an entry in a listpack. */
const DELETED = 1;
const SAME_FIELDS = 2;

/** Bytes of an id. */
const ID = 16;

export function saveStream(out: Writer, stream: StreamValue): void {
  out.size(stream.nodes.length);
  for (const node of stream.nodes) {
    out.size(ID);
    saveRawId(out, node);
    out.blob(writeListpack(elementsOf(node)));
  }
  out.long(stream.size);
  for (const id of [stream.lastId, stream.firstId, stream.maxDeletedId]) saveId(out, id);
  out.long(stream.entriesAdded);
  out.size(stream.groups.size);
  for (const [name, group] of inOrder(stream.groups)) {
    out.string(name);
    saveId(out, group.lastId);
    out.long(group.entriesRead);
    savePending(out, group.pending, true);
    out.size(group.consumers.size);
    for (const [consumer, { seenAt, pending }] of inOrder(group.consumers)) {
      out.string(consumer);
      out.little(seenAt, 8);
      savePending(out, pending, false);
    }
  }
}

/** As two lengths. */
function saveId(out: Writer, { ms, seq }: StreamId): void {
  out.long(ms);
  out.long(seq);
}
/** The highest byte first, as keys of a radix tree are. */
function saveRawId(out: Writer, { ms, seq }: StreamId): void {
  for (const half of [ms, seq]) out.big(half, 8);
}
function savePending(out: Writer, list: PendingList, detailed: boolean): void {
  out.size(list.size);
  for (const pending of list) {
    saveRawId(out, pending);
    if (!detailed) continue;
    out.little(pending.deliveredAt, 8);
    out.long(pending.deliveries);
  }
}

/** The elements of a node's listpack. */
function elementsOf({ ms, seq, names, live, entries }: StreamNode): Bytes[] {
  const elements = [
    String(live),
    String(entries.length - live),
    String(names.length),
    ...names,
    '0',
  ];
  for (const entry of entries) {
    const fields = entry.fields ?? entry.buried!;
    const count = fields.length / 2;
    const same = count === names.length && names.every((name, i) => name === fields[2 * i]);
    const flags = (same ? SAME_FIELDS : 0) | (entry.fields ? 0 : DELETED);
    elements.push(
      String(flags),
      String(difference(entry.ms, ms)),
      String(difference(entry.seq, seq)),
    );
    if (same) elements.push(...fields.filter((_, i) => i % 2 === 1), String(count + 3));
    else elements.push(String(count), ...fields, String(2 * count + 4));
  }
  return elements;
}

/**
 * More is asked than redis-server asks: entries in the order of their ids, and as many as the stream says.
 *
 * @param counters whether the dump has those that came with 7.0.
 * @throws BadData
 */
export function loadStream(reader: Reader, counters: boolean): StreamValue {
  const stream = new StreamValue();
  for (let nodes = reader.size(); nodes > 0; nodes--) {
    if (reader.size() !== ID) throw new BadData();
    const node = nodeOf(loadRawId(reader), readListpack(reader.blob()));
    const last = stream.nodes.at(-1)?.entries.at(-1);
    if (last && compareIds(last, node) >= 0) throw new BadData();
    stream.nodes.push(node);
    stream.size += node.live;
  }
  if (reader.long() !== stream.size) throw new BadData();
  stream.lastId = loadId(reader);
  if (counters) {
    stream.firstId = loadId(reader);
    stream.maxDeletedId = loadId(reader);
    stream.entriesAdded = narrow(BigInt.asIntN(64, BigInt(reader.long())));
  } else {
    stream.firstId = stream.first ?? FIRST_ID;
    stream.entriesAdded = stream.size;
  }
  for (let groups = reader.size(); groups > 0; groups--) {
    const name = reader.string();
    if (stream.groups.has(name)) throw new BadData();
    const lastId = loadId(reader);
    const read = counters
      ? narrow(BigInt.asIntN(64, BigInt(reader.long())))
      : entriesUpTo(stream, lastId);
    const group = new ConsumerGroup(lastId, read);
    stream.groups.set(name, group);
    loadGroup(reader, group);
  }
  return stream;
}

const loadId = (reader: Reader): StreamId => ({ ms: reader.long(), seq: reader.long() });
const loadRawId = (reader: Reader): StreamId => ({ ms: reader.big(8), seq: reader.big(8) });

function loadGroup(reader: Reader, group: ConsumerGroup): void {
  const pending = new Map<string, { at: number; deliveries: Integer }>();
  for (let left = reader.size(); left > 0; left--) {
    const id = idText(loadRawId(reader));
    if (pending.has(id)) throw new BadData();
    pending.set(id, { at: Number(reader.little(8)), deliveries: reader.long() });
  }
  for (let consumers = reader.size(); consumers > 0; consumers--) {
    const name = reader.string();
    if (group.consumers.has(name)) throw new BadData();
    const consumer = new Consumer(name, Number(reader.little(8)));
    group.consumers.set(name, consumer);
    for (let left = reader.size(); left > 0; left--) {
      const id = loadRawId(reader);
      const found = pending.get(idText(id));
      // Each is one consumer's.
      if (!found || !pending.delete(idText(id))) throw new BadData();
      group.create(id, consumer, found.at).deliveries = found.deliveries;
    }
  }
  if (pending.size > 0) throw new BadData();
}

/** Reads the elements of a listpack one by one. */
class Elements {
  private readonly elements: readonly Bytes[];
  private at = 0;
  constructor(elements: readonly Bytes[]) {
    this.elements = elements;
  }
  get ended(): boolean {
    return this.at === this.elements.length;
  }
  text(): Bytes {
    if (this.ended) throw new BadData();
    return this.elements[this.at++]!;
  }
  integer(): Integer {
    const found = parseInteger(this.text());
    if (found === undefined) throw new BadData();
    return found;
  }
  /** A number of things that are in the listpack as well. */
  count(): number {
    const found = this.integer();
    if (found < 0 || found > this.elements.length) throw new BadData();
    return Number(found);
  }
  texts(count: number): Bytes[] {
    return Array.from({ length: count }, () => this.text());
  }
}

function nodeOf(id: StreamId, all: Bytes[]): StreamNode {
  const elements = new Elements(all);
  const live = elements.count();
  const entries = live + elements.count();
  const names = elements.texts(elements.count());
  if (elements.integer() !== 0) throw new BadData();
  const node = newNode(
    id,
    names.flatMap((name) => [name, '']),
  );
  let before: Entry | undefined;
  for (let i = 0; i < entries; i++) {
    const flags = Number(elements.integer());
    const ms = unsigned(wrapped(id.ms, elements.integer()));
    const seq = unsigned(wrapped(id.seq, elements.integer()));
    if (before && compareIds(before, { ms, seq }) >= 0) throw new BadData();
    const { fields, size } = fieldsOf(elements, names, (flags & SAME_FIELDS) !== 0);
    if (elements.integer() !== size) throw new BadData();
    appendTo(node, { ms, seq }, fields);
    if (flags & DELETED) buryIn(node, i);
    before = node.entries[i];
  }
  if (!elements.ended || node.live !== live || live === 0) throw new BadData();
  return node;
}

/** The fields of an entry, and how many elements it has, their number left out. */
function fieldsOf(
  elements: Elements,
  names: readonly Bytes[],
  same: boolean,
): { fields: Bytes[]; size: number } {
  if (same)
    return { fields: names.flatMap((name) => [name, elements.text()]), size: names.length + 3 };
  const count = elements.count();
  return { fields: elements.texts(2 * count), size: 2 * count + 4 };
}

const unsigned = (n: Integer): Integer => (n < 0 ? narrow(BigInt.asUintN(64, BigInt(n))) : n);
