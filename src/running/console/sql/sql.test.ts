import { afterAll, describe, expect, it } from 'vitest';
import { nodeAssets } from '../../../engines/assets.ts';
import type { Database, Output } from '../../../engines/engine.ts';
import { engine as postgres } from '../../../engines/postgres/index.ts';
import { engine as sqlite } from '../../../engines/sqlite/index.ts';
import type { Catalog } from '../session/language.ts';
import { completeSql, isCompleteSql } from './completion.ts';
import { inspectSql } from './inspection.ts';
import { postgres as descriptor } from '../../../engines/postgres/descriptor.ts';
import { sqlLanguage } from './language.ts';

describe('an input of SQL', () => {
  it.each([
    ['SELECT 1', false],
    ['SELECT 1;', true],
    ["SELECT 'a;", false],
    ["SELECT ';' -- ;", false],
    ['SELECT 1; -- done', true],
    ['SELECT 1; SELECT', false],
    ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;', false],
    ['\\d users', true],
    ['INSERT INTO t VALUES (1) \\g', true],
    ['SELECT 1,\n\\echo inside', false],
    ['COPY t FROM STDIN;', false],
    ['COPY t FROM STDIN;\n1\ta', false],
    ['COPY t FROM STDIN;\n1\ta\n\\.', true],
    ['\\copy t from stdin', false],
    ['\\if true', false],
    ['\\if true\nSELECT 1;\n\\endif', true],
  ])('%s', (text, complete) => {
    expect(isCompleteSql(text, 'postgres')).toBe(complete);
  });

  it('says what it is to be ended with', () => {
    const { hint } = sqlLanguage(descriptor);
    expect(hint('SELECT 1')?.syntax).toBe(';');
    expect(hint('COPY t FROM STDIN;\n1')).toMatchObject({
      syntax: '\\.',
      summary: expect.stringContaining('ends the data'),
    });
    expect(hint('\\if true')?.syntax).toBe('\\endif');
    expect(hint('SELECT 1;')).toBeNull();
  });

  it('does not look at the database between BEGIN and what it is for', () => {
    const psql = sqlLanguage(descriptor);
    expect(psql.mayChange('BEGIN;')).toBe(false);
    expect(psql.mayChange('create index on users (name);')).toBe(true);
  });
});

const catalog: Catalog = {
  database: 'postgres',
  relations: [
    { name: 'users', size: 1, fields: ['id', 'name'], indexes: [] },
    { name: 'orders', size: 1, fields: ['id', 'user_id', 'Total'], indexes: [] },
  ],
};

describe('what an input of SQL may go on with', () => {
  const offered = (text: string, before = text.length): string[] =>
    completeSql(text, before, catalog, 'postgres')?.suggestions.map(({ text }) => text) ?? [];

  it.each([
    ['sel', ['SELECT ']],
    ['SELECT * FROM u', ['users']],
    ['SELECT u. FROM users u', []],
    ['SELECT name FROM users WHERE na', []],
    ['SELECT * FROM orders WHERE tot', ['"Total"']],
    ['SELECT us FROM orders', []],
  ])('%s', (text, expected) => {
    expect(offered(text)).toEqual(expect.arrayContaining(expected));
  });

  it('is the columns of an alias behind its dot, and nothing in a string or a comment', () => {
    expect(offered('SELECT u. FROM users AS u', 9)).toEqual(['id', 'name']);
    expect(offered("SELECT 'sel")).toEqual([]);
    expect(offered('SELECT 1 -- sel')).toEqual([]);
  });
});

describe('the view of the tables', () => {
  const open: Database[] = [];
  afterAll(() => Promise.all(open.map((database) => database.close())));

  it.each([
    ['postgres', postgres],
    ['sqlite', sqlite],
  ] as const)('reads columns, rows and indexes of %s', async (name, engine) => {
    const database = await engine.open(nodeAssets(name));
    open.push(database);
    const ask = async (code: string): Promise<Output[]> => {
      const outputs: Output[] = [];
      await database.run({ files: [{ name: 'input.sql', code }] }, (output) =>
        outputs.push(output),
      );
      return outputs;
    };
    expect(await inspectSql(name, ask)).toEqual({ database: name, relations: [] });
    await ask(`CREATE TABLE "odd ""one" (id INTEGER PRIMARY KEY, name TEXT);
      INSERT INTO "odd ""one" VALUES (1, 'a'), (2, 'b');
      CREATE INDEX by_name ON "odd ""one" (name);
      CREATE VIEW ids AS SELECT id FROM "odd ""one";`);
    const found = await inspectSql(name, ask);
    expect(found?.relations.map(({ name, size, fields }) => [name, size, fields])).toEqual([
      ['ids', 2, ['id']],
      ['odd "one', 2, ['id', 'name']],
    ]);
    const indexes = found!.relations[1]!.indexes.map(({ name, on }) => `${name} ${on}`);
    expect(indexes.join()).toMatch(name === 'postgres' ? /by_name btree \(name\)/ : /by_name name/);
  });
});
