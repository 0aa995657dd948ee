import { describe, expect, it } from 'vitest';
import { LimitedOutput } from '../../limits.ts';
import { RedisSession } from '../session.ts';
import { bench } from '../testing.ts';

/** What a client is told that listens to all keys, a line each. */
function listening(classes: string) {
  const b = bench();
  b.run(`CONFIG SET notify-keyspace-events ${classes}`);
  const listener = b.connect();
  b.run('PSUBSCRIBE __key*', listener);
  b.messages(listener);
  const heard = (): string[] =>
    b.messages(listener).map((message) =>
      [...message.matchAll(/"([^"]*)"/g)]
        .slice(2)
        .map(([, word]) => word)
        .join(' '),
    );
  return { ...b, heard };
}

describe('keyspace notifications', () => {
  it('tell of a key what happened, and of what happens to which key', () => {
    const { run, heard } = listening('KEA');
    run('SET greeting hello');
    expect(heard()).toEqual(['__keyspace@0__:greeting set', '__keyevent@0__:set greeting']);
    run('SELECT 3');
    run('SET session 1 EX 60');
    expect(heard()).toEqual([
      '__keyspace@3__:session set',
      '__keyevent@3__:set session',
      '__keyspace@3__:session expire',
      '__keyevent@3__:expire session',
    ]);
  });

  it('tell nothing unless they are asked for, and then only the classes that were named', () => {
    const silent = listening('""');
    silent.run('SET a 1');
    expect(silent.heard()).toEqual([]);
    const half = listening('A');
    half.run('SET a 1');
    expect(half.heard()).toEqual([]);
    const { run, heard } = listening('Elg');
    run('SET a 1');
    run('RPUSH jobs 1');
    run('LPOP jobs');
    expect(heard()).toEqual([
      '__keyevent@0__:rpush jobs',
      '__keyevent@0__:lpop jobs',
      '__keyevent@0__:del jobs',
    ]);
  });

  it('have a canonical form, and no other classes', () => {
    const { run } = bench();
    const get = (): string => /2\) "(.*)"/.exec(run('CONFIG GET notify-keyspace-events'))![1]!;
    // As redis-server 7.0 says them.
    for (const [given, said] of [
      ['KEA', 'AKE'],
      ['KExe', 'xeKE'],
      ['lshK', 'lshK'],
      ['Kgn', 'gnK'],
      ['gKEAm', 'AKEm'],
      ['KEmn', 'nKEm'],
      ['$lshzxetdg', 'A'],
      ['""', ''],
    ] as const) {
      expect(run(`CONFIG SET notify-keyspace-events ${given}`)).toBe('OK');
      expect(get()).toBe(said);
    }
    run('CONFIG SET notify-keyspace-events KEl');
    expect(run('CONFIG SET notify-keyspace-events Kq')).toBe(
      "(error) ERR CONFIG SET failed (possibly related to argument 'notify-keyspace-events') - Invalid event class character. Use 'Ag$lshzxeKEtmdn'.",
    );
    expect(get()).toBe('lKE');
  });

  it('tell of a key that expires when it does, and of one that is evicted', () => {
    const { run, wait, heard } = listening('Exe');
    run('SET late 1 PX 900');
    run('SET soon 1 PX 300');
    wait(299);
    expect(heard()).toEqual([]);
    wait(1000);
    expect(heard()).toEqual(['__keyevent@0__:expired soon', '__keyevent@0__:expired late']);
    run('SET first 1');
    run('CONFIG SET maxmemory-policy allkeys-lru');
    run('CONFIG SET maxmemory 1');
    run('SET second 1');
    expect(heard()).toEqual(['__keyevent@0__:evicted first']);
  });

  it('come in a leap of the clock at their time, between whatever else happens in it', () => {
    const session = new RedisSession();
    const printed: string[] = [];
    const output = new LimitedOutput(
      (one) =>
        one.kind === 'transcript' && one.input === '' && printed.push(`${one.client} ${one.reply}`),
      { rows: Infinity, outputs: Infinity, characters: Infinity },
    );
    const code = `@client server
      CONFIG SET notify-keyspace-events Ex
      SET second 1 PX 3000
      SET first 1 PX 1000
      @client listener
      SUBSCRIBE __keyevent@0__:expired
      @client waiting
      BLPOP jobs 2
      @client server
      wait 10s`;
    session.run({ files: [{ name: 'server', code }] }, output);
    expect(printed.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      'listener 1) "message" 2) "__keyevent@0__:expired" 3) "first"',
      'waiting (nil) (2.00s)',
      'listener 1) "message" 2) "__keyevent@0__:expired" 3) "second"',
    ]);
  });
});
