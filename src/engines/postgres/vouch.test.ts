import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeAssets } from '../assets.ts';
import type { Database, Output } from '../engine.ts';
import { engine } from './index.ts';
import { POSTGRES_TAMPERING } from './tampering.ts';

let database: Database;
beforeAll(async () => {
  database = await engine.open(nodeAssets('postgres'));
}, 120_000);
afterAll(() => database.close());

async function run(code: string, judge = false): Promise<Output[]> {
  const outputs: Output[] = [];
  const script = { files: [{ name: 'script.sql', code }], ...(judge && { judge }) };
  await database.run(script, (output) => outputs.push(output));
  return outputs;
}

const judged = (code: string): Promise<Output[]> => run(code, true);
const refusals = (outputs: readonly Output[]): string[] =>
  outputs.flatMap((output) =>
    output.kind === 'error' && output.message.startsWith('The checks do not run')
      ? [output.message]
      : [],
  );

/** Of all ways to tamper, those with what answers are computed with. The others change what is a reader's own. */
const COMPUTED_WITH = [
  'an aggregate becomes another',
  'a function of the system gets another body',
  'a function is called for NULL',
  'plus becomes minus',
  'equal becomes different, while something is gone',
  'a cast happens by itself',
  'a type has another name, which is remembered',
  'a type that cannot be sorted',
  'a view of the system says something else',
  'a rule of a view is gone',
  'a view has another name',
  'an index of a catalog does not count',
  'the stems of English words are cut no more',
];

const table = [expect.objectContaining({ kind: 'table', rows: [['3']] })];

describe('a judge', () => {
  it('is answered where a script made tables, functions, views, types and indexes of its own', async () => {
    await database.reset(null);
    await run(`
      CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE DOMAIN price AS numeric CHECK (value > 0);
      CREATE TABLE products (id serial PRIMARY KEY, price price, mood mood); CREATE INDEX ON products (price);
      CREATE VIEW cheap AS SELECT * FROM products WHERE price < 10;
      CREATE FUNCTION total() RETURNS numeric LANGUAGE sql AS 'SELECT sum(price) FROM products';
      INSERT INTO products (price) VALUES (1), (2); CREATE ROLE reader; GRANT SELECT ON products TO reader;
      CREATE TYPE span AS RANGE (subtype = numeric); VACUUM; ANALYZE;`);
    expect(await judged('SELECT total()')).toEqual(table);
  });

  it('is answered inside a transaction that was left open, whose changes stay', async () => {
    await database.reset(null);
    await run('CREATE TABLE t (i int); BEGIN; INSERT INTO t VALUES (3);');
    expect(await judged('SELECT i FROM t')).toEqual(table);
    await run('ROLLBACK');
    expect(await judged('SELECT 3 - count(*) FROM t')).toEqual(table);
  });

  it('is answered with the settings of a new session, but for where tables are looked for', async () => {
    await database.reset(null);
    await run(`CREATE SCHEMA shop; CREATE TABLE shop.t (i int); INSERT INTO shop.t VALUES (3);
      SET search_path = shop; SET enable_seqscan = off; SET session_replication_role = replica;
      SET lc_numeric = 'C'; SET "course.migrations" = '7';`);
    expect(await judged('SELECT i FROM t')).toEqual(table);
    expect(
      await judged(`SELECT current_setting('enable_seqscan'), current_setting('session_replication_role'),
        current_setting('course.migrations')`),
    ).toEqual([expect.objectContaining({ rows: [['on', 'origin', '7']] })]);
  });

  it.each([
    [
      'an operator',
      `CREATE FUNCTION less(numeric, int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
       CREATE OPERATOR < (LEFTARG = numeric, RIGHTARG = int, FUNCTION = less);`,
      'an operator < of its own',
    ],
    [
      'a function that fits better',
      `CREATE TABLE t (i int); CREATE FUNCTION lower(t) RETURNS text LANGUAGE sql AS $$SELECT 'forged'$$;`,
      'a function lower of its own',
    ],
    [
      'an aggregate',
      'CREATE AGGREGATE max (jsonb) (SFUNC = jsonb_concat, STYPE = jsonb);',
      'a function max of its own',
    ],
    [
      'a cast',
      'CREATE CAST (integer AS inet) WITH INOUT AS IMPLICIT;',
      'a cast to a type of PostgreSQL',
    ],
    [
      'a cast that says something else',
      `CREATE TYPE mood AS ENUM ('good'); CREATE FUNCTION lie(mood) RETURNS text LANGUAGE sql AS 'SELECT current_query()';
       CREATE CAST (mood AS text) WITH FUNCTION lie(mood);`,
      'a cast to a type of PostgreSQL',
    ],
    [
      'a type that comes before one of PostgreSQL',
      'CREATE DOMAIN pg_temp.text AS pg_catalog.text;',
      'a temporary type text of its own',
    ],
    [
      'a view before a catalog',
      'CREATE TEMP VIEW pg_indexes AS SELECT 1;',
      'a relation pg_indexes of its own',
    ],
  ])('is refused where a script made %s', async (_what, code, says) => {
    await database.reset(null);
    const made = await run(code);
    expect(made.filter(({ kind }) => kind === 'error')).toEqual([]);
    expect(refusals(await judged('SELECT 3'))).toEqual([expect.stringContaining(says)]);
  });

  it('is answered where a script made tables named like types, and the schema of tables anew', async () => {
    await database.reset(null);
    await run(`DROP SCHEMA public; CREATE SCHEMA public; CREATE TABLE line (i int); CREATE TEMP TABLE t (i int);
      INSERT INTO t VALUES (3);`);
    expect(await judged('SELECT i FROM t')).toEqual(table);
  });

  it('is refused where a schema of PostgreSQL has another name', async () => {
    await database.reset(null);
    await run(
      'ALTER SCHEMA information_schema RENAME TO former; CREATE SCHEMA information_schema;',
    );
    expect(refusals(await judged('SELECT 3'))).toHaveLength(1);
  });

  it('is answered as whoever began the session, who sees all rows', async () => {
    await database.reset(null);
    await run(`CREATE TABLE t (i int); INSERT INTO t VALUES (3); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
      CREATE POLICY none ON t USING (false); CREATE ROLE clerk; GRANT ALL ON t TO clerk;
      SET SESSION AUTHORIZATION clerk;`);
    expect(await run('SELECT i FROM t')).toEqual([expect.objectContaining({ rows: [] })]);
    expect(await judged('SELECT i FROM t')).toEqual(table);
  });

  it('is not taken in by what comes back when it ends a transaction that was left open', async () => {
    await database.reset(null);
    await run('SET enable_seqscan = off; BEGIN;');
    expect(await judged("ROLLBACK; SELECT current_setting('enable_seqscan')")).toEqual([
      expect.objectContaining({ kind: 'command' }),
      expect.objectContaining({ rows: [['on']] }),
    ]);
  });

  it('is refused once the transaction that it ends has done what was put off', async () => {
    await database.reset(null);
    await run(`CREATE FUNCTION forge() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        CREATE OPERATOR + (LEFTARG = text, RIGHTARG = text, FUNCTION = textcat); RETURN NULL; END $$;
      CREATE TABLE t (i int);
      CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION forge();
      BEGIN; INSERT INTO t VALUES (1);`);
    const answers = await judged('COMMIT; SELECT 3');
    expect(refusals(answers)).toEqual([expect.stringContaining('an operator + of its own')]);
    expect(answers).toHaveLength(2);
  });

  it.each(COMPUTED_WITH)('is not taken in where %s', async (name) => {
    const { tamper, probe } = POSTGRES_TAMPERING.find((way) => way.name === name)!;
    await database.reset(null);
    const fresh = await judged(probe);
    await database.reset(null);
    await run(tamper);
    const answers = await judged(probe);
    if (refusals(answers).length === 0) expect(answers).toEqual(fresh);
  });
});
