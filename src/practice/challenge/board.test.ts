/** What the scoreboard shows of two months. */
import { expect, test } from 'vitest';
import { BILL_ROWS, STAGE_ROWS, type BoardRow } from './board.ts';
import type { Measures } from './measures.ts';

const launch: Measures = {
  migrations: 5,
  tables: 5,
  columns: 46,
  cells: 46,
  nulls: 0,
  joins: 0,
  scans: 5,
};
const toys: Measures = { ...launch, migrations: 1, tables: 6, cells: 60, nulls: 15, joins: 2 };

const shown = (rows: readonly BoardRow[], stages: Measures[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ name, shows }) => [name, shows(stages)]));

test('a stage shows its own numbers, and NULLs with their share of all cells', () => {
  expect(shown(STAGE_ROWS, [launch])).toMatchObject({ migrations: '5', nulls: '0', scans: '5' });
  expect(shown(STAGE_ROWS, [launch, toys])).toEqual({
    migrations: '1',
    tables: '6',
    columns: '46',
    nulls: '15 (25%)',
    joins: '2',
    scans: '5',
  });
});

test('the bill adds up; what was created at launch is no migration', () => {
  expect(shown(BILL_ROWS, [launch, toys])).toEqual({
    migrations: '1',
    tables: '6',
    columns: '46',
    nulls: '15 (25%)',
    joins: '2',
    scans: '10',
  });
});
