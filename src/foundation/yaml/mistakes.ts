/** Where in a YAML file a mistake is, and how it is told. */
import { isMap, isScalar, isSeq, type Document, type LineCounter } from 'yaml';

interface Issue {
  path: PropertyKey[];
  message: string;
  code: string;
  keys?: string[];
}

/**
 * @param issue zod's.
 * @param kinds what to say of a `kind` that is not known.
 * @returns its place in the file, and the remedy.
 */
export function innermost(
  issue: unknown,
  kinds: string,
): { path: (string | number)[]; message: string } {
  const { path, message, code, keys } = issue as Issue;
  const remedies: Record<string, string> = {
    unrecognized_keys: `${keys?.join(', ') ?? 'a key'} is not known here. A text with a comma or a colon needs quotes.`,
    invalid_union: kinds,
  };
  const says = /received undefined/.test(message) ? 'is missing. Write it' : message;
  return {
    path: path.map((key) => (typeof key === 'number' ? key : String(key))),
    message: remedies[code] ?? says,
  };
}

/** The line of a key or an item, or of the nearest one above it that is there. */
export const lineOf = (
  document: Document,
  path: readonly (string | number)[],
  lines: LineCounter,
): number => placeIn(document, path, lines).line;

/** The same with its column, both from 1. */
export function placeIn(
  document: Document,
  path: readonly (string | number)[],
  lines: LineCounter,
): { line: number; column: number } {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    // Of a list the first item says more than what stands before it.
    if (!range || isSeq(node)) continue;
    const { line, col } = lines.linePos(range[0]);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}

/** Where a key stands, rather than its value; the beginning of the file if it is not there. */
export function placeOfKey(
  document: Document,
  path: readonly (string | number)[],
  lines: LineCounter,
): { line: number; column: number } {
  const parent: unknown =
    path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)))
    : undefined;
  const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  if (offset === undefined) return placeIn(document, path, lines);
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
