import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeAssets } from '../assets.ts';
import type { Database, Output, TableOutput } from '../engine.ts';
import { engine } from './index.ts';

let database: Database;
beforeAll(async () => {
  database = await engine.open(nodeAssets('sqlite'));
});
afterAll(() => database.close());
beforeEach(() => database.reset(null));

const run = async (code: string): Promise<Output[]> => {
  const outputs: Output[] = [];
  await database.run({ files: [{ name: 'query.sql', code }] }, (output) => outputs.push(output));
  return outputs;
};
const table = async (code: string): Promise<TableOutput> => {
  const outputs = await run(code);
  const found = outputs.filter((output) => output.kind === 'table').at(-1);
  if (!found) throw new Error(`no table in ${JSON.stringify(outputs)}`);
  return found;
};

describe('values are the text that SQLite prints', () => {
  it.each([
    ['integers of 64 bits', 'SELECT 9223372036854775807, -1', ['9223372036854775807', '-1']],
    ['floats', 'SELECT 0.1 + 0.2, 1e20, 2.0', ['0.30000000000000004', '1.0e+20', '2.0']],
    ['a division by zero, which is NULL', 'SELECT 1 / 0', [null]],
    ['a BLOB, as the literal that makes it', "SELECT x'00ff', zeroblob(2)", ["X'00FF'", "X'0000'"]],
    ['a text with a NUL in it', "SELECT 'a' || char(0) || 'b'", ['a\0b']],
    ['JSON', `SELECT json_extract('{"a": [1, 2]}', '$.a')`, ['[1,2]']],
  ])('%s', async (_, sql, expected) => {
    expect((await table(sql)).rows).toEqual([expected]);
  });
});

describe('types', () => {
  it('are the declared ones of columns, through aliases and joins', async () => {
    const { columns } = await table(`
      CREATE TABLE a (id INTEGER PRIMARY KEY, sku VARCHAR(10), added DATE);
      CREATE TABLE b (a_id INT, price DECIMAL(10,2));
      INSERT INTO a VALUES (1, 'x', '2024-01-01'); INSERT INTO b VALUES (1, 9.5);
      SELECT a.id AS key, sku, added, b.price FROM a JOIN b ON a_id = id;`);
    expect(columns).toEqual([
      { name: 'key', type: 'INTEGER', numeric: true },
      { name: 'sku', type: 'VARCHAR(10)', numeric: false },
      { name: 'added', type: 'DATE', numeric: false },
      { name: 'price', type: 'DECIMAL(10,2)', numeric: true },
    ]);
  });

  it('are those of the values for expressions', async () => {
    const { columns } = await table("SELECT 1 + 1 AS i, 1 / 2.0 AS r, 'a' || 'b' AS t, NULL AS n");
    expect(columns.map(({ type }) => type)).toEqual(['INTEGER', 'REAL', 'TEXT', '']);
  });

  it('differ from row to row if the values do', async () => {
    const { columns, rows } = await table("SELECT 1 AS v UNION ALL SELECT 'navy'");
    expect(columns).toEqual([{ name: 'v', type: 'INTEGER or TEXT', numeric: false }]);
    expect(rows).toEqual([['1'], ['navy']]);
  });

  it('do not make a column numeric that holds words, as SQLite lets it', async () => {
    const { columns } = await table(
      "CREATE TABLE t (size INTEGER); INSERT INTO t VALUES ('navy'); SELECT size FROM t;",
    );
    expect(columns).toEqual([{ name: 'size', type: 'INTEGER', numeric: false }]);
  });

  it('are found without leaving a trace', async () => {
    await run('CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2);');
    const { rows } = await table(
      'SELECT a FROM t; SELECT changes(), (SELECT count(*) FROM sqlite_temp_schema), count(*) FROM sqlite_schema;',
    );
    expect(rows).toEqual([['2', '0', '1']]);
  });
});

describe('what a statement did', () => {
  it.each([
    ['INSERT INTO t VALUES (1), (2)', '2 rows changed'],
    ['UPDATE t SET a = 0 WHERE a > 99', '0 rows changed'],
    ['REPLACE INTO t VALUES (7)', '1 row changed'],
    ['WITH x AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM x', '1 row changed'],
    ['DELETE FROM t', '1 row changed'],
    ['CREATE INDEX i ON t (a)', 'done'],
    ['PRAGMA foreign_keys = ON', 'done'],
  ])('%s', async (sql, tag) => {
    const outputs = await run(`CREATE TABLE t (a INT); INSERT INTO t VALUES (5); ${sql};`);
    expect(outputs.at(-1)).toMatchObject({ kind: 'command', tag });
  });

  it('tells rows returned by a change from rows of a query', async () => {
    expect(
      await table('CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2) RETURNING a;'),
    ).toMatchObject({ tag: '2 rows changed', rows: [['1'], ['2']] });
    expect(await table('WITH x AS (SELECT 1 AS a) SELECT a FROM x;')).toMatchObject({
      tag: '1 row',
    });
  });

  it('runs a trigger that holds semicolons', async () => {
    const { rows } = await table(`
      CREATE TABLE t (a INT); CREATE TABLE log (n INT);
      CREATE TRIGGER after_t AFTER INSERT ON t BEGIN INSERT INTO log VALUES (1); INSERT INTO log VALUES (2); END;
      INSERT INTO t VALUES (1); SELECT sum(n) FROM log;`);
    expect(rows).toEqual([['3']]);
  });
});

describe('plans', () => {
  it('are lines, what belongs to a step indented below it', async () => {
    const outputs = await run(`
      CREATE TABLE t (id INTEGER PRIMARY KEY, price INT);
      EXPLAIN QUERY PLAN SELECT * FROM t WHERE id IN (SELECT id FROM t WHERE price > 1);`);
    expect(outputs.at(-1)).toMatchObject({
      kind: 'plan',
      lines: ['SEARCH t USING INTEGER PRIMARY KEY (rowid=?)', 'LIST SUBQUERY 1', '  SCAN t'],
    });
  });

  it('show the index that serves a query', async () => {
    const outputs = await run(`
      CREATE TABLE t (sku TEXT); CREATE INDEX by_sku ON t (sku);
      EXPLAIN QUERY PLAN SELECT * FROM t WHERE sku = 'a';`);
    expect(outputs.at(-1)).toMatchObject({
      lines: ['SEARCH t USING COVERING INDEX by_sku (sku=?)'],
    });
  });
});

describe('errors', () => {
  const error = async (sql: string) => (await run(sql)).find((output) => output.kind === 'error');

  it.each([
    ["INSERT INTO t VALUES (1, 'b', 1)", 'SQLITE_CONSTRAINT_PRIMARYKEY'],
    ["INSERT INTO t VALUES (2, 'a', 1)", 'SQLITE_CONSTRAINT_UNIQUE'],
    ['INSERT INTO t VALUES (2, NULL, 1)', 'SQLITE_CONSTRAINT_NOTNULL'],
    ["INSERT INTO t VALUES (2, 'b', -1)", 'SQLITE_CONSTRAINT_CHECK'],
    ["INSERT INTO t VALUES ('x', 'b', 1)", 'SQLITE_MISMATCH'],
    ["INSERT INTO s VALUES ('navy')", 'SQLITE_CONSTRAINT_DATATYPE'],
    ['SELECT * FROM nowhere', 'SQLITE_ERROR'],
  ])('%s is %s', async (sql, code) => {
    const made = `
      CREATE TABLE t (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, price INT CHECK (price >= 0));
      CREATE TABLE s (size INTEGER) STRICT;
      INSERT INTO t VALUES (1, 'a', 1);`;
    expect(await error(`${made} ${sql};`)).toMatchObject({ severity: 'ERROR', code });
  });

  it.each([
    ['a word the grammar refuses, and not its namesake before', "SELECT 'form' AS form FORM t", 23],
    ['the end of what is not finished', 'SELECT (1 + 2', 14],
    ['a quote that is never closed', "SELECT 'abc", 8],
    ['a column there is none of', 'SELECT a.size FROM (SELECT 1 AS sizes) AS a', 8],
    ['a function there is none of', 'SELECT 1, shout(2)', 11],
    ['a column that two tables have', 'SELECT id FROM (SELECT 1 AS id), (SELECT 2 AS id)', 8],
  ])('points at %s', async (_, sql, column) => {
    expect(await error(sql)).toMatchObject({ position: { line: 1, column } });
  });

  it('says what to write instead of a command of the shell', async () => {
    expect(await run('.tables\n.mode box\nSELECT 1;')).toMatchObject([
      { kind: 'error', hint: expect.stringContaining('FROM sqlite_schema') },
      { kind: 'error', message: expect.stringContaining('.mode') },
      { kind: 'table' },
    ]);
  });
});

it('undoes settings as well as data with a reset', async () => {
  await run('PRAGMA foreign_keys = ON; CREATE TEMP TABLE scratch (a INT);');
  await database.reset(null);
  expect((await table('PRAGMA foreign_keys;')).rows).toEqual([['0']]);
  expect((await table('SELECT count(*) FROM sqlite_temp_schema;')).rows).toEqual([['0']]);
});

it('attaches databases in memory, and no files, which a reset could not take back', async () => {
  const outputs = await run(`
    ATTACH ':memory:' AS spare; CREATE TABLE spare.t (a INT);
    ATTACH 'kept.db' AS kept; CREATE TABLE kept.t (a INT);`);
  expect(outputs).toMatchObject([
    { kind: 'command' },
    { kind: 'command' },
    { kind: 'error', code: 'SQLITE_CANTOPEN' },
    { kind: 'error', message: 'unknown database kept' },
  ]);
});

it('refuses to write a copy of the database into a file, and vacuums it in its place', async () => {
  const outputs = await run("VACUUM INTO 'copy.db'; VACUUM;");
  expect(outputs).toMatchObject([
    { kind: 'error', code: 'SQLITE_CANTOPEN', message: expect.stringContaining('no files here') },
    { kind: 'command' },
  ]);
});
