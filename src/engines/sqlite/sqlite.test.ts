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

  it.each([
    [
      'the second of two names that read the same, where only it is wrong',
      'SELECT id, name FROM t UNION SELECT id, name FROM u',
      41,
    ],
    [
      'a wrong name behind a right one',
      'SELECT name FROM t UNION ALL SELECT id FROM u WHERE name = 1',
      53,
    ],
    [
      'a wrong name, and not an alias of that name',
      'SELECT id AS nme FROM u WHERE id = (SELECT nme)',
      null,
    ],
    ['neither of two names in a trigger', 'DELETE FROM t', null],
    ['a name that is taken', 'CREATE TABLE t (a INT)', 14],
    ['no name of a text', "SELECT 'shout', 1, shout(2)", 20],
    ['the sign that is none, and not the same in a text', "SELECT '@@', 1 @@ 2", 16],
  ])('points at %s', async (_, sql, column) => {
    const made = `CREATE TABLE t (id INT, name TEXT); CREATE TABLE u (id INT);
      CREATE TRIGGER broken AFTER DELETE ON t BEGIN SELECT OLD.name, nope; END;`;
    await run(made);
    const found = (await run(`${sql};`)).find((output) => output.kind === 'error');
    if (column === null) expect(found?.position).toBeUndefined();
    else expect(found).toMatchObject({ position: { line: 1, column } });
  });

  it.each([
    ['CREATE VIRTUAL TABLE d USING fts5(a)', 'fts4'],
    ['CREATE VIRTUAL TABLE d USING rtree(id, a, b)', 'without rtree'],
    ['SELECT * FROM generate_series(1, 3)', 'WITH RECURSIVE'],
    ["SELECT 'a' REGEXP 'b'", 'LIKE and GLOB'],
    ["SELECT load_extension('x')", 'without load_extension'],
    ["SELECT readfile('x')", 'without readfile'],
  ])('says what this SQLite comes without: %s', async (sql, says) => {
    expect(await error(`${sql};`)).toMatchObject({ hint: expect.stringContaining(says) });
  });
});

describe('a PRAGMA', () => {
  const notices = async (sql: string) =>
    (await run(sql)).flatMap((output) => (output.kind === 'notice' ? [output.message] : []));

  it.each([
    ['PRAGMA nonsense = 1', 'SQLite has no PRAGMA nonsense'],
    ['PRAGMA journal_mode = WAL', 'only MEMORY and OFF'],
    ['PRAGMA main.synchronous(FULL)', 'no disk'],
    ['PRAGMA mmap_size = 1000', 'no file'],
    ['PRAGMA wal_checkpoint', 'no write-ahead log'],
    ['PRAGMA busy_timeout = 5', 'nothing is ever locked'],
  ])('without effect says so: %s', async (sql, says) => {
    expect(await notices(`${sql};`)).toEqual([expect.stringContaining(says)]);
  });

  it('that has one, or only asks, has nothing to say', async () => {
    expect(
      await notices(
        'PRAGMA foreign_keys = ON; PRAGMA user_version = 3; PRAGMA journal_mode; PRAGMA journal_mode = OFF; PRAGMA synchronous;',
      ),
    ).toEqual([]);
  });
});

describe('the sqlite3 program', () => {
  const made = "CREATE TABLE t (id INT, name TEXT); INSERT INTO t VALUES (1, 'Ann'), (2, NULL);";

  it('what it sets lasts from one script to the next, and ends with a reset', async () => {
    await run(`${made}\n.mode box\n.nullvalue NIL`);
    expect(await run('SELECT * FROM t;')).toMatchObject([
      { kind: 'text', text: expect.stringContaining('│ 2  │ NIL  │') },
    ]);
    await database.reset(null);
    expect(await run('SELECT NULL AS n;')).toMatchObject([{ kind: 'table', rows: [[null]] }]);
  });

  it.each(['judge', 'aside'] as const)('it does not touch what is asked as %s', async (as) => {
    await run('.mode json\n.nullvalue NIL\n.bail on');
    const outputs: Output[] = [];
    const files = [{ name: 'asked.sql', code: 'SELECT NULL AS n;' }];
    await database.run({ files, [as]: true }, (output) => outputs.push(output));
    expect(outputs).toMatchObject([{ kind: 'table', rows: [[null]] }]);
  });

  it.each([
    '.import x.csv t',
    '.output x',
    '.read x',
    '.open x.db',
    '.save x',
    '.shell ls',
    '.load x',
  ])('%s says that it is not here, and what stands below runs', async (command) => {
    expect(await run(`${command}\nSELECT 1;`)).toMatchObject([
      { kind: 'error', hint: expect.stringMatching(/There (is|are) no/) },
      { kind: 'table' },
    ]);
  });

  it('a dump makes the same database again', async () => {
    await run(
      `${made} INSERT INTO t VALUES (3, 'two\nlines'), (4, x'00ff'); CREATE VIEW v AS SELECT id FROM t;`,
    );
    const [dump] = await run('.dump');
    if (dump?.kind !== 'text') throw new Error('no dump');
    const before = await table('SELECT id, quote(name) FROM t;');
    await database.reset(null);
    expect((await run(dump.text)).filter(({ kind }) => kind === 'error')).toEqual([]);
    expect((await table('SELECT id, quote(name) FROM t;')).rows).toEqual(before.rows);
    expect((await table('SELECT count(*) FROM v;')).rows).toEqual([['4']]);
  });

  it('stops at the first error if it is told so', async () => {
    const outputs = await run('.bail on\nSELECT nope;\nSELECT 2;');
    expect(outputs.map(({ kind }) => kind)).toEqual(['error']);
  });

  it('shows plans and time, if it is asked to', async () => {
    const outputs = await run(`${made}\n.eqp on\n.timer on\nSELECT id FROM t;`);
    expect(outputs.slice(2)).toMatchObject([
      { kind: 'plan', lines: ['SCAN t'] },
      { kind: 'table' },
      { kind: 'text', text: expect.stringMatching(/^Run Time: real \d/) },
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
