import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NODE_CLASSES } from '../lecture/diagrams/theme.ts';
import { type Engines, ENGINES, folderOf } from './descriptors.ts';
import { loadEngine } from './registry.ts';
import { reversal } from './testing/reversal/descriptor.ts';

const WITH_ONE_MORE: Engines = [...ENGINES, reversal];

describe.each(WITH_ONE_MORE)('the descriptor of $title', (engine) => {
  it('stands in the folder of an engine', async () => {
    expect(existsSync(`${folderOf(engine)}/descriptor.ts`)).toBe(true);
    expect(await loadEngine(engine)).toMatchObject({ open: expect.any(Function) });
  });

  it('is plain data, which a page can load', () => {
    expect(JSON.parse(JSON.stringify(engine))).toEqual(engine);
  });

  it('has a name that can stand in an address and in styles', () => {
    expect(engine.name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('says what kind of SQL it is, where it is SQL', () => {
    const { statements, dialect } = engine.language;
    expect(dialect !== undefined).toBe(statements === 'sql');
  });

  it('names a class of diagrams that there is, or none', () => {
    const { diagramClass } = engine.look;
    if (diagramClass !== undefined) expect(NODE_CLASSES).toHaveProperty(diagramClass);
    else expect(engine.name).toBe('reversal');
  });
});

it('no two engines share what tells them apart', () => {
  for (const values of [
    WITH_ONE_MORE.map(({ name }) => name),
    WITH_ONE_MORE.map(({ title }) => title),
    WITH_ONE_MORE.map(({ language }) => language.fence),
    WITH_ONE_MORE.map(({ datasetSuffix }) => datasetSuffix),
  ])
    expect(new Set(values).size).toBe(WITH_ONE_MORE.length);
});

/** Files that ask for one engine by its name, and why: all others read descriptors. */
const OF_ONE_ENGINE: Readonly<Record<string, string>> = {
  'src/practice/challenge/': 'the challenge is one for PostgreSQL, and judged by its catalog',
  'src/lecture/components/measure.ts': 'the lecture compares these two',
  'src/lecture/reference/shape.ts': 'the card explains commands of Redis',
  'src/lecture/reference/missing.ts': 'and has to have those that the lecture uses',
  'src/running/console/redis/': 'the console of Redis, which is no language alone',
  'src/running/console/documents/names.ts': 'the name of an argument of MongoDB',
  'src/running/cells/editor/': 'a language of the editor, by the ending of a file',
  'src/running/cells/page/cell.css': 'errors of mongosh are as wide as its documents',
  'src/running/runner/assets/lua.ts': 'the Lua that runs scripts of Redis, packed',
  'src/running/runner/testing.ts': 'for tests',
  'src/site/first-half/workloads.ts': 'designs of the challenge are PostgreSQL’s',
  'src/site/licenses/declared.ts': 'licenses of what engines are made of',
};

it('nobody outside asks for an engine by name but what is about that one', () => {
  const names = new RegExp(`'(${ENGINES.map(({ name }) => name).join('|')})'`);
  // Kinds of SQL and of answers are called as engines are.
  const another = /dialect|answers|splitStatements|'document' :|^\s*\*/i;
  const found = readdirSync('src', { recursive: true })
    .map((file) => `src/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => /(?<!\.test)\.(ts|tsx|astro|css)$/.test(file))
    .filter((file) => !file.startsWith('src/engines/'))
    .filter((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .some((line) => names.test(line) && !another.test(line)),
    );
  const allowed = Object.keys(OF_ONE_ENGINE);
  expect(found.filter((file) => !allowed.some((one) => file.startsWith(one)))).toEqual([]);
  expect(allowed.filter((one) => !found.some((file) => file.startsWith(one)))).toEqual([]);
});
