import { describe, expect, it } from 'vitest';
import { crashUnder, type PersistenceMode } from './crash.ts';
import { raceOfCounters } from './counter-race.ts';
import { VirtualRedis } from './virtual-redis.ts';

describe('a thousand views', () => {
  it('are all counted by INCR, however many clients count', () => {
    for (const clients of [1, 2, 50])
      expect(raceOfCounters(1000, clients).increment, `${clients} clients`).toBe(1000);
  });

  it('are all counted by a single client that reads, adds and writes', () => {
    expect(raceOfCounters(1000, 1).readModifyWrite).toBe(1000);
  });

  it('get lost where several clients read, add and write, more with more clients', () => {
    for (const seed of [1, 2, 3]) {
      const [two, ten, fifty] = [2, 10, 50].map(
        (clients) => raceOfCounters(1000, clients, seed).readModifyWrite,
      );
      expect(two).toBeLessThan(1000);
      expect(ten).toBeLessThan(two!);
      expect(fifty).toBeLessThan(ten!);
    }
  });

  it('come out the same in every build', () => {
    expect(raceOfCounters(200, 10)).toEqual(raceOfCounters(200, 10));
  });
});

const MODES: readonly PersistenceMode[] = [
  { name: 'none', rdb: false },
  { name: 'rdb', rdb: true },
  { name: 'aof', rdb: false, aof: 'everysec' },
  { name: 'both', rdb: true, aof: 'everysec' },
  { name: 'always', rdb: false, aof: 'always' },
];
const WRITES = [
  { key: 'order:1', age: '90 min' },
  { key: 'order:2', age: '10 min' },
  { key: 'order:3', age: '1.5 s' },
  { key: 'order:4', age: '200 ms' },
];

describe('a crash', () => {
  const kept = (kind: 'power' | 'process') =>
    Object.fromEntries(
      MODES.map((mode) => [
        mode.name,
        crashUnder(mode, WRITES, kind).survived.filter(Boolean).length,
      ]),
    );

  it('of the machine takes what was not on disk', () => {
    expect(kept('power')).toEqual({
      none: 0,
      rdb: 1,
      aof: 3,
      both: 3,
      always: 4,
    });
  });

  it('of the process alone takes nothing that the append-only file was given', () => {
    expect(kept('process')).toEqual({
      none: 0,
      rdb: 1,
      aof: 4,
      both: 4,
      always: 4,
    });
  });

  it('is followed by a start from the append-only file where there is one', () => {
    expect(MODES.map((mode) => crashUnder(mode, WRITES, 'power').loadedFrom)).toEqual([
      'nothing',
      'rdb',
      'aof',
      'aof',
      'aof',
    ]);
  });

  it('refuses writes that are not in order, and an age that is none', () => {
    const [old, , late] = WRITES;
    expect(() => crashUnder(MODES[0]!, [late!, old!], 'power')).toThrow('Begin with the oldest');
    expect(() => crashUnder(MODES[0]!, [{ key: 'a', age: 'long' }], 'power')).toThrow(
      'the age "long" of a is none. Write a number and ms, s, min or h',
    );
  });
});

it('a Redis of the build refuses a wrong command by name', () => {
  expect(() => new VirtualRedis(Math.random).run('INCR')).toThrow(
    "INCR: ERR wrong number of arguments for 'incr' command",
  );
});
