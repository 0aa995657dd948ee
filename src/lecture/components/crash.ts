/**
 * The same writes under every persistence setting, then a crash: what is still there is asked of the restarted server.
 */
import type { Crash } from '../../engines/redis/emulator.ts';
import { seededRandom, VirtualRedis } from './virtual-redis.ts';

/** A setting, as `redis.conf` has it. */
export interface PersistenceMode {
  /** What readers see. */
  name: string;
  /** Whether snapshots are written, at Redis’s own save points. */
  rdb: boolean;
  /** When the append-only file reaches the disk; none is written otherwise. */
  aof?: 'everysec' | 'always';
}

/** A write, and how long before the crash it happens: `90 min`, `1.5 s`. */
export interface Write {
  key: string;
  age: string;
}

/** Redis's own default save points. */
const DEFAULT_SAVE = '3600 1 300 100 60 10000';

export interface CrashResult {
  /** For each write, whether it survived. */
  survived: boolean[];
  loadedFrom: 'aof' | 'rdb' | 'nothing';
}

/**
 * @param writes from the oldest to the latest.
 * @throws Error naming the write and the remedy, for an age that is none.
 */
export function crashUnder(
  { rdb, aof }: PersistenceMode,
  writes: readonly Write[],
  kind: Crash,
): CrashResult {
  const redis = new VirtualRedis(seededRandom(1));
  const config = {
    save: rdb ? DEFAULT_SAVE : '',
    appendonly: aof ? 'yes' : 'no',
    appendfsync: aof ?? 'everysec',
  };
  for (const [option, value] of Object.entries(config)) redis.run('CONFIG', 'SET', option, value);
  const ages = [...writes.map(millisecondsOf), 0];
  for (const [i, { key }] of writes.entries()) {
    redis.run('SET', key, 'paid');
    if (ages[i]! < ages[i + 1]!)
      throw new Error(
        `<CrashTable>: ${key} is ${writes[i]!.age} old. Begin with the oldest write.`,
      );
    redis.pass(ages[i]! - ages[i + 1]!);
  }
  const loadedFrom = redis.crash(kind);
  return { survived: writes.map(({ key }) => redis.run('EXISTS', key) === '1'), loadedFrom };
}

const UNITS = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const;

function millisecondsOf({ key, age }: Write): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?) (ms|s|min|h)$/.exec(age) ?? [];
  if (unit === undefined)
    throw new Error(
      `<CrashTable>: the age "${age}" of ${key} is none. Write a number and ms, s, min or h: "90 min".`,
    );
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}
