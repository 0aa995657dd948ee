/** One of the numbered databases: keys, their expiry, who watches them, who waits for them and who hears of them. */
import type { Bytes } from './bytes.ts';
import type { Client, Watched } from './client.ts';
import { countUse } from './eviction.ts';
import { Expiries } from './expiries.ts';
import type { Integer } from './numbers.ts';
import { WRONGTYPE } from './reply.ts';
import type { Server } from './server.ts';
import type { StreamValue } from '../streams/stream-value.ts';
import type {
  HashValue,
  ListValue,
  SetValue,
  SortedSetValue,
  StringValue,
  Value,
  ValueType,
} from './values.ts';

/**
 * What happens to a key, as keyspace notifications tell it: the class as `notify-keyspace-events` writes it, and the
 * name. `gdel`, `$set`.
 */
export type KeyEvent =
  `${'g' | '$' | 'l' | 's' | 'h' | 'z' | 't' | 'x' | 'e' | 'm' | 'n'}${string}`;

interface ByType {
  string: StringValue;
  list: ListValue;
  hash: HashValue;
  set: SetValue;
  zset: SortedSetValue;
  stream: StreamValue;
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
    if (this.server.config.lfu) countUse(value, this.server);
    value.accessed = ++this.server.accessCount;
    value.accessedAt = this.server.now;
    return value;
  }
  /** The live value, for reading: counts as a hit or a miss. */
  read(key: Bytes): Value | undefined {
    return this.counted(key, this.find(key));
  }
  /** As {@link read}, but it is no use of the key: TTL, TYPE. */
  look(key: Bytes): Value | undefined {
    return this.counted(key, this.peek(key));
  }
  private counted(key: Bytes, value: Value | undefined): Value | undefined {
    if (value === undefined) {
      this.server.stats.misses++;
      this.notify('mkeymiss', key);
    } else this.server.stats.hits++;
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
    this.notify('xexpired', key);
    this.touch(key);
  }

  /** Puts a value under a key that holds none; whoever waits for such a value is served after the command. */
  add(key: Bytes, value: Value): void {
    this.dict.set(key, value);
    value.accessed = ++this.server.accessCount;
    value.accessedAt = this.server.now;
    if (value.expireAt !== Infinity) this.volatile.set(key, value.expireAt);
    this.server.signalReady(this, key, value.type);
    this.notify('nnew', key);
  }
  /** SET's way: whatever was there is replaced, its expiry dropped unless it is kept. */
  set(key: Bytes, value: Value, event: KeyEvent, keepExpiry = false): void {
    const old = this.find(key);
    if (old === undefined) this.add(key, value);
    else {
      value.accessed = ++this.server.accessCount;
      value.accessedAt = this.server.now;
      if (this.server.config.lfu) value.accesses = old.accesses;
      if (keepExpiry) {
        value.expireAt = old.expireAt;
        value.farExpiry = old.farExpiry;
      } else if (old.expireAt !== Infinity) this.volatile.delete(key);
      this.dict.set(key, value);
      this.gone(key, old);
    }
    this.changed(key, event);
  }
  /** Removes a key, telling nobody. */
  remove(key: Bytes): boolean {
    const value = this.dict.get(key);
    if (value === undefined) return false;
    this.volatile.delete(key);
    this.dict.delete(key);
    this.gone(key, value);
    return true;
  }
  /** Who waits for entries of a stream's group hears that the stream is gone. */
  private gone(key: Bytes, value: Value): void {
    if (value.type === 'stream') this.server.signalReady(this, key, 'stream');
  }
  /** Of a collection from which something was taken: the key of one that has become empty is removed. */
  taken(
    key: Bytes,
    value: ListValue | HashValue | SetValue | SortedSetValue,
    event: KeyEvent,
  ): void {
    const { size } = value;
    if (size === 0) this.remove(key);
    this.changed(key, event);
    if (size === 0) this.notify('gdel', key);
  }
  setExpiry(key: Bytes, value: Value, at: Integer): void {
    value.expireAt = Number(at);
    value.farExpiry = typeof at === 'bigint' ? at : undefined;
    if (at === Infinity) this.volatile.delete(key);
    else this.volatile.set(key, value.expireAt);
  }

  /** Removes a key that is there. @returns whether there was one. */
  delete(key: Bytes): boolean {
    if (!this.remove(key)) return false;
    this.changed(key, 'gdel');
    return true;
  }

  /**
   * To be called after every change of a key's value: WATCH, persistence and those who listen hear of it.
   *
   * @param event `null` for a change that nobody listens to.
   */
  changed(key: Bytes, event: KeyEvent | null): void {
    this.server.dirty++;
    if (this.server.persistence.aofEnabled) this.server.written(this, key);
    if (this.watched.size > 0) this.touch(key);
    if (event !== null) this.notify(event, key);
  }

  /** Publishes what happens to a key, if `notify-keyspace-events` asks for it. */
  notify(event: KeyEvent, key: Bytes): void {
    const { events } = this.server.config;
    if (!events?.has(event[0]!)) return;
    const name = event.slice(1);
    if (events.has('K')) this.server.publish(`__keyspace@${this.id}__:${key}`, name);
    if (events.has('E')) this.server.publish(`__keyevent@${this.id}__:${name}`, key);
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
