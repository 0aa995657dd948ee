/** Whether the card has what the lecture uses. */
import { commandTable } from '../../engines/redis/core/command-table.ts';
import { scriptLines } from '../../engines/redis/script.ts';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { PlacedCell } from '../../running/cells/cell.ts';
import type { Group } from './entry.ts';

const commands = commandTable({});

/** Every Redis command in cells, by its name as the card writes it, with the first cell that uses it. */
export function commandsOf(cells: readonly PlacedCell[]): Map<string, PlacedCell> {
  const used = new Map<string, PlacedCell>();
  for (const cell of cells) {
    if (cell.engine !== 'redis') continue;
    for (const { line } of scriptLines(cell.files)) {
      if (line.kind !== 'command') continue;
      const [first = '', second = ''] = line.text.toLowerCase().split(/\s+/);
      const spec = commands.get(first);
      if (!spec) continue;
      const name = (spec.subcommands ? `${first} ${second}` : first).toUpperCase();
      if (!used.has(name)) used.set(name, cell);
    }
  }
  return used;
}

/** @returns one for each Redis command of the lecture that the card has no entry for. A course may have no card. */
export function missingOnCard(
  groups: readonly Group[],
  cells: readonly PlacedCell[],
): AuthoringError[] {
  const lists = groups.filter(({ kind }) => kind === 'command');
  if (lists.length === 0) return [];
  const names = new Set(lists.flatMap(({ entries }) => entries.map(({ name }) => name)));
  return [...commandsOf(cells)]
    .filter(([name]) => !names.has(name))
    .map(
      ([name, { id, file, line }]) =>
        new AuthoringError(
          file,
          line,
          `cell "${id}" uses ${name}, and the reference card has no entry for it. Add one to ${lists.map((group) => group.file).join(' or ')}.`,
        ),
    );
}
