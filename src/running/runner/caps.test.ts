import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_LIMITS,
  type Limits,
  type Output,
  type TableOutput,
} from '../../engines/engine.ts';
import { capped } from './caps.ts';
import { allowanceFor, readAnswer } from './protocol.ts';

const origin = { file: 0, line: 1, statement: 0 };
const text = (length: number): Output => ({ kind: 'text', origin, text: 'x'.repeat(length) });
const table = (rows: number, value: string): TableOutput => ({
  kind: 'table',
  origin,
  columns: [{ name: 'value', type: 'text', numeric: false }],
  rows: Array.from({ length: rows }, () => [value]),
  rowCount: rows,
  tag: `SELECT ${rows}`,
});

function sieve(limits: Limits, outputs: Output[]): Output[] {
  const passed: Output[] = [];
  const emit = capped(limits, (output) => passed.push(output));
  outputs.forEach(emit);
  return passed;
}

describe('caps', () => {
  it('let pass what is within the limits', () => {
    const outputs = [table(3, 'navy'), text(10)];
    expect(sieve(DEFAULT_LIMITS, outputs)).toEqual(outputs);
  });

  it('cut a table to its first rows, and say of how many', () => {
    const [cut, note] = sieve(DEFAULT_LIMITS, [{ ...table(1000, 'x'), rowCount: 1_000_000 }]);
    expect(cut?.kind === 'table' && cut.rows.length).toBe(200);
    expect(cut).toMatchObject({ rowCount: 1_000_000 });
    expect(note).toMatchObject({
      kind: 'limit',
      message: 'Showing the first 200 of 1,000,000 rows.',
    });
  });

  it('cut a table whose values are too long for all of its rows', () => {
    const [cut, note] = sieve(DEFAULT_LIMITS, [table(100, 'x'.repeat(50_000))]);
    expect(cut?.kind === 'table' && cut.rows.length).toBe(4);
    expect(note).toMatchObject({ kind: 'limit', message: 'Showing the first 4 of 100 rows.' });
  });

  it('cut a table of NULLs, which take up places too, and one that is too wide', () => {
    const wide = (columns: number, rows: number): TableOutput => ({
      ...table(rows, 'x'),
      columns: Array.from({ length: columns }, () => ({ name: 'n', type: 'text', numeric: false })),
      rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => null)),
    });
    const [nulls, note] = sieve(DEFAULT_LIMITS, [wide(90, 200)]);
    const kept = nulls?.kind === 'table' ? nulls.rows.length : 0;
    expect(kept * 90).toBeLessThan(3000);
    expect(note).toMatchObject({ message: `Showing the first ${kept} of 200 rows.` });
    const [cut, said] = sieve(DEFAULT_LIMITS, [wide(1600, 1)]);
    expect(cut).toMatchObject({ rowCount: 1 });
    expect(cut?.kind === 'table' && [cut.columns.length, cut.rows[0]!.length]).toEqual([100, 100]);
    expect(said).toMatchObject({ message: 'Showing the first 100 of 1,600 columns.' });
  });

  it.each<[string, Output]>([
    [
      'a plan',
      { kind: 'plan', origin, lines: Array.from({ length: 100_000 }, (_, i) => `-> ${i}`) },
    ],
    [
      'a reply',
      {
        kind: 'transcript',
        origin,
        client: '',
        prompt: '> ',
        input: 'GET big',
        reply: 'x'.repeat(1e6),
        failed: false,
      },
    ],
    [
      'an error',
      {
        kind: 'error',
        origin,
        severity: 'ERROR',
        code: '',
        message: 'short',
        detail: 'x'.repeat(1e6),
      },
    ],
    [
      'a notice',
      { kind: 'notice', origin, severity: 'NOTICE', message: 'x'.repeat(1e6), hint: 'never seen' },
    ],
    ['a tag', { kind: 'command', origin, tag: 'x'.repeat(1e6) }],
    ['marks without end', { kind: 'text', origin, text: `a${'\u0301'.repeat(1e6)}` }],
  ])('cut %s that is too long, and say so', (_, output) => {
    const [cut, note] = sieve(DEFAULT_LIMITS, [output]);
    expect(cut?.kind).toBe(output.kind);
    expect(JSON.stringify(cut).length).toBeLessThan(JSON.stringify(output).length / 2);
    expect(note).toMatchObject({ kind: 'limit', message: expect.stringContaining('not shown') });
  });

  it('cut a text that is too long', () => {
    const [cut, note] = sieve(DEFAULT_LIMITS, [text(10_000_000)]);
    expect(cut?.kind === 'text' && cut.text.length).toBeLessThan(500_000);
    expect(note?.kind).toBe('limit');
  });

  it('end a flood of outputs with one note', () => {
    const passed = sieve(
      DEFAULT_LIMITS,
      Array.from({ length: 100_000 }, () => text(1)),
    );
    expect(passed.length).toBeLessThan(500);
    expect(passed.filter(({ kind }) => kind === 'limit')).toHaveLength(1);
    expect(passed.at(-1)?.kind).toBe('limit');
  });

  it('pass nothing that the page refuses', () => {
    const limits = fc.record({
      rows: fc.integer({ min: 1, max: 50 }),
      outputs: fc.integer({ min: 1, max: 20 }),
      characters: fc.integer({ min: 1, max: 500 }),
    });
    const output = fc.oneof(
      fc.nat(40_000).map(text),
      fc
        .string({ unit: 'binary', maxLength: 300 })
        .map((text): Output => ({ kind: 'text', origin, text })),
      fc
        .array(fc.string(), { maxLength: 500 })
        .map((lines): Output => ({ kind: 'plan', origin, lines })),
      fc.tuple(fc.nat(100), fc.nat(2000)).map(([rows, long]) => table(rows, 'x'.repeat(long))),
    );
    fc.assert(
      fc.property(limits, fc.array(output, { maxLength: 100 }), (limits, outputs) => {
        const allowance = allowanceFor(limits);
        const passed = sieve(limits, outputs);
        for (const one of passed)
          readAnswer({ type: 'outputs', id: 1, outputs: [one] }, { ...allowance, messages: 1 });
        expect(readAnswer({ type: 'outputs', id: 1, outputs: passed }, allowance)).toMatchObject({
          outputs: passed,
        });
      }),
      { numRuns: 50 },
    );
  });
});
