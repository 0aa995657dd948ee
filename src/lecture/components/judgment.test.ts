import { describe, expect, it } from 'vitest';
import { drawJudgment, type JudgmentRow } from './judgment.ts';

const chart = (...rows: JudgmentRow[]) => ({ sides: ['PostgreSQL', 'Redis'], max: 5, rows });

describe('a judgment chart', () => {
  it('draws a number from zero and a range where it lies, and says both in words', () => {
    const [row] = drawJudgment(
      chart({
        label: 'Guarantees',
        bars: [
          { value: 5, text: 'every transaction' },
          { value: [1, 4], text: 'depends on the tool' },
        ],
      }),
    );
    expect(row!.bars).toEqual([
      {
        side: 'PostgreSQL',
        start: 0,
        length: 100,
        reading: '5 of 5',
        text: 'every transaction',
      },
      { side: 'Redis', start: 20, length: 60, reading: '1 to 4 of 5', text: 'depends on the tool' },
    ]);
  });

  it('refuses a value that is not on the scale, with its row', () => {
    for (const value of [6, -1, Number.NaN, [4, 2], [3, 9]] as const)
      expect(() =>
        drawJudgment(
          chart({
            label: 'Scaling',
            bars: [
              { value, text: 'far' },
              { value: 1, text: 'near' },
            ],
          }),
        ),
      ).toThrow(/row "Scaling": .* does not lie between 0 and 5/);
  });

  it('refuses a row without a bar for each side', () => {
    expect(() =>
      drawJudgment(chart({ label: 'Joins', bars: [{ value: 5, text: 'yes' }] })),
    ).toThrow('row "Joins": 1 bars for 2 sides. Give one for each: PostgreSQL, Redis.');
  });

  it('refuses a bar that says nothing, a scale without an end and a chart without rows', () => {
    expect(() =>
      drawJudgment(
        chart({
          label: 'Joins',
          bars: [
            { value: 5, text: '' },
            { value: 1, text: 'rare' },
          ],
        }),
      ),
    ).toThrow('the bar of PostgreSQL needs a text');
    expect(() => drawJudgment({ sides: [], max: 0, rows: [] })).toThrow('no end of a scale');
    expect(() => drawJudgment(chart())).toThrow('no rows');
  });
});
