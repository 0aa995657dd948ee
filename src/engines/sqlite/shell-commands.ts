/** The sqlite3 program's own commands (`.tables`) are not SQL; here is what says the same in SQL. */
import type { ErrorOutput, Origin } from '../engine.ts';

const IN_SQL: Record<string, string> = {
  tables: "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name;",
  schema: 'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL;',
  indexes: "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index';",
  databases: 'PRAGMA database_list;',
  eqp: 'EXPLAIN QUERY PLAN SELECT …;',
};

/** @param command the whole line, `.schema products`. */
export function shellCommandOutput(command: string, origin: Origin): ErrorOutput {
  const name = /^\.(\w*)/.exec(command)?.[1] ?? '';
  const sql = IN_SQL[name];
  return {
    kind: 'error',
    origin,
    severity: 'ERROR',
    code: '',
    message: `.${name} is a command of the sqlite3 program, not SQL; only SQL runs here`,
    ...(sql !== undefined && { hint: `Write: ${sql}` }),
  };
}
