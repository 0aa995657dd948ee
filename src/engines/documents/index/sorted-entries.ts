/**
 * The entries of an index in order: blocks of at most so many, the blocks in a list. Finding is two
 * binary searches; inserting moves at most one block. (A B-tree of two levels: enough for millions.)
 */
import type { Maybe } from '../values/types.ts';

/** One key of one document. */
export interface Entry {
  /** A value for each field of the index; `undefined` for an empty array. */
  keys: readonly Maybe[];
  /** Where the document is. */
  slot: number;
}

const BLOCK = 512;

/** How far an entry is from what is looked for: negative before it, zero at it, positive after it. */
export type Probe = (entry: Entry) => number;

export class SortedEntries {
  private readonly order: (a: Entry, b: Entry) => number;
  private blocks: Entry[][] = [];
  private count = 0;

  constructor(order: (a: Entry, b: Entry) => number, entries: Entry[] = []) {
    this.order = order;
    const sorted = entries.sort(order);
    for (let i = 0; i < sorted.length; i += BLOCK / 2)
      this.blocks.push(sorted.slice(i, i + BLOCK / 2));
    this.count = sorted.length;
  }

  get size(): number {
    return this.count;
  }

  clone(): SortedEntries {
    const copy = new SortedEntries(this.order);
    copy.blocks = this.blocks.map((block) => block.slice());
    copy.count = this.count;
    return copy;
  }

  insert(entry: Entry): void {
    this.count += 1;
    if (this.blocks.length === 0) {
      this.blocks.push([entry]);
      return;
    }
    const probe: Probe = (other) => this.order(other, entry);
    const at = Math.min(this.blockOf(probe), this.blocks.length - 1);
    const block = this.blocks[at]!;
    block.splice(firstAtOrAfter(block, probe), 0, entry);
    if (block.length > BLOCK) this.blocks.splice(at + 1, 0, block.splice(BLOCK / 2));
  }

  remove(entry: Entry): void {
    const probe: Probe = (other) => this.order(other, entry);
    const at = this.blockOf(probe);
    const block = this.blocks[at];
    if (!block) return;
    const i = firstAtOrAfter(block, probe);
    if (i === block.length || probe(block[i]!) !== 0) return;
    block.splice(i, 1);
    this.count -= 1;
    if (block.length === 0) this.blocks.splice(at, 1);
  }

  /** The first block whose last entry is at or after what is looked for. */
  private blockOf(probe: Probe): number {
    let [low, high] = [0, this.blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (probe(this.blocks[middle]!.at(-1)!) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Visits entries in order, from the first one that `from` does not place before what is looked
   * for, until `visit` answers `false`.
   */
  forward(from: Probe, visit: (entry: Entry) => boolean): void {
    let at = this.blockOf(from);
    let i = at < this.blocks.length ? firstAtOrAfter(this.blocks[at]!, from) : 0;
    for (; at < this.blocks.length; at += 1, i = 0) {
      const block = this.blocks[at]!;
      for (; i < block.length; i += 1) if (!visit(block[i]!)) return;
    }
  }

  /** Visits entries in reverse, from the last one that `to` places before what is looked for. */
  backward(to: Probe, visit: (entry: Entry) => boolean): void {
    let at = Math.min(this.blockOf(to), this.blocks.length - 1);
    let i = at >= 0 ? firstAtOrAfter(this.blocks[at]!, to) - 1 : -1;
    while (at >= 0) {
      const block = this.blocks[at]!;
      for (; i >= 0; i -= 1) if (!visit(block[i]!)) return;
      at -= 1;
      if (at >= 0) i = this.blocks[at]!.length - 1;
    }
  }
}

function firstAtOrAfter(block: Entry[], probe: Probe): number {
  let [low, high] = [0, block.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (probe(block[middle]!) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
