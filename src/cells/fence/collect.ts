/**
 * All cells of a page, in the order of the page.
 */
import { mdxToJs } from 'satteri';
import { AuthoringError, type PlacedCell } from '../cell.ts';
import { isRunnable, parseFence } from './fence.ts';

/**
 * @param source the page's MDX.
 * @param file its path from the project's root, for errors.
 * @throws AuthoringError for a fence that does not parse, and for an id that stands twice.
 */
export function collectCells(source: string, file: string): PlacedCell[] {
  const cells: PlacedCell[] = [];
  const body = source.replace(/^---\r?\n[\s\S]*?\r?\n---/, (block) => block.replace(/[^\n]+/g, ''));
  mdxToJs(body, {
    mdastPlugins: [
      {
        name: 'collect-cells',
        options: { position: true },
        code(node) {
          if (!isRunnable(node.meta)) return;
          const line = node.position!.start.line;
          cells.push(
            parseFence({ lang: node.lang ?? '', meta: node.meta!, code: node.value, file, line }),
          );
        },
      },
    ],
  });
  for (const [index, cell] of cells.entries()) {
    const first = cells.findIndex(({ id }) => id === cell.id);
    if (first < index)
      throw new AuthoringError(
        file,
        cell.line,
        `the id "${cell.id}" is taken by the cell in line ${cells[first]!.line}. Choose another.`,
      );
  }
  return cells;
}

/** The cells that have to run before this one: the earlier cells of its session. */
export function cellsBefore<C extends PlacedCell>(cells: readonly C[], cell: C): C[] {
  if (cell.session === undefined) return [];
  return cells
    .slice(0, cells.indexOf(cell))
    .filter(({ session, engine }) => session === cell.session && engine === cell.engine);
}
