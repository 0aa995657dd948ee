/**
 * Links that carry a reader's code in their fragment, which no server ever sees. Such code stands beside the reader's
 * own and waits: it never runs by itself.
 */
import type { ScriptFile } from '../../../engines/engine.ts';
import { fitted, readFiles } from './drafts.ts';

/** Beyond this a link breaks in mail programs and chats. */
const LONGEST = 8000;

/** What a link brings, or in a sentence why it brings nothing. */
export type Shared = { files: ScriptFile[] } | { refused: string };

/** @returns the page's address with the cell and its code, or `null` if the code is too long for one. */
export function shareLink(page: string, cell: string, files: readonly ScriptFile[]): string | null {
  const bytes = new TextEncoder().encode(JSON.stringify(files));
  const code = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  const link = `${page.replace(/#.*$/, '')}#${cell}:${code}`;
  return link.length > LONGEST ? null : link;
}

/**
 * @param cell where links to the cell lead.
 * @param names the files that it has, in their order.
 * @returns `null` if the fragment brings no code, or none for this cell.
 */
export function readFragment(
  fragment: string,
  cell: string,
  names: readonly string[],
): Shared | null {
  const start = `#${cell}:`;
  if (!fragment.startsWith(start)) return null;
  if (fragment.length > LONGEST)
    return { refused: 'The link is longer than any that Share makes. Nothing was changed.' };
  const files = decoded(fragment.slice(start.length));
  if (!files)
    return { refused: 'The code of this link is damaged. Nothing was changed: ask for it again.' };
  const own = fitted(files, names);
  return own
    ? { files: own }
    : {
        refused: `The code of this link is not for this cell, which has ${listed(names)}. Nothing was changed.`,
      };
}

function decoded(code: string): ScriptFile[] | null {
  try {
    const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return readFiles(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

const listed = (names: readonly string[]): string =>
  `the ${names.length === 1 ? 'file' : 'files'} ${names.join(', ')}`;
