/** The first half of PostgreSQL as it is published, alone: what comes with it is enough for the course. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetImage, halvedAssets, type RunFresh } from '../../engines/assets.ts';
import { descriptorOf } from '../../engines/descriptors.ts';
import type { Assets, Output, ScriptFile } from '../../engines/engine.ts';
import { PostgresDatabase } from '../../engines/postgres/database.ts';
import { readImage } from '../../engines/postgres/image.ts';
import { halves } from '../../engines/postgres/halves/builder.ts';
import { REST, Rest } from '../../engines/postgres/rest.ts';
import { Session } from '../../engines/postgres/session.ts';
import { projectRoot } from '../../engines/project-root.ts';
import { datasetScripts } from '../../running/cells/execute/dataset.ts';
import { profile } from '../../running/runner/process/profile.ts';
import { courseWorkloads } from './workloads.ts';

const descriptor = descriptorOf('postgres');
const datasets = datasetScripts('postgres');
const workloads = courseWorkloads('postgres');
const list = halves.workloads(projectRoot());

let assets: Assets;
let published: Awaited<ReturnType<typeof halvedAssets>>;

beforeAll(async () => {
  // A build has remembered it.
  const called = await profile(descriptor, { datasets, workloads: () => workloads });
  published = await halvedAssets(descriptor, called!);
  const bytes = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const { file } = published.assets.find((one) => one.name === name)!;
    return Uint8Array.from(gunzipSync(await readFile(file)));
  };
  const module = await WebAssembly.compile(await bytes('postgres-wasm.bin'));
  assets = { bytes, module: async () => module };
}, 300_000);

/** It never comes. */
class NoRest extends Rest {
  needed = false;
  private readonly said: boolean;
  /** @param said whether it says that it is here: then nobody asks for it, or prepares for having to. */
  constructor(said: boolean) {
    super(assets);
    this.said = said;
  }
  override get isHere(): boolean {
    return this.said;
  }
  override load(): Promise<void> {
    return Promise.resolve(this.take());
  }
  override take(): never {
    this.needed = true;
    throw new Error('there is no rest');
  }
}

/** PostgreSQL on the first half alone, which runs whatever comes. */
class Half extends PostgresDatabase {
  readonly noRest: NoRest;
  private constructor(session: Session, rest: NoRest, holds: string | null) {
    super(() => Session.start(assets, null, rest), session, rest, holds);
    this.noRest = rest;
  }
  static async open(dataset: ScriptFile | null, said = false): Promise<Half> {
    const rest = new NoRest(said);
    const file = dataset && (await datasetImage('postgres', dataset));
    const image = file && readImage(gunzipSync(await readFile(file.file)));
    return new Half(await Session.start(assets, image, rest), rest, dataset?.code ?? null);
  }
}

const SOMETHING = { files: [{ name: 'something', code: 'CREATE TABLE something (a int);' }] };

let running: { dataset: ScriptFile | null; database: Half } | null = null;

/** As a page does it: the first script of a dataset finds a server that has just started with it. */
async function holding(dataset: ScriptFile | null): Promise<Half> {
  if (running && running.dataset?.code === dataset?.code) {
    await running.database.reset(dataset);
    return running.database;
  }
  await running?.database.close();
  const database = await Half.open(dataset, true);
  running = { dataset, database };
  return database;
}
afterAll(() => running?.database.close());

/** @throws Error where something is called that is not there. */
const run: RunFresh = async (dataset, scripts) => {
  const database = await holding(dataset);
  const outputs: Output[][] = [];
  for (const script of scripts) {
    const of: Output[] = [];
    await database.run(script, (output) => of.push(output));
    if (database.noRest.needed) {
      running = null;
      throw new Error(`it needs the rest: ${JSON.stringify(script.files)}`);
    }
    outputs.push(of);
  }
  return outputs;
};

describe('the first half of PostgreSQL', () => {
  it('is two thirds of it, and the rest is a file of its own', () => {
    const [first] = published.assets;
    expect(first!.name).toBe('postgres-wasm.bin');
    expect(published.rest!.name).toBe(REST);
    expect(first!.bytes).toBeLessThan(2_250_000);
    expect(published.rest!.bytes).toBeGreaterThan(1_000_000);
  });

  it('ends a script that calls what it has not', async () => {
    const code =
      "SELECT regr_sxy(y, x) FROM (VALUES (1, 2), (2, 3)) AS v(x, y); SELECT xmlforest(1 AS a), tsquery_phrase('a', 'b', 3);";
    const cold = run(null, [{ files: [{ name: 'cold', code }] }]);
    await expect(cold).rejects.toThrow('it needs the rest');
  });

  it.each(datasets)(
    'has all that it takes to have $name, and to do without it',
    async (dataset) => {
      const database = await Half.open(dataset);
      for (const next of [dataset, null, dataset]) {
        await database.run(SOMETHING, () => undefined);
        await database.reset(next);
      }
      expect(database.noRest.needed).toBe(false);
      await database.close();
    },
  );

  it.each(workloads)('is enough for $name', async ({ perform }) => {
    await perform(run);
  });

  const heard: Output[] = [];
  let inputs = 0;
  it.each(list)('is enough for what students type: $name', async ({ perform }) => {
    await perform(async (dataset, scripts) => {
      inputs += scripts.length;
      const outputs = await run(dataset, scripts);
      heard.push(...outputs.flat());
      return outputs;
    });
  });

  it('knows hundreds of things that they type, psql’s commands and mistakes among them', () => {
    expect(inputs).toBeGreaterThanOrEqual(300);
    expect(heard.filter(({ kind }) => kind === 'error').length).toBeGreaterThan(40);
    expect(list.map(({ name }) => name)).toContain('Lists and descriptions');
  });
});
