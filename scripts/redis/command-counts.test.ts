import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { handlers } from '../../src/engines/redis/commands/index.ts';
import { commandTable } from '../../src/engines/redis/core/command-table.ts';
import { commandCounts } from './command-counts.ts';

it('the README counts the commands there are (node scripts/redis/write-readme.ts)', () => {
  const readme = readFileSync(
    new URL('../../src/engines/redis/README.md', import.meta.url),
    'utf8',
  );
  const table = (text: string): string[][] =>
    text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').map((cell) => cell.trim().replace(/^-+:?$/, '-')));
  const written = /<!-- commands -->([\s\S]*)<!-- \/commands -->/.exec(readme)![1]!;
  expect(table(written)).toEqual(table(commandCounts()));
});

it('every handler belongs to a command of Redis, and no required command lacks one', () => {
  const specs = [...commandTable(handlers).values()].flatMap((spec) => [
    spec,
    ...(spec.subcommands?.values() ?? []),
  ]);
  const names = new Set(specs.map((spec) => spec.name));
  expect(Object.keys(handlers).filter((name) => !names.has(name))).toEqual([]);
  const required = [
    'string',
    'bitmap',
    'hash',
    'list',
    'set',
    'sorted-set',
    'stream',
    'transactions',
    'pubsub',
  ];
  const missing = specs.filter(
    (spec) =>
      required.includes(spec.group) &&
      !spec.handler &&
      !spec.subcommands &&
      !spec.name.endsWith('|help'),
  );
  expect(missing.map((spec) => spec.name)).toEqual([]);
});
