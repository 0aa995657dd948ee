/**
 * Runs every cell of the course and tells all that is wrong with them at once.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { AuthoringError, type PlacedCell } from '../cell.ts';
import { checkComparison } from '../compare/check.ts';
import { cellsBefore, collectPage, type PageCells } from '../fence/collect.ts';
import { closeDatabases, executeCell, type Execution } from './execute.ts';

export interface Report {
  cells: number;
  /** Of which the results were there from an earlier build. */
  cached: number;
  errors: AuthoringError[];
}

/**
 * @param others cells that stand in no page of the lecture.
 * @param folder where the pages are, from the project's root.
 */
export async function executeAll(
  others: readonly PageCells[] = [],
  folder = 'content/lecture',
): Promise<Report> {
  const report: Report = { cells: 0, cached: 0, errors: [] };
  const pages = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.mdx'))
    .sort();
  try {
    for (const page of pages) await executeFile(`${folder}/${page}`, report);
    for (const page of others) await executePage(page, report);
  } finally {
    await closeDatabases();
  }
  return report;
}

async function executeFile(file: string, report: Report): Promise<void> {
  const page = await noting(report, async () => collectPage(readFileSync(file, 'utf8'), file));
  if (page) await executePage(page, report);
}

async function executePage({ cells, comparisons }: PageCells, report: Report): Promise<void> {
  const results = new Map<PlacedCell, Execution>();
  for (const cell of cells) {
    report.cells += 1;
    const result = await noting(report, () => executeCell(cell, cellsBefore(cells, cell)));
    if (result) results.set(cell, result);
    if (result?.cached) report.cached += 1;
  }
  for (const comparison of comparisons) {
    const [first, second] = comparison.cells.map((cell) => results.get(cell));
    if (!first || !second) continue;
    await noting(report, async () => checkComparison(comparison, cells, [first, second]));
  }
}

async function noting<T>(report: Report, task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof AuthoringError)) throw error;
    // What many cells start from is one mistake.
    if (!report.errors.some(({ message }) => message === error.message)) report.errors.push(error);
    return undefined;
  }
}
