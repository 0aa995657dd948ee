/** SQLite's errors as outputs: code name, and where in the statement it stumbled. */
import type { ErrorOutput, Origin } from '../engine.ts';
import { tokenize } from '../sql/lexer.ts';
import type { Statement } from '../sql/statements.ts';
import { positionAt } from '../sql/position.ts';
import { SqliteError, type Connection } from './connection.ts';

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
  return {
    kind: 'error',
    origin,
    severity: 'ERROR',
    code: codeName(error, connection),
    message: error.message,
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

function errorOffset(
  error: SqliteError,
  statement: Statement,
  script: string,
  connection: Connection,
): number | null {
  if (error.message === 'incomplete input') return statement.start + statement.text.length;
  const unexpected = /^near "(.*)": syntax error$/s.exec(error.message)?.[1];
  if (unexpected !== undefined) {
    return offsetOfSyntaxError(error.message, unexpected, statement, script, connection);
  }
  const unrecognized = /^unrecognized token: "(.*)"$/s.exec(error.message)?.[1];
  if (unrecognized !== undefined) {
    const found = statement.text.indexOf(unrecognized);
    return found < 0 ? null : statement.start + found;
  }
  const name = /^(?:no such column: |ambiguous column name: |no such function: )(.+)$/s.exec(
    error.message,
  )?.[1];
  return name === undefined ? null : offsetOfName(name, statement, script);
}

/**
 * SQLite's parser never looks further than the token it refuses. So of all the tokens that read like
 * it, it is the first up to which the statement alone raises the same error.
 */
function offsetOfSyntaxError(
  message: string,
  unexpected: string,
  statement: Statement,
  script: string,
  connection: Connection,
): number | null {
  for (const token of statement.tokens) {
    if (script.slice(token.start, token.end) !== unexpected) continue;
    try {
      connection.prepare(script.slice(statement.start, token.end))?.finalize();
    } catch (error) {
      if (error instanceof SqliteError && error.message === message) return token.start;
    }
  }
  return null;
}

/** The first place where the name, qualified as it was written, stands in the statement. */
function offsetOfName(name: string, statement: Statement, script: string): number | null {
  const plain = (text: string): string => text.replace(/^["`[]|["`\]]$/g, '').toLowerCase();
  const wanted = [...tokenize(name, 'sqlite')].map((token) => name.slice(token.start, token.end));
  const found = statement.tokens.find((_, index) =>
    wanted.every((part, i) => {
      const token = statement.tokens[index + i];
      return token && plain(script.slice(token.start, token.end)) === plain(part);
    }),
  );
  return found?.start ?? null;
}
