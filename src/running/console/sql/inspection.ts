/** Reads what a database of SQL holds, from its catalog. */
import type { Output } from '../../../engines/engine.ts';
import type { Dialect } from '../../../engines/sql/lexer.ts';
import type { Ask, Catalog, Relation } from '../session/language.ts';

const MOST_TABLES = 50;

const POSTGRES = `SELECT c.relname,
  (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
  (SELECT json_agg(json_build_object('name', i.relname, 'on', pg_get_indexdef(i.oid)) ORDER BY i.relname)
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid)
FROM pg_class c
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND pg_table_is_visible(c.oid)
  AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
ORDER BY c.relname LIMIT ${MOST_TABLES};`;

const SQLITE = `SELECT m.name,
  (SELECT json_group_array(name) FROM pragma_table_info(m.name)),
  (SELECT json_group_array(json_object('name', l.name, 'on',
      (SELECT group_concat(name, ', ') FROM pragma_index_info(l.name))))
    FROM pragma_index_list(m.name) l)
FROM sqlite_schema m
WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%'
ORDER BY m.name LIMIT ${MOST_TABLES};`;

export async function inspectSql(dialect: Dialect, ask: Ask): Promise<Catalog | null> {
  const rows = rowsOf(await ask(dialect === 'postgres' ? POSTGRES : SQLITE));
  if (rows === null) return null;
  const relations = rows.map(([name, fields, indexes]): Relation => {
    const list = JSON.parse(indexes ?? '[]') as { name: string; on: string | null }[];
    return {
      name: name ?? '',
      size: null,
      fields: JSON.parse(fields ?? '[]') as string[],
      // All of "CREATE INDEX … USING btree (name)" that differs.
      indexes: list.map(({ name, on }) => ({
        name,
        on: /USING (.*)$/.exec(on ?? '')?.[1] ?? on ?? '',
      })),
    };
  });
  if (relations.length === 0) return { database: dialect, relations };
  const counts = relations
    .map(({ name }) => `SELECT count(*) FROM "${name.replaceAll('"', '""')}"`)
    .join(' UNION ALL ');
  // A view may fail to be counted; the tables are there all the same.
  const counted = rowsOf(await ask(`${counts};`));
  return {
    database: dialect,
    relations: relations.map((relation, index) => {
      const count = counted?.[index]?.[0];
      return { ...relation, size: count === undefined ? null : Number(count) };
    }),
  };
}

function rowsOf(outputs: readonly Output[]): (string | null)[][] | null {
  const table = outputs.find((output) => output.kind === 'table');
  if (table) return table.rows;
  return outputs.some((output) => output.kind === 'error') ? null : [];
}
