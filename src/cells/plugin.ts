/**
 * Fences with `run` become live cells, executed on the way. Cells in a `<Compare>` have to agree.
 */
import { defineMdastPlugin } from 'satteri';
import { component } from '../lecture/markdown/jsx.ts';
import { placeOf } from '../lecture/markdown/place.ts';
import type { Cell, CellResult, PlacedCell } from './cell.ts';
import { checkComparison } from './compare/check.ts';
import { COMPARE } from './compare/comparison.ts';
import { executeCell } from './execute/execute.ts';
import { cellsBefore, collectPage } from './fence/collect.ts';
import { isRunnable, parseFence } from './fence/fence.ts';

/** What the page component gets, as JSON in its `data` attribute. */
export interface LiveCellData {
  cell: Cell;
  result: CellResult;
}

/** The cells of the page so far, in its order, with what they gave. */
type Ran = { cell: PlacedCell; result: CellResult }[];

declare module 'satteri' {
  interface DataMap {
    ran?: Ran;
  }
}

export const liveCells = defineMdastPlugin({
  name: 'live-cells',
  options: { position: true },
  async code(node, context) {
    if (!isRunnable(node.meta)) return;
    const place = placeOf(node, context);
    const cell = parseFence({
      lang: node.lang ?? '',
      meta: node.meta!,
      code: node.value,
      ...place,
    });
    const ran = (context.data.ran ??= []);
    const before = cellsBefore([...ran.map((earlier) => earlier.cell), cell], cell);
    const { outputs, summary } = await executeCell(cell, before);
    ran.push({ cell, result: { outputs, summary } });
    if (context.source.includes(`<${COMPARE}`)) compareWithEarlier(context.source, ran);
    const data: LiveCellData = { cell, result: { outputs, summary } };
    context.replaceNode(node, component('LiveCell', { data: JSON.stringify(data) }));
  },
});

/** If the last cell is the second of a `<Compare>`. */
function compareWithEarlier(source: string, ran: Ran): void {
  const { cell } = ran.at(-1)!;
  const comparison = collectPage(source, cell.file).comparisons.find(
    ({ cells }) => cells[1].id === cell.id,
  );
  const first = ran.find(({ cell: { id } }) => id === comparison?.cells[0].id);
  if (!comparison || !first) return;
  const cells = ran.map((one) => one.cell);
  checkComparison({ ...comparison, cells: [first.cell, cell] }, cells, [
    first.result,
    ran.at(-1)!.result,
  ]);
}
