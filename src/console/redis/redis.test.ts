import { describe, expect, it } from 'vitest';
import { completeLine } from './completion.ts';
import { sayDuration } from './duration.ts';
import { Emulation, START, type Console } from './emulation.ts';
import { summarize } from './losses.ts';
import { currentMode, MODES, setMode, type ModeName } from './modes.ts';

/** An emulation and what its clients' logs show. */
function stage() {
  const logs = new Map<Console, string[]>();
  const emulation = new Emulation({
    print(console, text) {
      const log = logs.get(console) ?? [];
      logs.set(console, log);
      log.push(text.trimEnd());
    },
    clear: (console) => logs.delete(console),
  });
  return {
    emulation,
    open: () => emulation.open(),
    /** What a line printed in its own log. */
    type(console: Console, line: string): string {
      const before = logs.get(console)?.length ?? 0;
      emulation.type(console, line);
      return (logs.get(console) ?? []).slice(before).join('\n');
    },
    log: (console: Console) => (logs.get(console) ?? []).join('\n'),
  };
}

describe('a prompt', () => {
  it('answers as redis-cli does', () => {
    const { open, type } = stage();
    const client = open();
    expect(type(client, 'ZADD board 1500 ann 2300 bob')).toBe('(integer) 2');
    expect(type(client, 'zrange board 0 -1 rev withscores')).toBe(
      '1) "bob"\n2) "2300"\n3) "ann"\n4) "1500"',
    );
    expect(type(client, 'GET board')).toMatch(/^\(error\) WRONGTYPE/);
    expect(type(client, 'GET "board')).toMatch(/^Invalid argument\(s\)\nA quote is not closed/);
    expect(type(client, '   ')).toBe('');
  });

  it('says where it is: database, transaction, subscription, waiting, closed', () => {
    const { emulation, open, type } = stage();
    const client = open();
    const prompts = ['SELECT 2', 'MULTI', 'DISCARD', 'SUBSCRIBE a', 'UNSUBSCRIBE', 'BRPOP q 0'].map(
      (line) => {
        type(client, line);
        return emulation.prompt(client);
      },
    );
    expect(prompts).toEqual([
      '127.0.0.1:6379[2]>',
      '127.0.0.1:6379[2](TX)>',
      '127.0.0.1:6379[2]>',
      '127.0.0.1:6379[2](subscribed mode)>',
      '127.0.0.1:6379[2]>',
      '(waiting)',
    ]);
    emulation.interrupt(client);
    expect(emulation.prompt(client)).toBe('127.0.0.1:6379>');
    type(client, 'QUIT');
    expect(emulation.prompt(client)).toBe('not connected>');
    expect(type(client, 'PING')).toBe('PONG');
  });

  it('helps in the words of redis-cli', () => {
    const { open, type } = stage();
    const client = open();
    expect(type(client, 'help zadd')).toContain('  group: sorted-set');
    expect(type(client, 'HELP @transactions')).toContain('  EXEC');
    expect(type(client, 'help client setname')).toContain('CLIENT SETNAME connection-name');
    expect(type(client, 'help fetch')).toBe('There is no command FETCH here.');
    expect(type(client, 'help @nothing')).toContain('@sorted-set');
  });

  it('survives that everybody is killed, itself included', () => {
    const { open, type, log } = stage();
    const [one, two] = [open(), open()];
    expect(type(one, 'CLIENT KILL TYPE normal SKIPME no')).toContain('(integer) 2');
    expect(log(two)).toBe('Error: Server closed the connection');
    expect(type(one, 'PING')).toBe('PONG');
    expect(type(two, 'PING')).toBe('PONG');
  });

  it('refuses strings that a page has no room for', () => {
    const { open, type } = stage();
    expect(type(open(), 'SETRANGE k 500000000 x')).toMatch(/^\(error\) ERR string exceeds maximum/);
  });
});

describe('the data that a reader begins with', () => {
  it('is there before the first client, which is still the first', () => {
    const { emulation, open, type } = stage();
    emulation.fill(['ZADD board 1 ann', '', 'SET a "b c"']);
    const client = open();
    expect(client.name).toBe('Client 1');
    expect(type(client, 'GET a')).toBe('"b c"');
  });
});

describe('several clients', () => {
  it('get messages as they are published', () => {
    const { open, type, log } = stage();
    const [publisher, first, second] = [open(), open(), open()];
    type(first, 'SUBSCRIBE news');
    expect(type(publisher, 'PUBLISH news early')).toBe('(integer) 1');
    type(second, 'PSUBSCRIBE n*');
    expect(type(publisher, 'PUBLISH news late')).toBe('(integer) 2');
    expect(log(first)).toContain('3) "early"');
    expect(log(second)).not.toContain('early');
    expect(log(second)).toContain('4) "late"');
  });

  it('wait for each other, and say how long it took', () => {
    const { emulation, open, type, log } = stage();
    const [worker, producer] = [open(), open()];
    type(worker, 'BRPOP jobs 0');
    expect(emulation.isWaiting(worker)).toBe(true);
    emulation.pass(2500);
    type(producer, 'LPUSH jobs mail');
    expect(log(worker)).toBe('1) "jobs"\n2) "mail"\n(2.50s)');
    type(worker, 'BRPOP jobs 5');
    emulation.pass(6000);
    expect(log(worker)).toMatch(/\(nil\)\n\(5\.00s\)$/);
  });
});

describe('the clock', () => {
  it('lets what is due happen in its order, however far it leaps', () => {
    const { emulation, open, type } = stage();
    const client = open();
    setMode(emulation.server, 'rdb');
    type(client, 'SET session 1 EX 30');
    type(client, 'SET kept 1');
    emulation.pass(29_000);
    expect(type(client, 'TTL session')).toBe('(integer) 1');
    emulation.pass(3_600_000);
    expect(type(client, 'GET session')).toBe('(nil)');
    const { fates } = emulation.crash('power');
    expect(fates).toMatchObject([{ key: 'kept', fate: 'survived' }]);
  });

  it.each([
    [0, '0 s'],
    [1, '1 s'],
    [59_001, '1 min'],
    [90_000, '1 min 30 s'],
    [3_600_000, '1 h'],
    [183_845_000, '2 d 3 h'],
  ])('says %i milliseconds as %s', (milliseconds, words) => {
    expect(sayDuration(milliseconds)).toBe(words);
  });
});

describe('a crash', () => {
  /** What is left of a write that is as old as said. */
  function left(mode: ModeName, age: number, kind: 'power' | 'process'): string {
    const { emulation, open, type } = stage();
    const client = open();
    setMode(emulation.server, mode);
    type(client, 'SET a 1');
    emulation.pass(age);
    return emulation.crash(kind).fates[0]!.fate;
  }

  it.each<[ModeName, number, 'power' | 'process', string]>([
    ['none', 86_400_000, 'process', 'lost'],
    ['rdb', 3_599_000, 'power', 'lost'],
    ['rdb', 3_601_000, 'power', 'survived'],
    ['aof-always', 0, 'power', 'survived'],
    ['aof-everysec', 900, 'power', 'lost'],
    ['aof-everysec', 900, 'process', 'survived'],
    ['aof-everysec', 1000, 'power', 'survived'],
    ['aof-no', 29_000, 'power', 'lost'],
    ['aof-no', 30_000, 'power', 'survived'],
    ['both', 1000, 'power', 'survived'],
  ])('with %s, %i ms after the write, %s: %s', (mode, age, kind, fate) => {
    expect(left(mode, age, kind)).toBe(fate);
  });

  it('brings back older values and deleted keys, and says so', () => {
    const { emulation, open, type } = stage();
    const client = open();
    setMode(emulation.server, 'none');
    for (const line of ['SET stock 5', 'SET gone 1', 'RPUSH list a', 'SAVE']) type(client, line);
    for (const line of ['DECR stock', 'DEL gone', 'SET new 1']) type(client, line);
    const { fates, source } = emulation.crash('power');
    expect(source).toBe('rdb');
    expect(fates.map(({ key, fate }) => [key, fate])).toEqual([
      ['gone', 'back'],
      ['list', 'survived'],
      ['new', 'lost'],
      ['stock', 'older'],
    ]);
    expect(summarize(fates)).toBe(
      '1 key lost, 1 key back at an older value, 1 key that had been deleted there again; 1 key survived.',
    );
    expect(type(client, 'GET stock')).toBe('"5"');
  });

  it('sees a difference far inside a long value', () => {
    const { emulation, open, type } = stage();
    const client = open();
    type(client, `RPUSH long ${Array.from({ length: 100 }, (_, n) => n).join(' ')}`);
    type(client, 'SAVE');
    type(client, 'LSET long 70 changed');
    expect(emulation.crash('power').fates).toMatchObject([{ fate: 'older' }]);
  });

  it('ends what clients waited for and listened to', () => {
    const { emulation, open, type, log } = stage();
    const [one, two] = [open(), open()];
    type(two, 'SUBSCRIBE news');
    emulation.crash('power');
    expect(type(one, 'PUBLISH news hi')).toBe('(integer) 0');
    expect(log(two)).toMatch(/The power failed\. The server started again: new connection\.$/);
  });

  it('is followed by a new beginning if the reader wants one', () => {
    const { emulation, open, type } = stage();
    const client = open();
    type(client, 'SET a 1');
    emulation.pass(5000);
    emulation.reset();
    expect(emulation.now).toBe(START);
    expect(type(client, 'DBSIZE')).toBe('(integer) 0');
  });
});

describe('the persistence switch', () => {
  it('shows every mode that it sets, and what was typed instead', () => {
    const { emulation, open, type } = stage();
    const client = open();
    expect(currentMode(emulation.server)?.name).toBe('rdb');
    for (const { name } of MODES) {
      setMode(emulation.server, name);
      expect(currentMode(emulation.server)?.name).toBe(name);
    }
    type(client, 'CONFIG SET save "900 1"');
    expect(currentMode(emulation.server)).toBeNull();
    type(client, 'CONFIG SET save "" appendfsync always');
    expect(currentMode(emulation.server)?.name).toBe('aof-always');
  });
});

describe('what a line may go on with', () => {
  function offered(line: string, before: string[] = []): string[] {
    const { emulation, open, type } = stage();
    const client = open();
    for (const each of before) type(client, each);
    const completion = completeLine(emulation.server, client.connection, line);
    return (completion?.suggestions ?? []).map(({ text }) => text.trim());
  }

  it('is commands, the short ones first, and subcommands', () => {
    expect(offered('ge').slice(0, 3)).toEqual(['GET', 'GETEX', 'GETBIT']);
    expect(offered('client se')).toEqual(['SETNAME']);
    expect(offered('config ')).toContain('SET');
    expect(offered('help zad')).toEqual(['ZADD']);
    expect(offered('')).toEqual([]);
    expect(offered('nonsense wor')).toEqual([]);
  });

  it('is keys of the right type where a key stands', () => {
    const data = ['SADD tags a', 'SET total 1', 'ZADD top 1 a', 'SET "two words" 1'];
    expect(offered('SMEMBERS ', data)).toEqual(['tags']);
    expect(offered('get t', data)).toEqual(['total']);
    expect(offered('DEL tags t', data)).toEqual(['tags', 'top', 'total']);
    expect(offered('SET total ', data)).toEqual([]);
  });

  it('is the options of a command once it has all it needs, or when one is begun', () => {
    expect(offered('ZRANGE board 0 -1 ')).toEqual(
      expect.arrayContaining(['REV', 'WITHSCORES', 'LIMIT']),
    );
    expect(offered('ZRANGE board 0 -1 REV ')).not.toContain('REV');
    expect(offered('SET a 1 E')).toEqual(['EX', 'EXAT']);
    expect(offered('SET a "NX')).toEqual([]);
  });
});
