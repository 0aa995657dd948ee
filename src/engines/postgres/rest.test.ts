/** PostgreSQL on a first half that knows little, with the rest near or far. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeAssets } from '../assets.ts';
import { union } from '../called.ts';
import {
  type Assets,
  type Database,
  type Output,
  PartMissing,
  type ScriptFile,
} from '../engine.ts';
import { divide } from './halves/divide.ts';
import { WatchedPostgres } from './halves/watched.ts';
import { engine } from './index.ts';
import { REST } from './rest.ts';

const whole = nodeAssets('postgres');
let files: Record<string, Uint8Array<ArrayBuffer>>;
let first: WebAssembly.Module;
let rest: WebAssembly.Module;

const script = (code: string) => ({ files: [{ name: 'query.sql', code }] });

beforeAll(async () => {
  const postgres = await WatchedPostgres.of(whole);
  const plain =
    script(`CREATE TABLE t (i int); INSERT INTO t VALUES (1); SELECT * FROM t; BEGIN; COMMIT;
    CREATE SEQUENCE s; SELECT nextval('s'), now(), random(); SELECT no; SELECT 'a' || 1; SELECT 1 / 0;
    DO $$ BEGIN RAISE NOTICE 'a'; END $$; SELECT i + 7 FROM t; SELECT count(*) FROM t; CREATE TABLE u (i int, at timestamptz DEFAULT now());
    INSERT INTO u VALUES (nextval('s'));
    BEGIN; INSERT INTO t VALUES (nextval('s')); SELECT 1 / 0; ROLLBACK; SELECT 'a'::text;`);
  const called = union([await postgres.handle(null), (await postgres.run(null, [plain])).called]);
  files = await divide(whole, called);
  [first, rest] = await Promise.all([
    WebAssembly.compile(files['postgres-wasm.bin']!),
    WebAssembly.compile(files[REST]!),
  ]);
}, 120_000);

/** Something that the first half has not. */
const COLD = "SELECT '08:00:2b:01:02:03'::macaddr AS cold;";

async function open() {
  const site = { online: true, asked: 0 };
  const assets: Assets = {
    bytes: async (name) => files[name]!.slice(),
    async module(name) {
      if (name !== REST) return first;
      site.asked++;
      if (!site.online) throw new Error('the download broke off');
      return rest;
    },
  };
  const database = await engine.open(assets);
  return { site, database };
}

/** Runs it, as the page's side does: a script that lacked a part runs again, and what it had printed counts for nothing. */
async function run(database: Database, code: string): Promise<string[]> {
  const once = async () => {
    const said: string[] = [];
    await database.run(script(code), (output) => said.push(inShort(output)));
    return said;
  };
  return once().catch(async (error: unknown) => {
    if (!(error instanceof PartMissing)) throw error;
    await database.loadParts!(script(code));
    return once();
  });
}

function inShort(output: Output): string {
  if (output.kind === 'table') return output.rows.map((row) => row.join(' ')).join('\n');
  if (output.kind === 'command') return output.tag;
  return 'message' in output ? `${output.kind}: ${output.message}` : output.kind;
}

describe('a script on the first half of PostgreSQL', () => {
  it('needs no more where it knows all that is called', async () => {
    const { site, database } = await open();
    expect(await run(database, "SELECT 'a' || 1; SELECT 1 / 0;")).toEqual([
      'a1',
      'error: division by zero',
    ]);
    expect(site.asked).toBe(0);
    await database.close();
  });

  it('begins again with the rest, as if it had not begun: one notice, one number of the sequence, one time', async () => {
    const { site, database } = await open();
    const code = `CREATE TABLE t (i serial, at timestamptz DEFAULT now());
      INSERT INTO t DEFAULT VALUES RETURNING i;
      DO $$ BEGIN RAISE NOTICE 'once'; END $$;
      ${COLD}
      SELECT nextval('t_i_seq'), count(*), count(DISTINCT at) FROM t;`;
    expect(await run(database, code)).toEqual([
      'CREATE TABLE',
      '1',
      'notice: once',
      'DO',
      '08:00:2b:01:02:03',
      '2 1 1',
    ]);
    expect(site.asked).toBe(1);
    await database.close();
  });

  it('has changed nothing where the rest does not come', async () => {
    const { site, database } = await open();
    site.online = false;
    const code = `CREATE TABLE t (i int); ${COLD}`;
    await expect(run(database, code)).rejects.toThrow('the download broke off');
    await expect(database.run(script(code), () => undefined)).rejects.toThrow(PartMissing);
    // The table that it made is gone with it.
    await expect(run(database, 'SELECT * FROM t;')).rejects.toThrow('the download broke off');
    site.online = true;
    expect(await run(database, code)).toEqual(['CREATE TABLE', '08:00:2b:01:02:03']);
    await database.close();
  });

  it('comes back from a memory that has grown meanwhile', async () => {
    const { database } = await open();
    const code = `CREATE TABLE t AS SELECT repeat('x', 1000000) FROM generate_series(1, 60); ${COLD}`;
    expect((await run(database, code)).at(-1)).toBe('08:00:2b:01:02:03');
    await database.close();
  }, 60_000);

  it('comes back to the data of a dataset', async () => {
    const { database } = await open();
    const dataset: ScriptFile = { name: 'one.sql', code: 'CREATE TABLE one AS SELECT 1 AS i;' };
    await database.reset(dataset);
    expect(await run(database, `UPDATE one SET i = i + 1 RETURNING i; ${COLD}`)).toEqual([
      '2',
      '08:00:2b:01:02:03',
    ]);
    await database.close();
  });

  it('may be a dataset’s', async () => {
    const { site, database } = await open();
    await database.reset({ name: 'cold.sql', code: `CREATE TABLE cold AS ${COLD}` });
    expect(site.asked).toBe(1);
    expect(await run(database, 'SELECT * FROM cold;')).toEqual(['08:00:2b:01:02:03']);
    await database.close();
  });
});

describe('a database that has been written to', () => {
  it('needs no more for scripts that need no more', async () => {
    const { site, database } = await open();
    const made = "CREATE SEQUENCE s; SELECT nextval('s');";
    expect(await run(database, made)).toEqual(['CREATE SEQUENCE', '1']);
    expect(await run(database, "SELECT nextval('s');")).toEqual(['2']);
    expect(site.asked).toBe(0);
    await database.close();
  });

  it('goes on with the rest where it was: nothing is lost, nothing done twice', async () => {
    const { site, database } = await open();
    const made = 'CREATE SEQUENCE s; CREATE TABLE t (i int, at timestamptz DEFAULT now());';
    await run(database, made);
    await run(database, "BEGIN; INSERT INTO t VALUES (nextval('s')); SELECT 1 / 0;");
    await run(database, 'ROLLBACK;');
    await run(database, "\\set mine 7\nBEGIN; INSERT INTO t VALUES (nextval('s'));");
    expect(site.asked).toBe(0);
    const code = `\\set mine 8
      INSERT INTO t VALUES (nextval('s')) RETURNING i;
      DO $$ BEGIN RAISE NOTICE 'once'; END $$;
      ${COLD}
      SELECT :mine, count(*), count(DISTINCT at) FROM t;`;
    expect(await run(database, code)).toEqual([
      '3',
      'notice: once',
      'DO',
      '08:00:2b:01:02:03',
      '8 2 1',
    ]);
    expect(site.asked).toBe(1);
    const after = "COMMIT; SELECT nextval('s'), count(*) FROM t;";
    expect(await run(database, after)).toEqual(['COMMIT', '4 2']);
    await database.close();
  });

  it('goes on with the random numbers that were to come, and with the time that it is', async () => {
    const { database } = await open();
    await run(
      database,
      'SELECT setseed(0.5); BEGIN; SELECT now() AS began; CREATE TABLE b AS SELECT now() AS at;',
    );
    const code = `CREATE TABLE r AS SELECT random() AS one; ${COLD}
      SELECT setseed(0.5); SELECT random() = one FROM r;
      SELECT now() = at AND clock_timestamp() > at FROM b;`;
    expect((await run(database, code)).slice(-3)).toEqual(['', 't', 't']);
    await database.close();
  });

  it('keeps what it has where the rest does not come', async () => {
    const { site, database } = await open();
    const made = '\\set mine 7\nCREATE TABLE t (i int); BEGIN; INSERT INTO t VALUES (1);';
    await run(database, made);
    site.online = false;
    const wants = `INSERT INTO t VALUES (2); ${COLD}`;
    await expect(run(database, wants)).rejects.toThrow('the download broke off');
    expect(await run(database, 'SELECT i + :mine FROM t;')).toEqual(['8']);
    await expect(run(database, wants)).rejects.toThrow('the download broke off');
    site.online = true;
    expect(await run(database, `${wants} COMMIT; SELECT count(*) FROM t;`)).toEqual([
      'INSERT 0 1',
      '08:00:2b:01:02:03',
      'COMMIT',
      '2',
    ]);
    await database.close();
  });

  it('goes on though its memory has grown meanwhile', async () => {
    const { database } = await open();
    await run(database, 'CREATE TABLE t (i int); BEGIN; INSERT INTO t VALUES (1);');
    const code = `CREATE TABLE large AS SELECT repeat('x', 1000000) FROM generate_series(1, 60); ${COLD}
      SELECT count(*) FROM t;`;
    expect((await run(database, code)).slice(-2)).toEqual(['08:00:2b:01:02:03', '1']);
    await database.close();
  }, 60_000);

  it('has the rest before it does what could not be taken back', async () => {
    const { site, database } = await open();
    const loads = "DO $$ BEGIN RAISE NOTICE 'loaded'; END $$;";
    await run(database, 'CREATE TABLE t (i int);');
    expect(
      await run(database, `INSERT INTO t VALUES (1); ${loads} SELECT count(*) FROM t;`),
    ).toEqual(['INSERT 0 1', 'notice: loaded', 'DO', '1']);
    expect(site.asked).toBe(1);
    await database.close();
  });

  it('has the rest before it goes on, where it has done such a thing', async () => {
    const { site, database } = await open();
    await run(database, "CREATE TABLE t (i int); DO $$ BEGIN RAISE NOTICE 'loaded'; END $$;");
    expect(site.asked).toBe(0);
    expect(await run(database, 'SELECT count(*) FROM t;')).toEqual(['0']);
    expect(site.asked).toBe(1);
    await database.close();
  });

  it('begins anew without the rest', async () => {
    const { site, database } = await open();
    await run(database, 'CREATE TABLE t (i int);');
    await database.reset(null);
    expect(await run(database, 'CREATE TABLE t (i int);')).toEqual(['CREATE TABLE']);
    expect(site.asked).toBe(0);
    await database.close();
  });

  it('is not written to by what the page asks aside', async () => {
    const { site, database } = await open();
    await database.run({ ...script("SELECT 'a' || 1;"), aside: true }, () => undefined);
    expect(await run(database, 'CREATE TABLE t (i int);')).toEqual(['CREATE TABLE']);
    expect(site.asked).toBe(0);
    await database.close();
  });

  it('goes back to earlier with the rest, and answers a judge', async () => {
    const { database } = await open();
    await run(database, `CREATE TABLE t (i int); ${COLD}`);
    await database.run({ ...script('SELECT * FROM t;'), judge: true }, (output) =>
      expect(inShort(output)).toBe(''),
    );
    await database.reset(null);
    expect(await run(database, COLD)).toEqual(['08:00:2b:01:02:03']);
    await database.close();
  });
});

describe('files of PostgreSQL that come with the rest', () => {
  it('are read when something asks for them: other time zones, other languages, views of the standard', async () => {
    const { site, database } = await open();
    const code = `SELECT '2024-07-01 12:00 Pacific/Auckland'::timestamptz AT TIME ZONE 'UTC';
      SELECT to_tsvector('german', 'die Häuser');
      SELECT count(*) > 400 FROM information_schema.columns WHERE table_schema = 'pg_catalog';`;
    const { database: all } = { database: await engine.open(whole) };
    expect(await run(database, code)).toEqual(await run(all, code));
    expect(site.asked).toBe(1);
    await Promise.all([database.close(), all.close()]);
  });

  it('are there again after going back to before they came', async () => {
    const { database } = await open();
    await run(database, `CREATE TABLE t (i int); SELECT count(*) FROM pg_proc;`);
    await database.reset(null);
    const code = 'SELECT count(*) > 3000 AND min(proname) IS NOT NULL FROM pg_proc;';
    expect(await run(database, code)).toEqual(['t']);
    await database.close();
  });

  it('are cleaned up and written anew as whole ones are', async () => {
    const { database } = await open();
    const code =
      "VACUUM FULL pg_rewrite; REINDEX TABLE pg_proc; SELECT count(*) > 3000 FROM pg_proc; SELECT pg_get_viewdef('pg_tables'::regclass) LIKE '%hastriggers%';";
    expect((await run(database, code)).slice(-2)).toEqual(['t', 't']);
    await database.close();
  });
});
