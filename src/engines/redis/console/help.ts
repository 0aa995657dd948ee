/** redis-cli's own `help`: from the command table, in its words. */
import { everySpec, title, type CommandSpec, type Server } from '../emulator.ts';

const INTRODUCTION = `To get help about Redis commands type:
      "help @<group>" to get a list of commands in <group>
      "help <command>" for help on <command>`;

function describe(spec: CommandSpec): string {
  return [
    `  ${title(spec)} ${spec.syntax}`.trimEnd(),
    `  summary: ${spec.summary}`,
    `  since: ${spec.since}`,
    `  group: ${spec.group}`,
  ].join('\n');
}

/** What `help …` prints. @param words what follows `help`. */
export function helpText(server: Server, words: readonly string[]): string {
  const [first = '', second = ''] = words.map((word) => word.toLowerCase());
  const all = everySpec(server).filter(({ here, summary }) => here && summary !== '');
  if (first === '') return INTRODUCTION;
  if (first.startsWith('@')) {
    const found = all.filter(({ group }) => group === first.slice(1));
    const groups = [...new Set(all.map(({ group }) => `@${group}`))].sort().join(', ');
    return found.length > 0
      ? found.map((spec) => `  ${title(spec)} ${spec.syntax}\n  ${spec.summary}`).join('\n\n')
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
