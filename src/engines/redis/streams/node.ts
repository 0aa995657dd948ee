/** A node of a stream: some entries in a row, and how many bytes redis-server's listpack of them would take. */
import type { Bytes } from '../core/bytes.ts';
import { difference, elementBytes, integerBytes, LISTPACK_FRAME } from './layout.ts';
import type { StreamId } from './stream-id.ts';

export interface Entry extends StreamId {
  /** Fields and values in turn; `null` once it is deleted, for its place in the node stays. */
  readonly fields: Bytes[] | null;
  /** What it had then: it stays in redis-server's listpack, and so in a dump. */
  readonly buried?: Bytes[];
}
export interface LiveEntry extends Entry {
  readonly fields: Bytes[];
}
/** Named by the id of the first entry it ever had. */
export interface StreamNode extends StreamId {
  /** The names of that entry's fields: entries with the same ones do without. */
  readonly names: Bytes[];
  entries: Entry[];
  /** How many of them are not deleted. */
  live: number;
  /** What redis-server's listpack takes, but for its two counters. */
  bytes: number;
}
/** When a node is full; 0 is no limit. */
export interface NodeLimits {
  bytes: number;
  entries: number;
}
/** What a listpack never exceeds. */
const MOST_BYTES = 2 ** 30;

/** The bytes of a node's listpack. */
export const nodeBytes = ({ bytes, live, entries }: StreamNode): number =>
  bytes + integerBytes(live) + integerBytes(entries.length - live);

export function isFull(node: StreamNode, length: number, limits: NodeLimits): boolean {
  const most = limits.bytes === 0 ? MOST_BYTES : Math.min(limits.bytes, MOST_BYTES);
  if (nodeBytes(node) + length >= most) return true;
  return limits.entries > 0 && node.entries.length >= limits.entries;
}
export function newNode({ ms, seq }: StreamId, fields: Bytes[]): StreamNode {
  const names = fields.filter((_, i) => i % 2 === 0);
  // How many names, and the mark of where the entries begin.
  let bytes = LISTPACK_FRAME + integerBytes(names.length) + integerBytes(0);
  for (const name of names) bytes += elementBytes(name);
  return { ms, seq, names, entries: [], live: 0, bytes };
}
/** What an entry adds to the listpack of its node. */
function entryBytes(node: StreamNode, id: StreamId, fields: Bytes[]): number {
  const { names } = node;
  const count = fields.length / 2;
  const same = count === names.length && names.every((name, i) => name === fields[2 * i]);
  // Flags, the distance to the node's id, and at the end how many elements it takes.
  let bytes = integerBytes(0);
  bytes += integerBytes(difference(id.ms, node.ms)) + integerBytes(difference(id.seq, node.seq));
  bytes += same ? integerBytes(count + 3) : integerBytes(count) + integerBytes(2 * count + 4);
  for (let i = same ? 1 : 0; i < fields.length; i += same ? 2 : 1)
    bytes += elementBytes(fields[i]!);
  return bytes;
}

/** Adds an entry to the end of a node. */
export function appendTo(node: StreamNode, { ms, seq }: StreamId, fields: Bytes[]): void {
  node.bytes += entryBytes(node, { ms, seq }, fields);
  node.entries.push({ ms, seq, fields });
  node.live++;
}
/** Marks an entry of a node as deleted. */
export function buryIn(node: StreamNode, i: number): void {
  const { ms, seq, fields } = node.entries[i]!;
  node.entries[i] = { ms, seq, fields: null, buried: fields! };
  node.live--;
}
