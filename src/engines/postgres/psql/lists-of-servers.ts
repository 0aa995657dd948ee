/** Lists of what stands beside tables: roles, rights, databases, extensions, settings. */
import { acl, RELKIND, where, type List, type ListOptions } from './list.ts';
import { conditionsOf } from './patterns.ts';

export function listRoles({ pattern, system, more }: ListOptions): List {
  return {
    sql: `SELECT r.rolname AS "Role name", pg_catalog.array_to_string(pg_catalog.array_remove(ARRAY[
        CASE WHEN r.rolsuper THEN 'Superuser' END, CASE WHEN NOT r.rolinherit THEN 'No inheritance' END,
        CASE WHEN r.rolcreaterole THEN 'Create role' END, CASE WHEN r.rolcreatedb THEN 'Create DB' END,
        CASE WHEN NOT r.rolcanlogin THEN 'Cannot login' END, CASE WHEN r.rolreplication THEN 'Replication' END,
        CASE WHEN r.rolbypassrls THEN 'Bypass RLS' END], NULL), ', ')
      || CASE WHEN r.rolconnlimit < 0 THEN '' ELSE E'\\n' || CASE r.rolconnlimit WHEN 0 THEN 'No connections'
        WHEN 1 THEN '1 connection' ELSE r.rolconnlimit || ' connections' END END
      || CASE WHEN r.rolvaliduntil IS NULL THEN '' ELSE E'\\nPassword valid until ' || r.rolvaliduntil END AS "Attributes"
      ${more ? `, pg_catalog.shobj_description(r.oid, 'pg_authid') AS "Description"` : ''}
      FROM pg_catalog.pg_roles r
      ${where([
        !system && pattern === '' && "r.rolname !~ '^pg_'",
        ...conditionsOf(pattern, { schema: null, name: 'r.rolname' }),
      ])} ORDER BY 1`,
  };
}

export function listDatabases({ pattern }: ListOptions): List {
  return {
    sql: `SELECT d.datname AS "Name", pg_catalog.pg_get_userbyid(d.datdba) AS "Owner",
      pg_catalog.pg_encoding_to_char(d.encoding) AS "Encoding",
      CASE d.datlocprovider WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' END AS "Locale Provider",
      d.datcollate AS "Collate", d.datctype AS "Ctype", d.datlocale AS "Locale", d.daticurules AS "ICU Rules",
      ${acl('d.datacl')}
      FROM pg_catalog.pg_database d
      ${where(conditionsOf(pattern, { schema: null, name: 'd.datname' }))} ORDER BY 1`,
  };
}

export function listPrivileges({ pattern }: ListOptions): List {
  return {
    sql: `SELECT n.nspname AS "Schema", c.relname AS "Name", ${RELKIND} AS "Type", ${acl('c.relacl')},
      pg_catalog.array_to_string(ARRAY(SELECT a.attname || E':\\n  ' || pg_catalog.array_to_string(a.attacl, E'\\n  ')
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attacl IS NOT NULL), E'\\n') AS "Column privileges",
      pg_catalog.array_to_string(ARRAY(SELECT p.polname
        || CASE WHEN NOT p.polpermissive THEN ' (RESTRICTIVE)' ELSE '' END
        || CASE p.polcmd WHEN '*' THEN ':' ELSE ' (' || p.polcmd::pg_catalog.text || '):' END
        || CASE WHEN p.polqual IS NOT NULL
          THEN E'\\n  (u): ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) ELSE '' END
        || CASE WHEN p.polwithcheck IS NOT NULL
          THEN E'\\n  (c): ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) ELSE '' END
        || CASE WHEN p.polroles <> '{0}' THEN E'\\n  to: ' || pg_catalog.array_to_string(ARRAY(
          SELECT r.rolname FROM pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles) ORDER BY 1), ', ') ELSE '' END
        FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid), E'\\n') AS "Policies"
      FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      ${where([
        "c.relkind IN ('r', 'v', 'm', 'S', 'f', 'p')",
        pattern === '' && "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'",
        ...conditionsOf(pattern, {
          schema: 'n.nspname',
          name: 'c.relname',
          visible: 'pg_catalog.pg_table_is_visible(c.oid)',
        }),
      ])} ORDER BY 1, 2`,
  };
}

export function listExtensions({ pattern }: ListOptions): List {
  return {
    sql: `SELECT e.extname AS "Name", e.extversion AS "Version", n.nspname AS "Schema", c.description AS "Description"
      FROM pg_catalog.pg_extension e LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
      LEFT JOIN pg_catalog.pg_description c ON c.objoid = e.oid AND c.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass
      ${where(conditionsOf(pattern, { schema: null, name: 'e.extname' }))} ORDER BY 1`,
  };
}

export function listSettings({ pattern, more }: ListOptions): List {
  const [condition] =
    pattern === ''
      ? ["s.source <> 'default' AND s.setting IS DISTINCT FROM s.boot_val"]
      : conditionsOf(pattern.toLowerCase(), { schema: null, name: 'pg_catalog.lower(s.name)' });
  return {
    sql: `SELECT s.name AS "Parameter", pg_catalog.current_setting(s.name) AS "Value"
      ${more ? `, s.vartype AS "Type", s.context AS "Context"` : ''}
      FROM pg_catalog.pg_settings s ${where([condition ?? false])} ORDER BY 1`,
  };
}

export function listLanguages({ pattern, system }: ListOptions): List {
  return {
    sql: `SELECT l.lanname AS "Name", pg_catalog.pg_get_userbyid(l.lanowner) AS "Owner", l.lanpltrusted AS "Trusted",
      d.description AS "Description" FROM pg_catalog.pg_language l
      LEFT JOIN pg_catalog.pg_description d ON d.classoid = l.tableoid AND d.objoid = l.oid AND d.objsubid = 0
      ${where([
        ...conditionsOf(pattern, { schema: null, name: 'l.lanname' }),
        !system && pattern === '' && 'l.lanplcallfoid <> 0',
      ])} ORDER BY 1`,
  };
}

export function listTablespaces({ pattern }: ListOptions): List {
  return {
    sql: `SELECT spcname AS "Name", pg_catalog.pg_get_userbyid(spcowner) AS "Owner",
      pg_catalog.pg_tablespace_location(oid) AS "Location" FROM pg_catalog.pg_tablespace
      ${where(conditionsOf(pattern, { schema: null, name: 'spcname' }))} ORDER BY 1`,
  };
}

export function listEventTriggers({ pattern }: ListOptions): List {
  return {
    sql: `SELECT evtname AS "Name", evtevent AS "Event", pg_catalog.pg_get_userbyid(evtowner) AS "Owner",
      CASE evtenabled WHEN 'O' THEN 'enabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' WHEN 'D' THEN 'disabled' END AS "Enabled",
      evtfoid::pg_catalog.regproc AS "Function",
      pg_catalog.array_to_string(ARRAY(SELECT x FROM pg_catalog.unnest(evttags) AS t(x)), ', ') AS "Tags"
      FROM pg_catalog.pg_event_trigger
      ${where(conditionsOf(pattern, { schema: null, name: 'evtname' }))} ORDER BY 1`,
  };
}
