/** Budgets: a number somebody wrote down, a number that was measured, and how they compare. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A measured number of bytes, named as in `budgets.json`. */
export interface Measurement {
  /** The group: `Run, extra to first result`. */
  group: string;
  /** The entry in it: `sqlite cell, gzip`. */
  entry: string;
  /** Bytes. */
  bytes: number;
  /** What was measured: the page, the cell. */
  of: string;
}

/** A measurement beside its budget. */
export interface Comparison extends Measurement {
  /** Bytes. */
  budget: number;
  kept: boolean;
}

/** Budgets in bytes, by group and entry. */
export type Budgets = Record<string, Record<string, number>>;

/**
 * Reads `budgets.json`.
 *
 * @param root the checkout
 * @throws Error naming the entry that is no size
 */
export function readBudgets(root: string): Budgets {
  const file = 'budgets.json';
  const groups = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;
  const budgets: Budgets = {};
  for (const [group, entries] of Object.entries(groups)) {
    if (typeof entries !== 'object' || entries === null) continue;
    budgets[group] = Object.fromEntries(
      Object.entries(entries).map(([entry, size]) => [
        entry,
        bytesOf(size, `${file}, "${group}", "${entry}"`),
      ]),
    );
  }
  return budgets;
}

/** `18 kB` → 18,000. */
function bytesOf(size: unknown, where: string): number {
  const match = /^([\d.]+) kB$/.exec(String(size));
  if (!match) throw new Error(`${where}: "${String(size)}" is no size; write it as "18 kB".`);
  return Number(match[1]) * 1000;
}

/**
 * Puts measurements beside their budgets.
 *
 * @throws Error if one has no budget: a number nobody wrote down is not kept
 */
export function compare(measurements: readonly Measurement[], budgets: Budgets): Comparison[] {
  return measurements.map((measurement) => {
    const budget = budgets[measurement.group]?.[measurement.entry];
    if (budget === undefined)
      throw new Error(
        `budgets.json has no entry "${measurement.entry}" under "${measurement.group}".`,
      );
    return { ...measurement, budget, kept: measurement.bytes <= budget };
  });
}

/** Bytes as they are printed: `17.4 kB`. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** A table of comparisons, and what to do about the budgets that are exceeded. */
export function budgetTable(comparisons: readonly Comparison[]): string {
  const width = Math.max(...comparisons.map(({ group, entry }) => group.length + entry.length));
  const lines = comparisons.map(({ group, entry, bytes, budget, kept, of }) =>
    [
      kept ? '✓' : '✗',
      `${group}: ${entry}`.padEnd(width + 2),
      kilobytes(bytes).padStart(10),
      '≤',
      kilobytes(budget).padStart(10),
      ` ${of}`,
    ].join(' '),
  );
  return lines.join('\n');
}
