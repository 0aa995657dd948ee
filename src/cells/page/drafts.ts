/** A reader's edits of a cell, kept in this browser. */
import type { ScriptFile } from '../../engines/engine.ts';
import { Kept } from '../../kept/kept.ts';

/** By page and cell: `/the-problem/three-broken-solutions/#eav-cast`. */
const drafts = new Kept('draft', 1, filesFrom);
const idOf = (cell: string): string => `${location.pathname}#${cell}`;

/** @returns the files as the reader left them, or `null` if the cell is as the course has it. */
export const loadDraft = (cell: string): ScriptFile[] | null => drafts.get(idOf(cell)) ?? null;

/** @returns whether the edit will survive a reload. */
export const saveDraft = (cell: string, files: readonly ScriptFile[]): boolean =>
  drafts.set(idOf(cell), [...files]);

export const removeDraft = (cell: string): void => drafts.remove(idOf(cell));

/** Files from a text that anybody may have written: at most 12, names and code nothing but text. */
export function parseFiles(text: string): ScriptFile[] | null {
  try {
    return filesFrom(JSON.parse(text)) ?? null;
  } catch {
    return null;
  }
}

function filesFrom(data: unknown): ScriptFile[] | undefined {
  if (!Array.isArray(data) || data.length === 0 || data.length > 12) return undefined;
  const files = data.map(({ name, code }: Partial<ScriptFile>) => ({ name, code }));
  const valid = files.every(
    ({ name, code }) =>
      typeof name === 'string' && /^[\w.-]{1,60}$/.test(name) && typeof code === 'string',
  );
  return valid ? (files as ScriptFile[]) : undefined;
}
