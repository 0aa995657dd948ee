/**
 * Runs every cell of the course and tells all that is wrong with them at once.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseRoot } from '../../../foundation/content/root.ts';
import { LECTURE_FOLDER } from '../../../foundation/course/outline.ts';
import { AuthoringError } from '../../../foundation/mistakes/authoring-error.ts';
import { settle } from '../bets/truth.ts';
import { type PlacedCell } from '../cell.ts';
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
 * @param folder where the pages are, from the folder that has `content/`.
 */
export async function executeAll(
  others: readonly PageCells[] = [],
  folder = LECTURE_FOLDER,
): Promise<Report> {
  const pages = readdirSync(join(courseRoot(), folder), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.mdx'))
    .sort();
  try {
    // All at once: each engine has its own process, and takes its cells in this order.
    const reports = await Promise.all([
      ...pages.map((page) => executeFile(`${folder}/${page}`)),
      ...others.map(executePage),
    ]);
    return merged(reports);
  } finally {
    await closeDatabases();
  }
}

async function executeFile(file: string): Promise<Report> {
  const page = await noting(() =>
    collectPage(readFileSync(join(courseRoot(), file), 'utf8'), file),
  );
  return page instanceof AuthoringError
    ? { cells: 0, cached: 0, errors: [page] }
    : executePage(page);
}

/** Executes the cells of a page, or whatever else has some, and compares those that are to agree. */
export async function executePage({ cells, comparisons }: PageCells): Promise<Report> {
  const executed = await Promise.all(
    cells.map((cell) => noting(() => executeCell(cell, cellsBefore(cells, cell)))),
  );
  const resultOf = (cell: PlacedCell): Execution | AuthoringError => executed[cells.indexOf(cell)]!;
  const compared = await Promise.all(
    comparisons.map((comparison) => {
      const [first, second] = comparison.cells.map(resultOf);
      if (first instanceof AuthoringError || second instanceof AuthoringError) return undefined;
      return noting(() => checkComparison(comparison, cells, [first!, second!]));
    }),
  );
  const bets = await Promise.all(
    cells.map((cell) => {
      const result = resultOf(cell);
      const { bet, masks } = cell;
      if (!bet || result instanceof AuthoringError) return undefined;
      return noting(() => settle(bet, result.outputs, masks));
    }),
  );
  return {
    cells: cells.length,
    cached: executed.filter((one) => !(one instanceof AuthoringError) && one.cached).length,
    errors: [...executed, ...compared, ...bets].filter((one) => one instanceof AuthoringError),
  };
}

/** @returns what the task gives, or what it says of an author's mistake. */
async function noting<T>(task: () => T | Promise<T>): Promise<T | AuthoringError> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof AuthoringError)) throw error;
    return error;
  }
}

function merged(reports: readonly Report[]): Report {
  // What many cells start from is one mistake, though each of them tells it.
  const errors = new Map(
    reports.flatMap((report) => report.errors.map((error) => [error.message, error])),
  );
  return {
    cells: reports.reduce((sum, { cells }) => sum + cells, 0),
    cached: reports.reduce((sum, { cached }) => sum + cached, 0),
    errors: [...errors.values()],
  };
}
