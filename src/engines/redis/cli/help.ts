/** Completion and inline help, from the command table. */
import { notesOf } from '../core/command-notes.ts';
import type { CommandSpec } from '../core/command-table.ts';
import type { Server } from '../core/server.ts';

/** `CLIENT SETNAME`. */
export const title = (spec: CommandSpec): string => spec.name.replace('|', ' ').toUpperCase();

/** All commands, those that only hold others left out. */
export function everySpec(server: Server): CommandSpec[] {
  return [...server.commands.values()].flatMap((spec) =>
    spec.subcommands ? [...spec.subcommands.values()] : [spec],
  );
}

/**
 * The commands of this emulator that a line may go on to, in alphabetical order.
 *
 * @param line what has been typed: `z`, `client s`.
 */
export function completions(server: Server, line: string): string[] {
  const typed = line.trimStart().toUpperCase();
  if (typed === '') return [];
  return everySpec(server)
    .filter((spec) => spec.here && title(spec).startsWith(typed))
    .map(title)
    .sort();
}

/** What a line's command takes: `SET key value [NX|XX] …`, with its summary, or `null`. */
export function usage(server: Server, line: string): { syntax: string; summary: string } | null {
  const [first = '', second = ''] = line.trim().toLowerCase().split(/\s+/);
  const spec = server.commands.get(first);
  const found = spec?.subcommands ? spec.subcommands.get(second) : spec;
  if (!found?.here) return null;
  const { syntax, summary } = notesOf(found);
  return { syntax: `${title(found)} ${syntax}`.trimEnd(), summary };
}
