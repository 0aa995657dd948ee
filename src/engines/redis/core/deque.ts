/** A list with both ends: push, pop and access by index in O(1), insertion and removal inside in O(n). */
import type { Bytes } from './bytes.ts';

export class Deque {
  private ring: Bytes[] = new Array<Bytes>(8).fill('');
  private start = 0;
  length = 0;

  static from(items: Iterable<Bytes>): Deque {
    const deque = new Deque();
    for (const item of items) deque.push(item);
    return deque;
  }
  private slot(index: number): number {
    return (this.start + index) & (this.ring.length - 1);
  }
  private resize(capacity: number): void {
    const items = this.toArray();
    this.ring = items;
    for (let i = items.length; i < capacity; i++) items.push('');
    this.start = 0;
  }
  push(item: Bytes): void {
    if (this.length === this.ring.length) this.resize(this.length * 2);
    this.ring[this.slot(this.length++)] = item;
  }
  unshift(item: Bytes): void {
    if (this.length === this.ring.length) this.resize(this.length * 2);
    this.start = this.slot(-1);
    this.ring[this.start] = item;
    this.length++;
  }
  pop(): Bytes | undefined {
    if (this.length === 0) return undefined;
    const at = this.slot(--this.length);
    return this.take(at);
  }
  shift(): Bytes | undefined {
    if (this.length === 0) return undefined;
    const at = this.start;
    this.start = this.slot(1);
    this.length--;
    return this.take(at);
  }
  private take(at: number): Bytes {
    const item = this.ring[at]!;
    this.ring[at] = '';
    if (this.ring.length > 64 && this.length * 4 < this.ring.length)
      this.resize(this.ring.length / 2);
    return item;
  }
  at(index: number): Bytes | undefined {
    if (index < 0) index += this.length;
    return index >= 0 && index < this.length ? this.ring[this.slot(index)] : undefined;
  }
  set(index: number, item: Bytes): void {
    this.ring[this.slot(index)] = item;
  }
  insert(index: number, item: Bytes): void {
    this.push(item);
    for (let i = this.length - 1; i > index; i--) this.set(i, this.ring[this.slot(i - 1)]!);
    this.set(index, item);
  }
  /** The items from `from` up to, not including, `to`. */
  slice(from: number, to: number): Bytes[] {
    const out: Bytes[] = [];
    for (let i = from; i < to; i++) out.push(this.ring[this.slot(i)]!);
    return out;
  }
  toArray(): Bytes[] {
    return this.slice(0, this.length);
  }
}
