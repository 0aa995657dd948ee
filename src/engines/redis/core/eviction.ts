/** `maxmemory`: an estimate of what Redis would use, and which keys go when it is too much. */
import type { Bytes } from './bytes.ts';
import { frequency } from './frequency.ts';
import type { Database } from './keyspace.ts';
import type { Server } from './server.ts';
import type { Value } from './values.ts';

/** jemalloc's size class for an allocation. */
function allocated(bytes: number): number {
  if (bytes <= 8) return 8;
  if (bytes <= 128) return Math.ceil(bytes / 16) * 16;
  const step = 2 ** (Math.ceil(Math.log2(bytes)) - 3);
  return Math.ceil(bytes / step) * step;
}
/** A simple dynamic string: header, text, terminator. */
function sds(length: number): number {
  const header = length < 32 ? 1 : length < 256 ? 3 : length < 65536 ? 5 : 9;
  return allocated(header + length + 1);
}
function listpackEntry(text: Bytes): number {
  return text.length + (text.length < 64 ? 2 : text.length < 4096 ? 4 : 10);
}
function table(size: number): number {
  return 64 + (size === 0 ? 0 : allocated(8 * 2 ** Math.ceil(Math.log2(Math.max(size, 4)))));
}

/**
 * Bytes of a key and its value, by the layout of redis-server 7.0 on 64 bits. Exact for short
 * strings; an estimate for collections, whose allocations depend on their history.
 */
export function memoryUsage(key: Bytes, value: Value): number {
  return sds(key.length) + 24 + valueSize(value);
}
function valueSize(value: Value): number {
  switch (value.type) {
    case 'string':
      if (value.encoding === 'int') return 16;
      if (value.encoding === 'embstr') return allocated(16 + 3 + value.length + 1);
      return 16 + sds(value.length);
    case 'list': {
      let bytes = 7;
      for (const item of value.items.toArray()) bytes += listpackEntry(item);
      return 16 + 40 + Math.ceil(bytes / 8192) * 32 + allocated(bytes);
    }
    case 'hash': {
      let packed = 7;
      let loose = 16 + table(value.size);
      for (const [field, text] of value.fields) {
        packed += listpackEntry(field) + listpackEntry(text);
        loose += 24 + sds(field.length) + sds(text.length);
      }
      return value.compact ? 16 + allocated(packed) : loose;
    }
    case 'set': {
      if (value.compact) return 16 + allocated(8 + value.size * 8);
      let loose = 16 + table(value.size);
      for (const member of value.members) loose += 24 + sds(member.length);
      return loose;
    }
    case 'zset': {
      let packed = 7;
      let loose = 16 + 16 + 32 + table(value.size);
      for (const member of value.set.members()) {
        packed += listpackEntry(member) + 10;
        loose += 24 + sds(member.length) + 46;
      }
      return value.compact ? 16 + allocated(packed) : loose;
    }
  }
}

/** Memory of an empty server, and of one connection. */
const BASELINE = 880_000;
const PER_CLIENT = 22_000;

interface Measured {
  size: number;
  accessed: number;
}
const sizes = new WeakMap<Value, Measured>();
function measured(key: Bytes, value: Value): number {
  const known = sizes.get(value);
  if (known && known.accessed === value.accessed) return known.size;
  const size = memoryUsage(key, value) + (value.expireAt === Infinity ? 0 : 32);
  sizes.set(value, { size, accessed: value.accessed });
  return size;
}

/** An estimate of `used_memory`. Values are measured again only after they were accessed. */
export function usedMemory(server: Server): number {
  let bytes = BASELINE + server.clients.size * PER_CLIENT;
  for (const db of server.databases) {
    for (const [key, value] of db.dict) bytes += measured(key, value);
  }
  return bytes;
}

/** Frees memory as `maxmemory-policy` says. @returns whether there is room now. */
export function evict(server: Server): boolean {
  let used = usedMemory(server);
  const policy = server.config.get('maxmemory-policy');
  while (used > server.config.maxmemory) {
    const victim = policy === 'noeviction' ? undefined : choose(server, policy);
    if (!victim) return false;
    const { db, key } = victim;
    used -= measured(key, db.dict.get(key)!);
    db.remove(key);
    db.changed(key, 'eevicted');
    server.stats.evicted++;
  }
  return true;
}

/** The best victim of all keys, where Redis takes the best of a small sample. */
function choose(server: Server, policy: string): { db: Database; key: Bytes } | undefined {
  const volatileOnly = policy.startsWith('volatile');
  let best: { db: Database; key: Bytes } | undefined;
  let bestRank = Infinity;
  for (const db of server.databases) {
    const keys = volatileOnly ? db.volatile : db.dict.keys();
    for (const key of keys) {
      const rank = evictionRank(server, policy, db.dict.get(key)!);
      if (rank < bestRank) [best, bestRank] = [{ db, key }, rank];
    }
  }
  return best;
}

/** The lowest rank goes first. */
function evictionRank(server: Server, policy: string, value: Value): number {
  if (policy.endsWith('ttl')) return value.expireAt;
  if (policy.endsWith('random')) return server.random();
  if (policy.endsWith('lfu')) return frequency(value, server.now) * 1e12 + value.accessed;
  return value.accessed;
}
