/** Checks at build time that the two cells of a `<Compare>` give the same answer. */
import { descriptorOf } from '../../../engines/descriptors.ts';
import { AuthoringError } from '../../../foundation/mistakes/authoring-error.ts';
import { type CellResult, type PlacedCell } from '../cell.ts';
import { readDataset } from '../execute/dataset.ts';
import { cellsBefore } from '../fence/collect.ts';
import { NotComparable, type Answer } from './answer.ts';
import type { Comparison } from './comparison.ts';
import { difference } from './difference.ts';
import { documentAnswers } from './document-answers.ts';
import { sqlAnswers } from './sql-answers.ts';

/**
 * @param page all cells of the page.
 * @param results what the build got for the two cells, in their order.
 * @throws AuthoringError with the difference, at the line of the `<Compare>`.
 */
export async function checkComparison(
  comparison: Comparison,
  page: readonly PlacedCell[],
  results: readonly [CellResult, CellResult],
): Promise<void> {
  const { file, line, cells } = comparison;
  const [first, second] = cells.map(async (cell, index) => {
    try {
      return await answersOf(cell, page, results[index]!);
    } catch (error) {
      if (!(error instanceof NotComparable)) throw error;
      throw new AuthoringError(
        file,
        line,
        `the answers of "${cell.id}" cannot be compared: ${error.message}.`,
      );
    }
  }) as [Promise<Answer[]>, Promise<Answer[]>];
  const answers = await Promise.all([first, second]);
  const found = difference(answers, [cells[0].id, cells[1].id], comparison);
  if (found !== undefined)
    throw new AuthoringError(
      file,
      line,
      `the cells of this <Compare> do not answer the same. ${found}`,
    );
}

async function answersOf(
  cell: PlacedCell,
  page: readonly PlacedCell[],
  result: CellResult,
): Promise<Answer[]> {
  const { answers, dialect = 'postgres' } = descriptorOf(cell.engine).language;
  if (answers === 'documents')
    return documentAnswers(readDataset(cell), cellsBefore(page, cell), cell);
  return sqlAnswers(dialect, result.outputs, cell.files);
}
