/**
 * A sorted set: a hash from member to element, and the elements in the order of (score, member), cut
 * into chunks of at most a few hundred. A tree of partial sums over the chunks' sizes (Fenwick) turns
 * chunk into rank and back, so that change, rank and range take O(log n).
 *
 * Redis itself uses a skip list. In JavaScript every step of one is a jump through memory; chunks
 * make a few jumps of it, which a million members show.
 */
import type { Bytes } from './bytes.ts';

const CAPACITY = 256;

/** One element. Read-only outside this file; `next` and `previous` are for walking. */
export class Element {
  readonly member: Bytes;
  score: number;
  previous: Element | null = null;
  next: Element | null = null;
  constructor(member: Bytes, score: number) {
    this.member = member;
    this.score = score;
  }
}

export class SortedSet {
  private readonly byMember = new Map<Bytes, Element>();
  private readonly chunks: Element[][] = [];
  /** The score of each chunk's last element, side by side for the search. */
  private readonly tops: number[] = [];
  /** Partial sums of the chunks' sizes, or `null` after chunks have come or gone. */
  private sums: Int32Array | null = null;
  first: Element | null = null;
  last: Element | null = null;

  get size(): number {
    return this.byMember.size;
  }
  get(member: Bytes): number | undefined {
    return this.byMember.get(member)?.score;
  }
  element(member: Bytes): Element | undefined {
    return this.byMember.get(member);
  }
  members(): IterableIterator<Bytes> {
    return this.byMember.keys();
  }

  /** Adds the member or moves it to the new score. */
  set(member: Bytes, score: number): void {
    const old = this.byMember.get(member);
    if (old) {
      this.unlink(old);
      old.score = score;
      this.link(old);
      return;
    }
    const added = new Element(member, score);
    this.byMember.set(member, added);
    this.link(added);
  }

  delete(member: Bytes): boolean {
    const element = this.byMember.get(member);
    if (!element) return false;
    this.unlink(element);
    this.byMember.delete(member);
    return true;
  }

  private link(element: Element): void {
    const { chunks, tops } = this;
    if (chunks.length === 0) {
      chunks.push([element]);
      tops.push(element.score);
      this.sums = null;
      this.first = this.last = element;
      element.next = element.previous = null;
      return;
    }
    const c = Math.min(this.chunkOf(element.score, element.member), chunks.length - 1);
    const chunk = chunks[c]!;
    const i = placeIn(chunk, element.score, element.member);
    chunk.splice(i, 0, element);
    const next = i + 1 < chunk.length ? chunk[i + 1]! : (chunks[c + 1]?.[0] ?? null);
    const previous = next ? next.previous : this.last;
    element.next = next;
    element.previous = previous;
    if (next) next.previous = element;
    else this.last = element;
    if (previous) previous.next = element;
    else this.first = element;
    tops[c] = chunk[chunk.length - 1]!.score;
    this.count(c, 1);
    if (chunk.length > CAPACITY) {
      // Whoever only appends fills its chunks; everybody else gets halves.
      const right = chunk.splice(element === this.last ? CAPACITY : CAPACITY / 2);
      chunks.splice(c + 1, 0, right);
      tops.splice(c, 1, chunk[chunk.length - 1]!.score, right[right.length - 1]!.score);
      this.sums = null;
    }
  }

  private unlink(element: Element): void {
    const { chunks, tops } = this;
    const c = this.chunkOf(element.score, element.member);
    const chunk = chunks[c]!;
    chunk.splice(placeIn(chunk, element.score, element.member), 1);
    if (element.next) element.next.previous = element.previous;
    else this.last = element.previous;
    if (element.previous) element.previous.next = element.next;
    else this.first = element.next;
    const after = chunks[c + 1];
    if (after && chunk.length + after.length <= CAPACITY / 2) {
      for (const moved of after) chunk.push(moved);
      chunks.splice(c + 1, 1);
      tops.splice(c + 1, 1);
      this.sums = null;
    }
    if (chunk.length === 0) {
      chunks.splice(c, 1);
      tops.splice(c, 1);
      this.sums = null;
      return;
    }
    tops[c] = chunk[chunk.length - 1]!.score;
    this.count(c, -1);
  }

  /** The first chunk that does not end before (score, member). */
  private chunkOf(score: number, member: Bytes): number {
    const { tops, chunks } = this;
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const top = tops[middle]!;
      let before = top < score;
      if (top === score) {
        const chunk = chunks[middle]!;
        before = chunk[chunk.length - 1]!.member < member;
      }
      if (before) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private count(chunk: number, by: number): void {
    const { sums } = this;
    if (!sums) return;
    for (let i = chunk + 1; i < sums.length; i += i & -i) sums[i]! += by;
  }
  private partialSums(): Int32Array {
    if (this.sums) return this.sums;
    const sums = new Int32Array(this.chunks.length + 1);
    for (let i = 1; i < sums.length; i++) {
      sums[i]! += this.chunks[i - 1]!.length;
      const parent = i + (i & -i);
      if (parent < sums.length) sums[parent]! += sums[i]!;
    }
    return (this.sums = sums);
  }
  /** How many elements the chunks before this one hold. */
  private sizeBefore(chunk: number): number {
    const sums = this.partialSums();
    let total = 0;
    for (let i = chunk; i > 0; i -= i & -i) total += sums[i]!;
    return total;
  }

  /** Place of the member from 0, or -1. */
  rank(member: Bytes): number {
    const element = this.byMember.get(member);
    if (!element) return -1;
    const c = this.chunkOf(element.score, member);
    return this.sizeBefore(c) + placeIn(this.chunks[c]!, element.score, member);
  }

  /** How many elements from the start satisfy `test`, which must hold for a prefix of the order. */
  countWhile(test: (element: Element) => boolean): number {
    const { chunks } = this;
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = chunks[middle]!;
      if (test(chunk[chunk.length - 1]!)) low = middle + 1;
      else high = middle;
    }
    if (low === chunks.length) return this.size;
    const chunk = chunks[low]!;
    let from = 0;
    let to = chunk.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (test(chunk[middle]!)) from = middle + 1;
      else to = middle;
    }
    return this.sizeBefore(low) + from;
  }

  /** The element at a place from 0, or `null`. */
  at(index: number): Element | null {
    if (index < 0 || index >= this.size) return null;
    const sums = this.partialSums();
    let chunk = 0;
    let left = index;
    for (let step = 1 << (31 - Math.clz32(sums.length - 1)); step > 0; step >>= 1) {
      const next = chunk + step;
      if (next < sums.length && sums[next]! <= left) {
        chunk = next;
        left -= sums[next]!;
      }
    }
    return this.chunks[chunk]![left]!;
  }
}

/** Where (score, member) is, or belongs, in a chunk. */
function placeIn(chunk: Element[], score: number, member: Bytes): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const e = chunk[middle]!;
    if (e.score < score || (e.score === score && e.member < member)) low = middle + 1;
    else high = middle;
  }
  return low;
}
