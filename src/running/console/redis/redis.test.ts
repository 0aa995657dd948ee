import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stage } from '../../../engines/redis/console/testing.ts';
import type { Answer } from '../../../engines/redis/console/messages.ts';
import { AnswerError, readAnswer } from './answers.ts';
import { sayDuration } from './duration.ts';
import { asTyped, hasCurlyQuotes, readPasted } from './pasted.ts';

/** What a server answers after some use: every part of an answer, none of it empty. */
async function full(): Promise<Answer> {
  const { ask, open, typeAll } = await stage();
  const client = await open();
  await ask({ type: 'open', client: 2 });
  const lines = ['SET a 1 EX 90', 'SELECT 2', 'RPUSH list a b', 'LRANGE list 0 -1', 'NONSENSE'];
  await typeAll(2, ['BRPOP jobs 0']);
  await typeAll(client, lines.slice(0, -1));
  const typed = await ask({ type: 'type', client, lines: lines.slice(-1), echo: true });
  const caught = await ask({ type: 'assist', client, text: 'LRANGE l', caret: 8 });
  const { report } = await ask({ type: 'crash', kind: 'power' });
  return { ...typed, report, assistance: caught.assistance };
}
const answer = await full();

describe('the page’s door', () => {
  it('lets an honest answer through as it is', () => {
    expect(answer.entries.map(({ kind }) => kind)).toContain('error');
    expect(answer.state!.keys).toHaveLength(2);
    expect(answer.report!.rows).toHaveLength(2);
    expect(answer.assistance!.completion!.suggestions).toHaveLength(1);
    expect(readAnswer(JSON.stringify(answer))).toEqual(answer);
  });

  it('leaves behind what nobody knows', () => {
    const more = { ...answer, html: '<b>', state: { ...answer.state, __proto__: null, more: 1 } };
    expect(readAnswer(JSON.stringify(more))).toEqual(answer);
  });

  const [entry] = answer.entries;
  const state = answer.state!;
  const [key] = state.keys;
  const [row] = answer.report!.rows;
  const many = <T>(item: T, length: number): T[] => Array.from({ length }, () => item);
  it.each<[string, object]>([
    ['no entries', { entries: undefined }],
    ['entries that are a text', { entries: 'PONG' }],
    ['too many entries', { entries: many(entry, 1201) }],
    ['an entry of an unknown kind', { entries: [{ ...entry, kind: 'html' }] }],
    ['the name of an inherited property as kind', { entries: [{ ...entry, kind: 'toString' }] }],
    ['an entry without text', { entries: [{ ...entry, text: null }] }],
    ['an entry that is too long', { entries: [{ ...entry, text: 'x'.repeat(70_000) }] }],
    ['a prompt that is too long', { entries: [{ ...entry, prompt: '>'.repeat(1000) }] }],
    ['a client that is no number', { entries: [{ ...entry, client: '1' }] }],
    ['no state where there should be one', { state: undefined }],
    ['a time that is no date', { state: { ...state, now: 1e300 } }],
    ['a time before all times', { state: { ...state, now: -1 } }],
    ['too many clients', { state: { ...state, clients: many(state.clients[0], 5) } }],
    ['too many keys', { state: { ...state, keys: many(key, 51) } }],
    ['a key that is too long', { state: { ...state, keys: [{ ...key, name: 'k'.repeat(300) }] } }],
    ['a value that is a list', { state: { ...state, keys: [{ ...key, value: ['a'] }] } }],
    ['a time to live in words', { state: { ...state, keys: [{ ...key, ttl: 'soon' }] } }],
    ['a type that there is not', { state: { ...state, keys: [{ ...key, type: 'stream' }] } }],
    ['half a key for the count', { state: { ...state, keyCount: 0.5 } }],
    ['a mode that there is not', { state: { ...state, mode: 'constructor' } }],
    ['lines that were less than none', { ran: -1 }],
    [
      'an outcome that there is not',
      { report: { ...answer.report, rows: [{ ...row, fate: '' }] } },
    ],
    ['a summary that never ends', { report: { ...answer.report, summary: 'x'.repeat(2000) } }],
    [
      'too many suggestions',
      { assistance: { completion: { from: 0, suggestions: many({}, 13) }, hint: null } },
    ],
    ['a hint without words', { assistance: { completion: null, hint: { syntax: 'GET key' } } }],
  ])('refuses %s', (_, part) => {
    expect(() => readAnswer(JSON.stringify({ ...answer, ...part }))).toThrow(AnswerError);
  });

  it('refuses a number beyond all numbers, and what is no JSON', () => {
    const endless = JSON.stringify(answer).replace('"ran":1', '"ran":1e999');
    for (const json of [endless, '', 'PONG', '{"entries":', 'null', '[]', '7'])
      expect(() => readAnswer(json)).toThrow(AnswerError);
  });

  it('whatever it is made of: an answer comes out, or an AnswerError', () => {
    const part = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(answer)));
    const hostile = fc.record(
      { entries: part, state: part, ran: part, report: part, assistance: part },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(hostile, (value) => {
        try {
          expect(Object.keys(readAnswer(JSON.stringify(value)))).toEqual(Object.keys(answer));
        } catch (error) {
          expect(error).toBeInstanceOf(AnswerError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what was copied from a page or a terminal', () => {
  it.each([
    ['redis> GET b', 'GET b'],
    ['127.0.0.1:6379> GET b', 'GET b'],
    ['127.0.0.1:6379[2](TX)> INCR n', 'INCR n'],
    ['127.0.0.1:6379(subscribed mode)> UNSUBSCRIBE', 'UNSUBSCRIBE'],
    ['redis 127.0.0.1:6379> GET b', 'GET b'],
    ['localhost:6379> GET b', 'GET b'],
    ['not connected> PING', 'PING'],
    ['  > SET a 1  ', 'SET a 1'],
    ['SET\u00a0title\u202f"Lamp\u00a0XL"', 'SET title "Lamp\u00a0XL"'],
    ['\ufeffGET\u200b b', 'GET b'],
    [String.raw`SET a "x \" ` + '\u00a0"', String.raw`SET a "x \" ` + '\u00a0"'],
    ['redis>', ''],
    ['ZADD board > 1 ann', 'ZADD board > 1 ann'],
    ['SET html "<b>bold</b>"', 'SET html "<b>bold</b>"'],
    ['SET a>b 1', 'SET a>b 1'],
    ['ZRANGEBYSCORE board (1 +inf', 'ZRANGEBYSCORE board (1 +inf'],
    ["SET a 'open\u00a0", "SET a 'open"],
  ])('%j is typed as %j', (line, typed) => {
    expect(asTyped(line)).toBe(typed);
  });

  it('is its lines, without comments and empty ones', () => {
    expect(readPasted('# a counter\r\nSET n 1\r\n\r\n  INCR n \rGET n\n')).toEqual({
      lines: ['SET n 1', 'INCR n', 'GET n'],
      answers: 0,
      left: 0,
    });
  });

  it('is the commands of a transcript, and not the answers to them', () => {
    const text = 'redis> SET a 1\nOK\nredis> LRANGE l 0 -1\n1) "x"\n2) "y"\nredis> ';
    expect(readPasted(text)).toEqual({ lines: ['SET a 1', 'LRANGE l 0 -1'], answers: 3, left: 0 });
  });

  it('is not more than a prompt takes, and it is told how much was left', () => {
    const { lines, left } = readPasted('PING\n'.repeat(100_500));
    expect([lines.length, left]).toEqual([100_000, 500]);
    const long = readPasted(`${'x'.repeat(1_000_000)}\n`.repeat(7));
    expect(long.lines).toHaveLength(4);
    expect(long.left).toBeGreaterThan(0);
  });

  it('has quotes of typography, unless they are part of a value in quotes', () => {
    expect(hasCurlyQuotes('SET a “b c”')).toBe(true);
    expect(hasCurlyQuotes('SET a "the ‘b’"')).toBe(false);
    expect(hasCurlyQuotes('SET a "b c"')).toBe(false);
  });
});

describe('a time left', () => {
  it.each([
    [0, '0 s'],
    [1, '1 s'],
    [59_001, '1 min'],
    [90_000, '1 min 30 s'],
    [3_600_000, '1 h'],
    [183_845_000, '2 d 3 h'],
  ])('of %i milliseconds is %s', (milliseconds, words) => {
    expect(sayDuration(milliseconds)).toBe(words);
  });
});
