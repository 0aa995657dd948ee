/**
 * The kinds of values; streams have a folder of their own. Each knows the encoding redis-server 7.0 would hold it
 * in: it decides nothing here but what `OBJECT ENCODING` says and whether an order can be relied on.
 */
import { fromBuffer, toBuffer, type Bytes } from './bytes.ts';
import { Deque } from './deque.ts';
import { parseInteger, type Integer } from './numbers.ts';
import { SortedSet } from './sorted-set.ts';
import type { StreamValue } from '../streams/stream-value.ts';

export type Value = StringValue | ListValue | HashValue | SetValue | SortedSetValue | StreamValue;
export type ValueType = Value['type'];

/** From which size on a collection leaves its compact encoding (`CONFIG GET *-max-*`). */
export interface EncodingLimits {
  hashEntries: number;
  hashValue: number;
  intsetEntries: number;
  zsetEntries: number;
  zsetValue: number;
}

/** What every value carries. */
export abstract class Base {
  /** Unix time in milliseconds after which the value is gone; `Infinity` without an expiry. */
  expireAt = Infinity;
  /** The same where a double cannot hold it: some 285,000 years from now. */
  farExpiry: bigint | undefined = undefined;
  /** Access order and access time, for eviction and `OBJECT IDLETIME`. */
  accessed = 0;
  accessedAt = 0;
  accesses = 5;
}

export class StringValue extends Base {
  readonly type = 'string';
  private text: Bytes | undefined;
  private number: Integer | undefined;
  private buffer: Uint8Array<ArrayBuffer> | undefined;
  private raw: boolean;

  private constructor(text: Bytes | undefined, number: Integer | undefined, raw: boolean) {
    super();
    this.text = text;
    this.number = number;
    this.raw = raw;
  }
  /** A value as SET stores it: as an integer where the text is one. */
  static of(text: Bytes): StringValue {
    return new StringValue(text, parseInteger(text), text.length > 44);
  }
  static ofInteger(number: Integer): StringValue {
    return new StringValue(undefined, number, false);
  }
  /** A value that a computation left behind: never turned into an integer. */
  static ofText(text: Bytes, raw: boolean): StringValue {
    return new StringValue(text, undefined, raw || text.length > 44);
  }
  get bytes(): Bytes {
    if (this.text === undefined) {
      this.text = this.buffer ? fromBuffer(this.buffer) : String(this.number);
    }
    return this.text;
  }
  get length(): number {
    return this.buffer?.length ?? this.bytes.length;
  }
  /** The first bytes, without making a text of all of them. */
  head(length: number): Bytes {
    return this.buffer ? fromBuffer(this.buffer.subarray(0, length)) : this.bytes.slice(0, length);
  }
  /** The integer this string spells, or `undefined`. */
  get integer(): Integer | undefined {
    return this.number ?? parseInteger(this.bytes);
  }
  set integer(value: Integer) {
    this.number = value;
    this.text = undefined;
    this.buffer = undefined;
    this.raw = false;
  }
  setRaw(text: Bytes): void {
    this.text = text;
    this.number = undefined;
    this.buffer = undefined;
    this.raw = true;
  }
  /** The bytes for reading. */
  view(): Uint8Array<ArrayBuffer> {
    return this.buffer ?? toBuffer(this.bytes);
  }
  /** The bytes for writing in place, at least `length` of them. */
  writable(length: number): Uint8Array<ArrayBuffer> {
    let buffer = this.buffer ?? toBuffer(this.bytes);
    if (buffer.length < length) {
      const grown = new Uint8Array(length);
      grown.set(buffer);
      buffer = grown;
    }
    this.buffer = buffer;
    this.text = undefined;
    this.number = undefined;
    this.raw = true;
    return buffer;
  }
  /** Other bytes, which the value keeps. */
  replace(buffer: Uint8Array<ArrayBuffer>): void {
    this.buffer = buffer;
    this.text = undefined;
    this.number = undefined;
    this.raw = true;
  }
  get encoding(): string {
    return this.number !== undefined ? 'int' : this.raw ? 'raw' : 'embstr';
  }
  copy(): StringValue {
    const copy = new StringValue(this.bytes, this.number, this.raw);
    return copy;
  }
}

export class ListValue extends Base {
  readonly type = 'list';
  readonly encoding = 'quicklist';
  items = new Deque();
  static of(items: Iterable<Bytes>): ListValue {
    const list = new ListValue();
    list.items = Deque.from(items);
    return list;
  }
  get size(): number {
    return this.items.length;
  }
  copy(): ListValue {
    return ListValue.of(this.items.toArray());
  }
}

export class HashValue extends Base {
  readonly type = 'hash';
  readonly fields = new Map<Bytes, Bytes>();
  compact = true;
  get encoding(): string {
    return this.compact ? 'listpack' : 'hashtable';
  }
  get size(): number {
    return this.fields.size;
  }
  set(field: Bytes, value: Bytes, limits: EncodingLimits): void {
    this.fields.set(field, value);
    if (
      this.compact &&
      (this.fields.size > limits.hashEntries ||
        field.length > limits.hashValue ||
        value.length > limits.hashValue)
    ) {
      this.compact = false;
    }
  }
  copy(): HashValue {
    const copy = new HashValue();
    for (const [field, value] of this.fields) copy.fields.set(field, value);
    copy.compact = this.compact;
    return copy;
  }
}

export class SetValue extends Base {
  readonly type = 'set';
  readonly members = new Set<Bytes>();
  compact: boolean;
  /** Bytes per member of an intset: as the widest that was ever in it needs. */
  width: 2 | 4 | 8 = 2;
  /** An empty set as Redis creates it for this first member. */
  constructor(first: Bytes) {
    super();
    this.compact = parseInteger(first) !== undefined;
  }
  static of(members: Iterable<Bytes>, limits: EncodingLimits): SetValue {
    const set = new SetValue('0');
    for (const member of members) set.add(member, limits);
    return set;
  }
  get encoding(): string {
    return this.compact ? 'intset' : 'hashtable';
  }
  get size(): number {
    return this.members.size;
  }
  add(member: Bytes, limits: EncodingLimits): boolean {
    const before = this.members.size;
    this.members.add(member);
    if (this.members.size === before) return false;
    if (this.compact) {
      const number = parseInteger(member);
      if (number === undefined || this.members.size > limits.intsetEntries) this.compact = false;
      else if (this.width < 8) this.width = Math.max(this.width, widthOf(number)) as 2 | 4 | 8;
    }
    return true;
  }
  /** The members: an intset in numeric order, as Redis keeps it; a hashtable in no promised order. */
  list(): Bytes[] {
    const members = [...this.members];
    if (this.compact) {
      members.sort((a, b) => {
        const difference = Number(a) - Number(b);
        return difference !== 0 ? difference : BigInt(a) < BigInt(b) ? -1 : 1;
      });
    }
    return members;
  }
  copy(): SetValue {
    const copy = new SetValue('0');
    for (const member of this.members) copy.members.add(member);
    copy.compact = this.compact;
    copy.width = this.width;
    return copy;
  }
}
const widthOf = (n: Integer): number =>
  n >= -32768 && n <= 32767 ? 2 : n >= -2147483648 && n <= 2147483647 ? 4 : 8;

export class SortedSetValue extends Base {
  readonly type = 'zset';
  readonly set = new SortedSet();
  compact = true;
  get encoding(): string {
    return this.compact ? 'listpack' : 'skiplist';
  }
  get size(): number {
    return this.set.size;
  }
  add(member: Bytes, score: number, limits: EncodingLimits): void {
    // A member that is there gets its score, whatever the limits have become.
    if (this.compact && !this.set.element(member)) {
      const size = this.set.size + 1;
      if (size > limits.zsetEntries || member.length > limits.zsetValue) this.compact = false;
    }
    // A listpack keeps whole scores as integers, and they have no negative zero.
    this.set.set(member, this.compact && score === 0 ? 0 : score);
  }
  copy(): SortedSetValue {
    const copy = new SortedSetValue();
    for (let e = this.set.first; e; e = e.next) copy.set.set(e.member, e.score);
    copy.compact = this.compact;
    return copy;
  }
}
