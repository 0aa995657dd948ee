import { describe, expect, it } from 'vitest';
import { CAGE } from '../core/cage.ts';
import {
  LONGEST_LINE,
  LONGEST_TEXT,
  MOST_CHARACTERS,
  MOST_CLIENTS,
  MOST_ENTRIES,
  MOST_LINES,
  MOST_ROWS,
  MOST_SUGGESTIONS,
} from './limits.ts';
import { stage } from './testing.ts';

const numbered = (length: number, line: (n: number) => string): string[] =>
  Array.from({ length }, (_, n) => line(n));

describe('the longest string', () => {
  it('is not lifted by any setting', async () => {
    const { open, type } = await stage();
    const client = await open();
    expect(await type(client, 'SETRANGE k 500000000 x')).toMatch(
      /^\(error\) ERR string exceeds maximum/,
    );
    expect(await type(client, 'CONFIG SET proto-max-bulk-len 1gb')).toBe(
      "(error) ERR CONFIG SET failed (possibly related to argument 'proto-max-bulk-len') - " +
        'this emulator has no room for longer strings than 4194304 bytes',
    );
    expect(await type(client, 'CONFIG GET proto-max-bulk-len')).toContain('"4194304"');
    for (const line of [
      'SETRANGE k 500000000 x',
      'SETBIT k 4000000000 1',
      'BITFIELD k SET u8 4000000000 1',
    ])
      expect(await type(client, line)).toMatch(/^\(error\) ERR/);
    expect(await type(client, 'DBSIZE')).toBe('(integer) 0');
  });

  it('may be set shorter, and back', async () => {
    const { open, type } = await stage();
    const client = await open();
    expect(await type(client, 'CONFIG SET proto-max-bulk-len 1mb')).toBe('OK');
    expect(await type(client, 'SETRANGE k 2000000 x')).toMatch(/^\(error\)/);
    expect(await type(client, 'CONFIG SET proto-max-bulk-len 4mb')).toBe('OK');
    expect(await type(client, 'SETRANGE k 2000000 x')).toBe('(integer) 2000001');
  });

  it('is looked at in short', async () => {
    const redis = await stage();
    const client = await redis.open();
    await redis.type(client, `SETRANGE k ${CAGE.longestString - 1} x`);
    expect(redis.state.keys[0]!.value.length).toBeLessThan(LONGEST_TEXT + 2);
    const printed = await redis.type(client, 'GET k');
    expect(printed.length).toBeLessThan(MOST_CHARACTERS + 100);
    expect(printed).toMatch(/\n\(the rest is not shown\)$/);
  });
});

describe('the memory of the keys', () => {
  const FULL = /^\(error\) ERR this emulator has no room for more than 32 MB/;

  it.each([
    ['one string after another', (n: number) => `SETRANGE k:${n} 4000000 x`],
    ['bits far out', (n: number) => `SETBIT k:${n} 32000000 1`],
    ['copies', (n: number) => (n === 0 ? 'SETRANGE k:0 4000000 x' : `COPY k:0 k:${n}`)],
  ])('ends: %s', async (_, line) => {
    const redis = await stage();
    const client = await redis.open();
    await redis.type(client, 'CONFIG SET maxmemory 0 maxmemory-policy noeviction');
    await redis.typeAll(client, numbered(100, line));
    expect(await redis.type(client, 'SET more 1')).toMatch(FULL);
    expect(redis.state.keyCount).toBeLessThan(12);
    expect(await redis.type(client, 'GET more')).toBe('(nil)');
  });

  it('ends inside a transaction too', async () => {
    const redis = await stage();
    const client = await redis.open();
    const writes = numbered(50, (n) => `SETRANGE k:${n} 4000000 x`);
    await redis.typeAll(client, ['MULTI', ...writes]);
    expect(await redis.type(client, 'EXEC')).toContain('no room for more than 32 MB');
    expect(redis.state.keyCount).toBeLessThan(12);
  });

  it('ends for many small elements as well', async () => {
    const redis = await stage();
    const client = await redis.open();
    const members = (n: number): string => numbered(1000, (m) => `member:${n}:${m}`).join(' ');
    await redis.typeAll(
      client,
      numbered(900, (n) => `SADD set:${n} ${members(n)}`),
    );
    expect(await redis.type(client, 'SADD set:0 more')).toMatch(FULL);
  }, 60_000);

  it('is there again after DEL, and after a crash that kept nothing', async () => {
    const redis = await stage();
    const client = await redis.open();
    const fill = numbered(12, (n) => `SETRANGE k:${n} 4000000 x`);
    await redis.persist('none');
    await redis.typeAll(client, fill);
    expect(await redis.type(client, 'SET more 1')).toMatch(FULL);
    await redis.type(client, 'DEL k:0 k:1');
    expect(await redis.type(client, 'SET more 1')).toBe('OK');
    await redis.typeAll(client, fill);
    expect(await redis.type(client, 'SET more 1')).toMatch(FULL);
    await redis.crash('power');
    expect(await redis.type(client, 'SET more 1')).toBe('OK');
  });
});

describe('what a command prints', () => {
  it('ends after 500 lines, and says how many are missing', async () => {
    const { open, type } = await stage();
    const client = await open();
    await type(client, `RPUSH long ${numbered(1700, (n) => `item-${n}`).join(' ')}`);
    const lines = (await type(client, 'LRANGE long 0 -1')).split('\n');
    expect(lines).toHaveLength(MOST_LINES + 1);
    expect(lines.at(-2)).toBe(' 500) "item-499"');
    expect(lines.at(-1)).toBe('(1,200 more lines are not shown)');
  });

  it('ends for a long string named a thousand times, and for a transaction of long lists', async () => {
    const redis = await stage();
    const { open, type } = redis;
    const client = await open();
    await type(client, 'SETRANGE k 4000000 x');
    const strings = await type(client, `MGET ${'k '.repeat(1000)}`);
    expect(strings.length).toBeLessThan(MOST_CHARACTERS + 100);
    await type(client, `RPUSH long ${numbered(100_000, String).join(' ')}`);
    await type(client, 'MULTI');
    await redis.typeAll(
      client,
      numbered(1000, () => 'LRANGE long 0 -1'),
    );
    expect(await type(client, 'EXEC')).toMatch(/more lines are not shown\)$/);
  });

  it('comes to the other clients as the end of a log, not as all of it', async () => {
    const redis = await stage();
    const { ask, open, type } = redis;
    const [one, two] = [await open(), await open()];
    await type(two, 'SUBSCRIBE news');
    await type(one, 'MULTI');
    await redis.typeAll(
      one,
      numbered(2000, (n) => `PUBLISH news ${n}`),
    );
    const { entries } = await ask({ type: 'type', client: one, lines: ['EXEC'], echo: false });
    const messages = entries.filter(({ client }) => client === two);
    expect(messages).toHaveLength(MOST_ENTRIES);
    expect(messages.at(-1)!.text).toContain('"1999"');
  });
});

describe('what is shown', () => {
  it('is the first keys and how many there are, however many and however long', async () => {
    const redis = await stage();
    const client = await redis.open();
    await redis.typeAll(
      client,
      numbered(3050, (n) => `SET key:${String(n).padStart(5, '0')} ${n}`),
    );
    await redis.type(client, `SET a${'a'.repeat(5000)} 1`);
    const { keys, keyCount } = redis.state;
    expect(keyCount).toBe(3051);
    expect(keys).toHaveLength(MOST_ROWS);
    expect(keys[0]!.name).toBe(`${'a'.repeat(LONGEST_TEXT)}…`);
    expect(keys[1]).toMatchObject({ name: 'key:00000', value: '0' });
    expect(keys.at(-1)!.name).toBe('key:00048');
    const { assistance } = await redis.ask({ type: 'assist', client, text: 'GET k', caret: 5 });
    expect(assistance!.completion!.suggestions).toHaveLength(MOST_SUGGESTIONS);
    const { rows, count, summary } = await redis.crash('power');
    expect([rows.length, count]).toEqual([MOST_ROWS, 3051]);
    expect(summary).toBe('3,051 keys lost; 0 keys survived.');
  });

  it('does not show half a character', async () => {
    const redis = await stage();
    await redis.type(await redis.open(), `SET k x${'😀'.repeat(500)}`);
    expect(redis.state.keys[0]!.value).toMatch(/^x(😀){79}…$/u);
  });
});

describe('a reader at several prompts', () => {
  it('has at most four, each of lines that end', async () => {
    const { open, type, ask } = await stage();
    for (let n = 0; n < MOST_CLIENTS; n += 1) await open();
    await expect(ask({ type: 'open', client: 9 })).rejects.toThrow('too many clients');
    const long = `SET k ${'x'.repeat(LONGEST_LINE)}`;
    expect(await type(1, long)).toBe('Too long a line: 1,000,000 characters at most.');
    const { entries } = await ask({ type: 'type', client: 1, lines: [long], echo: true });
    expect(entries[0]!.text.length).toBeLessThan(3000);
  });

  it('is told between the lines that were pasted', async () => {
    const { ask, open } = await stage();
    const client = await open();
    const lines = numbered(1_000_000, (n) => `SET k ${n}`);
    const { ran } = await ask({ type: 'type', client, lines, echo: true });
    expect(ran).toBeGreaterThan(0);
    expect(ran).toBeLessThan(lines.length);
  });
});
