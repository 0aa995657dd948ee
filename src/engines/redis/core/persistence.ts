/**
 * What would be on disk. Not files: the state a restart would load.
 *
 * RDB: a copy of everything, taken when a save point is reached. AOF: a copy that follows the memory
 * key by key; a write is in it once it is written (`write(2)`), and safe once it is synced (`fsync`).
 * A log and its replay give the same state as this, without the replay.
 */
import type { Bytes } from './bytes.ts';
import { Expiries } from './expiries.ts';
import type { Database } from './keyspace.ts';
import type { Server } from './server.ts';
import type { Value } from './values.ts';

/** What fails: the Redis process alone (the kernel still writes what it was given), or the machine. */
export type Crash = 'process' | 'power';

type Snapshot = Map<Bytes, Value>[];

/** With `appendfsync no` the kernel decides; Linux writes dirty pages after about half a minute. */
const KERNEL_FLUSH = 30_000;

export class Persistence {
  lastSave: number;
  /** Changes since the last RDB save. */
  changes = 0;
  private rdb: Snapshot | null = null;
  /** The state in the synced part of the AOF, or `null` while AOF is off. */
  private synced: Snapshot | null = null;
  /** Keys written to the AOF since the last sync. */
  private readonly unsynced = new Map<Database, Set<Bytes>>();
  private unsyncedSince = Infinity;
  private dirtyAtSave = 0;
  private readonly server: Server;

  constructor(server: Server) {
    this.server = server;
    this.lastSave = server.now;
  }

  private copyAll(): Snapshot {
    return this.server.databases.map((db) => {
      const copy = new Map<Bytes, Value>();
      for (const [key, value] of db.dict) copy.set(key, copyValue(value));
      return copy;
    });
  }

  get aofEnabled(): boolean {
    return this.synced !== null;
  }
  get hasRdb(): boolean {
    return this.rdb !== null;
  }
  /** Changes since the last RDB save. */
  get unsaved(): number {
    return this.server.dirty - this.dirtyAtSave;
  }

  /** SAVE, BGSAVE, or a save point: done at once. */
  save(): void {
    this.rdb = this.copyAll();
    this.dirtyAtSave = this.server.dirty;
    this.lastSave = this.server.now;
  }
  /** BGREWRITEAOF, and what switching AOF on does. */
  rewrite(): void {
    this.synced = this.copyAll();
    this.unsynced.clear();
    this.unsyncedSince = Infinity;
  }
  rewriteIfEnabled(): void {
    if (this.synced) this.rewrite();
  }
  /** Follows `CONFIG SET appendonly`. */
  configure(): void {
    const on = this.server.config.get('appendonly') === 'yes';
    if (on && !this.synced) this.rewrite();
    if (!on) this.synced = null;
  }

  keyWritten(db: Database, key: Bytes): void {
    if (!this.synced) return;
    let keys = this.unsynced.get(db);
    if (!keys) this.unsynced.set(db, (keys = new Set()));
    keys.add(key);
    this.unsyncedSince = Math.min(this.unsyncedSince, this.server.now);
  }
  /** Every key of the database may have changed (FLUSHDB, SWAPDB). */
  databaseWritten(db: Database): void {
    if (!this.synced) return;
    for (const key of db.dict.keys()) this.keyWritten(db, key);
    for (const key of this.synced[db.id]!.keys()) this.keyWritten(db, key);
  }

  /** `fsync`: what is in the AOF is safe now. */
  private sync(): void {
    if (!this.synced) return;
    for (const [db, keys] of this.unsynced) {
      const target = this.synced[db.id]!;
      for (const key of keys) {
        const value = db.dict.get(key);
        if (value) target.set(key, copyValue(value));
        else target.delete(key);
      }
    }
    this.unsynced.clear();
    this.unsyncedSince = Infinity;
  }
  /** With `appendfsync always` the reply waits for the sync. */
  afterCommand(): void {
    if (
      this.synced &&
      this.unsynced.size > 0 &&
      this.server.config.get('appendfsync') === 'always'
    ) {
      this.sync();
    }
  }

  private syncDelay(): number {
    const policy = this.server.config.get('appendfsync');
    return policy === 'always' ? 0 : policy === 'everysec' ? 1000 : KERNEL_FLUSH;
  }
  private savePoints(): { seconds: number; changes: number }[] {
    const words = this.server.config.get('save').split(' ').filter(Boolean).map(Number);
    const points = [];
    for (let i = 0; i < words.length; i += 2) {
      points.push({ seconds: words[i]!, changes: words[i + 1]! });
    }
    return points;
  }

  tick(now: number): void {
    if (now >= this.unsyncedSince + this.syncDelay()) this.sync();
    if (this.nextSave() <= now) this.save();
  }
  private nextSave(): number {
    let next = Infinity;
    if (this.unsaved === 0) return next;
    for (const { seconds, changes } of this.savePoints()) {
      if (this.unsaved >= changes) next = Math.min(next, this.lastSave + seconds * 1000 + 1);
    }
    return next;
  }
  nextEvent(): number {
    return Math.min(this.unsyncedSince + this.syncDelay(), this.nextSave());
  }

  /**
   * Everything stops, and the server starts again from what was on disk. Connections are lost.
   *
   * @returns where the data came from.
   */
  crash(kind: Crash): 'aof' | 'rdb' | 'nothing' {
    // A process that dies has handed its writes to the kernel, which still brings them to disk.
    if (kind === 'process') this.sync();
    return this.load();
  }
  /** SHUTDOWN and a new start: everything is synced, and saved if there are save points. */
  restart(): 'aof' | 'rdb' | 'nothing' {
    this.sync();
    if (this.savePoints().length > 0) this.save();
    return this.load();
  }
  private load(): 'aof' | 'rdb' | 'nothing' {
    const { server } = this;
    for (const client of [...server.clients.values()]) server.disconnect(client);
    const source = this.synced ?? this.rdb;
    for (const db of server.databases) {
      db.dict = new Map();
      db.volatile = new Expiries();
      for (const [key, value] of source?.[db.id] ?? []) {
        if (value.expireAt < server.now) continue;
        const copy = copyValue(value);
        db.dict.set(key, copy);
        if (copy.expireAt !== Infinity) db.volatile.set(key, copy.expireAt);
      }
    }
    server.restarted();
    this.dirtyAtSave = server.dirty;
    this.lastSave = server.now;
    this.unsynced.clear();
    this.unsyncedSince = Infinity;
    return this.synced ? 'aof' : this.rdb ? 'rdb' : 'nothing';
  }
}

/** A copy with the same expiry. */
export function copyValue(value: Value): Value {
  const copy = value.copy();
  copy.expireAt = value.expireAt;
  copy.farExpiry = value.farExpiry;
  return copy;
}
