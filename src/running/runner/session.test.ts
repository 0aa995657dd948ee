import { describe, expect, it } from 'vitest';
import { nodeAssets } from '../../engines/assets.ts';
import type { Database, Engine, Output } from '../../engines/engine.ts';
import { engine as sqlite } from '../../engines/sqlite/index.ts';
import type { Broker } from './broker.ts';
import type { Connection } from './connection.ts';
import { EngineCrashed, EngineLoadError, RunStopped } from './errors.ts';
import type { Loader } from './loading.ts';
import type { Request, Supply } from './protocol.ts';
import { createRoom } from './rooms.ts';
import { createSession, type Progress, type SessionGuest } from './session.ts';
import { serve, type WorkerScope } from './worker.ts';

const WASM = 'sqlite-wasm.bin';
const module = await nodeAssets('sqlite').module(WASM);

/** SQLite that, asked to run `hold`, runs on until it is let go, and asked to `break`, breaks. */
function holdable() {
  const letGo = Promise.withResolvers<void>();
  const engine: Engine = {
    ...sqlite,
    async open(assets) {
      const database = await sqlite.open(assets);
      return {
        reset: (dataset) => database.reset(dataset),
        close: () => database.close(),
        async run(script, emit, limits) {
          const code = script.files[0]?.code;
          if (code === 'break') throw new Error('memory access out of bounds');
          if (code !== 'hold') return database.run(script, emit, limits);
          await letGo.promise;
          return { milliseconds: 0, statements: 0, errors: 0 };
        },
      };
    },
  };
  return { engine, letGo: letGo.resolve };
}

const delegating = (database: Database): Database => ({
  reset: (dataset) => database.reset(dataset),
  run: (script, emit, limits) => database.run(script, emit, limits),
  close: () => database.close(),
});

/** SQLite that starts with a table named by its image. */
const imaged: Engine = {
  ...sqlite,
  async open(assets, image) {
    const database = await sqlite.open(assets);
    if (image)
      await database.run(
        script(`CREATE TABLE ${new TextDecoder().decode(image)} (i)`),
        () => undefined,
      );
    return database;
  },
};

/** A page whose workers run in this thread: everything is real but the frame and the download. */
function page({
  places = 2,
  engine = sqlite,
  changesHands = false,
  programs = false,
  images = [] as string[],
  /** Whether the first worker does not answer when it is asked to be at rest. */
  restless = false,
} = {}) {
  const workers: { die: (message: string) => void; ended: boolean }[] = [];
  const broker: Broker = {
    ready: Promise.resolve(),
    give: () => undefined,
    giveWasm: () => {
      throw new Error('the module is here already');
    },
    open(_, onDied, image) {
      const { port1, port2 } = new MessageChannel();
      const scope: WorkerScope = { onmessage: null };
      serve(engine, scope);
      const supplies: Supply[] = [
        {
          type: 'boot',
          port: port2,
          modules: [WASM],
          image: image == null ? undefined : new TextEncoder().encode(image).buffer,
        },
        { type: 'module', name: WASM, module },
      ];
      for (const data of supplies) scope.onmessage?.({ data } as MessageEvent);
      const worker = { die: onDied, ended: false };
      if (restless && workers.length === 0) {
        const post = port1.postMessage.bind(port1);
        port1.postMessage = (request: Request) => request.type === 'rest' || post(request);
      }
      workers.push(worker);
      return {
        port: port1,
        terminate() {
          worker.ended = true;
          port1.close();
        },
      };
    },
    watch: () => () => undefined,
    isAlive: async () => true,
    gone: new Promise(() => undefined),
  };
  const loader: Loader = {
    load: async () => broker,
    loadPart: () => Promise.reject(new Error('it has none')),
    loadImage: () => undefined,
    fetchRest: () => undefined,
    distrust: () => undefined,
    hasImage: (_, image) => images.includes(image),
    files: () => ({
      title: 'SQLite',
      runs: { atOnce: places, changesHands, programs },
      worker: { url: '', bytes: 0, rawBytes: 0 },
      assets: [],
      parts: {},
      images: {},
    }),
  };
  const room = createRoom<Connection>(places);
  const session = () => createSession('sqlite', { loader, room, changesHands, programs });
  return { session, workers };
}

const script = (code: string) => ({ files: [{ name: 'query.sql', code }] });
const shop = {
  name: 'shop.sql',
  code: `CREATE TABLE products (name TEXT); INSERT INTO products VALUES ('T-shirt');`,
};

/** The first column of the last table that the script printed. */
async function valuesOf(session: SessionGuest, code: string, options = {}) {
  const outputs: Output[] = [];
  await session.run(script(code), { ...options, onOutput: (output) => outputs.push(output) });
  const error = outputs.find(({ kind }) => kind === 'error');
  if (error?.kind === 'error') return error.message;
  const table = outputs.findLast(({ kind }) => kind === 'table');
  return table?.kind === 'table' ? table.rows.map(([value]) => value) : [];
}

describe('a session', () => {
  it('keeps its state from run to run', async () => {
    const session = page().session();
    await session.run(script('CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (7);'));
    expect(await valuesOf(session, 'SELECT i FROM t')).toEqual(['7']);
  });

  it('tells how a run ended', async () => {
    const summary = await page().session().run(script('SELECT 1; SELECT nothing; SELECT 2;'));
    expect(summary).toMatchObject({ statements: 3, errors: 1 });
  });

  it('runs one thing at a time, in the order in which it was asked', async () => {
    const session = page().session();
    const results = await Promise.all([
      valuesOf(session, 'CREATE TABLE t (i INTEGER)'),
      valuesOf(session, 'INSERT INTO t VALUES (1)'),
      valuesOf(session, 'SELECT i FROM t'),
      session.reset(null),
      valuesOf(session, 'SELECT i FROM t'),
    ]);
    expect(results).toEqual([[], [], ['1'], undefined, 'no such table: t']);
    expect(session.busy).toBe(false);
  });

  it('goes back to the dataset on reset', async () => {
    const session = page().session();
    await session.reset(shop);
    await session.run(script('DELETE FROM products'));
    await session.reset(shop);
    expect(await valuesOf(session, 'SELECT name FROM products')).toEqual(['T-shirt']);
  });

  it('starts with the image of the dataset to come, if it is there', async () => {
    const tables = 'SELECT name FROM sqlite_schema';
    const session = page({ engine: imaged, images: ['shop'] }).session();
    await session.warm({ dataset: 'shop' });
    // What it started with was never asked for: a script that wants none does not meet it.
    expect(await valuesOf(session, tables)).toEqual([]);

    const other = page({ engine: imaged, images: ['shop'] }).session();
    const seen: string[] = [];
    await other.run(script(tables), {
      dataset: 'shop',
      start: () => null,
      onOutput: (output) => output.kind === 'table' && seen.push(...output.rows.flat().map(String)),
    });
    expect(seen).toEqual([]);
  });

  it('says which dataset failed, and why, and goes on with the next call', async () => {
    const session = page().session();
    const broken = { name: 'broken.sql', code: 'INSERT INTO nowhere VALUES (1);' };
    await expect(session.reset(broken)).rejects.toThrow(/broken\.sql failed: .*nowhere/);
    expect(await valuesOf(session, 'SELECT 1')).toEqual(['1']);
  });

  it('brings about the state that a run starts from, without its outputs', async () => {
    const session = page().session();
    const earlier = [script(`INSERT INTO products VALUES ('Laptop'); SELECT 'not shown';`)];
    const outputs: Output[] = [];
    await session.run(script('SELECT name FROM products'), {
      start: () => ({ dataset: shop, earlier }),
      onOutput: (output) => outputs.push(output),
    });
    expect(outputs).toMatchObject([{ kind: 'table', rows: [['T-shirt'], ['Laptop']] }]);
  });

  it('asks for the starting state by the epoch, so that a cell knows whether its state is there', async () => {
    const session = page().session();
    const epochs: number[] = [];
    const start = (epoch: number) => {
      const known = epochs.includes(epoch);
      epochs.push(epoch);
      return known ? null : { dataset: shop };
    };
    const add = `INSERT INTO products VALUES ('Mug'); SELECT count(*) FROM products`;
    expect(await valuesOf(session, add, { start })).toEqual(['2']);
    expect(await valuesOf(session, add, { start })).toEqual(['3']);
    session.stop();
    expect(await valuesOf(session, add, { start })).toEqual(['2']);
  });

  it('tells the stages it goes through', async () => {
    const session = page().session();
    const stages: string[] = [];
    const onProgress = ({ stage }: Progress) => stages.push(stage);
    await session.run(script('SELECT 1'), { onProgress, start: () => ({ dataset: shop }) });
    await session.run(script('SELECT 1'), { onProgress });
    expect(stages).toEqual(['start', 'dataset', 'run', 'run']);
  });
});

describe('stopping a session', () => {
  it('ends what runs and what waits; the next call starts anew', async () => {
    const { engine } = holdable();
    const session = page({ engine }).session();
    await session.run(script('CREATE TABLE t (i INTEGER)'));
    const { epoch } = session;
    const running = session.run(script('hold'));
    const waiting = session.run(script('SELECT 1'));
    setTimeout(() => session.stop(), 50);
    await expect(running).rejects.toThrow(RunStopped);
    await expect(waiting).rejects.toThrow(RunStopped);
    expect(session.epoch).not.toBe(epoch);
    expect(await valuesOf(session, 'SELECT i FROM t')).toBe('no such table: t');
  });

  it('by its signal does the same', async () => {
    const { engine } = holdable();
    const session = page({ engine }).session();
    const abort = new AbortController();
    const running = session.run(script('hold'), {
      signal: abort.signal,
      onProgress: ({ stage }) => stage === 'run' && abort.abort(),
    });
    await expect(running).rejects.toThrow(RunStopped);
    expect(await valuesOf(session, 'SELECT 1')).toEqual(['1']);
  });

  it('takes a call that waits out of the queue when its signal is aborted, and no other', async () => {
    const { engine, letGo } = holdable();
    const session = page({ engine }).session();
    const abort = new AbortController();
    const begun = Promise.withResolvers<void>();
    const running = session.run(script('hold'), {
      onProgress: ({ stage }) => stage === 'run' && begun.resolve(),
    });
    const dropped = session.run(script('SELECT 1'), { signal: abort.signal });
    const kept = valuesOf(session, 'SELECT 2');
    await begun.promise;
    abort.abort();
    await expect(dropped).rejects.toThrow(RunStopped);
    setTimeout(letGo, 50);
    await expect(running).resolves.toMatchObject({ errors: 0 });
    expect(await kept).toEqual(['2']);
  });

  it('is harmless when nothing runs', async () => {
    const session = page().session();
    session.stop();
    expect(await valuesOf(session, 'SELECT 1')).toEqual(['1']);
  });
});

describe('an engine that breaks off', () => {
  it('fails the run, and starts anew with the next', async () => {
    const { engine } = holdable();
    const { session: open, workers } = page({ engine });
    const session = open();
    const running = session.run(script('hold'), {
      onProgress: ({ stage }) => stage === 'run' && workers[0]?.die('out of memory'),
    });
    await expect(running).rejects.toThrow(EngineCrashed);
    await expect(running).rejects.toThrow('SQLite broke off (out of memory)');
    expect(await valuesOf(session, 'SELECT 1')).toEqual(['1']);
    expect(workers).toHaveLength(2);
  });

  it('is not trusted again after it threw', async () => {
    const { engine } = holdable();
    const { session: open, workers } = page({ engine });
    const session = open();
    await expect(session.run(script('break'))).rejects.toThrow('memory access out of bounds');
    expect(await valuesOf(session, 'SELECT 1')).toEqual(['1']);
    expect(workers).toHaveLength(2);
  });

  it('is a failure to load if it never started', async () => {
    const engine: Engine = { ...sqlite, open: () => Promise.reject(new Error('out of memory')) };
    const running = page({ engine }).session().run(script('SELECT 1'));
    await expect(running).rejects.toThrow(EngineLoadError);
    await expect(running).rejects.toThrow('SQLite: it did not start (out of memory)');
  });
});

describe('sessions that share the places for their kind', () => {
  it('take the place of the least recently used, whose state is then gone', async () => {
    const { session, workers } = page({ places: 2 });
    const [first, second, third] = [session(), session(), session()];
    await first.run(script('CREATE TABLE t (i INTEGER)'));
    await second.run(script('CREATE TABLE t (i INTEGER)'));
    await first.run(script('SELECT 1'));
    const epochs = [first.epoch, second.epoch];
    await third.run(script('SELECT 1'));
    expect(first.epoch).toBe(epochs[0]);
    expect(second.epoch).not.toBe(epochs[1]);
    expect(await valuesOf(second, 'SELECT i FROM t')).toBe('no such table: t');
    expect(workers).toHaveLength(4);
  });

  it('may take over its database as well, which is empty then', async () => {
    const { session, workers } = page({ places: 1, changesHands: true });
    const [first, second] = [session(), session()];
    await first.reset(shop);
    const { epoch } = first;
    expect(await valuesOf(second, 'SELECT name FROM products')).toBe('no such table: products');
    expect(first.epoch).not.toBe(epoch);
    await first.run(script('SELECT 1'), { start: () => ({ dataset: shop }) });
    expect(await valuesOf(first, 'SELECT name FROM products')).toEqual(['T-shirt']);
    expect(workers).toHaveLength(1);
    first.stop();
    expect(await valuesOf(second, 'SELECT 1')).toEqual(['1']);
    expect(workers).toHaveLength(2);
  });

  it('wait while all the others are busy', async () => {
    const { engine, letGo } = holdable();
    const { session } = page({ places: 1, engine });
    const [first, second] = [session(), session()];
    const running = first.run(script('hold'));
    const stages: string[] = [];
    const waiting = valuesOf(second, 'SELECT 1', {
      onProgress: ({ stage }: Progress) => {
        stages.push(stage);
        if (stage === 'wait') setTimeout(letGo, 50);
      },
    });
    await expect(running).resolves.toMatchObject({ errors: 0 });
    expect(await waiting).toEqual(['1']);
    expect(stages).toEqual(['wait', 'start', 'run']);
  });

  it('can be stopped while they wait, and leave the others alone', async () => {
    const { engine, letGo } = holdable();
    const { session } = page({ places: 1, engine });
    const [first, second] = [session(), session()];
    const running = first.run(script('hold'));
    const waiting = second.run(script('SELECT 1'), {
      onProgress: ({ stage }) => stage === 'wait' && setTimeout(() => second.stop(), 10),
    });
    await expect(waiting).rejects.toThrow(RunStopped);
    letGo();
    await expect(running).resolves.toMatchObject({ errors: 0 });
    expect(await valuesOf(second, 'SELECT 1')).toEqual(['1']);
  });

  it('do not take a place by being warmed', async () => {
    const { session, workers } = page({ places: 1 });
    const [first, second] = [session(), session()];
    await first.warm();
    expect(workers).toHaveLength(1);
    const { epoch } = first;
    await second.warm();
    expect(workers).toHaveLength(1);
    expect(first.epoch).toBe(epoch);
  });
});

describe('a session whose scripts are programs', () => {
  it('makes every new beginning in another worker', async () => {
    const { session, workers } = page({ programs: true });
    const one = session();
    const start = () => ({ dataset: shop });
    expect(await valuesOf(one, 'SELECT name FROM products', { start })).toEqual(['T-shirt']);
    expect(await valuesOf(one, 'DELETE FROM products RETURNING name')).toEqual(['T-shirt']);
    expect(workers.map(({ ended }) => ended).slice(0, 1)).toEqual([false]);
    const life = one.epoch;
    expect(await valuesOf(one, 'SELECT name FROM products', { start })).toEqual(['T-shirt']);
    expect(workers.map(({ ended }) => ended).slice(0, 2)).toEqual([true, false]);
    // Whoever asked for the new beginning has lost nothing.
    expect(one.epoch).toBe(life);
  });

  it('runs the earlier scripts again in the other worker', async () => {
    const one = page({ programs: true }).session();
    await one.run(script('CREATE TABLE left_over (i INTEGER)'));
    const start = () => ({
      dataset: shop,
      earlier: [script(`INSERT INTO products VALUES ('Mug')`)],
    });
    expect(await valuesOf(one, 'SELECT name FROM products', { start })).toEqual(['T-shirt', 'Mug']);
    expect(await valuesOf(one, 'SELECT * FROM left_over')).toMatch('no such table');
  });

  it('has the next worker started, and filled with the same data, while nobody waits', async () => {
    let filled = 0;
    const counting: Engine = {
      ...sqlite,
      async open(assets) {
        const database = await sqlite.open(assets);
        return { ...delegating(database), reset: (data) => (filled++, database.reset(data)) };
      },
    };
    const { session, workers } = page({ programs: true, engine: counting });
    const one = session();
    const start = () => ({ dataset: shop });
    await valuesOf(one, 'DELETE FROM products', { start });
    await expect.poll(() => [workers.length, filled]).toEqual([2, 2]);
    expect(await valuesOf(one, 'SELECT name FROM products', { start })).toEqual(['T-shirt']);
    expect(workers.map(({ ended }) => ended)).toEqual([
      true,
      false,
      ...workers.slice(2).map(() => false),
    ]);
  });

  it('ends a worker in which a program goes on, and begins anew', async () => {
    const { session, workers } = page({ programs: true, restless: true });
    const one = session();
    const life = one.epoch;
    await one.run(script('CREATE TABLE t (i INTEGER)'));
    expect(await valuesOf(one, 'SELECT 1 AS one')).toEqual(['1']);
    expect(workers[0]!.ended).toBe(true);
    expect([one.epoch > life, one.loss]).toEqual([true, 'a program went on']);
  });
});
