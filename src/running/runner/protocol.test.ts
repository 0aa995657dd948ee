import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Output } from '../../engines/engine.ts';
import { allowanceFor, ProtocolError, readAnswer } from './protocol.ts';

const LIMITS = { rows: 3, outputs: 5, characters: 1000 };
const origin = { file: 0, line: 1, statement: 0 };
const read = (message: unknown) => readAnswer(message, allowanceFor(LIMITS));
const readOne = (output: unknown) => read({ type: 'outputs', id: 1, outputs: [output] });

/** One output of every kind, every optional field present. */
const EVERY_KIND: Output[] = [
  {
    kind: 'table',
    origin,
    columns: [
      { name: 'id', type: 'integer', numeric: true },
      { name: 'color', type: 'text', numeric: false },
    ],
    rows: [
      ['1', 'navy'],
      ['2', null],
    ],
    rowCount: 2,
    tag: 'SELECT 2',
  },
  { kind: 'command', origin, tag: 'CREATE TABLE' },
  { kind: 'notice', origin, severity: 'NOTICE', message: 'skipping', detail: 'd', hint: 'h' },
  {
    kind: 'error',
    origin,
    severity: 'ERROR',
    code: '22P02',
    message: 'invalid input syntax for type integer: "navy"',
    detail: 'd',
    hint: 'h',
    context: 'c',
    position: { line: 1, column: 8 },
  },
  { kind: 'plan', origin, lines: ['Seq Scan on products', '  Filter: (price > 10)'] },
  { kind: 'text', origin, text: '<img src=x onerror=alert(1)>' },
  { kind: 'limit', origin, message: 'Showing the first 3 of 1,000,000 rows.' },
];

describe('an honest answer', () => {
  it.each(EVERY_KIND)('passes unchanged: a $kind', (output) => {
    expect(readOne(output)).toEqual({ type: 'outputs', id: 1, outputs: [output] });
  });

  it('passes as a summary, and as a failure', () => {
    const summary = { milliseconds: 1.5, statements: 2, errors: 1 };
    expect(read({ type: 'done', id: 3, summary })).toEqual({ type: 'done', id: 3, summary });
    expect(read({ type: 'failed', id: 3, message: 'oom' })).toEqual({
      type: 'failed',
      id: 3,
      message: 'oom',
    });
  });

  it('leaves fields behind that nobody knows', () => {
    const output = { kind: 'command', origin: { ...origin, extra: 1 }, tag: 'BEGIN', html: '<b>' };
    expect(readOne(output)).toEqual({
      type: 'outputs',
      id: 1,
      outputs: [{ kind: 'command', origin, tag: 'BEGIN' }],
    });
  });

  it('shares nothing with the message it came in', () => {
    const message = { type: 'outputs', id: 1, outputs: structuredClone(EVERY_KIND) };
    const answer = read(message);
    (message.outputs[0] as { rows: unknown[] }).rows[0] = 'changed';
    expect(answer).toEqual({ type: 'outputs', id: 1, outputs: EVERY_KIND });
  });
});

describe('a hostile answer is refused', () => {
  const table = EVERY_KIND[0] as Extract<Output, { kind: 'table' }>;
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'outputs'],
    ['an unknown type', { type: 'html', id: 1 }],
    ['the name of an inherited property as type', { type: 'constructor', id: 1 }],
    ['no number', { type: 'outputs', outputs: [] }],
    ['a fraction for a number', { type: 'outputs', id: 1.5, outputs: [] }],
    ['a negative number', { type: 'outputs', id: -1, outputs: [] }],
    ['outputs that are no list', { type: 'outputs', id: 1, outputs: { length: 1 } }],
    ['a summary without numbers', { type: 'done', id: 1, summary: {} }],
    [
      'an endless time',
      { type: 'done', id: 1, summary: { milliseconds: Infinity, statements: 0, errors: 0 } },
    ],
    ['a failure without words', { type: 'failed', id: 1, message: { toString: () => 'x' } }],
  ])('%s', (_, message) => {
    expect(() => read(message)).toThrow(ProtocolError);
  });

  it.each<[string, unknown]>([
    ['an unknown kind', { kind: 'html', origin, html: '<img>' }],
    ['no origin', { kind: 'command', tag: 'BEGIN' }],
    ['an object for text', { kind: 'text', origin, text: { toString: () => '<img>' } }],
    ['a number for text', { kind: 'text', origin, text: 7 }],
    ['a number for a value', { ...table, rows: [[1, 'navy']] }],
    ['a row too short', { ...table, rows: [['1']] }],
    ['a row too long', { ...table, rows: [['1', 'navy', 'x']] }],
    ['a row that is a string', { ...table, rows: ['ab'] }],
    ['a hole for a row', { ...table, rows: new Array(2) }],
    ['a hole for a value', { ...table, rows: [new Array(2)] }],
    ['an undefined tag', { ...table, tag: undefined }],
    ['a column without a type', { ...table, columns: [{ name: 'id' }], rows: [] }],
    ['a position that is a list', { ...EVERY_KIND[3], position: [] }],
    ['plan lines that are no text', { kind: 'plan', origin, lines: [['Seq Scan']] }],
  ])('an output with %s', (_, output) => {
    expect(() => readOne(output)).toThrow(ProtocolError);
  });

  it('whatever it is made of: an answer comes out, or a ProtocolError', () => {
    const hostile = fc.anything({ withMap: true, withSparseArray: true, withTypedArray: true });
    const field = fc.oneof(hostile, fc.constantFrom('table', 'text', 'outputs', 'done', 0, 1));
    const output = fc.record(
      { kind: field, origin: hostile, rows: field, columns: field, text: field, tag: field },
      { requiredKeys: [] },
    );
    const message = fc.record({
      type: fc.constantFrom('outputs', 'done', 'failed'),
      id: fc.oneof(fc.nat(), hostile),
      outputs: fc.oneof(fc.array(output), hostile),
      summary: hostile,
      message: hostile,
    });
    fc.assert(
      fc.property(message, (value) => {
        try {
          const answer = read(value);
          expect(['outputs', 'done', 'failed']).toContain(answer.type);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('more than is allowed is refused', () => {
  const text = (length: number): Output => ({ kind: 'text', origin, text: 'x'.repeat(length) });

  it('too many rows', () => {
    const rows = Array.from({ length: LIMITS.rows + 1 }, () => ['1', 'navy']);
    expect(() => readOne({ ...EVERY_KIND[0], rows })).toThrow('too long a list');
  });

  it('too many columns', () => {
    const columns = Array.from({ length: 3000 }, () => ({ name: '', type: '', numeric: false }));
    const output = { ...EVERY_KIND[0], columns, rows: [] };
    expect(() => readOne(output)).toThrow('too long a list');
  });

  it('too much text, in one output or in all of a run together', () => {
    const { characters } = allowanceFor(LIMITS);
    expect(() => readOne(text(characters))).toThrow('too much text');
    const allowance = allowanceFor(LIMITS);
    const half = { type: 'outputs', id: 1, outputs: [text(characters / 2)] };
    readAnswer(half, allowance);
    expect(() => readAnswer(half, allowance)).toThrow('too much text');
  });

  it('too many empty texts', () => {
    const lines = Array.from({ length: allowanceFor(LIMITS).characters + 1 }, () => '');
    expect(() => readOne({ kind: 'plan', origin, lines })).toThrow(ProtocolError);
  });

  it('too many outputs', () => {
    const outputs = Array.from({ length: allowanceFor(LIMITS).outputs + 1 }, () => text(0));
    expect(() => read({ type: 'outputs', id: 1, outputs })).toThrow('too many outputs');
  });

  it('too many messages, even if there is nothing in them', () => {
    const allowance = allowanceFor(LIMITS);
    const empty = { type: 'outputs', id: 1, outputs: [] };
    for (let i = allowance.messages; i > 0; i--) readAnswer(empty, allowance);
    expect(() => readAnswer(empty, allowance)).toThrow('too many messages');
  });

  it('too many NULLs, which cost nothing to send', () => {
    const columns = Array.from({ length: 100 }, () => ({ name: '', type: '', numeric: false }));
    const rows = Array.from({ length: 200 }, () => Array.from({ length: 100 }, () => null));
    const allowance = allowanceFor(DEFAULT_LIMITS);
    const output = { ...EVERY_KIND[0], columns, rows };
    expect(() => readAnswer({ type: 'outputs', id: 1, outputs: [output] }, allowance)).toThrow(
      'too much to show',
    );
  });

  it.each([
    ['marks that pile up', `a${'\u0301'.repeat(100_000)}`],
    ['controls of direction', '\u202ea\u202c'.repeat(30_000)],
    ['line breaks', '\n'.repeat(100_000)],
    ['characters of other fonts each', 'อქ叠ሀԱ'.repeat(20_000)],
  ])('%s, few as they are', (_, long) => {
    const allowance = allowanceFor(DEFAULT_LIMITS);
    const output = { kind: 'text', origin, text: long };
    expect(() => readAnswer({ type: 'outputs', id: 1, outputs: [output] }, allowance)).toThrow(
      'too much text',
    );
  });

  it('what is said of a failure has nothing unseen in it', () => {
    const answer = read({ type: 'failed', id: 1, message: 'a\u202eb\0c\ud800' });
    expect(answer).toMatchObject({ message: 'a\ufffdb\ufffdc\ufffd' });
  });

  it('a failure is cut short instead', () => {
    const answer = read({ type: 'failed', id: 1, message: 'x'.repeat(1_000_000) });
    expect(answer.type === 'failed' && answer.message.length).toBe(2000);
  });
});
