/** PostgreSQL's errors and notices as outputs. */
import type { messages } from '@electric-sql/pglite';
import type { ErrorOutput, NoticeOutput, Origin } from '../engine.ts';
import { offsetOfCharacter, positionAt } from '../sql/position.ts';
import type { Statement } from '../sql/statements.ts';

/** The server broke off. */
export const serverStopped = (origin: Origin): ErrorOutput => ({
  kind: 'error',
  origin,
  severity: 'FATAL',
  code: '57P01',
  message: 'PostgreSQL stopped while it ran this statement',
  hint: 'It was started again, with an empty database. Reset to have the data back.',
});

/**
 * @param script the file the statement stands in: the position is the file's.
 * @param written the offset that one in the statement's text had before variables were filled in.
 */
export function errorOutput(
  error: messages.DatabaseError,
  origin: Origin,
  statement: Statement,
  script: string,
  written: (offset: number) => number = (offset) => offset,
): ErrorOutput {
  const hint = hintFor(statement, error) ?? error.hint;
  const context = [
    error.internalQuery === undefined ? '' : `SQL statement "${error.internalQuery}"`,
    error.where ?? '',
  ];
  return {
    kind: 'error',
    origin,
    severity: error.severity ?? 'ERROR',
    code: error.code ?? '',
    message: error.message,
    ...(error.detail !== undefined && { detail: error.detail }),
    ...(hint !== undefined && { hint }),
    ...(error.where !== undefined && { context: context.filter(Boolean).join('\n') }),
    ...(error.position !== undefined && {
      position: positionAt(
        script,
        statement.start + written(offsetIn(statement.text, error.position)),
      ),
    }),
  };
}

export function noticeOutput(notice: messages.NoticeMessage, origin: Origin): NoticeOutput {
  return {
    kind: 'notice',
    origin,
    severity: notice.severity ?? 'NOTICE',
    message: notice.message ?? '',
    ...(notice.detail !== undefined && { detail: notice.detail }),
    ...(notice.hint !== undefined && { hint: notice.hint }),
  };
}

/** PostgreSQL counts characters, from 1. */
function offsetIn(statement: string, position: string): number {
  return offsetOfCharacter(statement, Number(position) - 1);
}

/** Where the reason is not the reader's SQL but what this PostgreSQL is. */
function hintFor(statement: Statement, error: messages.DatabaseError): string | undefined {
  if (/^CREATE\s+DATABASE\b/i.test(statement.text)) {
    return (
      'This PostgreSQL, in your browser, holds one database and no template to copy another from. ' +
      'CREATE SCHEMA separates tables here as well.'
    );
  }
  if (/^CREATE\s+EXTENSION\b/i.test(statement.text)) {
    return 'This PostgreSQL, in your browser, comes without extensions, except for plpgsql.';
  }
  if (/^COPY\b.*\b(FROM|TO)\s+PROGRAM\b/is.test(statement.text)) {
    return 'This PostgreSQL, in your browser, cannot run programs. COPY … FROM STDIN reads the lines below it.';
  }
  if (/^COPY\b/i.test(statement.text) && error.code === '58P01') {
    return 'This PostgreSQL, in your browser, has none of your files. COPY … FROM STDIN reads the lines below it.';
  }
  if (/^could not load library ".*\/utf8_and_/.test(error.message)) {
    return 'This PostgreSQL, in your browser, converts no encodings: text is UTF8.';
  }
  if (/^could not (?:load library|access file) "/.test(error.message)) {
    return 'This PostgreSQL, in your browser, comes without that library.';
  }
  return undefined;
}
