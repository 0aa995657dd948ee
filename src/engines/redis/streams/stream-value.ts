/**
 * A stream: entries in the order of their ids, in nodes of the size that redis-server's have. A range
 * begins with two binary searches, and what is new goes to the end of the last node.
 */
import type { Bytes } from '../core/bytes.ts';
import type { Integer } from '../core/numbers.ts';
import { Base } from '../core/values.ts';
import { wrapped } from './layout.ts';
import { streamMemory } from './memory.ts';
import {
  appendTo,
  buryIn,
  isFull,
  newNode,
  type LiveEntry,
  type NodeLimits,
  type StreamNode,
} from './node.ts';
import type { ConsumerGroup } from './pending.ts';
import { compareIds, FIRST_ID, idText, LAST_ID, type StreamId } from './stream-id.ts';

export interface Trimming {
  /** How many may stay, or the first id that may. */
  to: number | StreamId;
  /** Whole nodes only. */
  approximate: boolean;
  /** The most to remove; 0 is no limit. */
  limit: number;
}

/** The last place in a sorted row with at most this id, or -1. */
function lastUpTo(row: readonly StreamId[], id: StreamId): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(row[middle]!, id) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The last place with a lower id, or -1. */
function lastBefore(row: readonly StreamId[], id: StreamId): number {
  const at = lastUpTo(row, id);
  return at >= 0 && compareIds(row[at]!, id) === 0 ? at - 1 : at;
}

export class StreamValue extends Base {
  readonly type = 'stream';
  readonly encoding = 'stream';
  size = 0;
  /** Of its first entry, or zero while there is none. */
  firstId: StreamId = FIRST_ID;
  lastId: StreamId = FIRST_ID;
  maxDeletedId: StreamId = FIRST_ID;
  /** In its whole life. */
  entriesAdded: Integer = 0;
  readonly groups = new Map<Bytes, ConsumerGroup>();
  nodes: StreamNode[] = [];

  /** Adds an entry whose id is higher than all before. */
  append(id: StreamId, fields: Bytes[], limits: NodeLimits): void {
    let length = 0;
    for (const word of fields) length += word.length;
    let node = this.nodes.at(-1);
    if (!node || isFull(node, length, limits)) this.nodes.push((node = newNode(id, fields)));
    appendTo(node, id, fields);
    this.size++;
    this.entriesAdded = wrapped(this.entriesAdded, 1);
    this.lastId = id;
    if (this.size === 1) this.firstId = id;
  }

  /**
   * The entries between two ids, both included.
   *
   * @param most how many at most; 0 is no limit.
   */
  range(start: StreamId, end: StreamId, most = 0, backwards = false): LiveEntry[] {
    const { nodes } = this;
    const found: LiveEntry[] = [];
    const step = backwards ? -1 : 1;
    let at = Math.max(0, lastUpTo(nodes, backwards ? end : start));
    for (let first = true; at >= 0 && at < nodes.length; at += step, first = false) {
      const { entries } = nodes[at]!;
      let i = backwards ? entries.length - 1 : 0;
      if (first) i = backwards ? lastUpTo(entries, end) : lastBefore(entries, start) + 1;
      for (; i >= 0 && i < entries.length; i += step) {
        const entry = entries[i]!;
        if (compareIds(entry, backwards ? start : end) * step > 0) return found;
        if (entry.fields === null) continue;
        found.push(entry as LiveEntry);
        if (found.length === most) return found;
      }
    }
    return found;
  }
  get(id: StreamId): LiveEntry | undefined {
    return this.range(id, id, 1)[0];
  }
  get first(): LiveEntry | undefined {
    return this.range(FIRST_ID, LAST_ID, 1)[0];
  }
  get last(): LiveEntry | undefined {
    return this.range(FIRST_ID, LAST_ID, 1, true)[0];
  }

  /** @returns how many of the entries were there. */
  delete(ids: readonly StreamId[]): number {
    let deleted = 0;
    for (const id of ids) {
      if (!this.bury(id)) continue;
      deleted++;
      if (compareIds(id, this.maxDeletedId) > 0) this.maxDeletedId = id;
    }
    if (deleted > 0) this.firstId = this.first ?? FIRST_ID;
    return deleted;
  }
  private bury(id: StreamId): boolean {
    const at = lastUpTo(this.nodes, id);
    const node = this.nodes[at];
    const i = node ? lastUpTo(node.entries, id) : -1;
    const entry = node?.entries[i];
    if (!node || !entry || entry.fields === null || compareIds(entry, id) !== 0) return false;
    this.size--;
    if (node.live === 1) this.nodes.splice(at, 1);
    else buryIn(node, i);
    return true;
  }

  /** Removes the oldest entries. @returns how many. */
  trim({ to, approximate, limit }: Trimming): number {
    const before = this.size;
    const enough = (): boolean => typeof to === 'number' && this.size <= to;
    let whole = 0;
    for (const node of this.nodes) {
      if (enough() || (limit > 0 && before - this.size + node.live > limit)) break;
      const goes =
        typeof to === 'number'
          ? this.size - node.live >= to
          : compareIds(node.entries.at(-1)!, to) < 0;
      if (goes) {
        this.size -= node.live;
        whole++;
        continue;
      }
      if (approximate) break;
      for (let i = 0; i < node.entries.length; i++) {
        const entry = node.entries[i]!;
        if (typeof to === 'number' ? enough() : compareIds(entry, to) >= 0) break;
        if (entry.fields === null) continue;
        buryIn(node, i);
        this.size--;
      }
      break;
    }
    this.nodes.splice(0, whole);
    if (this.size < before || this.size === 0) this.firstId = this.first ?? FIRST_ID;
    return before - this.size;
  }

  /** MEMORY USAGE's estimate, without the key. */
  get memory(): number {
    return streamMemory(this);
  }
  /** The first entries as text, for a view of the keys. */
  *preview(): Generator<Bytes> {
    for (const node of this.nodes) {
      for (const entry of node.entries) {
        if (entry.fields !== null) yield `${idText(entry)} ${entry.fields.join(' ')}`;
      }
    }
  }
  copy(): StreamValue {
    const copy = new StreamValue();
    copy.size = this.size;
    copy.firstId = this.firstId;
    copy.lastId = this.lastId;
    copy.maxDeletedId = this.maxDeletedId;
    copy.entriesAdded = this.entriesAdded;
    // What is in an entry never changes, so both may have it.
    copy.nodes = this.nodes.map((node) => ({ ...node, entries: [...node.entries] }));
    for (const [name, group] of this.groups) copy.groups.set(name, group.copy());
    return copy;
  }
}
