/** Where in a YAML file a mistake is, and how it is told. */
import { isSeq, type Document, type LineCounter } from 'yaml';

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
export function lineOf(
  document: Document,
  path: readonly (string | number)[],
  lines: LineCounter,
): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    // Of a list the first item says more than what stands before it.
    if (range && !isSeq(node)) return lines.linePos(range[0]).line;
  }
  return 1;
}
