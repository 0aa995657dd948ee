import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Limits, type Output, type TableOutput } from '../engines/engine.ts';
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
    expect(cut?.kind === 'table' && cut.rows.length).toBe(8);
    expect(note).toMatchObject({ kind: 'limit', message: 'Showing the first 8 of 100 rows.' });
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
