/**
 * psql's own commands. Those that describe tables are answered from the catalogs as psql does it;
 * for the others the reader is told what to write instead.
 */
import type { ErrorOutput, Origin } from '../engine.ts';
import type { LimitedOutput } from '../limits.ts';
import type { Statement } from '../sql/statements.ts';
import type { Session } from './session.ts';

/**
 * @param command `\d products`, from the backslash to the end of the line.
 * @param run runs SQL and prints its result as if it were written there.
 * @returns whether it succeeded.
 */
export async function runPsqlCommand(
  command: Statement,
  origin: Origin,
  output: LimitedOutput,
  session: Session,
  run: (statement: Statement) => Promise<boolean>,
): Promise<boolean> {
  const [, name = '', argument = ''] = /^\\(\S+)\s*(.*?)[\s;]*$/.exec(command.text) ?? [];
  const print = (sql: string): Promise<boolean> => run({ ...command, kind: 'sql', text: sql });
  const fail = (message: string, hint?: string): false => {
    const error: ErrorOutput = { kind: 'error', origin, severity: 'ERROR', code: '', message };
    output.send(hint === undefined ? error : { ...error, hint });
    return false;
  };

  if (name === 'echo') {
    output.send({ kind: 'text', origin, text: argument.replace(/^'(.*)'$/, '$1') });
    return true;
  }
  const plainName = name.replace(/[+S]+$/, '');
  const kinds = RELATION_KINDS[plainName];
  if (kinds !== undefined && !(plainName === 'd' && argument)) {
    return print(listOfRelations(kinds, argument));
  }
  if (plainName === 'dn') return print(LIST_OF_SCHEMAS);
  if (plainName === 'd') {
    const found = session.inTransaction ? await findInTransaction() : await find();
    if (found === null) return fail(`Did not find any relation named "${argument}".`);
    const printed = await print(columnsOf(found));
    const footer = (await session.query(footerOf(found))).map(([line]) => line).join('\n');
    if (printed && footer) output.send({ kind: 'text', origin, text: footer });
    return printed;
  }
  return fail(
    `\\${name} is a command of the psql program, not SQL; it is not available here`,
    INSTEAD[plainName] ?? 'SQL, and \\d, \\d NAME, \\dt, \\di, \\dv, \\ds, \\dn and \\echo are.',
  );

  async function find(): Promise<string | null> {
    const rows = await session
      .query(`SELECT to_regclass(${literal(argument)})::oid`)
      // A name like `a.b.c.d` is no name at all.
      .catch(() => []);
    return rows[0]?.[0] ?? null;
  }

  /** A failed look-up would abort the reader's transaction, and an aborted one can look nothing up. */
  async function findInTransaction(): Promise<string | null> {
    return /^["\w.$\u0080-\uffff]+$/.test(argument) ? find() : null;
  }
}

const INSTEAD: Record<string, string> = {
  l: 'Write: SELECT datname FROM pg_database;',
  du: 'Write: SELECT rolname FROM pg_roles;',
  df: "Write: SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace;",
  dT: "Write: SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace;",
  timing: 'Every cell shows how long it ran. EXPLAIN ANALYZE tells it for one statement.',
  copy: 'Write INSERT INTO … VALUES …;',
  g: 'End the statement with a semicolon.',
};

const RELATION_KINDS: Record<string, string> = {
  d: 'r,p,v,m,S,f',
  dt: 'r,p',
  di: 'i,I',
  dv: 'v',
  dm: 'm',
  ds: 'S',
};

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** psql's `describe.c`, `listTables`. `*` and `?` in the pattern stand for any characters, any one. */
function listOfRelations(kinds: string, pattern: string): string {
  const list = kinds.split(',').map(literal).join(', ');
  const like = pattern
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
  const isIndex = kinds.startsWith('i');
  return `
    SELECT n.nspname AS "Schema", c.relname AS "Name",
      CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
        WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table'
        WHEN 'i' THEN 'index' WHEN 'I' THEN 'partitioned index' END AS "Type",
      pg_get_userbyid(c.relowner) AS "Owner"
      ${isIndex ? ', t.relname AS "Table"' : ''}
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    ${isIndex ? 'JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_class t ON t.oid = i.indrelid' : ''}
    WHERE c.relkind IN (${list}) AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND ${like ? `c.relname LIKE ${literal(like)}` : 'pg_table_is_visible(c.oid)'}
    ORDER BY 1, 2`;
}

const LIST_OF_SCHEMAS = `
  SELECT nspname AS "Name", pg_get_userbyid(nspowner) AS "Owner"
  FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1`;

function columnsOf(oid: string): string {
  return `
    SELECT a.attname AS "Column", format_type(a.atttypid, a.atttypmod) AS "Type",
      CASE WHEN a.attcollation <> t.typcollation THEN l.collname END AS "Collation",
      CASE WHEN a.attnotnull THEN 'not null' ELSE '' END AS "Nullable",
      CASE WHEN a.attidentity = 'a' THEN 'generated always as identity'
        WHEN a.attidentity = 'd' THEN 'generated by default as identity'
        WHEN a.attgenerated = 's' THEN
          format('generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
        WHEN a.attgenerated = 'v' THEN
          format('generated always as (%s)', pg_get_expr(d.adbin, d.adrelid))
        ELSE coalesce(pg_get_expr(d.adbin, d.adrelid), '') END AS "Default"
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_collation l ON l.oid = a.attcollation
      LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
    WHERE a.attrelid = ${oid} AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum`;
}

/** The lines psql prints below the columns: indexes, constraints, triggers. */
function footerOf(oid: string): string {
  return `
    SELECT line FROM (
      SELECT 1 AS part, 0 AS rank, '' AS name, 'Indexes:' AS line
        WHERE EXISTS (SELECT FROM pg_index WHERE indrelid = ${oid})
      UNION ALL SELECT 1, 1 + (NOT indisprimary)::int, c.relname, format('    "%s" %s%s', c.relname,
          CASE WHEN indisprimary THEN 'PRIMARY KEY, ' WHEN k.contype = 'u' THEN 'UNIQUE CONSTRAINT, '
            WHEN indisunique THEN 'UNIQUE, ' ELSE '' END,
          regexp_replace(pg_get_indexdef(indexrelid), '^.*? USING ', ''))
        FROM pg_index JOIN pg_class c ON c.oid = indexrelid
          LEFT JOIN pg_constraint k ON k.conindid = indexrelid AND k.contype IN ('p', 'u', 'x')
        WHERE indrelid = ${oid}
      UNION ALL SELECT DISTINCT 2 + (contype = 'f')::int, 0, '',
          CASE contype WHEN 'c' THEN 'Check constraints:' ELSE 'Foreign-key constraints:' END
        FROM pg_constraint WHERE conrelid = ${oid} AND contype IN ('c', 'f')
      UNION ALL SELECT 2 + (contype = 'f')::int, 1, conname,
          format('    "%s" %s', conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE conrelid = ${oid} AND contype IN ('c', 'f')
      UNION ALL SELECT 4, 0, '', 'Referenced by:'
        WHERE EXISTS (SELECT FROM pg_constraint WHERE confrelid = ${oid} AND contype = 'f')
      UNION ALL SELECT 4, 1, conname, format('    TABLE "%s" CONSTRAINT "%s" %s',
          conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE confrelid = ${oid} AND contype = 'f'
      UNION ALL SELECT 5, 0, '', 'Triggers:'
        WHERE EXISTS (SELECT FROM pg_trigger WHERE tgrelid = ${oid} AND NOT tgisinternal)
      UNION ALL SELECT 5, 1, tgname,
          '    ' || regexp_replace(pg_get_triggerdef(oid), '^CREATE (CONSTRAINT )?TRIGGER ', '')
        FROM pg_trigger WHERE tgrelid = ${oid} AND NOT tgisinternal
    ) AS footer ORDER BY part, rank, name`;
}
