/** Commands of the sqlite3 program that are not to be had here, and what does the same. */

const FILES = 'There are no files here.';
const PROGRAM = 'It is about the program that SQLite runs in.';

/** By their names: why not, or what instead. */
export const OTHERS: Readonly<Record<string, string>> = {
  archive: FILES,
  auth: PROGRAM,
  backup: `${FILES} .dump prints the database as a script.`,
  binary: FILES,
  cd: FILES,
  check: PROGRAM,
  clone: FILES,
  connection: 'There is one connection here.',
  crnl: FILES,
  dbconfig: 'PRAGMA has most settings.',
  dbinfo: 'PRAGMA page_count; and its like tell the same.',
  dbtotxt: FILES,
  excel: FILES,
  expert: 'EXPLAIN QUERY PLAN shows which index serves a query.',
  filectrl: FILES,
  imposter: PROGRAM,
  import: `${FILES} INSERT INTO … VALUES takes many rows at once.`,
  intck: 'PRAGMA integrity_check; does it.',
  iotrace: FILES,
  limit: PROGRAM,
  lint: 'EXPLAIN QUERY PLAN shows which index serves a query.',
  load: 'There are no extensions here.',
  log: FILES,
  nonce: PROGRAM,
  once: FILES,
  open: `${FILES} Start over, or Reset, begins an empty database.`,
  output: FILES,
  parameter: 'Write the values into the statement.',
  progress: PROGRAM,
  prompt: 'The prompt is the console’s own.',
  read: FILES,
  recover: FILES,
  restore: FILES,
  save: `${FILES} .dump prints the database as a script.`,
  scanstats: 'EXPLAIN QUERY PLAN shows the plan.',
  selftest: PROGRAM,
  session: PROGRAM,
  sha3sum: PROGRAM,
  shell: 'There is no shell behind it.',
  stats: PROGRAM,
  system: 'There is no shell behind it.',
  testcase: PROGRAM,
  testctrl: PROGRAM,
  timeout: 'There is one connection, so nothing is ever locked.',
  trace: PROGRAM,
  unmodule: PROGRAM,
  vfsinfo: FILES,
  vfslist: FILES,
  vfsname: FILES,
  www: FILES,
};

export const OVERVIEW = `What of sqlite3 is here:
  .tables ?PATTERN?  .schema ?PATTERN?  .indexes ?TABLE?  .databases  .fullschema  .dump ?TABLE?
  .mode MODE  ascii, box, column, csv, html, insert, json, line, list, markdown, quote, table, tabs, tcl
  .headers on|off  .nullvalue STRING  .separator COL ?ROW?  .width N …  .show
  .changes on|off  .eqp on|off  .timer on|off  .bail on|off  .print TEXT  .version`;
