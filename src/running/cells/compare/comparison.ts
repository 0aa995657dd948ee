/**
 * `<Compare>`: two cells that answer the same question on two engines. Its attributes and its cells
 * are checked here, with errors that tell the author the place and the remedy.
 */
import type { MdxJsxFlowElement } from 'satteri';
import { descriptorOf, ENGINES } from '../../../engines/descriptors.ts';
import { AuthoringError } from '../../../foundation/mistakes/authoring-error.ts';
import { type PlacedCell } from '../cell.ts';
import type { Rules } from './difference.ts';

/** The name of the element. */
export const COMPARE = 'Compare';

/** A `<Compare>` and where it stands. */
export interface CompareElement extends Rules {
  /** Path from the project's root. */
  file: string;
  /** Lines from 1, both included. */
  line: number;
  lastLine: number;
}

export interface Comparison extends CompareElement {
  cells: readonly [PlacedCell, PlacedCell];
}

const OPTIONS = ['ignore', 'merge'];

/** @throws AuthoringError for an attribute that it does not take. */
export function parseCompare(
  { attributes, position }: MdxJsxFlowElement,
  file: string,
): CompareElement {
  const line = position!.start.line;
  const fields: Record<string, string[]> = {};
  for (const attribute of attributes) {
    const name = attribute.type === 'mdxJsxAttribute' ? attribute.name : '{…}';
    if (!OPTIONS.includes(name) || typeof attribute.value !== 'string')
      throw new AuthoringError(
        file,
        line,
        `<Compare> cannot take ${name}. It takes names of fields: ${OPTIONS.map((one) => `${one}="…"`).join(', ')}.`,
      );
    fields[name] = attribute.value.split(/[\s,]+/).filter(Boolean);
  }
  const { ignore = [], merge = [] } = fields;
  return { file, line, lastLine: position!.end.line, ignore, merge };
}

/** Words of the fences whose answers compare. */
const COMPARABLE = ENGINES.filter(({ language }) => language.answers !== undefined).map(
  ({ language }) => language.fence,
);

/**
 * @param cells all cells of the page.
 * @throws AuthoringError unless the element holds two cells, of two engines whose answers compare.
 */
export function comparisonOf(element: CompareElement, cells: readonly PlacedCell[]): Comparison {
  const inside = cells.filter(({ line }) => element.line <= line && line <= element.lastLine);
  const refuse = (message: string): never => {
    throw new AuthoringError(element.file, element.line, message);
  };
  const [first, second] = inside;
  if (!first || !second || inside.length > 2)
    return refuse(
      `<Compare> holds two cells that answer the same question, and here are ${inside.length}.`,
    );
  if (first.engine === second.engine)
    refuse(`<Compare> holds cells of two engines: "${first.id}" and "${second.id}" have the same.`);
  for (const { id, engine } of [first, second])
    if (descriptorOf(engine).language.answers === undefined)
      refuse(
        `the answers of "${id}" cannot be compared. Languages that can: ${COMPARABLE.join(', ')}.`,
      );
  return { ...element, cells: [first, second] };
}
