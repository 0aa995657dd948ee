import { existsSync } from 'node:fs';
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
