/**
 * Fences with `run` become live cells, executed on the way.
 */
import { defineMdastPlugin } from 'satteri';
import { component } from '../lecture/markdown/jsx.ts';
import { placeOf } from '../lecture/markdown/place.ts';
import type { Cell, CellResult, PlacedCell } from './cell.ts';
import { executeCell } from './execute/execute.ts';
import { cellsBefore } from './fence/collect.ts';
import { isRunnable, parseFence } from './fence/fence.ts';

/** What the page component gets, as JSON in its `data` attribute. */
export interface LiveCellData {
  cell: Cell;
  result: CellResult;
}

declare module 'satteri' {
  interface DataMap {
    cells?: PlacedCell[];
  }
}

export const liveCells = defineMdastPlugin({
  name: 'live-cells',
  options: { position: true },
  async code(node, context) {
    if (!isRunnable(node.meta)) return;
    const cell = parseFence({
      lang: node.lang ?? '',
      meta: node.meta!,
      code: node.value,
      ...placeOf(node, context),
    });
    const cells = (context.data.cells ??= []);
    cells.push(cell);
    const { outputs, summary } = await executeCell(cell, cellsBefore(cells, cell));
    const data: LiveCellData = { cell, result: { outputs, summary } };
    context.replaceNode(node, component('LiveCell', { data: JSON.stringify(data) }));
  },
});
