/**
 * Fences with `run` become live cells, executed on the way. Cells in a `<Compare>` have to agree.
 */
import { defineMdastPlugin } from 'satteri';
import { component } from '../../foundation/markup/jsx.ts';
import { placeOf } from '../../foundation/markup/place.ts';
import { isBet } from './bets/bet.ts';
import { settle, type ShownBet } from './bets/truth.ts';
import type { Cell, CellResult, PlacedCell } from './cell.ts';
import { checkComparison } from './compare/check.ts';
import { COMPARE } from './compare/comparison.ts';
import { executeCell } from './execute/execute.ts';
import { cellsBefore, collectPage, type PageCells } from './fence/collect.ts';
import { isRunnable, parseFence } from './fence/fence.ts';

/** What the page component gets, as JSON in its `data` attribute. */
export interface LiveCellData {
  cell: Cell;
  result: CellResult;
  /** What it asks before it shows. */
  bet?: ShownBet;
  /** The cell whose bet its output would tell. */
  foldedBy?: { id: string; title: string };
  /** The id of what the cell is a part of, an exercise: links lead there. */
  within?: string;
}

/** A cell of the page, with what it gives. */
interface Running {
  cell: PlacedCell;
  result: Promise<CellResult>;
}

declare module 'satteri' {
  interface DataMap {
    /** The cells of the page so far, in its order. */
    cells?: Running[];
    /** The page as a whole, if it has a bet: it says which outputs are folded. */
    withBets?: PageCells;
  }
}

export const liveCells = defineMdastPlugin({
  name: 'live-cells',
  options: { position: true },
  async code(node, context) {
    if (isBet(node.lang, node.meta)) return context.removeNode(node);
    if (!isRunnable(node.meta)) return;
    const place = placeOf(node, context);
    const cell = parseFence({
      lang: node.lang ?? '',
      meta: node.meta!,
      code: node.value,
      ...place,
    });
    // Fences are visited without waiting for one another: a cell is noted before it runs.
    const page = (context.data.cells ??= []);
    const cells = [...page.map((earlier) => earlier.cell), cell];
    const running: Running = { cell, result: resultOf(cell, cellsBefore(cells, cell)) };
    page.push(running);
    const result = await running.result;
    if (context.source.includes(`<${COMPARE}`))
      await compareWithEarlier(context.source, running, page);
    const data: LiveCellData = { ...withBet(context, cell, result), result };
    context.replaceNode(node, component('LiveCell', { data: JSON.stringify(data) }));
  },
});

/** Its author's bet, settled by what it answered. */
function withBet(
  context: { source: string; data: { withBets?: PageCells } },
  placed: PlacedCell,
  { outputs }: CellResult,
): Pick<LiveCellData, 'cell' | 'bet' | 'foldedBy'> {
  // What its author wrote of it stays here.
  const cell = { ...placed };
  delete cell.bet;
  if (!/\spredict=|^\s*`{3,}ya?ml bet\b/m.test(context.source)) return { cell };
  const page = (context.data.withBets ??= collectPage(context.source, cell.file));
  const { bet, foldedBy } = page.cells.find(({ id }) => id === cell.id) ?? {};
  return {
    cell,
    ...(bet && { bet: settle(bet, outputs, cell.masks) }),
    ...(foldedBy && { foldedBy }),
  };
}

async function resultOf(cell: PlacedCell, before: readonly PlacedCell[]): Promise<CellResult> {
  const { outputs, summary } = await executeCell(cell, before);
  return { outputs, summary };
}

/** If the cell is the second of a `<Compare>`. */
async function compareWithEarlier(
  source: string,
  { cell, result }: Running,
  page: readonly Running[],
): Promise<void> {
  const comparison = collectPage(source, cell.file).comparisons.find(
    ({ cells }) => cells[1].id === cell.id,
  );
  const first = page.find(({ cell: { id } }) => id === comparison?.cells[0].id);
  if (!comparison || !first) return;
  const cells = page.map((one) => one.cell);
  await checkComparison({ ...comparison, cells: [first.cell, cell] }, cells, [
    await first.result,
    await result,
  ]);
}
