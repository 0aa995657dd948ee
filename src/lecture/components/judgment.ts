/**
 * What a judgment chart draws, checked: rows of two or more bars on one scale, each with its reading in
 * words. The author writes a number, or a range where it depends.
 */

/** One bar: a number on the scale, or from where to where it goes, and what that means. */
export interface JudgmentBar {
  value: number | readonly [from: number, to: number];
  text: string;
}

/** One criterion. Its bars stand in the order of the chart's sides. */
export interface JudgmentRow {
  label: string;
  bars: readonly JudgmentBar[];
}

export interface JudgmentProps {
  /** What is compared: the names of the bars. */
  sides: readonly string[];
  /** The end of the scale, which begins at 0. */
  max: number;
  rows: readonly JudgmentRow[];
}

/** A bar as it is drawn. */
export interface DrawnBar {
  side: string;
  /** Where it begins and how long it is, in percent of the scale. */
  start: number;
  length: number;
  /** `4 of 5`, or `2 to 5 of 5`. */
  reading: string;
  text: string;
}

/**
 * @throws Error naming the row and the remedy: bars without a side, values outside of the scale, ranges
 * that run backwards, judgments without words.
 */
export function drawJudgment({
  sides,
  max,
  rows,
}: JudgmentProps): { label: string; bars: DrawnBar[] }[] {
  if (!(max > 0)) throw new Error(`<JudgmentChart>: max={${String(max)}} is no end of a scale.`);
  if (rows.length === 0) throw new Error('<JudgmentChart>: there are no rows to draw.');
  return rows.map(({ label, bars }) => {
    const refuse = (problem: string): never => {
      throw new Error(`<JudgmentChart>, row "${label}": ${problem}`);
    };
    if (bars.length !== sides.length)
      refuse(
        `${bars.length} bars for ${sides.length} sides. Give one for each: ${sides.join(', ')}.`,
      );
    return { label, bars: bars.map((bar, index) => drawBar(bar, sides[index]!, max, refuse)) };
  });
}

function drawBar(
  { value, text }: JudgmentBar,
  side: string,
  max: number,
  refuse: (problem: string) => never,
): DrawnBar {
  const [from, to] = typeof value === 'number' ? [0, value] : value;
  if (!(from >= 0 && to <= max && from <= to))
    refuse(`${JSON.stringify(value)} does not lie between 0 and ${max}. A range is [from, to].`);
  if (!text) refuse(`the bar of ${side} needs a text that says what its value means.`);
  return {
    side,
    start: (100 * from) / max,
    length: (100 * (to - from)) / max,
    reading: typeof value === 'number' ? `${to} of ${max}` : `${from} to ${to} of ${max}`,
    text,
  };
}
