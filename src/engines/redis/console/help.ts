/** redis-cli's own `help`: from the command table, in its words. */
import { notesOf } from '../core/command-notes.ts';
import { everySpec, title, type CommandSpec, type Server } from '../emulator.ts';

const INTRODUCTION = `To get help about Redis commands type:
      "help @<group>" to get a list of commands in <group>
      "help <command>" for help on <command>`;

function describe(spec: CommandSpec): string {
  const { syntax, summary, since } = notesOf(spec);
  return [
    `  ${title(spec)} ${syntax}`.trimEnd(),
    `  summary: ${summary}`,
    `  since: ${since}`,
    `  group: ${spec.group}`,
  ].join('\n');
}

/** What `help …` prints. @param words what follows `help`. */
export function helpText(server: Server, words: readonly string[]): string {
  const [first = '', second = ''] = words.map((word) => word.toLowerCase());
  const all = everySpec(server).filter(({ here }) => here);
  if (first === '') return INTRODUCTION;
  if (first.startsWith('@')) {
    const found = all.filter(({ group }) => group === first.slice(1));
    const groups = [...new Set(all.map(({ group }) => `@${group}`))].sort().join(', ');
    return found.length > 0
      ? found
          .map((spec) => `  ${title(spec)} ${notesOf(spec).syntax}\n  ${notesOf(spec).summary}`)
          .join('\n\n')
      : `There is no such group. The groups are ${groups}.`;
  }
  const wanted = second === '' ? [first] : [`${first}|${second}`, first];
  const found = all.filter(({ name }) =>
    second === '' ? name === first || name.startsWith(`${first}|`) : wanted.includes(name),
  );
  return found.length > 0
    ? found.map(describe).join('\n\n')
    : `There is no command ${words.join(' ').toUpperCase()} here.`;
}
