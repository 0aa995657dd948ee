import { afterAll, describe, expect, it } from 'vitest';
import type { PlacedCell } from '../cell.ts';
import { parseFence } from '../fence/fence.ts';
import { closeDatabases, executeCell } from './execute.ts';

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
      /there is no dataset content\/datasets\/catalog-eva\.sql\. Datasets of this engine: .*catalog-eav/,
    );
  });
});
