/** PostgreSQL on a first half that knows little, with the rest near or far. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeAssets } from '../assets.ts';
import { isAmong, union } from '../called.ts';
import {
  type Assets,
  type Database,
  type Output,
  PartMissing,
  type ScriptFile,
} from '../engine.ts';
import { split } from './halves/split.ts';
import { WatchedPostgres } from './halves/watched.ts';
import { engine } from './index.ts';
import { REST } from './rest.ts';

const whole = nodeAssets('postgres');
let first: WebAssembly.Module;
let rest: WebAssembly.Module;

const script = (code: string) => ({ files: [{ name: 'query.sql', code }] });

beforeAll(async () => {
  const postgres = await WatchedPostgres.of(whole);
  const plain =
    script(`CREATE TABLE t (i int); INSERT INTO t VALUES (1); SELECT * FROM t; BEGIN; COMMIT;
    CREATE SEQUENCE s; SELECT nextval('s'), now(), random(); SELECT no; SELECT 'a' || 1; SELECT 1 / 0;
    DO $$ BEGIN RAISE NOTICE 'a'; END $$;`);
  const called = union([await postgres.handle(null), (await postgres.run(null, [plain])).called]);
  const halves = split(await whole.bytes('postgres-wasm.bin'), (index) => isAmong(called, index));
  [first, rest] = await Promise.all([
    WebAssembly.compile(halves.first),
    WebAssembly.compile(halves.rest),
  ]);
}, 120_000);

/** Something that the first half has not. */
const COLD = "SELECT '08:00:2b:01:02:03'::macaddr AS cold;";

async function open() {
  const site = { online: true, asked: 0 };
  const assets: Assets = {
    bytes: (name) => whole.bytes(name),
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
  await database.loadParts!(script(code));
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
  it('has the rest before the next script runs: nothing is lost or done twice', async () => {
    const { site, database } = await open();
    expect(await run(database, "CREATE SEQUENCE s; SELECT nextval('s');")).toEqual([
      'CREATE SEQUENCE',
      '1',
    ]);
    expect(site.asked).toBe(0);
    expect(await run(database, "BEGIN; SELECT nextval('s');")).toEqual(['BEGIN', '2']);
    expect(site.asked).toBe(1);
    expect(await run(database, `SELECT nextval('s'); ${COLD} COMMIT;`)).toEqual([
      '3',
      '08:00:2b:01:02:03',
      'COMMIT',
    ]);
    expect(await run(database, "SELECT nextval('s');")).toEqual(['4']);
    expect(site.asked).toBe(1);
    await database.close();
  });

  it('keeps what it has where the rest does not come', async () => {
    const { site, database } = await open();
    await run(database, 'CREATE TABLE t (i int); BEGIN; INSERT INTO t VALUES (1);');
    site.online = false;
    await expect(run(database, COLD)).rejects.toThrow('the download broke off');
    await expect(database.run(script(COLD), () => undefined)).rejects.toThrow(
      'the download broke off',
    );
    site.online = true;
    expect(await run(database, `${COLD} COMMIT; SELECT * FROM t;`)).toEqual([
      '08:00:2b:01:02:03',
      'COMMIT',
      '1',
    ]);
    await database.close();
  });

  it('needs no rest to begin anew', async () => {
    const { site, database } = await open();
    await run(database, 'CREATE TABLE t (i int);');
    await database.loadParts!(script('SELECT 1;'), false);
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
