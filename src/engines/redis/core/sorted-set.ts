/**
 * A sorted set: a hash from member to score and a skip list ordered by (score, member), every
 * forward link carrying its span, so that rank, range and change take O(log n).
 */
import type { Bytes } from './bytes.ts';

const MAX_LEVEL = 32;

/** One element. Treat as read-only outside this file, except for walking `next` and `previous`. */
export class Element {
  readonly member: Bytes;
  readonly score: number;
  previous: Element | null = null;
  readonly forward: (Element | null)[];
  readonly span: number[];
  constructor(member: Bytes, score: number, levels: number) {
    this.member = member;
    this.score = score;
    this.forward = new Array<Element | null>(levels).fill(null);
    this.span = new Array<number>(levels).fill(0);
  }
  get next(): Element | null {
    return this.forward[0]!;
  }
}

export class SortedSet {
  private readonly byMember = new Map<Bytes, Element>();
  private readonly head = new Element('', -Infinity, MAX_LEVEL);
  private levels = 1;
  private readonly random: () => number;
  // Scratch of one descent, kept so that an insertion allocates nothing but its element.
  private readonly path = new Array<Element>(MAX_LEVEL);
  private readonly ranks = new Array<number>(MAX_LEVEL).fill(0);
  last: Element | null = null;

  /** @param random uniform in [0, 1), decides the height of elements, nothing anybody can see. */
  constructor(random: () => number) {
    this.random = random;
  }

  get size(): number {
    return this.byMember.size;
  }
  get first(): Element | null {
    return this.head.forward[0]!;
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
      if (old.score === score && Object.is(old.score, score)) return;
      this.unlink(old);
    }
    const { path, ranks } = this;
    let node = this.head;
    for (let i = this.levels - 1; i >= 0; i--) {
      let rank = i === this.levels - 1 ? 0 : ranks[i + 1]!;
      for (
        let next = node.forward[i]!;
        next && before(next, score, member);
        next = node.forward[i]!
      ) {
        rank += node.span[i]!;
        node = next;
      }
      ranks[i] = rank;
      path[i] = node;
    }
    let levels = 1;
    while (levels < MAX_LEVEL && this.random() < 0.25) levels++;
    for (; this.levels < levels; this.levels++) {
      ranks[this.levels] = 0;
      path[this.levels] = this.head;
      this.head.span[this.levels] = this.byMember.size - (old ? 1 : 0);
    }
    const added = new Element(member, score, levels);
    for (let i = 0; i < this.levels; i++) {
      const at = path[i]!;
      if (i >= levels) {
        at.span[i]!++;
        continue;
      }
      added.forward[i] = at.forward[i]!;
      at.forward[i] = added;
      const skipped = ranks[0]! - ranks[i]!;
      added.span[i] = at.span[i]! - skipped;
      at.span[i] = skipped + 1;
    }
    added.previous = path[0] === this.head ? null : path[0]!;
    if (added.next) added.next.previous = added;
    else this.last = added;
    this.byMember.set(member, added);
  }

  delete(member: Bytes): boolean {
    const element = this.byMember.get(member);
    if (!element) return false;
    this.unlink(element);
    this.byMember.delete(member);
    return true;
  }

  private unlink(element: Element): void {
    let node = this.head;
    for (let i = this.levels - 1; i >= 0; i--) {
      for (
        let next = node.forward[i]!;
        next && next !== element && before(next, element.score, element.member);
        next = node.forward[i]!
      )
        node = next;
      if (node.forward[i] === element) {
        node.span[i]! += element.span[i]! - 1;
        node.forward[i] = element.forward[i]!;
      } else node.span[i]!--;
    }
    if (element.next) element.next.previous = element.previous;
    else this.last = element.previous;
    while (this.levels > 1 && !this.head.forward[this.levels - 1]) this.levels--;
  }

  /** Place of the member from 0, or -1. */
  rank(member: Bytes): number {
    const element = this.byMember.get(member);
    return element ? this.countWhile((e) => before(e, element.score, member)) : -1;
  }

  /** How many elements from the start satisfy `test`, which must hold for a prefix of the order. */
  countWhile(test: (element: Element) => boolean): number {
    let node = this.head;
    let rank = 0;
    for (let i = this.levels - 1; i >= 0; i--) {
      for (let next = node.forward[i]!; next && test(next); next = node.forward[i]!) {
        rank += node.span[i]!;
        node = next;
      }
    }
    return rank;
  }

  /** The element at a place from 0, or `null`. */
  at(index: number): Element | null {
    if (index < 0 || index >= this.size) return null;
    let node = this.head;
    let rank = 0;
    for (let i = this.levels - 1; i >= 0; i--) {
      while (node.forward[i] && rank + node.span[i]! <= index + 1) {
        rank += node.span[i]!;
        node = node.forward[i]!;
      }
    }
    return node;
  }
}

function before(element: Element, score: number, member: Bytes): boolean {
  return element.score < score || (element.score === score && element.member < member);
}
