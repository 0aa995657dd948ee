/**
 * Writes the command tables of `src/engines/redis/README.md` from the command table.
 *
 *     node scripts/redis/write-readme.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { commandCounts } from './command-counts.ts';

const file = new URL('../../src/engines/redis/README.md', import.meta.url);
const readme = readFileSync(file, 'utf8');
writeFileSync(
  file,
  readme.replace(
    /(<!-- commands -->\n)[\s\S]*(<!-- \/commands -->)/,
    (_all, start: string, end: string) => `${start}\n${commandCounts()}\n${end}`,
  ),
);
