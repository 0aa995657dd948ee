import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeAssets } from '../../assets.ts';
import type { Database, Output, TableOutput } from '../../engine.ts';
import { engine } from '../index.ts';

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

describe('the commands of psql', () => {
  it('\\d describes a table: its columns, then its indexes and constraints', async () => {
    const outputs = await run(`
      CREATE TABLE products (id serial PRIMARY KEY, sku varchar(10) NOT NULL UNIQUE, price numeric CHECK (price > 0));
      CREATE TABLE lines (product_id int REFERENCES products);
      \\d products`);
    expect(tables(outputs)[0]?.rows).toEqual([
      ['id', 'integer', null, 'not null', "nextval('products_id_seq'::regclass)"],
      ['sku', 'character varying(10)', null, 'not null', ''],
      ['price', 'numeric', null, '', ''],
    ]);
    expect(outputs.at(-1)).toMatchObject({
      kind: 'text',
      text: [
        'Indexes:',
        '    "products_pkey" PRIMARY KEY, btree (id)',
        '    "products_sku_key" UNIQUE CONSTRAINT, btree (sku)',
        'Check constraints:',
        '    "products_price_check" CHECK (price > 0::numeric)',
        'Referenced by:',
        '    TABLE "lines" CONSTRAINT "lines_product_id_fkey" FOREIGN KEY (product_id) REFERENCES products(id)',
      ].join('\n'),
    });
  });

  it('\\dt, \\di and \\d list relations', async () => {
    const outputs = await run(
      'CREATE TABLE b (id int PRIMARY KEY); CREATE VIEW a AS SELECT 1;\n\\dt\n\\di\n\\d',
    );
    expect(tables(outputs).map(({ rows }) => rows.map((values) => values[1]))).toEqual([
      ['b'],
      ['b_pkey'],
      ['a', 'b'],
    ]);
  });

  it('says so when there is no such table, and when a command cannot be had', async () => {
    const outputs = await run("\\d nowhere\n\\d a.b.c.d'e\n\\! ls\nSELECT 1;");
    expect(outputs).toMatchObject([
      { kind: 'error', message: 'Did not find any relation named "nowhere".' },
      {
        kind: 'error',
        message: 'improper qualified name (too many dotted names): a.b.c.de',
      },
      { kind: 'error', hint: expect.stringContaining('no shell') },
      { kind: 'table' },
    ]);
  });

  it('can be used in a transaction without breaking it', async () => {
    const outputs = await run('BEGIN;\n\\d nowhere\n\\dt\nCOMMIT;');
    expect(outputs.at(-1)).toMatchObject({ kind: 'command', tag: 'COMMIT' });
  });
});

describe('psql as a whole', () => {
  const texts = (outputs: Output[]): string[] =>
    outputs.flatMap((output) => (output.kind === 'text' ? [output.text] : []));

  it('its settings last from one script to the next, and end with a reset', async () => {
    await run("\\x\n\\set name 'Ann'");
    expect(await run("SELECT :'name' AS name;")).toMatchObject([
      { kind: 'text', text: '-[ RECORD 1 ]\nname | Ann' },
    ]);
    await database.reset(null);
    expect(await run("SELECT 'Bob' AS name;")).toMatchObject([{ kind: 'table' }]);
    expect(await run("SELECT :'name';")).toMatchObject([{ kind: 'error', code: '42601' }]);
  });

  it.each(['judge', 'aside'] as const)('they do not touch what is asked as %s', async (as) => {
    await run("\\x\n\\set n 7\n\\pset null '(none)'\n\\if false");
    const outputs: Output[] = [];
    const files = [{ name: 'asked.sql', code: 'SELECT NULL AS n;' }];
    await database.run({ files, [as]: true }, (output) => outputs.push(output));
    expect(outputs).toMatchObject([{ kind: 'table', rows: [[null]] }]);
  });

  it('points at the word of the script behind what a variable stands for', async () => {
    const [, error] = await run("\\set t 'a table of a long name'\nSELECT :'t', nope;").then(
      (outputs) => [null, outputs.at(-1)],
    );
    expect(error).toMatchObject({ kind: 'error', position: { line: 2, column: 14 } });
  });

  it('says that a condition was left open, and that it ends with the script', async () => {
    expect(await run('\\if false\nSELECT 1;')).toMatchObject([
      { kind: 'error', message: 'reached the end without finding closing \\endif(s)' },
    ]);
    expect(await run('SELECT 2;')).toMatchObject([{ kind: 'table' }]);
  });

  it('stops at the first error if it is told so', async () => {
    const outputs = await run('\\set ON_ERROR_STOP on\nSELECT 1/0;\nSELECT 2;');
    expect(outputs.map(({ kind }) => kind)).toEqual(['error']);
  });

  it.each([
    ['\\watch 1', 'the query ran once'],
    ['\\crosstabview', 'the query ran once'],
    ['\\g out.txt', 'There are no files here'],
    ['\\g | less', 'There are no programs here'],
  ])('SELECT 1 %s runs, and says what it did not do', async (command, says) => {
    expect(await run(`SELECT 1 ${command}\nSELECT 2;`)).toMatchObject([
      { kind: 'table', rows: [['1']] },
      { kind: 'error', message: expect.stringContaining(says) },
      { kind: 'table', rows: [['2']] },
    ]);
  });

  it.each([
    '\\! ls',
    '\\i file.sql',
    '\\o out',
    '\\e',
    '\\password',
    '\\c shop',
    '\\lo_list',
    '\\copy t from x',
  ])('%s says that it is not here, and what stands below runs', async (command) => {
    expect(await run(`${command}\nSELECT 2;`)).toMatchObject([
      { kind: 'error', message: expect.stringMatching(/not available here|here|no files/) },
      { kind: 'table' },
    ]);
  });

  it('asks nothing of programs in backticks', async () => {
    expect(await run('\\set now `date`\nSELECT 1;')).toMatchObject([
      { kind: 'error', message: expect.stringContaining('there are none here') },
      { kind: 'table' },
    ]);
  });

  it('shows time, if it is asked to', async () => {
    expect(texts(await run('\\timing\nSELECT 1;'))).toEqual([
      'Timing is on.',
      expect.stringMatching(/^Time: [\d.]+ ms$/),
    ]);
  });

  it('chooses between parts of a statement no more than it sends half of it', async () => {
    const outputs = await run("SELECT\n\\if true\n'yes'\n\\else\n'no'\n\\endif\n;\nSELECT 2;");
    expect(outputs).toMatchObject([
      { kind: 'error', message: expect.stringContaining('the statement did not run') },
      { kind: 'table', rows: [['2']] },
    ]);
  });
});

describe('the data of a COPY', () => {
  it('is loaded to the end of the script where no line ends it', async () => {
    const outputs = await run('CREATE TABLE t (n int);\nCOPY t FROM STDIN;\n1\n2\n');
    expect(outputs.at(-1)).toMatchObject({ kind: 'command', tag: 'COPY 2' });
  });

  it('is no data if the COPY fails before it: then it is SQL, as to psql', async () => {
    expect(await run('COPY nowhere FROM STDIN;\nSELECT 1;\nSELECT 2;')).toMatchObject([
      { kind: 'error', code: '42P01' },
      { kind: 'table' },
      { kind: 'table' },
    ]);
  });
});
