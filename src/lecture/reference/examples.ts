/** What the build gets by running the card's examples; examples in pairs have to agree. */
import type { CellResult, PlacedCell } from '../../running/cells/cell.ts';
import { checkComparison } from '../../running/cells/compare/check.ts';
import { executeCell } from '../../running/cells/execute/execute.ts';
import type { Group } from './entry.ts';
import { referenceCells } from './read.ts';

/**
 * @returns results by the id of their cell.
 * @throws AuthoringError for an example that fails, and for a pair with different answers.
 */
export async function runExamples(groups: readonly Group[]): Promise<Map<string, CellResult>> {
  const { cells, comparisons } = referenceCells(groups);
  const results = new Map<string, CellResult>();
  for (const cell of cells) {
    const { outputs, summary } = await executeCell(cell, []);
    results.set(cell.id, { outputs, summary });
  }
  const resultOf = ({ id }: PlacedCell): CellResult => results.get(id)!;
  for (const comparison of comparisons) {
    const [first, second] = comparison.cells;
    await checkComparison(comparison, cells, [resultOf(first), resultOf(second)]);
  }
  return results;
}
