/**
 * All cells of a page, in the order of the page, and which of them are compared.
 */
import { mdxToJs } from 'satteri';
import {
  checkAddress,
  checkAttributes,
  checkExpression,
  refuseModule,
  type Refuse,
} from '../../../foundation/markup/addresses.ts';
import { AuthoringError } from '../../../foundation/mistakes/authoring-error.ts';
import { isBet, parseBet, type PlacedBet } from '../bets/bet.ts';
import { placeBets } from '../bets/place.ts';
import { type PlacedCell } from '../cell.ts';
import {
  COMPARE,
  comparisonOf,
  parseCompare,
  type CompareElement,
  type Comparison,
} from '../compare/comparison.ts';
import { isRunnable, parseFence } from './fence.ts';

const NO_CELL = 'no cell follows it on the page. Write the bet right above its cell.';

/** What a page runs. */
export interface PageCells {
  cells: PlacedCell[];
  comparisons: Comparison[];
}

/** The cells of {@link collectPage} alone. */
export const collectCells = (source: string, file: string): PlacedCell[] =>
  collectPage(source, file).cells;

/**
 * @param source the page's MDX.
 * @param file its path from the project's root, for errors.
 * @throws AuthoringError for what is no MDX, for a fence that does not fit, for an address
 * or code that no page may hold, and for an id that stands twice.
 */
export function collectPage(source: string, file: string): PageCells {
  const cells: PlacedCell[] = [];
  const elements: CompareElement[] = [];
  let asked: PlacedBet | undefined;
  const refusing =
    (node: { position?: { start: { line: number } } | undefined }): Refuse =>
    (message) => {
      throw new AuthoringError(file, node.position?.start.line ?? 1, message);
    };
  const body = source.replace(/^---\r?\n[\s\S]*?\r?\n---/, (block) => block.replace(/[^\n]+/g, ''));
  try {
    mdxToJs(body, {
      mdastPlugins: [
        {
          name: 'collect-cells',
          options: { position: true },
          code(node) {
            const line = node.position!.start.line;
            if (isBet(node.lang, node.meta)) {
              if (asked) throw asked.mistake(NO_CELL);
              asked = parseBet(node.value, file, line);
            }
            if (!isRunnable(node.meta)) return;
            const cell = parseFence({
              lang: node.lang ?? '',
              meta: node.meta!,
              code: node.value,
              file,
              line,
            });
            if (asked && cell.bet)
              throw asked.mistake(`the cell "${cell.id}" below asks already. Leave one bet out.`);
            cells.push({ ...cell, ...(asked && { bet: asked }) });
            asked = undefined;
          },
          link: (node) => checkAddress(node.url, refusing(node)),
          image: (node) => checkAddress(node.url, refusing(node)),
          definition: (node) => checkAddress(node.url, refusing(node)),
          mdxTextExpression: (node) => checkExpression(node.value, refusing(node)),
          mdxFlowExpression: (node) => checkExpression(node.value, refusing(node)),
          mdxjsEsm: (node) => refuseModule(refusing(node)),
          mdxJsxTextElement: (node) => checkAttributes(node, refusing(node)),
          mdxJsxFlowElement(node) {
            checkAttributes(node, refusing(node));
            if (node.name === COMPARE) elements.push(parseCompare(node, file));
          },
        },
      ],
    });
  } catch (error) {
    const [, line, message] = /^(\d+):\d+: (.*)/s.exec((error as Error).message) ?? [];
    if (error instanceof AuthoringError || line === undefined) throw error;
    throw new AuthoringError(file, Number(line), `this is no MDX: ${message!}`);
  }
  if (asked) throw (asked as PlacedBet).mistake(NO_CELL);
  for (const [index, cell] of cells.entries()) {
    const first = cells.findIndex(({ id }) => id === cell.id);
    if (first < index)
      throw new AuthoringError(
        file,
        cell.line,
        `the id "${cell.id}" is taken by the cell in line ${cells[first]!.line}. Choose another.`,
      );
  }
  const comparisons = elements.map((element) => comparisonOf(element, cells));
  placeBets(cells, comparisons);
  return { cells, comparisons };
}

/** The cells that have to run before this one: the earlier cells of its session. */
export function cellsBefore<C extends PlacedCell>(cells: readonly C[], cell: C): C[] {
  if (cell.session === undefined) return [];
  return cells
    .slice(0, cells.indexOf(cell))
    .filter(({ session, engine }) => session === cell.session && engine === cell.engine);
}
