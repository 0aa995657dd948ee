/** Which statements begin a transaction where psql was told to commit nothing by itself. */
import type { Statement } from '../../sql/statements.ts';

/** Those that a transaction is made with, and those that none may be around. */
const OUTSIDE =
  /^(?:BEGIN|START TRANSACTION|COMMIT|END|ABORT|ROLLBACK|PREPARE TRANSACTION|VACUUM|CLUSTER$|CREATE DATABASE|CREATE TABLESPACE|DROP DATABASE|DROP TABLESPACE|ALTER SYSTEM|REINDEX (?:DATABASE|SYSTEM)|DISCARD ALL|(?:CREATE (?:UNIQUE )?|DROP )INDEX CONCURRENTLY)/;

/** As psql does (`command_no_begin`). */
export function startsTransaction({ tokens }: Statement, code: string): boolean {
  const words = tokens
    .filter(({ kind }) => kind === 'word')
    .slice(0, 4)
    .map(({ start, end }) => code.slice(start, end).toUpperCase());
  return !OUTSIDE.test(words.join(' '));
}
