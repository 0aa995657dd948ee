/** How PostgreSQL is divided by what is used of it. Node only. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { HalvesBuilder } from '../../assets.ts';
import { projectRoot } from '../../project-root.ts';
import { readChapters } from '../../sql/judged/chapters.ts';
import { REST } from '../rest.ts';
import { divide } from './divide.ts';

/** What a student types on the way through the manual: psql's commands, every kind of statement, and errors. */
const STATEMENTS = 'src/engines/postgres/judged/list.sql';

export const halves: HalvesBuilder = {
  wholes: ['postgres-wasm.bin', 'postgres-snapshot.bin', 'postgres-data.bin'],
  rest: REST,
  // All that decides what PostgreSQL is asked, and how.
  inputs: globSync('src/engines/{postgres,sql}/**/*.ts', {
    cwd: projectRoot(),
    exclude: (name) => /\.test\.ts$|\/judged\//.test(name),
  })
    .map((name) => name.replaceAll('\\', '/'))
    .sort(),
  workloads: (root) =>
    readChapters(readFileSync(path.join(root, STATEMENTS), 'utf8')).map(({ title, inputs }) => ({
      name: title,
      key: JSON.stringify(inputs),
      perform: (run) =>
        run(
          null,
          inputs.map((code) => ({ files: [{ name: 'input', code }] })),
        ),
    })),
  // Loaded only here: whoever publishes what is there already needs no PostgreSQL.
  watch: async (assets) => (await import('./watched.ts')).WatchedPostgres.of(assets),
  divide,
};
