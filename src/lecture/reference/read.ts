/** The reference card as it lies in `content/reference/`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import type { PageCells } from '../../running/cells/fence/collect.ts';
import type { Group } from './entry.ts';
import { parseGroup } from './parse.ts';
import { courseRoot } from '../../foundation/content/root.ts';

export const REFERENCE_FOLDER = 'content/reference';

/**
 * @param root the folder that has `content/`.
 * @returns the files' groups in the order of the numbers that the files begin with.
 * @param tell takes note of ids that two things have. Without it the first is thrown.
 * @throws AuthoringError for a mistake in a file, and for an id that two things on the card have.
 */
export function readReference(root = courseRoot(), tell?: Tell): Group[] {
  const folder = join(root, REFERENCE_FOLDER);
  if (!existsSync(folder)) return [];
  const groups = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => `${REFERENCE_FOLDER}/${name}`)
    .map((file) => parseGroup(readFileSync(join(root, file), 'utf8'), file, tell));
  for (const twin of twinsOf(groups)) {
    if (!tell) throw twin;
    tell(twin);
  }
  return groups;
}

/** All that is executed on the card, as one page of cells. */
export function referenceCells(groups: readonly Group[]): PageCells {
  const entries = groups.flatMap((group) => group.entries);
  return {
    cells: entries.flatMap(({ cells }) => cells),
    comparisons: entries.flatMap(({ comparison }) => comparison ?? []),
  };
}

/** One for each id that something above it on the card has. */
function twinsOf(groups: readonly Group[]): AuthoringError[] {
  const twins: AuthoringError[] = [];
  const taken = new Map<string, string>();
  const take = (id: string, file: string, line: number): void => {
    const first = taken.get(id);
    if (first !== undefined) {
      const message = `the id "${id}" is taken by ${first}. Choose another.`;
      twins.push(new AuthoringError(file, line, message));
      return;
    }
    taken.set(id, `${file}:${line}`);
  };
  for (const { id, file, entries } of groups) {
    take(id, file, 1);
    for (const entry of entries) {
      take(entry.id, file, entry.line);
      for (const cell of entry.cells) take(cell.id, file, cell.line);
    }
  }
  return twins;
}
