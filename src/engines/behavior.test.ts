/** What every engine of the course does: the list each one has to pass, and one that a line would add. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPublished } from '../running/runner/assets/published.ts';
import { EngineProcess } from '../running/runner/process/process.ts';
import type { Behavior } from './behavior.ts';
import type { EngineDescriptor } from './descriptor.ts';
import { ENGINES } from './descriptors.ts';
import { DEFAULT_LIMITS, type Database, type Output } from './engine.ts';
import { loadBehavior } from './registry.ts';
import { reversal } from './testing/reversal/descriptor.ts';

const WITH_ONE_MORE: readonly EngineDescriptor[] = [...ENGINES, reversal];

/** As the build runs it, and as a page does. Programs take a browser's worker: `e2e/` runs those. */
const LISTS = WITH_ONE_MORE.flatMap((descriptor) => [
  { descriptor, how: 'as the build runs it', open: async () => new EngineProcess(descriptor) },
  ...(descriptor.runs.programs
    ? []
    : [
        {
          descriptor,
          how: 'as it is published',
          open: () => openPublished(process.cwd(), descriptor),
        },
      ]),
]);

/** All that an output says. */
const textOf = (outputs: readonly Output[]): string =>
  outputs.map((output) => JSON.stringify({ ...output, origin: undefined })).join('\n');

const isFailure = (output: Output): boolean =>
  output.kind === 'error' || (output.kind === 'transcript' && output.failed);

describe.each(LISTS)('$descriptor.title, $how', ({ descriptor, open }) => {
  let behavior: Behavior;
  let database: Database;

  beforeAll(async () => {
    behavior = await loadBehavior(descriptor);
    database = await open();
  }, 240_000);
  afterAll(() => database.close());
  beforeEach(() => database.reset(null));

  async function run(code: string, limits = DEFAULT_LIMITS) {
    const outputs: Output[] = [];
    const files = [{ name: 'script', code }];
    const summary = await database.run({ files }, (output) => outputs.push(output), limits);
    return { outputs, summary };
  }

  it('answers statement by statement, and says where each answer comes from', async () => {
    const { store, probe, shows } = behavior;
    const { outputs, summary } = await run(`${store}\n\n${probe}`);
    expect(textOf(outputs)).toContain(shows);
    expect(summary.errors).toBe(0);
    expect(summary.statements).toBe(store.split('\n').length + 1);
    const last = outputs.at(-1)!.origin;
    expect(last).toEqual({
      file: 0,
      line: store.split('\n').length + 2,
      statement: summary.statements - 1,
    });
  });

  it('tells of an error as an answer, and goes on with what stands behind it', async () => {
    const { failing, complaint, plain } = behavior;
    const { outputs, summary } = await run(`${failing}\n${plain}`);
    expect(outputs.map(isFailure)).toEqual([true, false]);
    expect(textOf(outputs.slice(0, 1))).toContain(JSON.stringify(complaint).slice(1, -1));
    expect(outputs.map(({ origin }) => origin.line)).toEqual([1, 2]);
    expect(summary).toMatchObject({ statements: 2, errors: 1 });
  });

  it('knows after a reset nothing of what ran before', async () => {
    const { store, probe, shows } = behavior;
    const fresh = textOf((await run(probe)).outputs);
    expect(fresh).not.toContain(shows);
    await run(store);
    expect(textOf((await run(probe)).outputs)).toContain(shows);
    await database.reset(null);
    expect(textOf((await run(probe)).outputs)).toBe(fresh);
  });

  it('begins with a dataset', async () => {
    await database.reset({ name: 'content/datasets/toys', code: behavior.store });
    expect(textOf((await run(behavior.probe)).outputs)).toContain(behavior.shows);
  });

  it('refuses a dataset that fails, and names it', async () => {
    const dataset = { name: 'content/datasets/broken', code: behavior.failing };
    await expect(database.reset(dataset)).rejects.toThrow('content/datasets/broken');
  });

  it('prints no more than it may, and says so', async () => {
    const code = Array<string>(5).fill(behavior.plain).join('\n');
    const { outputs, summary } = await run(code, { ...DEFAULT_LIMITS, outputs: 2 });
    expect(outputs).toHaveLength(3);
    expect(outputs[2]).toMatchObject({ kind: 'limit', message: expect.stringContaining('3 more') });
    expect(summary.statements).toBe(5);
  });
});

it('an engine without scripts for the list is told what it lacks', async () => {
  const bare = { ...reversal, folder: 'src/engines/sql' };
  await expect(loadBehavior(bare)).rejects.toThrow(
    'src/engines/sql/behavior.ts is not there. Every engine has one.',
  );
});
