/** Keys as a table shows them: in short, whatever they hold. */
import { firstKeys, type KeyView, type Server } from '../emulator.ts';
import { LONGEST_TEXT, MOST_ROWS } from './limits.ts';
import type { KeyRow } from './messages.ts';

/** No character of UTF-8 is longer. */
const LONGEST_CHARACTER = 4;

/** Half of a character outside the basic plane is no text. */
const shorten = (text: string): string =>
  text.length > LONGEST_TEXT
    ? `${text.slice(0, LONGEST_TEXT).replace(/[\uD800-\uDBFF]$/, '')}…`
    : text;

/** A value in short: its first elements, and that there are more. */
export function previewOf({ preview, size, type }: KeyView): string {
  const shown = preview.slice(0, 20);
  return shorten(shown.join(', ') + (type !== 'string' && size > shown.length ? ', …' : ''));
}

export const nameOf = ({ db, key }: Pick<KeyView, 'db' | 'key'>): string =>
  db === 0 ? shorten(key) : `${shorten(key)} (database ${db})`;

/** The first keys, and how many there are. */
export function keyRows(server: Server): { keys: KeyRow[]; keyCount: number } {
  const longest = (LONGEST_TEXT + 1) * LONGEST_CHARACTER;
  const { views, count } = firstKeys(server, MOST_ROWS, longest);
  const keys = views.map((view): KeyRow => ({
    name: nameOf(view),
    type: view.type,
    encoding: view.encoding,
    ttl: view.ttl,
    value: previewOf(view),
  }));
  return { keys, keyCount: count };
}
