/** A line of the bench's table: what was measured, beside what, and what it should reach. */
export interface Row {
  what: string;
  /** As it is printed, with its unit. */
  measured: string;
  /** What stands beside it, measured in the same run. */
  beside: string;
  /** The figure that counts: a ratio, a score, seconds. */
  figure: string;
  /** What it should reach. */
  reach: string;
  reached: boolean;
}

/** The table, with its columns aligned. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['', 'what', 'measured', 'beside', 'figure', 'reach'],
    ...rows.map(({ what, measured, beside, figure, reach, reached }) => [
      reached ? '✓' : '✗',
      what,
      measured,
      beside,
      figure,
      reach,
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Milliseconds as they are printed: `412 ms`, `3.2 s`. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
