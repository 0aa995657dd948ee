import { describe, expect, it } from 'vitest';
import { bench } from '../testing.ts';

describe('what survives', () => {
  const keys = (b: ReturnType<typeof bench>): string => b.run('KEYS *');

  it('nothing, without persistence', () => {
    const b = bench();
    b.run('CONFIG SET save ""');
    b.run('SET a 1');
    b.wait(7_200_000);
    expect(b.server.persistence.crash('power')).toBe('nothing');
    expect(keys(b)).toBe('(empty array)');
  });

  it('with the default save points: what was there an hour after the first change, not what came after', () => {
    const b = bench();
    b.run('SET a 1');
    b.wait(3_599_000);
    b.run('SET b 1');
    b.wait(1_001);
    b.run('SET c 1');
    expect(b.server.persistence.crash('process')).toBe('rdb');
    expect(b.run('MGET a b c')).toBe('1) "1"\n2) "1"\n3) (nil)');
  });

  it('saves after a minute when ten thousand keys have changed', () => {
    const b = bench();
    for (let i = 0; i < 10_000; i++) b.run(`SET k${i} v`);
    b.wait(60_001);
    b.server.persistence.crash('power');
    expect(b.run('DBSIZE')).toBe('(integer) 10000');
  });

  it('with appendfsync always: everything that was answered', () => {
    const b = bench();
    b.run('CONFIG SET appendonly yes appendfsync always');
    b.run('SET a 1');
    b.run('RPUSH l x y');
    expect(b.server.persistence.crash('power')).toBe('aof');
    expect(b.run('LRANGE l 0 -1')).toBe('1) "x"\n2) "y"');
  });

  it('with appendfsync everysec: all but about the last second of a power failure', () => {
    const b = bench();
    b.run('CONFIG SET appendonly yes');
    b.run('SET a 1');
    b.wait(1000);
    b.run('SET b 1');
    b.wait(900);
    b.server.persistence.crash('power');
    expect(keys(b)).toBe('1) "a"');
  });

  it('a killed process loses nothing that was written, only the machine can', () => {
    const b = bench();
    b.run('CONFIG SET appendonly yes appendfsync no');
    b.run('SET a 1');
    b.server.persistence.crash('process');
    expect(keys(b)).toBe('1) "a"');
    b.run('SET b 1');
    b.server.persistence.crash('power');
    expect(keys(b)).toBe('1) "a"');
  });

  it('deletions are durable like any write, in every database, FLUSHALL included', () => {
    const b = bench();
    b.run('CONFIG SET appendonly yes appendfsync always');
    b.run('SET a 1');
    b.run('SELECT 1');
    b.run('SET b 1');
    b.run('SWAPDB 0 1');
    b.server.persistence.crash('power');
    expect(keys(b)).toBe('1) "b"');
    b.run('FLUSHALL');
    b.server.persistence.crash('power');
    expect(keys(b)).toBe('(empty array)');
  });

  it('an orderly restart saves first, and what has expired meanwhile is not loaded', () => {
    const b = bench();
    b.run('SET a 1');
    b.run('SET b 1 PX 50');
    b.server.persistence.save();
    b.wait(100);
    expect(b.server.persistence.restart()).toBe('rdb');
    expect(keys(b)).toBe('1) "a"');
  });
});
