/**
 * The keys of a database that expire, by when: a heap with the next one on top. Keys that lost their expiry, or got
 * another, are found out when they come to the top.
 */
import type { Bytes } from './bytes.ts';

export class Expiries {
  /** Unix time in milliseconds, by key, in the order in which the keys came. */
  private readonly times = new Map<Bytes, number>();
  /** The heap: three values an entry, side by side, so that a hundred thousand of them are three arrays and no objects. */
  private readonly at: number[] = [];
  private readonly keys: Bytes[] = [];
  /** Of those that expire at the same time the one that was added first comes first. */
  private readonly turns: number[] = [];
  private added = 0;

  get size(): number {
    return this.times.size;
  }

  [Symbol.iterator](): IterableIterator<Bytes> {
    return this.times.keys();
  }

  /** Each key with its time. */
  entries(): IterableIterator<[Bytes, number]> {
    return this.times.entries();
  }

  /** The key expires then, whatever was said of it before. */
  set(key: Bytes, at: number): void {
    if (this.times.get(key) === at) return;
    this.times.set(key, at);
    this.push(at, key, this.added++);
    if (this.at.length > 2 * this.times.size + 64) this.rebuild();
  }

  delete(key: Bytes): void {
    this.times.delete(key);
  }

  /** When the first of them expires, or `Infinity`. */
  next(): number {
    while (this.at.length > 0 && this.times.get(this.keys[0]!) !== this.at[0]) this.pop();
    return this.at[0] ?? Infinity;
  }

  /** Takes the first of those that expire before a time out, if there is one. */
  takeBefore(time: number): Bytes | undefined {
    while (this.at.length > 0 && this.at[0]! < time) {
      const key = this.keys[0]!;
      const isSo = this.times.get(key) === this.at[0];
      this.pop();
      if (!isSo) continue;
      this.times.delete(key);
      return key;
    }
    return undefined;
  }

  private rebuild(): void {
    this.at.length = this.keys.length = this.turns.length = this.added = 0;
    // In their order a heap is what they are already.
    for (const [key, at] of [...this.times].sort((a, b) => a[1] - b[1]))
      this.push(at, key, this.added++);
  }

  private push(at: number, key: Bytes, turn: number): void {
    let i = this.at.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const over = this.at[parent]!;
      if (over < at || (over === at && this.turns[parent]! < turn)) break;
      this.move(parent, i);
      i = parent;
    }
    this.put(i, at, key, turn);
  }

  /** Takes the top away. */
  private pop(): void {
    const at = this.at.pop()!;
    const key = this.keys.pop()!;
    const turn = this.turns.pop()!;
    const { length } = this.at;
    if (length === 0) return;
    let i = 0;
    for (let child = 1; child < length; child = 2 * i + 1) {
      const other = child + 1;
      if (other < length && this.isBefore(other, this.at[child]!, this.turns[child]!))
        child = other;
      if (!this.isBefore(child, at, turn)) break;
      this.move(child, i);
      i = child;
    }
    this.put(i, at, key, turn);
  }

  private isBefore(i: number, at: number, turn: number): boolean {
    const mine = this.at[i]!;
    return mine < at || (mine === at && this.turns[i]! < turn);
  }
  private move(from: number, to: number): void {
    this.put(to, this.at[from]!, this.keys[from]!, this.turns[from]!);
  }
  private put(i: number, at: number, key: Bytes, turn: number): void {
    this.at[i] = at;
    this.keys[i] = key;
    this.turns[i] = turn;
  }
}
