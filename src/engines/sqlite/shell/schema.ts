/** `.tables`, `.schema`, `.dump` and the like: what the sqlite3 program reads from the catalog. */
import type { Connection } from '../connection.ts';
import { quoteName } from './modes.ts';

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Names in columns, as wide as a terminal of 80. */
export function inColumns(names: readonly string[]): string {
  const width = Math.max(0, ...names.map(({ length }) => length));
  const columns = Math.max(1, Math.floor(80 / (width + 2)));
  const rows = Math.ceil(names.length / columns);
  return Array.from({ length: rows }, (_, row) =>
    names
      .filter((_, index) => index % rows === row)
      .map((name) => name.padEnd(width))
      .join('  '),
  ).join('\n');
}

/** The databases that are open. `temp` is there as soon as something is in it. */
const schemas = (connection: Connection): string[] =>
  connection.query('PRAGMA database_list').map(([, name]) => name ?? '');

/** @param pattern of LIKE; nothing: all. */
export function tableNames(connection: Connection, pattern: string | undefined): string[] {
  const parts = schemas(connection).map(
    (name) => `SELECT ${name === 'main' ? 'name' : `${text(`${name}.`)} || name`} AS name
      FROM ${quoteName(name)}.sqlite_schema
      WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ${pattern === undefined ? '' : `AND name LIKE ${text(pattern)}`}`,
  );
  return connection.query(`${parts.join(' UNION ALL ')} ORDER BY 1`).map(([name]) => name ?? '');
}

/** @param table of LIKE, whose indexes are meant; nothing: all. */
export function indexNames(connection: Connection, table: string | undefined): string[] {
  const parts = schemas(connection).map(
    (name) => `SELECT name FROM ${quoteName(name)}.sqlite_schema
      WHERE type = 'index' ${table === undefined ? '' : `AND tbl_name LIKE ${text(table)}`}`,
  );
  return connection.query(`${parts.join(' UNION ALL ')} ORDER BY 1`).map(([name]) => name ?? '');
}

/** The statements that made what there is. */
export function schemaStatements(
  connection: Connection,
  pattern: string | undefined,
  withSystem = true,
): string[] {
  const condition =
    pattern === undefined
      ? ''
      : `AND lower(tbl_name) ${/[*?[]/.test(pattern) ? 'GLOB' : 'LIKE'} lower(${text(pattern)})`;
  return schemas(connection).flatMap((schema) =>
    connection
      .query(
        `SELECT sql, type, name FROM ${quoteName(schema)}.sqlite_schema WHERE type <> 'meta' AND sql IS NOT NULL
          ${condition} ${withSystem ? '' : "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"} ORDER BY rowid`,
      )
      .map(
        ([sql, type, name]) =>
          `${safely(sql!)}${type === 'view' ? columnsNote(connection, name!) : ''};`,
      ),
  );
}

/** Where the name is quoted, the program lets the statement do nothing if there is such a table. */
const safely = (sql: string): string =>
  sql.replace(/^CREATE TABLE (['"])/, 'CREATE TABLE IF NOT EXISTS $1');

/** The columns of a view, which stand nowhere in its statement. */
function columnsNote(connection: Connection, view: string): string {
  const columns = connection.query(`SELECT name FROM pragma_table_info(${text(view)})`);
  return `\n/* ${quoteName(view)}(${columns.map(([name]) => quoteName(name!)).join(',')}) */`;
}

/** A column as SQL, on one line. */
const valueOf = (
  column: string,
): string => `CASE WHEN typeof(${column}) = 'text' AND instr(${column}, char(10)) > 0
  THEN 'replace(' || quote(replace(${column}, char(10), '\\n')) || ',''\\n'',char(10))' ELSE quote(${column}) END`;

/** A script that makes the database anew. @param pattern of LIKE: tables; nothing: all. */
export function* dumpLines(connection: Connection, pattern: string | undefined): Generator<string> {
  yield 'PRAGMA foreign_keys=OFF;';
  yield 'BEGIN TRANSACTION;';
  const like = pattern === undefined ? '' : `AND name LIKE ${text(pattern)}`;
  const tables = connection.query(
    `SELECT name, sql FROM main.sqlite_schema WHERE type = 'table' AND sql NOT NULL ${like}
      ORDER BY tbl_name = 'sqlite_sequence', rowid`,
  );
  for (const [name, sql] of tables) {
    if (name === 'sqlite_sequence') yield 'DELETE FROM sqlite_sequence;';
    else if (/^sqlite_stat/.test(name!)) yield 'ANALYZE sqlite_schema;';
    else if (name!.startsWith('sqlite_')) continue;
    else if (/^CREATE VIRTUAL TABLE/i.test(sql!)) {
      yield `${sql};`;
      continue;
    } else yield `${safely(sql!)};`;
    const columns = connection
      .query(`SELECT name FROM pragma_table_info(${text(name!)})`)
      .map(([column]) => valueOf(`"${column!.replaceAll('"', '""')}"`));
    const into = quoteName(name!);
    const rows = connection.query(
      `SELECT ${columns.join(" || ',' || ")} FROM "${name!.replaceAll('"', '""')}"`,
    );
    for (const [values] of rows) yield `INSERT INTO ${into} VALUES(${values});`;
  }
  const others = connection.query(
    `SELECT sql FROM main.sqlite_schema WHERE type IN ('index', 'trigger', 'view') AND sql NOT NULL
      ${like} ORDER BY rowid`,
  );
  for (const [sql] of others) yield `${sql};`;
  yield 'COMMIT;';
}
