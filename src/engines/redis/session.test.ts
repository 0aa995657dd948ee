import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { openPublished } from '../../running/runner/assets/published.ts';
import type { Assets, Database, Output, RunSummary } from '../engine.ts';
import { COMMAND_ROWS } from './core/command-data.ts';
import { engine } from './index.ts';

const NO_ASSETS: Assets = {
  bytes: () => Promise.reject(new Error('the emulator needs no files')),
  module: () => Promise.reject(new Error('the emulator needs no files')),
};

/** From its sources, and as the site ships it: the list holds for both. */
const OPENED = {
  'from its sources': () => engine.open(NO_ASSETS),
  'as it is published': () => openPublished(process.cwd(), 'redis'),
};

/** The transcript as a terminal shows it. */
async function played(
  database: Database,
  ...files: string[]
): Promise<{ text: string; summary: RunSummary }> {
  const lines: string[] = [];
  const summary = await database.run(
    { files: files.map((code, i) => ({ name: ['ann', 'bob', 'eve'][i]!, code })) },
    (output: Output) => {
      if (output.kind === 'transcript') {
        const who = output.client === '' ? '' : `${output.client}: `;
        if (output.prompt !== '') lines.push(who + output.prompt + output.input);
        if (output.reply !== '') lines.push(...output.reply.split('\n').map((line) => who + line));
      } else if (output.kind === 'text') lines.push(output.text);
      else if (output.kind === 'limit') lines.push(output.message);
    },
  );
  return { text: lines.join('\n'), summary };
}

describe.each(Object.entries(OPENED))('a Redis script, %s', (_how, start) => {
  let opened: Database[] = [];
  const open = async (): Promise<Database> => {
    const database = await start();
    opened.push(database);
    return database;
  };
  afterEach(async () => {
    await Promise.all(opened.map((database) => database.close()));
    opened = [];
  });
  const play = async (...files: string[]): ReturnType<typeof played> =>
    played(await open(), ...files);

  it('has programs of Lua in it, whose quotes end on a later line', async () => {
    const code = [
      'SET stock 5',
      'eval "',
      "  local n = redis.call('DECR', KEYS[1])",
      '  # is no comment here, but an error in Lua',
      '  return n" 1 stock',
      "EVAL \"local n = redis.call('DECR', KEYS[1])",
      '',
      "  if n < 0 then return redis.error_reply('SOLD out') end",
      '  return n" 1 stock',
      'GET stock',
    ].join('\n');
    const { text, summary } = await played(await open(), code);
    expect(text).toBe(
      [
        '127.0.0.1:6379> SET stock 5',
        'OK',
        '127.0.0.1:6379> eval "',
        "  local n = redis.call('DECR', KEYS[1])",
        '  # is no comment here, but an error in Lua',
        '  return n" 1 stock',
        "(error) ERR Error compiling script (new function): user_script:3: unexpected symbol near '#'",
        "127.0.0.1:6379> EVAL \"local n = redis.call('DECR', KEYS[1])",
        '',
        "  if n < 0 then return redis.error_reply('SOLD out') end",
        '  return n" 1 stock',
        '(integer) 4',
        '127.0.0.1:6379> GET stock',
        '"4"',
      ].join('\n'),
    );
    expect(summary).toMatchObject({ statements: 4, errors: 1 });
  });

  it('takes a quote that nothing ends for what redis-cli takes it for', async () => {
    const code = 'EVAL "return 1 0\nSET name O\'Brien\nGET name';
    expect((await played(await open(), code)).text).toBe(
      [
        '127.0.0.1:6379> EVAL "return 1 0',
        'Invalid argument(s)',
        "127.0.0.1:6379> SET name O'Brien",
        'Invalid argument(s)',
        '127.0.0.1:6379> GET name',
        '(nil)',
      ].join('\n'),
    );
  });

  it('prints what a redis-cli session prints, errors included, and goes on after them', async () => {
    const { text, summary } = await play(
      '# a counter\nSET visits 10\n\nINCR visits\nLPUSH visits x\nGET "visits\nSELECT 2\nMULTI\nINCR n\nEXEC',
    );
    expect(text).toBe(
      [
        '127.0.0.1:6379> SET visits 10',
        'OK',
        '127.0.0.1:6379> INCR visits',
        '(integer) 11',
        '127.0.0.1:6379> LPUSH visits x',
        '(error) WRONGTYPE Operation against a key holding the wrong kind of value',
        '127.0.0.1:6379> GET "visits',
        'Invalid argument(s)',
        '127.0.0.1:6379> SELECT 2',
        'OK',
        '127.0.0.1:6379[2]> MULTI',
        'OK',
        '127.0.0.1:6379[2](TX)> INCR n',
        'QUEUED',
        '127.0.0.1:6379[2](TX)> EXEC',
        '1) (integer) 1',
      ].join('\n'),
    );
    expect(summary).toMatchObject({ statements: 8, errors: 2 });
  });

  it('repeats what a number stands before, leaves and connects anew, as redis-cli does', async () => {
    const { text, summary } = await play(
      '3 INCR n\n0 INCR n\n2 BLPOP jobs 1\nMULTI\nexit\nINCR n\nSELECT 1\nconnect 127.0.0.1 6379\nconnect 10.0.0.1 6379\nGET n',
    );
    expect(text).toBe(
      [
        '127.0.0.1:6379> 3 INCR n',
        '(integer) 1\n(integer) 2\n(integer) 3',
        '127.0.0.1:6379> 0 INCR n',
        'Invalid redis-cli repeat command option value.',
        '127.0.0.1:6379> 2 BLPOP jobs 1',
        '(the client waits: 1 of 2 times are left out)',
        '(nil)\n(1.00s)',
        '127.0.0.1:6379> MULTI',
        'OK',
        '127.0.0.1:6379(TX)> exit',
        '(redis-cli ends; the next line starts another)',
        '127.0.0.1:6379> INCR n',
        '(integer) 4',
        '127.0.0.1:6379> SELECT 1',
        'OK',
        '127.0.0.1:6379[1]> connect 127.0.0.1 6379',
        '127.0.0.1:6379> connect 10.0.0.1 6379',
        'Could not connect to Redis at 10.0.0.1:6379: there is one server here, 127.0.0.1:6379',
        '127.0.0.1:6379> GET n',
        '"4"',
      ].join('\n'),
    );
    expect(summary.errors).toBe(2);
  });

  it('says what is wrong with a line that was copied, prompt and wide spaces and all', async () => {
    const { text } = await play(
      'redis> GET b\n127.0.0.1:6379[2]> GET b\nGET\u00a0b\nGET redis>\nSET b "1\u00a02"',
    );
    const hints = text.split('\n').filter((line) => line.startsWith('(a '));
    expect(hints).toEqual([
      '(a prompt stands before the command: leave it out)',
      '(a prompt stands before the command: leave it out)',
      '(a no-break space stands in the line: type a plain one in its place)',
    ]);
  });

  it('lets nobody wait for the clock', async () => {
    const { text } = await play(
      'SET session:1 ann EX 60\nTTL session:1\nwait 59s\nTTL session:1\nwait 1001ms\nGET session:1',
    );
    expect(text.split('\n').slice(2)).toEqual([
      '127.0.0.1:6379> TTL session:1',
      '(integer) 60',
      '(59s pass)',
      '127.0.0.1:6379> TTL session:1',
      '(integer) 1',
      '(1001ms pass)',
      '127.0.0.1:6379> GET session:1',
      '(nil)',
    ]);
  });

  it('interleaves several clients, and late answers say whose they are', async () => {
    const { text } = await play(
      '@client worker\nBRPOP jobs 0\n@client web\nLPUSH jobs mail:1\n@client worker\nLLEN jobs',
    );
    expect(text).toBe(
      [
        'worker: 127.0.0.1:6379> BRPOP jobs 0',
        'web: 127.0.0.1:6379> LPUSH jobs mail:1',
        'web: (integer) 1',
        'worker: 1) "jobs"',
        'worker: 2) "mail:1"',
        'worker: 127.0.0.1:6379> LLEN jobs',
        'worker: (integer) 0',
      ].join('\n'),
    );
  });

  it('gives several files turns, divided by dashes', async () => {
    const { text } = await play(
      'SUBSCRIBE news\n---\n',
      'PUBLISH news early\n---\nPUBLISH news late',
    );
    expect(text).toBe(
      [
        'ann: 127.0.0.1:6379> SUBSCRIBE news',
        'ann: Reading messages... (press Ctrl-C to quit)',
        'ann: 1) "subscribe"',
        'ann: 2) "news"',
        'ann: 3) (integer) 1',
        'bob: 127.0.0.1:6379> PUBLISH news early',
        'bob: (integer) 1',
        'ann: 1) "message"',
        'ann: 2) "news"',
        'ann: 3) "early"',
        'bob: 127.0.0.1:6379> PUBLISH news late',
        'bob: (integer) 1',
        'ann: 1) "message"',
        'ann: 2) "news"',
        'ann: 3) "late"',
      ].join('\n'),
    );
  });

  it('shows how long a client waited in vain, and who waits for ever', async () => {
    const { text } = await play('BLPOP jobs 2\nBLPOP jobs 0\nPING');
    expect(text).toBe(
      [
        '127.0.0.1:6379> BLPOP jobs 2',
        '(nil)',
        '(2.00s)',
        '127.0.0.1:6379> BLPOP jobs 0',
        '(still waiting when the script ended; 1 more line was not typed)',
      ].join('\n'),
    );
  });

  it('opens a killed connection again for the lines it has left', async () => {
    const { text } = await play(
      '@client a\nBLPOP q 0\nPING\n@client b\nCLIENT KILL TYPE normal\n@client a\nPING',
    );
    expect(text.split('\n')).toEqual([
      'a: 127.0.0.1:6379> BLPOP q 0',
      'b: 127.0.0.1:6379> CLIENT KILL TYPE normal',
      'b: (integer) 1',
      'a: 127.0.0.1:6379> PING',
      'a: PONG',
      'a: 127.0.0.1:6379> PING',
      'a: PONG',
    ]);
  });

  it('shows one client what MONITOR sees of another', async () => {
    const { text } = await play('@client ops\nMONITOR\n@client web\nSET a 1');
    expect(text.split('\n').at(-1)).toBe('ops: 1767268800.000000 [0 127.0.0.1:0] "SET" "a" "1"');
  });

  it('crashes, and tells what was loaded again', async () => {
    const { text } = await play(
      'CONFIG SET appendonly yes\nSET a 1\nwait 1s\nSET b 1\ncrash\nMGET a b\nCONFIG SET appendonly no save ""\nrestart',
    );
    expect(text).toContain(
      '(Power failure; the server starts again: 1 key loaded from the append-only file)',
    );
    expect(text).toContain('1) "1"\n2) (nil)');
    expect(text).toMatch(/stopped and started again: there was nothing to load\)$/);
  });

  it('starts from its dataset, and refuses a dataset that fails', async () => {
    const database = await open();
    await database.reset({ name: 'shop.redis', code: 'HSET product:1 name Lamp price 20' });
    const replies: string[] = [];
    await database.run({ files: [{ name: 'main', code: 'HGET product:1 name' }] }, (output) => {
      if (output.kind === 'transcript') replies.push(output.reply);
    });
    expect(replies).toEqual(['"Lamp"']);
    await expect(database.reset({ name: 'bad.redis', code: 'SET a 1\nINCR a b' })).rejects.toThrow(
      "bad.redis, line 2: (error) ERR wrong number of arguments for 'incr' command",
    );
  });

  it('holds and prints what a browser has room for, whatever is set', async () => {
    const { text, summary } = await play(
      [
        'CONFIG SET proto-max-bulk-len 1gb',
        'SETRANGE big 500000000 x',
        ...Array.from({ length: 20 }, (_, n) => `SETRANGE k:${n} 4000000 x`),
        `MGET ${'k:0 '.repeat(10_000)}`,
      ].join('\n'),
    );
    expect(text).toContain('this emulator has no room for longer strings than 4194304 bytes');
    expect(text).toContain('ERR string exceeds maximum allowed size');
    expect(text).toContain('this emulator has no room for more than 32 MB of keys and values');
    expect(summary.statements).toBe(23);
    expect(text.length).toBeLessThan(300_000);
  });

  it('leaps over any number of keys that expire one after another', async () => {
    const keys = Array.from({ length: 20_000 }, (_, n) => `SET s:${n} 1 PX ${100 + n}`);
    const database = await open();
    const outputs: Output[] = [];
    const files = [{ name: 'main', code: [...keys, 'wait 10h', 'DBSIZE'].join('\n') }];
    const limits = { rows: 0, outputs: 30_000, characters: 10_000_000 };
    await database.run({ files }, (output) => outputs.push(output), limits);
    expect(outputs.at(-1)).toMatchObject({ input: 'DBSIZE', reply: '(integer) 0' });
  });

  it('prints no more than it is allowed to', async () => {
    const database = await open();
    const kinds: string[] = [];
    const code = 'PING\n'.repeat(10);
    await database.run({ files: [{ name: 'main', code }] }, (output) => kinds.push(output.kind), {
      rows: 10,
      outputs: 3,
      characters: 1000,
    });
    expect(kinds).toEqual(['transcript', 'transcript', 'transcript', 'limit']);
  });

  it('plays the README’s example', async () => {
    const readme = readFileSync('src/engines/redis/README.md', 'utf8');
    const [, script, shown] = /```redis\n([\s\S]*?)```\n+```text\n([\s\S]*?)```/.exec(readme)!;
    expect(`${(await play(script!)).text}\n`).toBe(shown);
  });
});

describe('every command of Redis, as it is published,', () => {
  /** What it is called with: too little, what fits, too much. */
  const ARGUMENTS = [
    '',
    'k',
    'k 1',
    'k 1 2',
    'k a 1 b',
    '1 k',
    '1 k 2 WITHSCORES',
    'l 0 -1',
    'h f',
    's z',
  ];
  const FILL = 'SET k 5\nRPUSH l a b c\nHSET h f 1\nSADD s x y\nZADD z 1 a 2 b';

  it('answers what it does from its sources', async () => {
    const names = COMMAND_ROWS.map(([name]) => name.replace('|', ' '));
    expect(names.length).toBeGreaterThan(200);
    const [source, published] = await Promise.all(Object.values(OPENED).map((open) => open()));
    for (const name of names) {
      const script = ARGUMENTS.map((some) => `FLUSHALL\n${FILL}\n@client one\n${name} ${some}`);
      const [expected, found] = await Promise.all(
        [source!, published!].map(async (database) => {
          await database.reset(null);
          return played(database, script.join('\n@client other\n'));
        }),
      );
      expect.soft(found!.text, name).toBe(expected!.text);
    }
    await source!.close();
    await published!.close();
  });
});
