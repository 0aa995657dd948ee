/** What every SQL engine of the course does, whichever it is: the list each one has to pass. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeAssets } from '../assets.ts';
import type {
  Database,
  EngineName,
  ErrorOutput,
  Limits,
  Output,
  Script,
  TableOutput,
} from '../engine.ts';
import { DEFAULT_LIMITS, MOST_COLUMNS } from '../engine.ts';
import { openPublished } from '../../running/runner/assets/published.ts';
import { ENGINES } from '../descriptors.ts';
import { loadEngine } from '../registry.ts';
import { HEADING_COST, VALUE_COST } from '../text-cost.ts';

interface Expected {
  engine: EngineName;
  created: string;
  inserted: (rows: number) => string;
  selected: (rows: number) => string;
  columnTypes: string[];
  unknownTable: { code: string; message: string };
  duplicateKey: string;
  missingValue: string;
  brokenCheck: string;
  brokenReference: string;
}

const SQL_ENGINES: Expected[] = [
  {
    engine: 'postgres',
    created: 'CREATE TABLE',
    inserted: (rows) => `INSERT 0 ${rows}`,
    selected: (rows) => `SELECT ${rows}`,
    columnTypes: ['integer', 'character varying(40)', 'numeric(10,2)'],
    unknownTable: { code: '42P01', message: 'relation "toys" does not exist' },
    duplicateKey: '23505',
    missingValue: '23502',
    brokenCheck: '23514',
    brokenReference: '23503',
  },
  {
    engine: 'sqlite',
    created: 'done',
    inserted: (rows) => `${rows} ${rows === 1 ? 'row' : 'rows'} changed`,
    selected: (rows) => `${rows} ${rows === 1 ? 'row' : 'rows'}`,
    columnTypes: ['INTEGER', 'VARCHAR(40)', 'NUMERIC(10,2)'],
    unknownTable: { code: 'SQLITE_ERROR', message: 'no such table: toys' },
    duplicateKey: 'SQLITE_CONSTRAINT_PRIMARYKEY',
    missingValue: 'SQLITE_CONSTRAINT_NOTNULL',
    brokenCheck: 'SQLITE_CONSTRAINT_CHECK',
    brokenReference: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  },
];

it('the list is tried on every engine of SQL', () => {
  const names = ENGINES.filter(({ language }) => language.dialect).map(({ name }) => name);
  expect(SQL_ENGINES.map(({ engine }) => engine)).toEqual(names);
});

const CATALOG = `
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  price NUMERIC(10,2) CHECK (price >= 0)
);
INSERT INTO products VALUES (1, 'Trail shoes', 89.5), (2, 'Desk lamp', NULL), (3, 'Teapot', 24.99);
`;

/** A million rows, and nothing has to be stored for them. */
const MILLION =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i FROM n;';

/** From its sources, and as the site ships it: the list holds for both. */
const OPENED = {
  'from its sources': async (name: Expected['engine']) =>
    (await loadEngine(name)).open(nodeAssets(name)),
  'as it is published': (name: Expected['engine']) => openPublished(process.cwd(), name),
};

const LISTS = SQL_ENGINES.flatMap((expected) =>
  Object.entries(OPENED).map(([how, open]) => ({ ...expected, how, open })),
);

describe.each(LISTS)('$engine, $how', ({ open, ...expected }) => {
  let database: Database;

  beforeAll(async () => {
    database = await open(expected.engine);
  }, 240_000);
  afterAll(() => database.close());
  beforeEach(() => database.reset(null));

  const runFiles = async (script: Script, limits: Limits = DEFAULT_LIMITS) => {
    const outputs: Output[] = [];
    const summary = await database.run(script, (output) => outputs.push(output), limits);
    return { outputs, summary };
  };
  const run = (code: string, limits?: Limits) =>
    runFiles({ files: [{ name: 'query.sql', code }] }, limits);
  const tables = (outputs: Output[]): TableOutput[] =>
    outputs.filter((output) => output.kind === 'table');
  const errors = (outputs: Output[]): ErrorOutput[] =>
    outputs.filter((output) => output.kind === 'error');

  it('creates, fills and reads a table, and says what each statement did', async () => {
    const { outputs, summary } = await run(`${CATALOG} SELECT * FROM products ORDER BY id;`);
    expect(outputs).toMatchObject([
      { kind: 'command', tag: expected.created, origin: { file: 0, line: 2, statement: 0 } },
      { kind: 'command', tag: expected.inserted(3), origin: { file: 0, line: 7, statement: 1 } },
      { kind: 'table', tag: expected.selected(3), rowCount: 3, origin: { line: 8, statement: 2 } },
    ]);
    expect(summary).toMatchObject({ statements: 3, errors: 0 });
  });

  it('names the columns, with their declared types, and knows which are numbers', async () => {
    const { outputs } = await run(`${CATALOG} SELECT id, name, price FROM products;`);
    expect(tables(outputs)[0]?.columns).toEqual(
      expected.columnTypes.map((type, index) => ({
        name: ['id', 'name', 'price'][index],
        type,
        numeric: index !== 1,
      })),
    );
  });

  it('tells NULL from an empty text', async () => {
    const { outputs } = await run("SELECT NULL AS missing, '' AS empty, 'NULL' AS word;");
    expect(tables(outputs)[0]?.rows).toEqual([[null, '', 'NULL']]);
  });

  it('describes the columns of a result without rows', async () => {
    const { outputs } = await run(`${CATALOG} SELECT id, name FROM products WHERE id > 99;`);
    expect(tables(outputs)[0]).toMatchObject({
      columns: [{ name: 'id' }, { name: 'name' }],
      rows: [],
      rowCount: 0,
    });
  });

  it('goes on after an error, and the summary counts it', async () => {
    const { outputs, summary } = await run(
      `${CATALOG} SELECT * FROM toys; SELECT count(*) AS n FROM products;`,
    );
    expect(errors(outputs)).toMatchObject([{ severity: 'ERROR', ...expected.unknownTable }]);
    expect(tables(outputs)[0]?.rows).toEqual([['3']]);
    expect(summary).toMatchObject({ statements: 4, errors: 1 });
  });

  it('points at the place of an error, in the file, behind letters of any width', async () => {
    const script = `${CATALOG}\n\n-- 👟 first a comment\nSELECT '👟 größer' AS label,\n       prise\nFROM products;`;
    const { outputs } = await run(script);
    const [error] = errors(outputs);
    const line = script.split('\n').findIndex((text) => text.includes('prise')) + 1;
    expect(error?.message).toContain('prise');
    expect(error?.position).toEqual({ line, column: 8 });
  });

  it('points at the word its grammar stumbles over', async () => {
    const { outputs } = await run('SELECT 1;\nSELECT * FORM products;');
    expect(errors(outputs)[0]).toMatchObject({ position: { line: 2, column: 10 } });
    expect(errors(outputs)[0]?.message).toContain('syntax error');
  });

  it('names the constraint that a row broke', async () => {
    const { outputs } = await run(`${CATALOG}
      INSERT INTO products VALUES (1, 'Again', 1);
      INSERT INTO products VALUES (4, NULL, 1);
      INSERT INTO products VALUES (5, 'Cheap', -1);`);
    expect(errors(outputs).map((error) => error.code)).toEqual([
      expected.duplicateKey,
      expected.missingValue,
      expected.brokenCheck,
    ]);
  });

  it('refuses a reference to nothing', async () => {
    const pragma = expected.engine === 'sqlite' ? 'PRAGMA foreign_keys = ON;' : '';
    const { outputs } = await run(`${pragma}${CATALOG}
      CREATE TABLE order_items (product_id INTEGER REFERENCES products (id));
      INSERT INTO order_items VALUES (99);`);
    expect(errors(outputs).map((error) => error.code)).toEqual([expected.brokenReference]);
  });

  it('hands text on as it is, markup and all scripts included', async () => {
    const nasty = `<img src=x onerror="alert(1)">`;
    const { outputs } = await run(`SELECT '${nasty}' AS html, 'žluťoučký 😀 漢字' AS letters;`);
    expect(tables(outputs)[0]?.rows).toEqual([[nasty, 'žluťoučký 😀 漢字']]);
  });

  it('numbers the statements through all files, and says which file each is in', async () => {
    const { outputs } = await runFiles({
      files: [
        { name: 'schema.sql', code: 'CREATE TABLE notes (body TEXT);' },
        { name: 'query.sql', code: '\nSELECT * FROM notes;\nSELECT missing;' },
      ],
    });
    expect(outputs.map((output) => output.origin)).toEqual([
      { file: 0, line: 1, statement: 0 },
      { file: 1, line: 2, statement: 1 },
      { file: 1, line: 3, statement: 2 },
    ]);
    expect(errors(outputs)[0]?.position).toEqual({ line: 3, column: 8 });
  });

  it.each([
    ['nothing', ''],
    ['comments', '-- nothing to do\n/* nothing; at all */'],
    ['lone semicolons', ';;\n ;'],
  ])('prints nothing for a script of %s', async (_, code) => {
    expect(await run(code)).toMatchObject({ outputs: [], summary: { statements: 0, errors: 0 } });
  });

  it('runs a last statement that has no semicolon', async () => {
    const { outputs } = await run('SELECT 1 AS one');
    expect(tables(outputs)[0]?.rows).toEqual([['1']]);
  });

  it('does not stumble over semicolons and quotes in quotes', async () => {
    const { outputs } = await run(
      `SELECT 'a;b''c' AS "d;e"; -- it's; fine\nSELECT /* ; ' */ 2 AS f;`,
    );
    expect(tables(outputs).map(({ columns, rows }) => [columns[0]?.name, rows[0]?.[0]])).toEqual([
      ['d;e', "a;b'c"],
      ['f', '2'],
    ]);
  });

  it('shows the first rows of very many, and says so', async () => {
    const { outputs } = await run(MILLION);
    const [table] = tables(outputs);
    expect(table?.rows).toHaveLength(DEFAULT_LIMITS.rows);
    expect(table?.rows.at(-1)).toEqual(['200']);
    expect(table?.rowCount).toBe(1_000_000);
    expect(outputs[1]).toMatchObject({
      kind: 'limit',
      message: 'Showing the first 200 of 1,000,000 rows.',
    });
  });

  it('cuts values that are too long for one run', async () => {
    const limits = { ...DEFAULT_LIMITS, characters: 12 + 2 * (HEADING_COST + VALUE_COST) };
    const { outputs } = await run(
      "SELECT 'abcdefgh' AS a, 'ijklmnop' AS b; SELECT 1 AS c;",
      limits,
    );
    expect(tables(outputs).map(({ rows }) => rows)).toEqual([[['abcdefgh', 'ijkl…']]]);
    expect(outputs.filter((output) => output.kind === 'limit')).toMatchObject([
      { message: 'Some values were cut: this run printed as much text as one run may.' },
      { message: 'Showing the first 2 outputs; 1 more was left out.' },
    ]);
  });

  it('counts a NULL as a value: it takes up a place', async () => {
    const { outputs } = await run(
      `SELECT ${Array.from({ length: 90 }, (_, i) => `NULL AS c${i}`).join(', ')}
       FROM (${'SELECT 1 AS one UNION ALL '.repeat(199)}SELECT 1) AS many;`,
    );
    const [table] = tables(outputs);
    expect(table).toMatchObject({ rowCount: 200 });
    expect(table!.rows.length * 90).toBeLessThan(DEFAULT_LIMITS.characters / VALUE_COST);
    expect(outputs[1]).toMatchObject({
      kind: 'limit',
      message: `Showing the first ${table!.rows.length} of 200 rows.`,
    });
  });

  it('shows the first columns of very many, and says so', async () => {
    const { outputs } = await run(
      `SELECT ${Array.from({ length: 1600 }, (_, i) => `${i} AS c${i}`).join(', ')};`,
    );
    const [table] = tables(outputs);
    expect(table?.columns).toHaveLength(MOST_COLUMNS);
    expect(table?.columns.at(-1)?.name).toBe(`c${MOST_COLUMNS - 1}`);
    expect(table?.rows[0]).toHaveLength(MOST_COLUMNS);
    expect(outputs[1]).toMatchObject({
      kind: 'limit',
      message: 'Showing the first 100 of 1,600 columns.',
    });
  });

  it('cuts a column’s name that is longer than any name', async () => {
    const { outputs } = await run(`SELECT 1 AS "${'n'.repeat(100_000)}";`);
    expect(tables(outputs)[0]!.columns[0]!.name.length).toBeLessThan(400);
  });

  it('counts marks that pile up on one letter for what they cost', async () => {
    const pile =
      expected.engine === 'sqlite'
        ? "replace(hex(zeroblob(10)), '0', char(769))"
        : 'repeat(chr(769), 20)';
    const { outputs } = await run(`SELECT 'a' || ${pile} AS pile;`, {
      ...DEFAULT_LIMITS,
      characters: 500,
    });
    expect(tables(outputs)[0]!.rows[0]![0]).toMatch(/^a\u0301{5,15}…$/);
  });

  it('sends no more outputs than are allowed, and says how many are missing', async () => {
    const { outputs, summary } = await run('SELECT 1;'.repeat(20), {
      ...DEFAULT_LIMITS,
      outputs: 5,
    });
    expect(outputs).toHaveLength(6);
    expect(outputs[5]).toMatchObject({
      kind: 'limit',
      message: 'Showing the first 5 outputs; 15 more were left out.',
    });
    expect(summary.statements).toBe(20);
  });

  it('returns the rows a change returns', async () => {
    const { outputs } = await run(
      `${CATALOG} UPDATE products SET price = 20 WHERE id > 1 RETURNING id;`,
    );
    expect(tables(outputs)[0]).toMatchObject({
      rows: [['2'], ['3']],
      columns: [{ numeric: true }],
    });
  });

  it('draws a plan by indentation', async () => {
    const explain = expected.engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const { outputs } = await run(
      `${CATALOG} ${explain} SELECT * FROM products WHERE id IN (SELECT id FROM products WHERE price > 30);`,
    );
    const plan = outputs.find((output) => output.kind === 'plan');
    expect(plan?.lines.length).toBeGreaterThan(1);
    expect(plan?.lines[0]).toMatch(/^\S/);
    expect(plan?.lines.at(-1)).toMatch(/^ {2}/);
  });

  describe('reset', () => {
    it('forgets tables, and a transaction that was left open', async () => {
      await run(`${CATALOG} BEGIN; INSERT INTO products VALUES (4, 'Lost', 1);`);
      await database.reset(null);
      const { outputs } = await run('SELECT * FROM products;');
      expect(errors(outputs)).toHaveLength(1);
      // No transaction is open: one can be begun without a complaint.
      expect((await run('BEGIN; ROLLBACK;')).outputs).toMatchObject([
        { kind: 'command' },
        { kind: 'command' },
      ]);
    });

    it('brings the dataset back as it was', async () => {
      const dataset = { name: 'catalog.sql', code: CATALOG };
      await database.reset(dataset);
      await run('DELETE FROM products; DROP TABLE products;');
      await database.reset(dataset);
      const { outputs } = await run('SELECT count(*) AS n FROM products;');
      expect(tables(outputs)[0]?.rows).toEqual([['3']]);
    });

    it('refuses a dataset that fails, and says where', async () => {
      const code = `${CATALOG}\nINSERT INTO toys VALUES (1);`;
      await expect(database.reset({ name: 'toys.sql', code })).rejects.toThrow(
        new RegExp(`^toys\\.sql:9: .*${expected.unknownTable.message}`),
      );
    });

    it('can be done again and again', async () => {
      for (let round = 0; round < 5; round += 1) {
        await database.reset({ name: 'catalog.sql', code: CATALOG });
        const { outputs } = await run('SELECT sum(id) AS total FROM products;');
        expect(tables(outputs)[0]?.rows).toEqual([['6']]);
      }
    });
  });

  it('keeps what one run made for the next one', async () => {
    await run(CATALOG);
    const { outputs } = await run('SELECT name FROM products WHERE id = 3;');
    expect(tables(outputs)[0]?.rows).toEqual([['Teapot']]);
  });
});
