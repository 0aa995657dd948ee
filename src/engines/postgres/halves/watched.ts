/** PostgreSQL with its functions watched, in the states that a reader's scripts find it in. Node only. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { datasetImage, type Watched } from '../../assets.ts';
import { type Called, union } from '../../called.ts';
import type { Assets, Output, Script, ScriptFile } from '../../engine.ts';
import { PostgresDatabase } from '../database.ts';
import { readImage, type Image } from '../image.ts';
import { Rest } from '../rest.ts';
import type { SavedServer } from '../server.ts';
import { Session } from '../session.ts';
import { Calls, watched } from './watch.ts';

/** A server that holds a dataset, and what it was when it had started with its image. */
interface Holding {
  session: Session;
  saved: SavedServer;
  dataset: ScriptFile | null;
}

export class WatchedPostgres implements Watched {
  private readonly assets: Assets;
  private readonly rest: Rest;
  /** Of all servers, those that broke off included. */
  private readonly calls: Calls[] = [];
  private holding: Holding | null = null;

  private constructor(assets: Assets) {
    this.assets = assets;
    this.rest = new Rest(assets);
  }

  static async open(assets: Assets): Promise<WatchedPostgres> {
    const module = assets
      .bytes('postgres-wasm.bin')
      .then((whole) => WebAssembly.compile(watched(whole)));
    return new WatchedPostgres({ bytes: assets.bytes, module: () => module });
  }

  async run(
    dataset: ScriptFile | null,
    scripts: readonly Script[],
  ): Promise<{ outputs: Output[][]; called: Called }> {
    const database = await this.begin(dataset);
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
    await this.end();
    const database = await this.begin(dataset);
    // Behind a script, as a reader's next one finds it; then by the dataset's own script.
    const something = { files: [{ name: 'something', code: 'CREATE TABLE something (a int);' }] };
    for (const next of [dataset, null, dataset, null, dataset]) {
      await database.run(something, () => undefined);
      await database.reset(next);
    }
    const called = this.called();
    await this.end();
    return called;
  }

  /** A database as it is when it has started with the dataset. */
  private async begin(dataset: ScriptFile | null): Promise<PostgresDatabase> {
    const known = this.holding;
    const isSame = known !== null && known.dataset?.code === dataset?.code;
    if (!isSame || !known.session.restore(known.saved)) {
      await this.end();
      const session = await this.start(await imageOf(dataset));
      this.holding = { session, dataset, saved: session.save() };
    }
    const { session, saved } = this.holding!;
    // A database that starts another server has given this one up.
    const start = (): Promise<Session> => {
      this.holding = null;
      return this.start(null);
    };
    return new PostgresDatabase(start, session, this.rest, dataset?.code ?? null, saved);
  }

  private async start(image: Image | null): Promise<Session> {
    const session = await Session.start(this.assets, image, this.rest);
    this.calls.push(new Calls(session.pg.instance));
    return session;
  }

  private async end(): Promise<void> {
    await this.holding?.session.close().catch(() => undefined);
    this.holding = null;
  }

  /** What was called since this was asked last. */
  private called(): Called {
    const all = union(this.calls.map((calls) => calls.take()));
    // Of one that is over nothing more is called.
    this.calls.splice(0, this.calls.length - 1);
    return all;
  }
}

/** The bytes of one that is small enough to be published or not: what is called for them is the same. */
async function imageOf(dataset: ScriptFile | null): Promise<Image | null> {
  const file = dataset && (await datasetImage('postgres', dataset));
  return file && readImage(await promisify(gunzip)(await readFile(file.file)));
}
