import { describe, expect, it } from 'vitest';
import { bench } from '../testing.ts';

/** What redis-server 7.0.15 answers. */
describe('when and how often a key is used', () => {
  it('is told in whole seconds of both times', () => {
    const { run, wait } = bench();
    wait(900);
    run('SET k v');
    wait(100);
    expect(run('OBJECT IDLETIME k')).toBe('(integer) 1');
    run('GET k');
    expect(run('OBJECT IDLETIME k')).toBe('(integer) 0');
  });

  it('is not changed by looking at its type, its time or whether it is there', () => {
    const { run, wait } = bench();
    run('SET k v');
    wait(5000);
    for (const line of ['EXISTS k', 'TYPE k', 'TTL k', 'OBJECT ENCODING k']) run(line);
    expect(run('OBJECT IDLETIME k')).toBe('(integer) 5');
    run('TOUCH k');
    expect(run('OBJECT IDLETIME k')).toBe('(integer) 0');
  });

  it('is counted from five, the first time surely, and one less with every minute', () => {
    const { run, wait } = bench();
    run('CONFIG SET maxmemory-policy allkeys-lfu');
    run('SET k v');
    expect(run('OBJECT FREQ k')).toBe('(integer) 5');
    run('GET k');
    expect(run('OBJECT FREQ k')).toBe('(integer) 6');
    // From then on by chance, which the test holds at 0.42.
    run('GET k');
    expect(run('OBJECT FREQ k')).toBe('(integer) 6');
    run('SET k w');
    expect(run('OBJECT FREQ k')).toBe('(integer) 6');
    wait(4 * 60_000);
    expect(run('OBJECT FREQ k')).toBe('(integer) 2');
  });
});
