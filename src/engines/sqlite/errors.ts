/** SQLite's errors as outputs: code name, hint, and where in the statement it stumbled. */
import type { ErrorOutput, Origin } from '../engine.ts';
import type { Statement } from '../sql/statements.ts';
import { positionAt } from '../sql/position.ts';
import { hintFor } from './absent.ts';
import type { Connection, SqliteError } from './connection.ts';
import { errorOffset } from './error-offset.ts';

/**
 * @param script the file the statement stands in.
 * @param connection to try shorter texts on: this build of SQLite tells no offset.
 */
export function errorOutput(
  error: SqliteError,
  origin: Origin,
  statement: Statement,
  script: string,
  connection: Connection,
): ErrorOutput {
  const offset = errorOffset(error, statement, script, connection);
  const hint = hintFor(error.message);
  return {
    kind: 'error',
    origin,
    severity: 'ERROR',
    code: codeName(error, connection),
    message: error.message,
    ...(hint !== undefined && { hint }),
    ...(offset !== null && { position: positionAt(script, offset) }),
  };
}

/** https://sqlite.org/rescode.html, from 1. */
const PRIMARY_CODES = (
  'ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL ' +
  'CANTOPEN PROTOCOL EMPTY SCHEMA TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE NOTADB'
).split(' ');

/**
 * The name of the code. Extended codes are switched off in this build; for constraints, the message
 * tells which it is, in words fixed in SQLite's source (`vdbe.c`, `sqlite3HaltConstraint`).
 */
function codeName(error: SqliteError, connection: Connection): string {
  const name = PRIMARY_CODES[error.resultCode - 1];
  if (name === undefined) return `SQLITE_${error.resultCode}`;
  if (name !== 'CONSTRAINT') return `SQLITE_${name}`;
  const kind = /^(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed/.exec(error.message)?.[1];
  if (kind === 'UNIQUE') {
    const columns = error.message.slice('UNIQUE constraint failed: '.length).split(', ');
    return `SQLITE_CONSTRAINT_${isPrimaryKey(columns, connection) ? 'PRIMARYKEY' : 'UNIQUE'}`;
  }
  if (kind) return `SQLITE_CONSTRAINT_${kind.replace(' ', '')}`;
  if (/^cannot store \w+ value in /.test(error.message)) return 'SQLITE_CONSTRAINT_DATATYPE';
  return 'SQLITE_CONSTRAINT';
}

/** @param columns `table.column`, as the message of a violated UNIQUE or PRIMARY KEY names them. */
function isPrimaryKey(columns: string[], connection: Connection): boolean {
  const table = columns[0]?.split('.')[0] ?? '';
  const literal = `'${table.replaceAll("'", "''")}'`;
  const key = connection.query(`SELECT name FROM pragma_table_info(${literal}) WHERE pk > 0`);
  const named = key.map(([name]) => `${table}.${name}`);
  return named.length === columns.length && named.every((name) => columns.includes(name));
}
