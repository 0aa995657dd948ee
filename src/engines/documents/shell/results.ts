/** Results that the shell prints in a form of their own. */
import type { Input } from '../values/types.ts';

const EXPLAIN = new WeakSet<object>();

/** What `explain` answers: printed to its full depth. */
export type ExplainOutput = Input;

export function explained(output: Input): ExplainOutput {
  EXPLAIN.add(output);
  return output;
}

export function isExplained(value: unknown): boolean {
  return typeof value === 'object' && value !== null && EXPLAIN.has(value);
}

/** Lines that are printed as they stand, such as the names of the collections. */
export class Listing {
  readonly text: string;

  constructor(rows: readonly (readonly string[])[], right: readonly boolean[] = []) {
    const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]!.length))) ?? [];
    this.text = rows
      .map((row) =>
        row
          .map((cell, i) => (right[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
          .join('  ')
          .trimEnd(),
      )
      .join('\n');
  }
}
