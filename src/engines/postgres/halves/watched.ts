/** PostgreSQL with its functions watched, in the states that a reader's scripts find it in. Node only. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { datasetImage, type Watched } from '../../assets.ts';
import type { Assets, Output, Script, ScriptFile } from '../../engine.ts';
import { PostgresDatabase } from '../database.ts';
import { readFile as readPacked, readImage, type Image } from '../image.ts';
import { Rest } from '../rest.ts';
import { Session } from '../session.ts';
import { calledOf, type Called, union } from '../../called.ts';
import { anatomyOf } from './anatomy.ts';
import { pagesOf } from './pages.ts';
import { Calls, watched } from './watch.ts';

export class WatchedPostgres implements Watched {
  private readonly assets: Assets;
  private readonly rest: Rest;
  /** Of all servers that run. */
  private readonly calls: Calls[] = [];
  private running: { database: PostgresDatabase; dataset: ScriptFile | null } | null = null;

  /** Pages that a server has looked at, by their place in a set. */
  private readonly touched = new Set<number>();

  /** @param places of pages in a set, by path and number. */
  private constructor(assets: Assets, places: ReadonlyMap<string, number>) {
    this.assets = assets;
    this.rest = new Rest(assets);
    this.rest.noted = (path, page) => {
      const place = places.get(`${path} ${page}`);
      if (place !== undefined) this.touched.add(place);
    };
  }

  static async of(assets: Assets): Promise<WatchedPostgres> {
    const whole = await assets.bytes('postgres-wasm.bin');
    const module = await WebAssembly.compile(watched(whole));
    const snapshot = await assets.bytes('postgres-snapshot.bin');
    const pages = await pagesOf(snapshot, readPacked(await assets.bytes('postgres-data.bin')));
    const functions = anatomyOf(whole).bodies.length;
    const places = pages.map(
      ({ path, number }, index) => [`${path} ${number}`, functions + index] as const,
    );
    return new WatchedPostgres(
      { bytes: (name) => assets.bytes(name), module: async () => module },
      new Map(places),
    );
  }

  async run(
    dataset: ScriptFile | null,
    scripts: readonly Script[],
  ): Promise<{ outputs: Output[][]; called: Called }> {
    if (this.running?.dataset?.code !== dataset?.code || !this.running) {
      await this.open(dataset);
      await this.running!.database.run(SOMETHING, () => undefined);
    }
    const { database } = this.running!;
    // All scripts find the same server, whichever ran before: what they call is always the same.
    await database.reset(dataset);
    this.called();
    const outputs: Output[][] = [];
    for (const script of scripts) {
      const of: Output[] = [];
      await database.run(script, (output) => of.push(output));
      outputs.push(of);
    }
    return { outputs, called: this.called() };
  }

  async handle(dataset: ScriptFile | null): Promise<Called> {
    await this.open(dataset);
    const { database } = this.running!;
    // To what it has started with it goes back; of another dataset it runs the script.
    const another = dataset && { ...dataset, code: `${dataset.code}\n` };
    for (const next of [dataset, null, another, null]) {
      await database.run(SOMETHING, () => undefined);
      await database.reset(next);
    }
    await this.end();
    return this.called();
  }

  /** Starts a database with the dataset. */
  private async open(dataset: ScriptFile | null): Promise<void> {
    await this.end();
    this.called();
    const session = await this.start(await imageOf(dataset));
    const start = (): Promise<Session> => this.start(null);
    const database = new PostgresDatabase(start, session, this.rest, dataset?.code ?? null);
    this.running = { database, dataset };
  }

  private async start(image: Image | null): Promise<Session> {
    const session = await Session.start(this.assets, image, this.rest);
    this.calls.push(new Calls(session.pg.instance));
    return session;
  }

  private async end(): Promise<void> {
    await this.running?.database.close().catch(() => undefined);
    this.running = null;
  }

  /** What was called since this was asked last. */
  private called(): Called {
    const pages = calledOf(this.touched, Math.max(-1, ...this.touched) + 1);
    this.touched.clear();
    const all = union([...this.calls.map((calls) => calls.take()), pages]);
    // Of one that is over nothing more is called.
    this.calls.splice(0, this.calls.length - 1);
    return all;
  }
}

const SOMETHING = { files: [{ name: 'something', code: 'CREATE TABLE something (a int);' }] };

/** The bytes of one that is small enough to be published or not: what is called for them is the same. */
async function imageOf(dataset: ScriptFile | null): Promise<Image | null> {
  const file = dataset && (await datasetImage('postgres', dataset));
  return file && readImage(await promisify(gunzip)(await readFile(file.file)));
}
