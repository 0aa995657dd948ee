import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeAssets } from '../assets.ts';
import type { Database, Output, TableOutput } from '../engine.ts';
import { engine } from './index.ts';
import { Session } from './session.ts';

let database: Database;
beforeAll(async () => {
  database = await engine.open(nodeAssets('postgres'));
}, 120_000);
afterAll(() => database.close());
beforeEach(() => database.reset(null));

const run = async (code: string): Promise<Output[]> => {
  const outputs: Output[] = [];
  await database.run({ files: [{ name: 'query.sql', code }] }, (output) => outputs.push(output));
  return outputs;
};
const tables = (outputs: Output[]): TableOutput[] =>
  outputs.filter((output) => output.kind === 'table');
const table = async (code: string): Promise<TableOutput> => {
  const outputs = await run(code);
  const found = tables(outputs).at(-1);
  if (!found) throw new Error(`no table in ${JSON.stringify(outputs)}`);
  return found;
};
/** The values of the last result's first row. */
const row = async (code: string) => (await table(code)).rows[0];

describe('values are the text that PostgreSQL prints', () => {
  it.each([
    [
      'numeric',
      "SELECT 12345678901234567890.1200::numeric, 'NaN'::numeric, 1/3::numeric",
      ['12345678901234567890.1200', 'NaN', '0.33333333333333333333'],
    ],
    [
      'bigint',
      'SELECT 9007199254740993::int8, -9223372036854775808',
      ['9007199254740993', '-9223372036854775808'],
    ],
    [
      'floats',
      "SELECT 0.1::float8 + 0.2, 0.1::float4, 1e300 * 10, '-infinity'::float8, 'NaN'::float8",
      ['0.30000000000000004', '0.1', `1${'0'.repeat(301)}`, '-Infinity', 'NaN'],
    ],
    ['booleans', 'SELECT true, false, NULL::boolean', ['t', 'f', null]],
    ['bytea', "SELECT '\\x00ff'::bytea, ''::bytea", ['\\x00ff', '\\x']],
    [
      'arrays',
      "SELECT ARRAY[1, NULL, 3], ARRAY['a,b', 'c\"d', NULL, ''], '{{1,2},{3,4}}'::int[]",
      ['{1,NULL,3}', '{"a,b","c\\"d",NULL,""}', '{{1,2},{3,4}}'],
    ],
    [
      'jsonb, its keys in its own order',
      `SELECT '{"b": 1, "aa": [1.50, null], "b": 2}'::jsonb`,
      ['{"b": 2, "aa": [1.50, null]}'],
    ],
    ['json, as it was written', `SELECT '{"b": 1,  "a": 2}'::json`, ['{"b": 1,  "a": 2}']],
    [
      'timestamps, in UTC',
      "SELECT '2024-03-10 12:00+02'::timestamptz, 'infinity'::timestamptz",
      ['2024-03-10 10:00:00+00', 'infinity'],
    ],
    [
      'time zones with their summer time',
      `SELECT '2024-07-01 12:00Z'::timestamptz AT TIME ZONE 'Europe/Berlin',
      '2024-01-01 12:00Z'::timestamptz AT TIME ZONE 'America/New_York'`,
      ['2024-07-01 14:00:00', '2024-01-01 07:00:00'],
    ],
    [
      'intervals and ranges',
      "SELECT interval '1 day 2 hours', int4range(1, 5)",
      ['1 day 02:00:00', '[1,5)'],
    ],
    ['composite values', "SELECT ROW(1, 'a b', NULL)", ['(1,"a b",)']],
    [
      'letters of every script, in either case',
      "SELECT upper('größe ž'), lower('ÀÉ'), length('👟')",
      ['GRÖßE Ž', 'àé', '1'],
    ],
  ])('%s', async (_, sql, expected) => {
    expect(await row(sql)).toEqual(expected);
  });
});

describe('types are named as format_type names them', () => {
  it('with their modifiers', async () => {
    const { columns } = await table(
      `SELECT 1 AS a, 1::int8 AS b, 'x'::varchar(20) AS c, 1::numeric(10,2) AS d, now()::timestamp(0) AS e,
        '{}'::jsonb AS f, ARRAY['x'::varchar(3)] AS g, 'x'::text AS h, gen_random_uuid() AS i, '1'::money AS j`,
    );
    expect(columns.map(({ type, numeric }) => (numeric ? `${type} #` : type))).toEqual([
      'integer #',
      'bigint #',
      'character varying(20)',
      'numeric(10,2) #',
      'timestamp(0) without time zone',
      'jsonb',
      'character varying(3)[]',
      'text',
      'uuid',
      'money #',
    ]);
  });

  it('without modifiers', async () => {
    const names = [
      ...['boolean', 'bytea', 'name', 'bigint', 'smallint', 'integer', 'text', 'oid', 'json'],
      ...['real', 'double precision', 'integer[]', 'text[]', 'character varying', 'date'],
      ...['time without time zone', 'timestamp without time zone', 'timestamp with time zone'],
      ...['interval', 'numeric', 'uuid', 'jsonb', 'xml', 'inet', 'numeric[]', 'int4range'],
    ];
    const values = names.map((name) => `NULL::${name}`).join(', ');
    const { columns, rows } = await table(`SELECT ${values}`);
    expect(columns.map(({ type }) => type)).toEqual(names);
    expect(rows).toEqual([names.map(() => null)]);
    const asked = await row(`SELECT ${names.map((it) => `'${it}'::regtype::text`).join(', ')}`);
    expect(asked).toEqual(names);
  });

  it('types of the reader, renamed ones too', async () => {
    const made = "CREATE TYPE mood AS ENUM ('calm', 'tense');";
    expect(
      (await table(`${made} SELECT 'calm'::mood AS m, ARRAY['tense'::mood] AS a;`)).columns,
    ).toMatchObject([{ type: 'mood' }, { type: 'mood[]' }]);
    expect(
      (await table("ALTER TYPE mood RENAME TO temper; SELECT 'calm'::temper AS m;")).columns,
    ).toMatchObject([{ type: 'temper' }]);
  });

  it('in a transaction as well', async () => {
    const outputs = await run("BEGIN; SELECT 'x'::varchar(7) AS v; COMMIT;");
    expect(tables(outputs)[0]?.columns).toMatchObject([{ type: 'character varying(7)' }]);
    expect(outputs.at(-1)).toMatchObject({ kind: 'command', tag: 'COMMIT' });
  });
});

describe('reports', () => {
  it('carries an error with all PostgreSQL says about it', async () => {
    expect(
      await run("SELECT 'navy'::int;\nSELECT nme FROM pg_class AS pc WHERE pc.relnme = '';"),
    ).toMatchObject([
      {
        kind: 'error',
        severity: 'ERROR',
        code: '22P02',
        message: 'invalid input syntax for type integer: "navy"',
        position: { line: 1, column: 8 },
      },
      { kind: 'error', code: '42703', position: { line: 2, column: 8 } },
    ]);
    const [, error] = await run(
      `CREATE TABLE t (sku text PRIMARY KEY); INSERT INTO t VALUES ('a'), ('a');`,
    );
    expect(error).toMatchObject({ code: '23505', detail: 'Key (sku)=(a) already exists.' });
  });

  it('passes on the hint that PostgreSQL gives', async () => {
    const [, error] = await run('CREATE TABLE shoes (price int); SELECT prise FROM shoes;');
    expect(error).toMatchObject({
      hint: 'Perhaps you meant to reference the column "shoes.price".',
    });
  });

  it('tells where in a function an error arose', async () => {
    const [error] = await run('DO $$ BEGIN PERFORM 1 / 0; END $$;');
    expect(error).toMatchObject({
      kind: 'error',
      code: '22012',
      context:
        'SQL statement "SELECT 1 / 0"\nPL/pgSQL function inline_code_block line 1 at PERFORM',
    });
  });

  it('shows notices and warnings before the result they came with', async () => {
    const code = `DO $$ BEGIN
      RAISE NOTICE '% rows', 3 USING DETAIL = 'the detail', HINT = 'the hint';
      RAISE WARNING 'careful';
    END $$;`;
    expect(await run(code)).toMatchObject([
      {
        kind: 'notice',
        severity: 'NOTICE',
        message: '3 rows',
        detail: 'the detail',
        hint: 'the hint',
      },
      { kind: 'notice', severity: 'WARNING', message: 'careful' },
      { kind: 'command', tag: 'DO' },
    ]);
  });

  it('prints no rows of a statement that failed half-way', async () => {
    const outputs = await run('SELECT 1 / (3 - i) FROM generate_series(1, 5) AS i;');
    expect(outputs).toMatchObject([{ kind: 'error', code: '22012' }]);
  });

  it('refuses everything in a failed transaction, until it ends', async () => {
    const outputs = await run('BEGIN; SELECT 1/0; SELECT 2; ROLLBACK; SELECT 3;');
    expect(outputs.map((it) => (it.kind === 'error' ? it.code : it.kind))).toEqual([
      'command',
      '22012',
      '25P02',
      'command',
      'table',
    ]);
  });

  it('says why CREATE DATABASE and CREATE EXTENSION do not work here', async () => {
    const outputs = await run('CREATE DATABASE shop; CREATE EXTENSION pg_trgm;');
    expect(outputs).toMatchObject([
      { kind: 'error', hint: expect.stringContaining('CREATE SCHEMA') },
      { kind: 'error', hint: expect.stringContaining('without extensions') },
    ]);
  });
});

describe('what would reach out of the database', () => {
  it.each([
    ["COPY t FROM PROGRAM 'ls'", 'could not execute command "ls": Operation not permitted'],
    ["COPY t TO PROGRAM 'cat > x'", 'could not execute command "cat > x": Operation not permitted'],
    ["COPY t FROM PROGRAM 'locale -a'", 'could not execute command "locale -a"'],
  ])('a program is refused, and nothing is lost: %s', async (statement, message) => {
    const outputs = await run(`CREATE TABLE t AS SELECT 1 AS n; ${statement}; SELECT n FROM t;`);
    expect(outputs.slice(1)).toMatchObject([
      {
        kind: 'error',
        code: '42501',
        message: expect.stringContaining(message),
        hint: expect.stringContaining('cannot run programs'),
      },
      { kind: 'table', rows: [['1']] },
    ]);
  });

  it.each([
    ["LOAD '/tmp/made.so'", 'there are no other libraries here'],
    [
      "CREATE FUNCTION f() RETURNS int LANGUAGE c AS '/tmp/made.so', 'f'",
      'there are no other libraries here',
    ],
    ["COPY t FROM '/dev/blob'", 'No such file or directory'],
  ])('a library or a device is refused, and nothing is lost: %s', async (statement, message) => {
    const made = `CREATE TABLE t AS SELECT 'no code' AS n; COPY t TO '/tmp/made.so';`;
    const outputs = await run(`${made} ${statement}; SELECT n FROM t;`);
    expect(outputs.slice(2)).toMatchObject([
      { kind: 'error', message: expect.stringContaining(message) },
      { kind: 'table', rows: [['no code']] },
    ]);
  });
});

describe('what the course needs of PostgreSQL', () => {
  it('a GIN index that serves containment', async () => {
    const outputs = await run(`
      CREATE TABLE items (id int PRIMARY KEY, attributes jsonb NOT NULL);
      INSERT INTO items SELECT i, jsonb_build_object('color', 'c' || i % 500) FROM generate_series(1, 5000) AS i;
      CREATE INDEX ON items USING gin (attributes jsonb_path_ops);
      ANALYZE items;
      EXPLAIN (COSTS OFF) SELECT * FROM items WHERE attributes @> '{"color": "c7"}';
      SELECT count(*) FROM items WHERE attributes @> '{"color": "c7"}';`);
    expect(outputs.at(-2)).toMatchObject({
      kind: 'plan',
      lines: [
        'Bitmap Heap Scan on items',
        '  Recheck Cond: (attributes @> \'{"color": "c7"}\'::jsonb)',
        '  ->  Bitmap Index Scan on items_attributes_idx',
        '        Index Cond: (attributes @> \'{"color": "c7"}\'::jsonb)',
      ],
    });
    expect(outputs.at(-1)).toMatchObject({ rows: [['10']] });
  });

  it('plans in other formats, and with what really happened', async () => {
    const [json, analyzed] = await run('EXPLAIN (FORMAT json) SELECT 1; EXPLAIN ANALYZE SELECT 1;');
    if (json?.kind !== 'plan' || analyzed?.kind !== 'plan') throw new Error('no plans');
    expect(JSON.parse(json.lines.join('\n'))).toMatchObject([{ Plan: { 'Node Type': 'Result' } }]);
    expect(analyzed.lines[0]).toMatch(/^Result .*\(actual time=.* rows=1.* loops=1\)$/);
  });

  it('full text search with the stems of words', async () => {
    expect(
      await row("SELECT to_tsvector('english', 'The runners were running') @@ to_tsquery('run')"),
    ).toEqual(['t']);
  });

  it('functions, DO blocks, triggers, generated columns and recursive queries', async () => {
    expect(
      await row(`
      CREATE TABLE log (n int, doubled int GENERATED ALWAYS AS (n * 2) STORED);
      CREATE FUNCTION plus_one() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.n := NEW.n + 1; RETURN NEW; END $$;
      CREATE TRIGGER t BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION plus_one();
      CREATE FUNCTION total() RETURNS bigint BEGIN ATOMIC SELECT sum(doubled) FROM log; END;
      DO $$ BEGIN FOR i IN 1..3 LOOP INSERT INTO log VALUES (i); END LOOP; END $$;
      WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100)
      SELECT total(), max(i) FROM n;`),
    ).toEqual(['18', '100']);
  });

  it('NOTIFY reaches the session that listens', async () => {
    expect(await run("LISTEN orders; NOTIFY orders, 'paid';")).toContainEqual(
      expect.objectContaining({
        kind: 'text',
        text: 'Notification on "orders" with payload "paid"',
      }),
    );
  });

  it('COPY in, from lines in the script as a dump has them, and out', async () => {
    const outputs = await run(
      `CREATE TABLE t (id int, name text);\nCOPY t FROM STDIN;\n1\tit's;\n2\t\\N\n\\.\nCOPY t TO STDOUT (FORMAT csv);`,
    );
    expect(outputs).toMatchObject([
      { tag: 'CREATE TABLE' },
      { tag: 'COPY 2' },
      { kind: 'text', text: "1,it's;\n2," },
      { tag: 'COPY 2' },
    ]);
  });

  it('gives the same plans everywhere: one time zone, no compiled expressions, no helpers', async () => {
    const settings = [
      'TimeZone',
      'jit',
      'max_parallel_workers_per_gather',
      'lc_messages',
      'work_mem',
    ];
    const outputs = await run(settings.map((name) => `SHOW ${name};`).join(''));
    expect(tables(outputs).map(({ rows }) => rows[0]?.[0])).toEqual([
      'UTC',
      'off',
      '0',
      'C',
      '4MB',
    ]);
  });
});

describe('reset', () => {
  it('forgets everything a script can make', async () => {
    const before = await table('SELECT count(*) FROM pg_class');
    await run(`
      CREATE ROLE clerk LOGIN; CREATE SCHEMA shop AUTHORIZATION clerk; SET search_path = shop;
      CREATE TABLE orders (id int); CREATE TEMP TABLE scratch (id int);
      CREATE TYPE public.size AS ENUM ('s'); CREATE DOMAIN public.sku AS text;
      CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE OPERATOR public.+++ (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl);
      CREATE TEXT SEARCH CONFIGURATION public.plain (COPY = simple);
      CREATE FUNCTION public.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE EVENT TRIGGER watcher ON sql_drop EXECUTE FUNCTION public.watch();
      PREPARE p AS SELECT 1; LISTEN orders; SET work_mem = '1MB'; SET ROLE clerk;
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
      RESET ROLE; ALTER ROLE clerk SET work_mem = '2MB'; SELECT lo_create(4711);`);
    await database.reset(null);
    expect((await table('SELECT count(*) FROM pg_class')).rows).toEqual(before.rows);
    expect(
      await row(`SELECT
      (SELECT count(*) FROM pg_roles WHERE rolname = 'clerk') + (SELECT count(*) FROM pg_event_trigger)
      + (SELECT count(*) FROM pg_prepared_statements) + (SELECT count(*) FROM pg_largeobject_metadata)
      + (SELECT count(*) FROM pg_ts_config WHERE cfgname = 'plain')
      + (SELECT count(*) FROM pg_listening_channels()),
      current_setting('work_mem'), current_setting('search_path'), current_user,
      (SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_')`),
    ).toEqual(['0', '4MB', '"$user", public', 'postgres', 'information_schema public']);
  });

  it('brings back what was dropped of the system itself', async () => {
    await run('DROP EXTENSION plpgsql; DROP FUNCTION pg_catalog.upper(text) CASCADE;');
    await database.reset(null);
    expect(await row("DO $$ BEGIN NULL; END $$; SELECT upper('back');")).toEqual(['BACK']);
  });

  it('leaves a server that is like a new one, down to its numbers', async () => {
    const numbers = 'SELECT pg_current_xact_id(), pg_current_wal_insert_lsn(), pg_my_temp_schema()';
    await run('SELECT 1');
    await database.reset(null);
    const before = await row(numbers);
    await run('CREATE TEMP TABLE t (n int); CREATE TABLE u (n int); CHECKPOINT; ANALYZE;');
    await database.reset(null);
    expect(await row(numbers)).toEqual(before);
  });

  it('starts PostgreSQL anew only if what was done cannot be taken back', async () => {
    const start = vi.spyOn(Session, 'start');
    await run("CREATE TABLE t (n int); SELECT 1 / 0; DO $$ BEGIN RAISE NOTICE 'plpgsql'; END $$;");
    await run(
      "SELECT to_tsvector('english', 'stems'); COPY t FROM PROGRAM 'x'; SELECT inet_client_addr();",
    );
    await database.reset(null);
    expect(start).not.toHaveBeenCalled();
    // It looks the names of hosts up, and PGlite remembers them.
    await run('CREATE TABLE t (n int); SELECT count(*) FROM pg_hba_file_rules;');
    await database.reset(null);
    expect(start).toHaveBeenCalledOnce();
    expect(await run('SELECT * FROM t')).toMatchObject([{ kind: 'error', code: '42P01' }]);
  });

  it('keeps what the script of a dataset made, if it is asked for again and again', async () => {
    const dataset = {
      name: 'one.sql',
      code: 'CREATE TABLE one AS SELECT clock_timestamp() AS made',
    };
    const made = async () => {
      await run('DROP TABLE IF EXISTS one');
      await database.reset(dataset);
      return (await row('SELECT made FROM one'))?.[0];
    };
    await made();
    const kept = await made();
    expect(await made()).toBe(kept);
    await database.reset(null);
    expect(await run('SELECT * FROM one')).toMatchObject([{ kind: 'error' }]);
    expect(await made()).toBe(kept);
    await database.reset({ name: 'two.sql', code: 'CREATE TABLE two (n int)' });
    expect(await run('SELECT * FROM one')).toMatchObject([{ kind: 'error' }]);
  });

  it('gathers statistics of the dataset, so that plans are those of a table in use', async () => {
    const code = 'CREATE TABLE numbers AS SELECT i FROM generate_series(1, 1000) AS i;';
    await database.reset({ name: 'numbers.sql', code });
    const [plan] = await run('EXPLAIN SELECT * FROM numbers;');
    expect(plan).toMatchObject({
      lines: ['Seq Scan on numbers  (cost=0.00..15.00 rows=1000 width=4)'],
    });
  });

  it('refuses a dataset that leaves a transaction open', async () => {
    await expect(database.reset({ name: 'open.sql', code: 'BEGIN;' })).rejects.toThrow(
      'open.sql: it leaves a transaction open',
    );
  });
});

describe('when PostgreSQL itself gives up', () => {
  it('ends endless recursion with an error of its own', async () => {
    const outputs = await run(`
      CREATE FUNCTION down(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN down(n + 1); END $$;
      SELECT down(1); SELECT 'still here';`);
    expect(outputs).toMatchObject([{}, { kind: 'error', code: '54001' }, { kind: 'table' }]);
  });

  it('goes on after a wait that would end a session elsewhere', async () => {
    await run('SET idle_in_transaction_session_timeout = 20; BEGIN; CREATE TABLE waits (i int);');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await run('COMMIT; SELECT count(*) FROM waits;')).toMatchObject([
      { tag: 'COMMIT' },
      { rows: [['0']] },
    ]);
  });

  it('says so when the server breaks off, and starts it again', async () => {
    // Executing a function of SQL takes more of the real stack than PostgreSQL's own limit foresees.
    const outputs = await run(`
      CREATE FUNCTION down(n int) RETURNS int LANGUAGE sql AS 'SELECT down(n + 1)';
      SELECT down(1);
      SELECT 'not run: the connection is gone';`);
    expect(outputs).toMatchObject([{ kind: 'command' }, { kind: 'error', severity: 'FATAL' }]);
    await database.reset({ name: 'one.sql', code: 'CREATE TABLE one AS SELECT 1 AS i' });
    expect(await row('SELECT i FROM one')).toEqual(['1']);
  });
});
