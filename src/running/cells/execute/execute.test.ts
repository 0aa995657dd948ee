import { afterAll, describe, expect, it } from 'vitest';
import type { PlacedCell } from '../cell.ts';
import { parseFence } from '../fence/fence.ts';
import { DatabasePool } from '../../runner/process/pool.ts';
import { closeDatabases, executeCell, runFrom } from './execute.ts';

const PLACE = 'content/lecture/1-the-problem/1.2-three-broken-solutions.mdx';

function cell(code: string, options = '', id = 'tried'): PlacedCell {
  const meta = `run id="${id}" title="Tried" ${options}`;
  return parseFence({ lang: 'sqlite', meta, code, file: PLACE, line: 100 });
}

afterAll(closeDatabases);

describe('executing a cell at build time', () => {
  it('gives what the engine answers, and the second time what it gave the first', async () => {
    const one = cell(`SELECT 6 * 7 AS answer -- ${Date.now()}`);
    const first = await executeCell(one, []);
    expect(first.cached).toBe(false);
    expect(first.outputs).toMatchObject([{ kind: 'table', rows: [['42']], rowCount: 1 }]);
    expect(await executeCell(one, [])).toEqual({ ...first, cached: true });
  });

  it('starts from what the earlier cells of the session left', async () => {
    const before = cell('CREATE TABLE toys (name TEXT); INSERT INTO toys VALUES (1), (2);');
    const { outputs } = await executeCell(cell('SELECT count(*) FROM toys;'), [before]);
    expect(outputs).toMatchObject([{ rows: [['2']] }]);
  });

  it('starts from nothing without them', async () => {
    await executeCell(cell('CREATE TABLE toys (name TEXT);'), []);
    await expect(executeCell(cell('SELECT count(*) FROM toys; --'), [])).rejects.toThrow(
      'no such table: toys',
    );
  });

  it('refuses an error that is not the lesson, naming file and line of the statement', async () => {
    await expect(executeCell(cell('SELECT 1;\n\nSELECT nope;'), [])).rejects.toThrow(
      `${PLACE}:103: cell "tried" fails: ERROR SQLITE_ERROR: no such column: nope. Mend the statement`,
    );
  });

  it('refuses a lesson whose error does not come', async () => {
    await expect(executeCell(cell('SELECT 1;', 'expect="error"'), [])).rejects.toThrow(
      `${PLACE}:100: cell "tried" should end with an error and does not.`,
    );
  });

  it('refuses a dataset that is not there, with those that are', async () => {
    const missing = parseFence({
      lang: 'sql',
      meta: 'run id="a" title="t" dataset="catalog-eva"',
      code: 'SELECT 1;',
      file: PLACE,
      line: 100,
    });
    await expect(executeCell(missing, [])).rejects.toThrow(
      /there is no dataset content\/datasets\/catalog-eva\.sql\. Did you mean "catalog-eav"\? Datasets of this engine: .*catalog-eav/,
    );
  });
});

const ENDLESS: [string, string, number, string][] = [
  [
    'sql',
    'SELECT 1;\nWITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT 1 FROM t) SELECT count(*) FROM t;',
    102,
    'WITH RECURSIVE',
  ],
  ['sql', 'SELECT pg_sleep(1e6);', 101, 'SELECT pg_sleep(1e6);'],
  ['sql', 'DO $$ BEGIN LOOP END LOOP; END $$;', 101, 'DO $$ BEGIN LOOP'],
  [
    'sqlite',
    'SELECT 1;\n\nWITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT 1 FROM t) SELECT count(*) FROM t;',
    103,
    'WITH RECURSIVE',
  ],
  ['mongosh', 'db.a.find()\nlet x = 1\nfor (;;);', 103, 'for (;;);'],
  ['mongosh', 'const again = () => Promise.resolve().then(again)\nagain()', 102, 'again()'],
  ['mongosh', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)', 101, 'Atomics.wait('],
];

describe('a cell that does not end', () => {
  const databases = new DatabasePool({ milliseconds: 2500 });
  afterAll(() => databases.close());

  const cellOf = (lang: string, code: string): PlacedCell =>
    parseFence({ lang, meta: 'run id="endless" title="Endless"', code, file: PLACE, line: 100 });

  it.each(ENDLESS)('of %s is stopped, with file, line, id and statement: %s', async (...one) => {
    const [lang, code, line, statement] = one;
    await expect(executeCell(cellOf(lang, code), [], databases)).rejects.toThrow(
      `${PLACE}:${line}: cell "endless" does not end: it was stopped after 2.5 s in its line ${line - 100}, “${statement}`,
    );
  });

  it('of Redis is stopped too: there, only much work takes long', async () => {
    const work = Array.from({ length: 3000 }, () => 'LCS a b LEN').join('\n');
    await expect(
      executeCell(
        cellOf('redis', `SETRANGE a 900 x\nSETRANGE b 900 y\n${work}`),
        [],
        new DatabasePool({ milliseconds: 300 }),
      ),
    ).rejects.toThrow(/cell "endless" does not end: .* in its line \d+, “LCS a b LEN”/);
  });

  it('is not waited for again by the cells behind it, and its engine answers others', async () => {
    const [, code] = ENDLESS[0]!;
    const endless = cellOf('sql', code);
    const behind = cellOf('sql', `SELECT ${Date.now()} AS behind;`);
    const wordsOf = (cell: PlacedCell, before: PlacedCell[], on: DatabasePool): Promise<string> =>
      executeCell(cell, before, on).then(
        () => 'ended',
        (error: Error) => error.message,
      );
    const first = await wordsOf(endless, [], databases);
    expect(first).toContain('does not end');
    // Whoever waited here would wait longer than this test.
    const patient = new DatabasePool({ milliseconds: 600_000 });
    expect(await wordsOf(behind, [endless], patient)).toBe(first);
    await patient.close();
    expect(await wordsOf(behind, [], databases)).toBe('ended');
  });

  it('is told of its dataset, where that is what does not end', async () => {
    const dataset = {
      name: 'content/datasets/shop.sql',
      code: 'CREATE TABLE a (b int);\nSELECT pg_sleep(1e6);',
    };
    await expect(runFrom(dataset, cellOf('sql', 'SELECT 1;'), [], databases)).rejects.toThrow(
      `content/datasets/shop.sql:2: the dataset that cell "endless" (${PLACE}:100) starts from does not end: it was stopped after 2.5 s in its line 2, “SELECT pg_sleep(1e6);”`,
    );
  });

  it('is refused as well when it takes all memory', async () => {
    // What a loop makes is counted, and refused earlier: here is none.
    const hungry = cellOf(
      'mongosh',
      `const big = new Array(1e6).fill(1.5), a = []
       Array(5000).fill(0).forEach(() => { a[a.length] = String(big) })`,
    );
    const patient = new DatabasePool({ milliseconds: 60_000 });
    try {
      await expect(executeCell(hungry, [], patient)).rejects.toThrow(
        `${PLACE}:100: cell "endless" takes more than 1024 MB of memory`,
      );
    } finally {
      await patient.close();
    }
  }, 90_000);
});
