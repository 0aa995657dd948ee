/** What SQLite may have, and this build has not: whoever asks for it is told. */
import type { NoticeOutput, Origin } from '../engine.ts';
import type { Connection } from './connection.ts';

const HERE = 'This SQLite, in your browser,';

/** Modules that come with SQLite, or with the sqlite3 program. */
const MODULES =
  /^no such module: (fts5|fts5vocab|rtree|rtree_i32|geopoly|dbstat|csv|json_each|json_tree|series|zipfile|fsdir|bytecode|carray|completion|sqlite_stmt|spellfix1|sqlite_dbdata|sqlite_dbptr)$/i;

/** Functions in the place of a table, which the sqlite3 program adds. */
const TABLE_FUNCTIONS =
  /^no such table: (generate_series|fsdir|completion|zipfile|dbstat|sqlite_dbpage|bytecode|tables_used|sqlite_stmt)$/i;

/** Functions that the sqlite3 program adds, or that a build may leave out. */
const FUNCTIONS =
  /^no such function: (regexp|regexpi|readfile|writefile|edit|sha1|sha3|sha3_agg|sha3_query|decimal\w*|ieee754\w*|base64|base85|uint|usleep|fts5|lsmode|zipfile|sqlar_\w+|load_extension|median|percentile\w*|soundex|bm25|rtree\w*|geopoly\w*|uuid\w*|stmtrand|strtod|dtostr|unistr|unistr_quote|subtype|sqlite_offset|iif)$/i;

/** @returns what to do instead, or at least that it is no mistake of the reader's. */
export function hintFor(message: string): string | undefined {
  const module = MODULES.exec(message)?.[1]?.toLowerCase();
  if (module === 'fts5')
    return `${HERE} comes without fts5. It has fts4: CREATE VIRTUAL TABLE … USING fts4(…).`;
  if (module !== undefined) return `${HERE} comes without ${module}.`;
  const table = TABLE_FUNCTIONS.exec(message)?.[1]?.toLowerCase();
  if (table === 'generate_series')
    return `${HERE} comes without generate_series. WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10) counts to 10.`;
  if (table !== undefined) return `${HERE} comes without ${table}, which the sqlite3 program has.`;
  const name = FUNCTIONS.exec(message)?.[1]?.toLowerCase();
  if (name === 'regexp')
    return `${HERE} comes without REGEXP, which the sqlite3 program has. LIKE and GLOB are there.`;
  if (name !== undefined) return `${HERE} comes without ${name}().`;
  return undefined;
}

/** What has no effect on a database in memory, and of which SQLite says nothing. */
const ON_FILES: Readonly<Record<string, string>> = {
  auto_vacuum: 'there is no file that could become smaller.',
  checkpoint_fullfsync: 'there is no disk.',
  fullfsync: 'there is no disk.',
  journal_mode: 'a database in memory has its journal there too: only MEMORY and OFF are taken.',
  journal_size_limit: 'there is no file of a journal.',
  busy_timeout: 'there is one connection, so nothing is ever locked.',
  locking_mode: 'there is one connection, so nothing is ever locked.',
  mmap_size: 'there is no file.',
  synchronous: 'there is no disk that could be waited for.',
  temp_store: 'everything is in memory.',
  temp_store_directory: 'there are no files.',
  threads: 'there is one thread.',
  wal_autocheckpoint: 'there is no write-ahead log.',
  wal_checkpoint: 'there is no write-ahead log.',
  incremental_vacuum: 'there is no file that could become smaller.',
};

/** @returns what is to be said of a PRAGMA that has run. */
export function pragmaNotice(
  text: string,
  origin: Origin,
  connection: Connection,
): NoticeOutput | null {
  const [, name = '', assigned] =
    /^PRAGMA\s+(?:[\w"`[\]]+\s*\.\s*)?["`[]?(\w+)["`\]]?\s*(=|\()?/i.exec(text) ?? [];
  const known = name.toLowerCase();
  const notice = (message: string): NoticeOutput => ({
    kind: 'notice',
    origin,
    severity: 'NOTICE',
    message,
  });
  const [found] = connection.query(
    `SELECT count(*) FROM pragma_pragma_list WHERE name = '${known.replaceAll("'", "''")}'`,
  );
  if (found?.[0] === '0')
    return notice(`SQLite has no PRAGMA ${name}, and takes any without a word.`);
  const why = Object.hasOwn(ON_FILES, known) ? ON_FILES[known] : undefined;
  const acts = assigned !== undefined || /^(wal_checkpoint|incremental_vacuum)$/.test(known);
  if (why === undefined || !acts) return null;
  if (known === 'journal_mode' && /\b(memory|off)\b/i.test(text)) return null;
  return notice(`PRAGMA ${known} has no effect here: ${why}`);
}
