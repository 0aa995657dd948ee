/** A reader's own code of the cells, as it is kept in this browser over reloads and offline. */
import type { ScriptFile } from '../../../engines/engine.ts';
import { Kept } from '../../../foundation/kept/kept.ts';

export interface Draft {
  /** `null` if the reader went back to the course's code. */
  files: ScriptFile[] | null;
  /** When the reader last typed in it, in milliseconds since 1970; 0 if nobody knows. */
  at: number;
}

/** By the cell's page and id, see {@link draftId}. Earlier releases kept nothing but the files. */
export const drafts = new Kept<Draft>('draft', 2, (data, version) => {
  const { files, at } = version === 1 ? { files: data, at: 0 } : (data as Draft);
  if (!Number.isFinite(at)) return undefined;
  if (files === null) return { files, at };
  const texts = readFiles(files);
  return texts ? { files: texts, at } : undefined;
});

/** @param cell its id on this page. */
export const draftId = (cell: string): string => `${location.pathname}#${cell}`;

/**
 * Files as anybody may have written them: at most 12, names and code nothing but text. Lines end as they do in an
 * editor and in the listing of a page, so that what is shown is what runs.
 */
export function readFiles(data: unknown): ScriptFile[] | null {
  if (!Array.isArray(data) || data.length === 0 || data.length > 12) return null;
  const files = data.map((file: unknown) => {
    const { name, code } = (file ?? {}) as Partial<ScriptFile>;
    return typeof name === 'string' && /^[\w.-]{1,60}$/.test(name) && typeof code === 'string'
      ? { name, code: code.replace(/\r\n?/g, '\n') }
      : null;
  });
  return files.every((file) => file !== null) ? files : null;
}

/**
 * @param names the files that a cell has, in their order.
 * @returns the same files in the order of the cell, or `null` if they are not exactly its own: another one could not
 * be seen, and a missing one would be the course's.
 */
export function fitted(
  files: readonly ScriptFile[],
  names: readonly string[],
): ScriptFile[] | null {
  const own = names.map((name) => files.find((file) => file.name === name));
  return files.length === names.length && own.every((file) => file !== undefined) ? own : null;
}

export const isSame = (
  some: readonly ScriptFile[] | null | undefined,
  others: readonly ScriptFile[] | null | undefined,
): boolean => JSON.stringify(some ?? null) === JSON.stringify(others ?? null);
