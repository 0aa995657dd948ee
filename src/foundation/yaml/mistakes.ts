/** Where in a YAML file a mistake is, and how it is told. */
import { isMap, isScalar, isSeq, type Document, type LineCounter } from 'yaml';
import { didYouMean } from '../mistakes/nearest.ts';

interface Issue {
  path: PropertyKey[];
  message: string;
  code: string;
  keys?: string[];
  /** Of a union: what is wrong for each of its shapes. */
  errors?: Issue[][];
}

export interface Told {
  path: (string | number)[];
  message: string;
  /** A key under the path that it is about. */
  key?: string;
}

/**
 * @param issue zod's.
 * @param kinds what to say of a `kind` that is not known.
 * @param known the keys that may stand under a path.
 * @returns its place in the file, and the remedy; of keys that are not known, each.
 */
export function innermost(
  issue: unknown,
  kinds: string,
  known: (path: Told['path']) => readonly string[],
): Told[] {
  const { path: keysAndIndexes, message, code, keys = [], errors = [] } = issue as Issue;
  const path = keysAndIndexes.map((key) => (typeof key === 'number' ? key : String(key)));
  if (code === 'unrecognized_keys')
    return keys.map((key) => ({ path, key, message: unknownKey(key, known(path)) }));
  // A shape that is wrong only further inside is the one that was meant.
  const meant = errors.find((inside) => inside.length > 0 && inside.every(isInside));
  if (meant)
    return meant.flatMap((one) =>
      innermost({ ...one, path: [...keysAndIndexes, ...one.path] }, kinds, known),
    );
  if (code === 'invalid_union' && kinds !== '') return [{ path, message: kinds }];
  return [{ path, message: /received undefined/.test(message) ? MISSING : message }];
}

/** Whether it is about something in a thing, whose kind is right. */
const isInside = ({ path, code }: Issue): boolean =>
  (path.length > 0 && path.join(' ') !== 'kind') || code === 'unrecognized_keys';

const MISSING = 'is missing. Write it';

function unknownKey(key: string, known: readonly string[]): string {
  const meant = didYouMean(key, known);
  const takes = known.length > 0 ? ` It takes: ${known.join(', ')}.` : '';
  // A comma or a colon in a text makes keys of its pieces.
  const quotes = meant === '' ? ' A text with a comma or a colon needs quotes.' : '';
  return `"${key}" is not known here.${meant}${takes}${quotes}`;
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
