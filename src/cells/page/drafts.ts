/**
 * A reader's edits of a cell, kept in this browser over reloads and offline. Where storage is denied
 * they live as long as the page.
 */
import type { ScriptFile } from '../../engines/engine.ts';

const key = (cell: string): string => `course-draft:${location.pathname}#${cell}`;
const visit = new Map<string, string>();

/** @returns the files as the reader left them, or `null` if the cell is as the course has it. */
export function loadDraft(cell: string): ScriptFile[] | null {
  const text = visit.get(key(cell)) ?? readStored(key(cell));
  return text === null ? null : parseFiles(text);
}

/** @returns whether the edit will survive a reload. */
export function saveDraft(cell: string, files: readonly ScriptFile[]): boolean {
  const text = JSON.stringify(files);
  visit.set(key(cell), text);
  try {
    localStorage.setItem(key(cell), text);
    return true;
  } catch {
    return false;
  }
}

export function removeDraft(cell: string): void {
  visit.delete(key(cell));
  try {
    localStorage.removeItem(key(cell));
  } catch {
    // Storage is denied: there was nothing stored.
  }
}

function readStored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Files from a text that anybody may have written: at most 12, names and code nothing but text. */
export function parseFiles(text: string): ScriptFile[] | null {
  try {
    const data: unknown = JSON.parse(text);
    if (!Array.isArray(data) || data.length === 0 || data.length > 12) return null;
    const files = data.map((file: Partial<ScriptFile>) => ({ name: file.name, code: file.code }));
    const valid = files.every(
      ({ name, code }) =>
        typeof name === 'string' && /^[\w.-]{1,60}$/.test(name) && typeof code === 'string',
    );
    return valid ? (files as ScriptFile[]) : null;
  } catch {
    return null;
  }
}
