/**
 * The same four writes under every persistence setting, then a crash: what is still there is asked
 * of the restarted server.
 */
import type { Crash } from '../../engines/redis/emulator.ts';
import { seededRandom, VirtualRedis } from './virtual-redis.ts';

export interface PersistenceMode {
  name: string;
  /** What `redis.conf` says. */
  config: { save: string; appendonly: 'yes' | 'no'; appendfsync: 'everysec' | 'always' };
}

/** Redis's own default save points. */
const DEFAULT_SAVE = '3600 1 300 100 60 10000';

export const MODES: readonly PersistenceMode[] = [
  { name: 'None', config: { save: '', appendonly: 'no', appendfsync: 'everysec' } },
  {
    name: 'RDB, the default',
    config: { save: DEFAULT_SAVE, appendonly: 'no', appendfsync: 'everysec' },
  },
  { name: 'AOF, every second', config: { save: '', appendonly: 'yes', appendfsync: 'everysec' } },
  {
    name: 'RDB and AOF',
    config: { save: DEFAULT_SAVE, appendonly: 'yes', appendfsync: 'everysec' },
  },
  { name: 'AOF, always', config: { save: '', appendonly: 'yes', appendfsync: 'always' } },
];

/** The writes, by how long before the crash they happen. */
export const WRITES: readonly { key: string; before: number; age: string }[] = [
  { key: 'order:1', before: 90 * 60_000, age: '90 min' },
  { key: 'order:2', before: 10 * 60_000, age: '10 min' },
  { key: 'order:3', before: 1500, age: '1.5 s' },
  { key: 'order:4', before: 200, age: '0.2 s' },
];

export interface CrashResult {
  /** For each of {@link WRITES}, whether it survived. */
  survived: boolean[];
  loadedFrom: 'aof' | 'rdb' | 'nothing';
}

export function crashUnder({ config }: PersistenceMode, kind: Crash): CrashResult {
  const redis = new VirtualRedis(seededRandom(1));
  for (const [option, value] of Object.entries(config)) redis.run('CONFIG', 'SET', option, value);
  for (const [i, { key, before }] of WRITES.entries()) {
    redis.run('SET', key, 'paid');
    redis.pass(before - (WRITES[i + 1]?.before ?? 0));
  }
  const loadedFrom = redis.crash(kind);
  return { survived: WRITES.map(({ key }) => redis.run('EXISTS', key) === '1'), loadedFrom };
}
