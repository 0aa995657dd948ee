/** One of the numbered databases: keys, their expiry, who watches them and who waits for them. */
import type { Bytes } from './bytes.ts';
import type { Client, Watched } from './client.ts';
import { Expiries } from './expiries.ts';
import type { Integer } from './numbers.ts';
import { WRONGTYPE } from './reply.ts';
import type { Server } from './server.ts';
import type {
  HashValue,
  ListValue,
  SetValue,
  SortedSetValue,
  StringValue,
  Value,
  ValueType,
} from './values.ts';

interface ByType {
  string: StringValue;
  list: ListValue;
  hash: HashValue;
  set: SetValue;
  zset: SortedSetValue;
}

/** The value, if it has the type. The one place that decides WRONGTYPE. */
export function expectType<T extends ValueType>(
  value: Value | undefined,
  type: T,
): ByType[T] | undefined {
  if (value === undefined) return undefined;
  if (value.type !== type) throw WRONGTYPE;
  return value as ByType[T];
}

export class Database {
  readonly id: number;
  /** Expired keys stay in here until somebody meets them. */
  dict = new Map<Bytes, Value>();
  /** The keys that have an expiry. */
  volatile = new Expiries();
  readonly waiting = new Map<Bytes, Client[]>();
  readonly watched = new Map<Bytes, Watched[]>();
  private readonly server: Server;

  constructor(id: number, server: Server) {
    this.id = id;
    this.server = server;
  }

  /** The live value at the key, without counting as an access. */
  peek(key: Bytes): Value | undefined {
    const value = this.dict.get(key);
    if (value === undefined || value.expireAt >= this.server.now) return value;
    this.expire(key);
    return undefined;
  }
  /** The live value, for writing. */
  find(key: Bytes): Value | undefined {
    const value = this.dict.get(key);
    if (value === undefined) return undefined;
    if (value.expireAt < this.server.now) {
      this.expire(key);
      return undefined;
    }
    value.accessed = ++this.server.accessCount;
    value.accessedAt = this.server.now;
    return value;
  }
  /** The live value, for reading: counts as a hit or a miss. */
  read(key: Bytes): Value | undefined {
    const value = this.find(key);
    if (value === undefined) this.server.stats.misses++;
    else this.server.stats.hits++;
    return value;
  }
  /** As {@link find}, WRONGTYPE if it is something else. */
  get<T extends ValueType>(key: Bytes, type: T): ByType[T] | undefined {
    return expectType(this.find(key), type);
  }
  /** As {@link read}, WRONGTYPE if it is something else. */
  readAs<T extends ValueType>(key: Bytes, type: T): ByType[T] | undefined {
    return expectType(this.read(key), type);
  }

  /** Removes all that have expired, in the order in which they did. */
  expireDue(): void {
    const { now } = this.server;
    for (;;) {
      const key = this.volatile.takeBefore(now);
      if (key === undefined) return;
      this.expire(key);
    }
  }

  private expire(key: Bytes): void {
    this.remove(key);
    this.server.stats.expired++;
    this.server.written(this, key);
    this.touch(key);
  }

  /** Puts a value under a key that holds none; whoever waits for such a value is served after the command. */
  add(key: Bytes, value: Value): void {
    this.dict.set(key, value);
    value.accessed = ++this.server.accessCount;
    value.accessedAt = this.server.now;
    if (value.expireAt !== Infinity) this.volatile.set(key, value.expireAt);
    this.server.signalReady(this, key, value.type);
  }
  /** SET's way: whatever was there is replaced, its expiry dropped unless it is kept. */
  set(key: Bytes, value: Value, keepExpiry = false): void {
    const old = this.find(key);
    if (old === undefined) this.add(key, value);
    else {
      value.accessed = ++this.server.accessCount;
      value.accessedAt = this.server.now;
      if (keepExpiry) {
        value.expireAt = old.expireAt;
        value.farExpiry = old.farExpiry;
      } else if (old.expireAt !== Infinity) this.volatile.delete(key);
      this.dict.set(key, value);
    }
    this.changed(key);
  }
  /** Removes a key, telling nobody. */
  remove(key: Bytes): boolean {
    this.volatile.delete(key);
    return this.dict.delete(key);
  }
  /** Removes the key of a collection that has become empty. */
  removeIfEmpty(key: Bytes, value: ListValue | HashValue | SetValue | SortedSetValue): boolean {
    if (value.size > 0) return false;
    this.remove(key);
    return true;
  }
  setExpiry(key: Bytes, value: Value, at: Integer): void {
    value.expireAt = Number(at);
    value.farExpiry = typeof at === 'bigint' ? at : undefined;
    if (at === Infinity) this.volatile.delete(key);
    else this.volatile.set(key, value.expireAt);
  }

  /** To be called after every change of a key's value: WATCH and persistence hear of it. */
  changed(key: Bytes): void {
    this.server.dirty++;
    if (this.server.persistence.aofEnabled) this.server.written(this, key);
    if (this.watched.size > 0) this.touch(key);
  }

  /** Marks the transactions of those who watch the key. */
  touch(key: Bytes): void {
    for (const watch of this.watched.get(key) ?? []) {
      if (watch.expired) {
        // As Redis does: who watches a key that had expired already stops the marking here.
        if (this.dict.has(key)) return;
        watch.expired = false;
        continue;
      }
      watch.client.dirty = true;
    }
  }
}
