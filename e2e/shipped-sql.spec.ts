/**
 * What psql and sqlite3 said to their lists, the engines say as they are shipped: bundled and minified, in a browser's
 * worker, where PostgreSQL's stack is another than in Node.
 */
import { readFileSync } from 'node:fs';
import { DIFFERENCES as ofPostgres } from '../src/engines/postgres/judged/differences.ts';
import { heardHere as heardOfPostgres } from '../src/engines/postgres/judged/heard.ts';
import { compare, type Recorded } from '../src/engines/sql/judged/chapters.ts';
import { DIFFERENCES as ofSqlite } from '../src/engines/sqlite/judged/differences.ts';
import { heardHere as heardOfSqlite } from '../src/engines/sqlite/judged/heard.ts';
import { expect, runSteps, scriptOf, test } from './isolation/published.ts';

for (const { engine, differences, heardHere, most } of [
  { engine: 'postgres', differences: ofPostgres, heardHere: heardOfPostgres, most: 500 },
  { engine: 'sqlite', differences: ofSqlite, heardHere: heardOfSqlite, most: 250 },
] as const) {
  test(`the shipped ${engine} answers its judge's list as its judge did @once`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    const recorded = JSON.parse(
      readFileSync(`src/engines/${engine}/judged/answers.json`, 'utf8'),
    ) as Recorded;
    const inputs = recorded.chapters.flatMap(({ answers }) => answers);
    expect(inputs.length).toBeGreaterThan(most);
    const steps = recorded.chapters.flatMap(({ answers }) =>
      answers.map(({ input }, index) => ({
        script: scriptOf(input),
        ...(index === 0 && { from: { dataset: null } }),
      })),
    );
    const ran = await runSteps(page, engine, steps);
    expect(ran.flatMap(({ failed }) => failed ?? [])).toEqual([]);
    let at = 0;
    const here = recorded.chapters.map(({ answers }) =>
      answers.map(({ input }) => heardHere(input, ran[at++]!.outputs)),
    );
    const { mismatches, same } = compare(recorded, here, differences);
    expect(mismatches).toEqual([]);
    expect(same).toBeGreaterThan(0.95 * inputs.length);
  });
}

test('no statement of a list of dangerous ones ends the shipped postgres or loses a table @once', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const dangerous = [
    "COPY t FROM PROGRAM 'x'",
    "COPY t TO PROGRAM 'cat'",
    "COPY t FROM '/no/such/file'",
    "COPY t TO '/no/such/folder/x'",
    'SELECT pg_terminate_backend(pg_backend_pid())',
    'SELECT pg_cancel_backend(pg_backend_pid())',
    'SELECT pg_reload_conf()',
    'SELECT pg_rotate_logfile()',
    'SELECT pg_promote()',
    'DROP DATABASE postgres',
    'CREATE DATABASE other',
    "CREATE TABLESPACE x LOCATION '/tmp'",
    'CREATE EXTENSION dblink',
    "LOAD 'x'",
    "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p",
    "BEGIN; PREPARE TRANSACTION 'x'; ROLLBACK",
    'CHECKPOINT; VACUUM FULL; REINDEX DATABASE postgres; CLUSTER',
    'SELECT pg_switch_wal()',
    "SELECT lo_import('/etc/passwd')",
    'DECLARE c CURSOR WITH HOLD FOR SELECT 1; CLOSE c',
    'CREATE FUNCTION down(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN down(n + 1); END $$; SELECT down(1)',
    `SELECT ${'('.repeat(3000)}1${')'.repeat(3000)}`,
    'WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT * FROM r LIMIT 10',
    'DO $$ BEGIN FOR i IN 1..100000 LOOP PERFORM 1; END LOOP; END $$',
    'SELECT count(*) FROM generate_series(1, 500000)',
    "SET client_encoding = 'LATIN1'",
    'SET SESSION AUTHORIZATION postgres; RESET ALL; DISCARD ALL',
    '\\q',
    '\\c other',
    '\\! ls',
  ];
  const ran = await runSteps(page, 'postgres', [
    { script: scriptOf('CREATE TABLE t AS SELECT 7 AS n;'), from: { dataset: null } },
    ...dangerous.flatMap((code) => [
      { script: scriptOf(`${code};`) },
      { script: scriptOf('TABLE t;') },
    ]),
  ]);
  expect(ran.flatMap(({ failed }) => failed ?? [])).toEqual([]);
  for (const [index, code] of dangerous.entries()) {
    const { outputs } = ran[2 * index + 2]!;
    expect
      .soft(outputs, `after ${code.slice(0, 60)}`)
      .toMatchObject([{ kind: 'table', rows: [['7']] }]);
    expect.soft(ran[2 * index + 1]!.outputs, code.slice(0, 60)).not.toEqual([]);
  }
});

test('a statement that goes deeper than a browser lets it says that PostgreSQL stopped, and what to do @once', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const [, deep, after] = await runSteps(page, 'postgres', [
    { script: scriptOf('CREATE TABLE t AS SELECT 7 AS n;'), from: { dataset: null } },
    { script: scriptOf("SELECT repeat('[', 1000000)::jsonb;") },
    { script: scriptOf('SELECT 1 AS n;') },
  ]);
  expect(deep).toMatchObject({
    failed: null,
    outputs: [{ kind: 'error', message: expect.stringMatching(/stopped|stack depth limit/) }],
  });
  expect(after).toMatchObject({ failed: null, outputs: [{ kind: 'table', rows: [['1']] }] });
});
