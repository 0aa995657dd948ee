/** What every list of psql's has in common. */

/** A command with its letters taken apart: `\dtS+` is `dt`, with system objects, and more of each. */
export interface ListOptions {
  pattern: string;
  system: boolean;
  more: boolean;
}

export interface List {
  sql: string;
  /** psql's sentence for an empty list, where it has one in place of a table without rows. */
  none?: string;
}

export const where = (conditions: readonly (string | false)[]): string => {
  const all = conditions.filter((it) => it !== false);
  return all.length === 0 ? '' : `WHERE ${all.join('\n  AND ')}`;
};

/** What kind of relation `c` is. */
export const RELKIND = `CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
  WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 't' THEN 'TOAST table' WHEN 'f' THEN 'foreign table'
  WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index' END`;

/** Rights, a line each. */
export const acl = (column: string): string =>
  `CASE WHEN pg_catalog.array_length(${column}, 1) = 0 THEN '(none)'
    ELSE pg_catalog.array_to_string(${column}, E'\\n') END AS "Access privileges"`;
