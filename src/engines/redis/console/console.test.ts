import { describe, expect, it } from 'vitest';
import { MODE_NAMES, type ModeName } from './messages.ts';
import { stage } from './testing.ts';

/** 1 January 2026, 12:00 UTC. */
const START = Date.UTC(2026, 0, 1, 12);

describe('a prompt', () => {
  it('answers as redis-cli does', async () => {
    const { open, type } = await stage();
    const client = await open();
    expect(await type(client, 'ZADD board 1500 ann 2300 bob')).toBe('(integer) 2');
    expect(await type(client, 'zrange board 0 -1 rev withscores')).toBe(
      '1) "bob"\n2) "2300"\n3) "ann"\n4) "1500"',
    );
    expect(await type(client, 'GET board')).toMatch(/^\(error\) WRONGTYPE/);
    expect(await type(client, 'GET "board')).toMatch(
      /^Invalid argument\(s\)\nA quote is not closed/,
    );
    expect(await type(client, '   ')).toBe('');
  });

  it('says where it is: database, transaction, subscription, waiting, closed', async () => {
    const { ask, open, type, about } = await stage();
    const client = await open();
    const prompts = [];
    for (const line of [
      'SELECT 2',
      'MULTI',
      'DISCARD',
      'SUBSCRIBE a',
      'UNSUBSCRIBE',
      'BRPOP q 0',
    ]) {
      await type(client, line);
      prompts.push(about(client).prompt);
    }
    expect(prompts).toEqual([
      '127.0.0.1:6379[2]>',
      '127.0.0.1:6379[2](TX)>',
      '127.0.0.1:6379[2]>',
      '127.0.0.1:6379[2](subscribed mode)>',
      '127.0.0.1:6379[2]>',
      '(waiting)',
    ]);
    await ask({ type: 'interrupt', client });
    expect(about(client)).toEqual({
      number: client,
      prompt: '127.0.0.1:6379>',
      waiting: false,
      interruptible: false,
    });
    await type(client, 'QUIT');
    expect(about(client).prompt).toBe('not connected>');
    expect(await type(client, 'PING')).toBe('PONG');
  });

  it('helps in the words of redis-cli', async () => {
    const { open, type } = await stage();
    const client = await open();
    expect(await type(client, 'help zadd')).toContain('  group: sorted-set');
    expect(await type(client, 'HELP @transactions')).toContain('  EXEC');
    expect(await type(client, 'help client setname')).toContain('CLIENT SETNAME connection-name');
    expect(await type(client, 'help fetch')).toBe('There is no command FETCH here.');
    expect(await type(client, 'help @nothing')).toContain('@sorted-set');
  });

  it('survives that everybody is killed, itself included', async () => {
    const { open, type, log } = await stage();
    const [one, two] = [await open(), await open()];
    expect(await type(one, 'CLIENT KILL TYPE normal SKIPME no')).toContain('(integer) 2');
    expect(log(two)).toBe('Error: Server closed the connection');
    expect(await type(one, 'PING')).toBe('PONG');
    expect(await type(two, 'PING')).toBe('PONG');
  });

  it('runs lines one after another, repeats them if asked to, and clears its log', async () => {
    const { open, typeAll } = await stage();
    const said = await typeAll(await open(), ['SELECT 1', 'CLEAR', 'MULTI', 'INCR n']);
    const cleared = said.findIndex(({ kind }) => kind === 'clear');
    expect(
      said.slice(cleared).map(({ kind, prompt, text }) => [kind, `${prompt} ${text}`.trim()]),
    ).toEqual([
      ['clear', ''],
      ['echo', '127.0.0.1:6379[1]> MULTI'],
      ['reply', 'OK'],
      ['echo', '127.0.0.1:6379[1](TX)> INCR n'],
      ['reply', 'QUEUED'],
    ]);
  });

  it('repeats what a number stands before, leaves, and connects anew', async () => {
    const { open, type, about } = await stage();
    const client = await open();
    expect(await type(client, '2 INCR n')).toBe('(integer) 1\n(integer) 2');
    expect(await type(client, '99999 INCR n')).toBe(
      'A line is repeated 10,000 times at most here.',
    );
    await type(client, 'MULTI');
    expect(await type(client, 'exit')).toBe(
      'redis-cli ends here. The next command starts another.',
    );
    expect(about(client).prompt).toBe('not connected>');
    expect(await type(client, 'GET n')).toBe('"2"');
    await type(client, 'SELECT 3');
    await type(client, 'connect localhost 6379');
    expect(about(client).prompt).toBe('127.0.0.1:6379>');
    expect(await type(client, 'connect redis.example 6379')).toContain('there is one server here');
    expect(await type(client, 'GET\u00a0n')).toContain('a no-break space stands in the line');
  });

  it('types no further line while it waits for an answer', async () => {
    const { ask, open, type, typeAll } = await stage();
    const client = await open();
    const said = await typeAll(client, ['BRPOP jobs 0', 'GET a', 'GET b']);
    expect(said.map(({ text }) => text)).toEqual(['BRPOP jobs 0']);
    expect((await ask({ type: 'type', client, lines: ['GET a'], echo: true })).ran).toBe(0);
    await type(await open(), 'LPUSH jobs mail');
    expect((await ask({ type: 'type', client, lines: ['GET a'], echo: true })).ran).toBe(1);
  });
});

describe('the data that a reader begins with', () => {
  it('is there before the first client, which is still the first', async () => {
    const code = 'ZADD board 1 ann\n\n# a comment\nSET a "b c"';
    const { ask, open, type, state } = await stage({ name: 'board.redis', code });
    expect(state.keys.map(({ name }) => name)).toEqual(['a', 'board']);
    const client = await open();
    expect(await type(client, 'GET a')).toBe('"b c"');
    expect(await type(client, 'CLIENT GETNAME')).toBe('(nil)');
    await type(client, 'FLUSHALL');
    const begin = { dataset: { name: 'board.redis', code }, clients: [client, 3] };
    const again = await ask({ type: 'look' }, { begin });
    expect(again.state!.keyCount).toBe(2);
    expect(again.state!.clients.map(({ number }) => number)).toEqual([client, 3]);
  });
});

describe('several clients', () => {
  it('get messages as they are published', async () => {
    const { open, type, log } = await stage();
    const [publisher, first, second] = [await open(), await open(), await open()];
    await type(first, 'SUBSCRIBE news');
    expect(await type(publisher, 'PUBLISH news early')).toBe('(integer) 1');
    await type(second, 'PSUBSCRIBE n*');
    expect(await type(publisher, 'PUBLISH news late')).toBe('(integer) 2');
    expect(log(first)).toContain('3) "early"');
    expect(log(second)).not.toContain('early');
    expect(log(second)).toContain('4) "late"');
  });

  it('wait for each other, and say how long it took', async () => {
    const { open, type, log, about, pass } = await stage();
    const [worker, producer] = [await open(), await open()];
    await type(worker, 'BRPOP jobs 0');
    expect(about(worker).waiting).toBe(true);
    await pass(2500);
    await type(producer, 'LPUSH jobs mail');
    expect(log(worker)).toBe('1) "jobs"\n2) "mail"\n(2.50s)');
    await type(worker, 'BRPOP jobs 5');
    await pass(6000);
    expect(log(worker)).toMatch(/\(nil\)\n\(5\.00s\)$/);
  });

  it('come and go, and one that is gone is not spoken to', async () => {
    const { ask, open, type, log } = await stage();
    const [one, two] = [await open(), await open()];
    await type(two, 'SUBSCRIBE news');
    await ask({ type: 'close', client: two });
    expect(await type(one, 'PUBLISH news hi')).toBe('(integer) 0');
    expect(log(two)).not.toContain('"hi"');
    await expect(type(two, 'PING')).rejects.toThrow('there is no client 2');
  });
});

describe('the clock', () => {
  it('lets what is due happen in its order, however far it leaps', async () => {
    const { open, type, pass, persist, crash } = await stage();
    const client = await open();
    await persist('rdb');
    await type(client, 'SET session 1 EX 30');
    await type(client, 'SET kept 1');
    await pass(29_000);
    expect(await type(client, 'TTL session')).toBe('(integer) 1');
    await pass(3_600_000);
    expect(await type(client, 'GET session')).toBe('(nil)');
    const { rows } = await crash('power');
    expect(rows).toMatchObject([{ name: 'kept', fate: 'survived' }]);
  });

  it('moves by what has passed since the last question, and says when something is due', async () => {
    const redis = await stage();
    const client = await redis.open();
    expect(redis.state).toMatchObject({ now: START, next: null });
    await redis.persist('none');
    await redis.type(client, 'SET blink 1 PX 1500');
    expect(redis.state.next).toBe(1501);
    expect(redis.state.keys).toMatchObject([{ name: 'blink', ttl: 1500 }]);
    await redis.ask({ type: 'look' }, { passed: 1400 });
    expect(redis.state).toMatchObject({ now: START + 1400, next: 101, keys: [{ ttl: 100 }] });
    await redis.ask({ type: 'look' }, { passed: 101 });
    expect(redis.state).toMatchObject({ now: START + 1501, next: null, keys: [] });
  });

  it('leaps over any number of keys that expire one after another', async () => {
    const { open, type, typeAll, pass } = await stage();
    const client = await open();
    await typeAll(
      client,
      Array.from({ length: 20_000 }, (_, n) => `SET s:${n} 1 PX ${100 + n}`),
    );
    await pass(10_101);
    expect(await type(client, 'DBSIZE')).toBe('(integer) 9999');
    await pass(36_000_000);
    expect(await type(client, 'DBSIZE')).toBe('(integer) 0');
  });

  it('sleeps at most until the year 9999', async () => {
    const redis = await stage();
    await redis.type(await redis.open(), 'DEBUG SLEEP 1e18');
    expect(redis.state.now).toBe(Date.UTC(9999, 11, 31));
  });
});

describe('a crash', () => {
  /** What is left of a write that is as old as said. */
  async function left(mode: ModeName, age: number, kind: 'power' | 'process'): Promise<string> {
    const { open, type, pass, persist, crash } = await stage();
    const client = await open();
    await persist(mode);
    await type(client, 'SET a 1');
    await pass(age);
    return (await crash(kind)).rows[0]!.fate;
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
  ])('with %s, %i ms after the write, %s: %s', async (mode, age, kind, fate) => {
    expect(await left(mode, age, kind)).toBe(fate);
  });

  it('brings back older values and deleted keys, and says so', async () => {
    const { open, type, persist, crash } = await stage();
    const client = await open();
    await persist('none');
    for (const line of ['SET stock 5', 'SET gone 1', 'RPUSH list a', 'SAVE'])
      await type(client, line);
    for (const line of ['DECR stock', 'DEL gone', 'SET new 1']) await type(client, line);
    const { rows, count, source, summary } = await crash('power');
    expect(source).toBe('rdb');
    expect(count).toBe(4);
    expect(rows).toEqual([
      { name: 'gone', fate: 'back', before: null, after: '1' },
      { name: 'list', fate: 'survived', before: 'a', after: 'a' },
      { name: 'new', fate: 'lost', before: '1', after: null },
      { name: 'stock', fate: 'older', before: '4', after: '5' },
    ]);
    expect(summary).toBe(
      '1 key lost, 1 key back at an older value, 1 key that had been deleted there again; 1 key survived.',
    );
    expect(await type(client, 'GET stock')).toBe('"5"');
  });

  it('sees a difference far inside a long value', async () => {
    const { open, type, crash } = await stage();
    const client = await open();
    await type(client, `RPUSH long ${Array.from({ length: 100 }, (_, n) => n).join(' ')}`);
    await type(client, 'SAVE');
    await type(client, 'LSET long 70 changed');
    expect((await crash('power')).rows).toMatchObject([{ fate: 'older' }]);
  });

  it('ends what clients waited for and listened to', async () => {
    const { open, type, log, crash } = await stage();
    const [one, two] = [await open(), await open()];
    await type(two, 'SUBSCRIBE news');
    await crash('power');
    expect(await type(one, 'PUBLISH news hi')).toBe('(integer) 0');
    expect(log(two)).toMatch(/The power failed\. The server started again: new connection\.$/);
  });

  it('is followed by a new beginning if the reader wants one', async () => {
    const redis = await stage();
    const client = await redis.open();
    await redis.type(client, 'SET a 1');
    await redis.pass(5000);
    await redis.ask({ type: 'look' }, { begin: { dataset: null, clients: [client] } });
    expect(redis.state.now).toBe(START);
    expect(await redis.type(client, 'DBSIZE')).toBe('(integer) 0');
  });
});

describe('the persistence switch', () => {
  it('shows every mode that it sets, and what was typed instead', async () => {
    const redis = await stage();
    const client = await redis.open();
    expect(redis.state.mode).toBe('rdb');
    for (const name of MODE_NAMES) {
      await redis.persist(name);
      expect(redis.state.mode).toBe(name);
    }
    await redis.type(client, 'CONFIG SET save "900 1"');
    expect(redis.state.mode).toBeNull();
    await redis.type(client, 'CONFIG SET save "" appendfsync always');
    expect(redis.state.mode).toBe('aof-always');
  });
});

describe('what a line may go on with', () => {
  async function offered(text: string, before: string[] = []): Promise<string[]> {
    const { ask, open, type } = await stage();
    const client = await open();
    for (const each of before) await type(client, each);
    const { assistance } = await ask({ type: 'assist', client, text, caret: text.length });
    return (assistance!.completion?.suggestions ?? []).map((each) => each.text.trim());
  }

  it('is commands, the short ones first, and subcommands', async () => {
    expect((await offered('ge')).slice(0, 3)).toEqual(['GET', 'GETEX', 'GEOADD']);
    expect(await offered('client se')).toEqual(['SETNAME']);
    expect(await offered('config ')).toContain('SET');
    expect(await offered('help zad')).toEqual(['ZADD']);
    expect(await offered('')).toEqual([]);
    expect(await offered('nonsense wor')).toEqual([]);
  });

  it('is keys of the right type where a key stands', async () => {
    const data = ['SADD tags a', 'SET total 1', 'ZADD top 1 a', 'SET "two words" 1'];
    expect(await offered('GEOPOS ', data)).toEqual(['top']);
    expect(await offered('PFCOUNT ', data)).toEqual(['total']);
    expect(await offered('SMEMBERS ', data)).toEqual(['tags']);
    expect(await offered('get t', data)).toEqual(['total']);
    expect(await offered('DEL tags t', data)).toEqual(['tags', 'top', 'total']);
    expect(await offered('SET total ', data)).toEqual([]);
    expect(await offered('GET à', ['SET à 1', 'SET b 1'])).toEqual([]);
    expect(await offered('GET ', ['SET à 1'])).toEqual(['à']);
  });

  it('is the options of a command once it has all it needs, or when one is begun', async () => {
    expect(await offered('ZRANGE board 0 -1 ')).toEqual(
      expect.arrayContaining(['REV', 'WITHSCORES', 'LIMIT']),
    );
    expect(await offered('ZRANGE board 0 -1 REV ')).not.toContain('REV');
    expect(await offered('SET a 1 E')).toEqual(['EX', 'EXAT']);
    expect(await offered('SET a "NX')).toEqual([]);
  });

  it('comes with what the command takes, and changes nothing', async () => {
    const { ask, open, type } = await stage();
    const client = await open();
    await type(client, 'SET token 1');
    const text = 'GET to';
    const { assistance, state } = await ask({ type: 'assist', client, text, caret: 6 });
    expect(assistance).toEqual({
      completion: { from: 4, suggestions: [{ text: 'token ', label: 'token', detail: 'string' }] },
      hint: { syntax: 'GET key', summary: 'Get the value of a key' },
    });
    expect(state).toBeNull();
  });
});
