/** How many commands of redis-server 7.0 the emulator has, by group, as Markdown. */
import { handlers, loadEveryCommand } from '../../src/engines/redis/commands/index.ts';
import { commandTable, type CommandSpec } from '../../src/engines/redis/core/command-table.ts';

await loadEveryCommand();

/** Containers (`CLIENT`) count by their subcommands. */
function everySpec(): CommandSpec[] {
  return [...commandTable(handlers).values()].flatMap((spec) => {
    if (!spec.subcommands) return [spec];
    const subs = [...spec.subcommands.values()].map((sub) => ({ ...sub, group: spec.group }));
    return spec.handler ? [spec, ...subs] : subs;
  });
}

/** A table: group, how many there are in Redis, how many here, and what is missing. */
export function commandCounts(): string {
  const groups = new Map<string, CommandSpec[]>();
  for (const spec of everySpec()) groups.set(spec.group, [...(groups.get(spec.group) ?? []), spec]);
  const title = (spec: CommandSpec): string => `\`${spec.name.replace('|', ' ').toUpperCase()}\``;
  const lines = ['| group | in Redis 7.0 | here | missing |', '| --- | ---: | ---: | --- |'];
  let [all, here] = [0, 0];
  for (const [group, specs] of [...groups].sort()) {
    const missing = specs.filter((spec) => spec.handler === undefined);
    all += specs.length;
    here += specs.length - missing.length;
    const names = missing.length === specs.length ? 'all' : missing.map(title).sort().join(', ');
    lines.push(`| ${group} | ${specs.length} | ${specs.length - missing.length} | ${names} |`);
  }
  lines.push(`| **all** | ${all} | ${here} | |`);
  return `${lines.join('\n')}\n`;
}
