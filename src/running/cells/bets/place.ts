/** Which outputs of a page are folded by which bet. */
import { didYouMean } from '../../../foundation/mistakes/nearest.ts';
import type { PlacedCell } from '../cell.ts';
import type { Comparison } from '../compare/comparison.ts';

/**
 * Notes at the cells of a page whose bet their output would tell: those that a bet names, and the other one of a
 * comparison.
 *
 * @throws AuthoringError for a cell that is not on the page, and for one that two bets fold.
 */
export function placeBets(cells: readonly PlacedCell[], comparisons: readonly Comparison[]): void {
  for (const cell of cells) {
    const { bet, id, title } = cell;
    if (!bet) continue;
    const also = (bet.bet.also ?? []).map((name, index) => {
      const found = cells.find((one) => one.id === name && one !== cell);
      if (!found)
        throw bet.mistake(
          `there is no other cell "${name}" on this page.${didYouMean(
            name,
            cells.map((one) => one.id),
          )}`,
          'also',
          index,
        );
      return found;
    });
    const compared = comparisons
      .map((comparison) => comparison.cells)
      .filter((pair) => pair.includes(cell))
      .flat()
      .filter((one) => one !== cell && !also.includes(one));
    for (const other of [...also, ...compared]) {
      if (other.bet ?? other.foldedBy)
        throw bet.mistake(
          `the output of "${other.id}" is folded by another bet already. One bet is enough for both.`,
        );
      other.foldedBy = { id, title };
    }
  }
}
