/**
 * Links that carry a reader's code in their fragment, which no server ever sees. Such code fills the
 * editor and waits: it never runs by itself.
 */
import type { ScriptFile } from '../../engines/engine.ts';
import { parseFiles } from './drafts.ts';

/** Beyond this a link breaks in mail programs and chats. */
const LONGEST = 8000;

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

/** @returns what a link's fragment carries, or `null` if it is an ordinary one or damaged. */
export function readFragment(fragment: string): { cell: string; files: ScriptFile[] } | null {
  const match = /^#([a-z][a-z0-9-]*):([\w-]+)$/.exec(fragment);
  if (!match) return null;
  try {
    const binary = atob(match[2]!.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const files = parseFiles(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return files && { cell: match[1]!, files };
  } catch {
    return null;
  }
}
