/** The scoreboard: what is counted, a row each, and how a number is shown. The same in the build and in the browser. */
import type { Measures } from './measures.ts';

/** A row of the scoreboard. */
export interface BoardRow {
  name: string;
  title: string;
  /** @param stages what a design cost up to here; the last one is the stage of the board. */
  shows: (stages: readonly Measures[]) => string;
}

const last = (stages: readonly Measures[]): Measures => stages.at(-1)!;
const sum = (stages: readonly Measures[], of: (one: Measures) => number): string =>
  String(stages.reduce((total, one) => total + of(one), 0));

/** @returns `145 (71%)`: NULLs, and their share of all cells. */
const nullShare = ({ nulls, cells }: Measures): string =>
  nulls === 0 ? '0' : `${nulls} (${Math.round((100 * nulls) / cells)}%)`;

const tables: BoardRow = { name: 'tables', title: 'Tables', shows: (it) => `${last(it).tables}` };
const columns: BoardRow = {
  name: 'columns',
  title: 'Columns',
  shows: (it) => `${last(it).columns}`,
};
const nulls: BoardRow = {
  name: 'nulls',
  title: 'NULLs',
  shows: (it) => nullShare(last(it)),
};

/** What one stage cost. */
export const STAGE_ROWS: readonly BoardRow[] = [
  {
    name: 'migrations',
    title: 'Changes of the schema',
    shows: (it) => `${last(it).migrations}`,
  },
  tables,
  columns,
  nulls,
  { name: 'joins', title: 'Joins in the query', shows: (it) => `${last(it).joins}` },
  { name: 'scans', title: 'Table reads in the query', shows: (it) => `${last(it).scans}` },
];

/** What all of it cost. The first stage creates; what changes the schema after it is a migration. */
export const BILL_ROWS: readonly BoardRow[] = [
  {
    name: 'migrations',
    title: 'Migrations after launch',
    shows: (it) => sum(it.slice(1), ({ migrations }) => migrations),
  },
  tables,
  columns,
  nulls,
  { name: 'joins', title: 'Joins, all queries', shows: (it) => sum(it, ({ joins }) => joins) },
  {
    name: 'scans',
    title: 'Table reads, all queries',
    shows: (it) => sum(it, ({ scans }) => scans),
  },
];
