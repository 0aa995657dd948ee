/**
 * What psql's commands that list things ask the catalogs.
 *
 * Source: https://www.postgresql.org/docs/18/app-psql.html, the columns as psql heads them
 */
import { acl, RELKIND, where, type List, type ListOptions } from './list.ts';
import {
  listDatabases,
  listEventTriggers,
  listExtensions,
  listLanguages,
  listPrivileges,
  listRoles,
  listSettings,
  listTablespaces,
} from './lists-of-servers.ts';
import { conditionsOf } from './patterns.ts';
import { literal } from './variables.ts';

/** Kinds of relations by the letters of the commands that list them. */
const RELATION_KINDS: Readonly<Record<string, string>> = {
  t: "'r', 'p'",
  i: "'i', 'I'",
  v: "'v'",
  m: "'m'",
  s: "'S'",
  E: "'f'",
};

const NOT_OF_SYSTEM = (schema: string): string =>
  `${schema} <> 'pg_catalog' AND ${schema} !~ '^pg_toast' AND ${schema} <> 'information_schema'`;

/** @param kinds letters of {@link RELATION_KINDS}; none: all that `\d` alone lists. */
export function listRelations(kinds: string, options: ListOptions): List {
  const { pattern, system, more } = options;
  const letters = [...(kinds || 'tvmsE')];
  const hasTables = letters.some((it) => 'tmi'.includes(it));
  const hasIndexes = letters.includes('i');
  const relkinds = letters.flatMap((it) => [
    RELATION_KINDS[it]!,
    ...(it === 't' && (system || pattern !== '') ? ["'t'"] : []),
  ]);
  const sql = `
    SELECT n.nspname AS "Schema", c.relname AS "Name", ${RELKIND} AS "Type",
      pg_catalog.pg_get_userbyid(c.relowner) AS "Owner"
      ${hasIndexes ? ', c2.relname AS "Table"' : ''}
      ${
        more
          ? `, CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 't' THEN 'temporary' WHEN 'u' THEN 'unlogged' END AS "Persistence"
      ${hasTables ? ', am.amname AS "Access method"' : ''}
      , pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(c.oid)) AS "Size",
      pg_catalog.obj_description(c.oid, 'pg_class') AS "Description"`
          : ''
      }
    FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    ${hasTables ? 'LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam' : ''}
    ${
      hasIndexes
        ? `LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
    LEFT JOIN pg_catalog.pg_class c2 ON i.indrelid = c2.oid`
        : ''
    }
    ${where([
      `c.relkind IN (${relkinds.join(', ')})`,
      !system && pattern === '' && NOT_OF_SYSTEM('n.nspname'),
      ...conditionsOf(pattern, {
        schema: 'n.nspname',
        name: 'c.relname',
        visible: 'pg_catalog.pg_table_is_visible(c.oid)',
      }),
    ])}
    ORDER BY 1, 2`;
  return {
    sql,
    none:
      pattern === ''
        ? 'Did not find any relations.'
        : `Did not find any relation named "${pattern}".`,
  };
}

function listSchemas({ pattern, system, more }: ListOptions): List {
  return {
    sql: `SELECT n.nspname AS "Name", pg_catalog.pg_get_userbyid(n.nspowner) AS "Owner"
      ${more ? `, ${acl('n.nspacl')}, pg_catalog.obj_description(n.oid, 'pg_namespace') AS "Description"` : ''}
      FROM pg_catalog.pg_namespace n
      ${where([
        !system && pattern === '' && "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'",
        ...conditionsOf(pattern, { schema: null, name: 'n.nspname' }),
      ])} ORDER BY 1`,
  };
}

/** @param kinds of `anptw`: aggregates, normal functions, procedures, triggers, window functions. */
function listFunctions(kinds: string, { pattern, system, more }: ListOptions): List {
  const ofKind: Readonly<Record<string, string>> = {
    a: "p.prokind = 'a'",
    n: "(p.prokind = 'f' AND p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype)",
    p: "p.prokind = 'p'",
    t: "(p.prokind = 'f' AND p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype)",
    w: "p.prokind = 'w'",
  };
  const wanted = [...kinds].map((kind) => ofKind[kind]!);
  return {
    sql: `SELECT n.nspname AS "Schema", p.proname AS "Name",
      pg_catalog.pg_get_function_result(p.oid) AS "Result data type",
      pg_catalog.pg_get_function_arguments(p.oid) AS "Argument data types",
      CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc' ELSE 'func' END AS "Type"
      ${
        more
          ? `, CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' WHEN 'v' THEN 'volatile' END AS "Volatility",
        CASE p.proparallel WHEN 'r' THEN 'restricted' WHEN 's' THEN 'safe' WHEN 'u' THEN 'unsafe' END AS "Parallel",
        pg_catalog.pg_get_userbyid(p.proowner) AS "Owner",
        CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END AS "Security",
        CASE WHEN p.proleakproof THEN 'yes' ELSE 'no' END AS "Leakproof?",
        ${acl('p.proacl')}, l.lanname AS "Language",
        CASE WHEN l.lanname IN ('internal', 'c') THEN p.prosrc END AS "Internal name",
        pg_catalog.obj_description(p.oid, 'pg_proc') AS "Description"`
          : ''
      }
      FROM pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      LEFT JOIN pg_catalog.pg_language l ON l.oid = p.prolang
      ${where([
        wanted.length > 0 && `(${wanted.join(' OR ')})`,
        ...conditionsOf(pattern, {
          schema: 'n.nspname',
          name: 'p.proname',
          visible: 'pg_catalog.pg_function_is_visible(p.oid)',
        }),
        !system &&
          pattern === '' &&
          "n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema'",
      ])} ORDER BY 1, 2, 4`,
  };
}

function listTypes({ pattern, system, more }: ListOptions): List {
  return {
    sql: `SELECT n.nspname AS "Schema", pg_catalog.format_type(t.oid, NULL) AS "Name",
      ${
        more
          ? `t.typname AS "Internal name",
      CASE WHEN t.typrelid <> 0 THEN 'tuple' WHEN t.typlen < 0 THEN 'var' ELSE t.typlen::pg_catalog.text END AS "Size",
      pg_catalog.array_to_string(ARRAY(SELECT e.enumlabel FROM pg_catalog.pg_enum e
        WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder), E'\\n') AS "Elements",
      pg_catalog.pg_get_userbyid(t.typowner) AS "Owner", ${acl('t.typacl')},`
          : ''
      }
      pg_catalog.obj_description(t.oid, 'pg_type') AS "Description"
      FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      ${where([
        `(t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid))`,
        !pattern.includes('[]') &&
          'NOT EXISTS (SELECT FROM pg_catalog.pg_type el WHERE el.oid = t.typelem AND el.typarray = t.oid)',
        !system &&
          pattern === '' &&
          "n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema'",
        ...conditionsOf(pattern, {
          schema: 'n.nspname',
          name: 't.typname',
          other: 'pg_catalog.format_type(t.oid, NULL)',
          visible: 'pg_catalog.pg_type_is_visible(t.oid)',
        }),
      ])} ORDER BY 1, 2`,
  };
}

function listDomains({ pattern, system, more }: ListOptions): List {
  return {
    sql: `SELECT n.nspname AS "Schema", t.typname AS "Name",
      pg_catalog.format_type(t.typbasetype, t.typtypmod) AS "Type",
      (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type bt
        WHERE c.oid = t.typcollation AND bt.oid = t.typbasetype AND t.typcollation <> bt.typcollation) AS "Collation",
      CASE WHEN t.typnotnull THEN 'not null' END AS "Nullable", t.typdefault AS "Default",
      pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.pg_get_constraintdef(r.oid, true)
        FROM pg_catalog.pg_constraint r WHERE t.oid = r.contypid AND r.contype = 'c' ORDER BY r.conname), ' ') AS "Check"
      ${more ? `, ${acl('t.typacl')}, pg_catalog.obj_description(t.oid, 'pg_type') AS "Description"` : ''}
      FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      ${where([
        "t.typtype = 'd'",
        !system &&
          pattern === '' &&
          "n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema'",
        ...conditionsOf(pattern, {
          schema: 'n.nspname',
          name: 't.typname',
          visible: 'pg_catalog.pg_type_is_visible(t.oid)',
        }),
      ])} ORDER BY 1, 2`,
  };
}

/** @returns what a command lists, by its name without `S` and `+`; `null` if it lists nothing known here. */
export function listOf(name: string, options: ListOptions): List | null {
  const kinds = /^d([tivmsE]+)$/.exec(name)?.[1];
  if (kinds !== undefined) return listRelations(kinds, options);
  const functions = /^df([anptw]*)$/.exec(name)?.[1];
  if (functions !== undefined) return listFunctions(functions, options);
  switch (name) {
    case 'da':
      return listAggregates(options);
    case 'db':
      return listTablespaces(options);
    case 'dconfig':
      return listSettings(options);
    case 'dD':
      return listDomains(options);
    case 'dg':
    case 'du':
      return listRoles(options);
    case 'dL':
      return listLanguages(options);
    case 'dn':
      return listSchemas(options);
    case 'dp':
    case 'z':
      return listPrivileges(options);
    case 'dT':
      return listTypes(options);
    case 'dx':
      return listExtensions(options);
    case 'dy':
      return listEventTriggers(options);
    case 'l':
    case 'list':
      return listDatabases(options);
    default:
      return null;
  }
}

function listAggregates({ pattern, system }: ListOptions): List {
  return {
    sql: `SELECT n.nspname AS "Schema", p.proname AS "Name",
      pg_catalog.format_type(p.prorettype, NULL) AS "Result data type",
      CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_catalog.pg_get_function_arguments(p.oid) END AS "Argument data types",
      pg_catalog.obj_description(p.oid, 'pg_proc') AS "Description"
      FROM pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      ${where([
        "p.prokind = 'a'",
        !system &&
          pattern === '' &&
          "n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema'",
        ...conditionsOf(pattern, {
          schema: 'n.nspname',
          name: 'p.proname',
          visible: 'pg_catalog.pg_function_is_visible(p.oid)',
        }),
      ])} ORDER BY 1, 2, 4`,
  };
}

/** The source of a function or a view, for `\sf` and `\sv`. */
export const sourceOf = (kind: 'function' | 'view', name: string): string =>
  kind === 'function'
    ? `SELECT pg_catalog.pg_get_functiondef(${name.includes('(') ? `${literal(name)}::pg_catalog.regprocedure` : `${literal(name)}::pg_catalog.regproc`}::pg_catalog.oid)`
    : `SELECT 'CREATE OR REPLACE VIEW ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
        || E' AS\\n' || pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid, true), ';')
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = ${literal(name)}::pg_catalog.regclass`;
