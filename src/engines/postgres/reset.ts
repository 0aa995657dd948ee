/** Brings a running server back to what it was when it started, without starting it again. */
import type { Session } from './session.ts';

/** Removes whatever a script may have made. Faults are left for {@link fingerprint} to find. */
export async function removeEverything(session: Session): Promise<void> {
  if (session.inTransaction) await session.query('ROLLBACK');
  await session.query('DISCARD ALL');
  const found = await session.query(EVERYTHING_MADE);
  const drops = found.map(([drop]) => drop).filter((drop) => drop !== null);
  if (drops.length > 0) {
    await session.query(`SET client_min_messages = error; ${drops.join('; ')}`);
    await session.query('RESET client_min_messages');
  }
}

/**
 * What tells a pristine server from one that was changed in a way nobody thought of: how much there
 * is in the catalogs, and the rights and settings that outlive a session.
 */
export async function fingerprint(session: Session): Promise<string> {
  const rows = await session.query(FINGERPRINT);
  return JSON.stringify(rows);
}

/** Objects made after the snapshot. Event triggers come first, or they would fire for the rest. */
const EVERYTHING_MADE = `
  SELECT format('DROP EVENT TRIGGER %I', evtname) FROM pg_event_trigger
  UNION ALL SELECT format('DROP PUBLICATION %I', pubname) FROM pg_publication
  UNION ALL SELECT format('DROP EXTENSION %I CASCADE', extname)
    FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL SELECT format('DROP FOREIGN DATA WRAPPER %I CASCADE', fdwname)
    FROM pg_foreign_data_wrapper
  UNION ALL SELECT format('SELECT lo_unlink(%s)', oid) FROM pg_largeobject_metadata
  UNION ALL SELECT format('DROP SCHEMA %I CASCADE', nspname)
    FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      AND (nspname <> 'public' OR oid IN (
        SELECT relnamespace FROM pg_class UNION SELECT pronamespace FROM pg_proc
        UNION SELECT typnamespace FROM pg_type UNION SELECT oprnamespace FROM pg_operator
        UNION SELECT collnamespace FROM pg_collation UNION SELECT cfgnamespace FROM pg_ts_config
        UNION SELECT dictnamespace FROM pg_ts_dict UNION SELECT opcnamespace FROM pg_opclass
        UNION SELECT opfnamespace FROM pg_opfamily UNION SELECT connamespace FROM pg_conversion
        UNION SELECT prsnamespace FROM pg_ts_parser UNION SELECT tmplnamespace FROM pg_ts_template
        UNION SELECT stxnamespace FROM pg_statistic_ext)
        OR nspacl IS DISTINCT FROM '{pg_database_owner=UC/pg_database_owner,=U/pg_database_owner}'
        OR nspowner <> 'pg_database_owner'::regrole
        OR obj_description(oid, 'pg_namespace') IS DISTINCT FROM 'standard public schema')
  UNION ALL SELECT format('DROP CAST (%s AS %s)',
      format_type(castsource, NULL), format_type(casttarget, NULL))
    FROM pg_cast WHERE oid >= 16384
      AND EXISTS (SELECT FROM pg_type WHERE oid = castsource AND oid < 16384)
      AND EXISTS (SELECT FROM pg_type WHERE oid = casttarget AND oid < 16384)
  UNION ALL SELECT format('DROP OWNED BY %1$I CASCADE; DROP ROLE %1$I', rolname)
    FROM pg_roles WHERE oid >= 16384
  UNION ALL SELECT 'ALTER DATABASE postgres RESET ALL' FROM pg_db_role_setting
    WHERE setrole = 0
  UNION ALL SELECT format('ALTER ROLE %I RESET ALL', setrole::regrole) FROM pg_db_role_setting
    WHERE setrole <> 0 AND setrole < 16384
  UNION ALL SELECT 'CREATE SCHEMA IF NOT EXISTS public AUTHORIZATION pg_database_owner;
    GRANT ALL ON SCHEMA public TO pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;
    COMMENT ON SCHEMA public IS ''standard public schema'''`;

const FINGERPRINT = [
  ...['class', 'attribute', 'proc', 'type', 'operator', 'cast', 'collation', 'constraint'],
  ...['depend', 'description', 'default_acl', 'language', 'am', 'opclass', 'opfamily'],
  ...['ts_config', 'ts_dict', 'rewrite', 'trigger', 'extension', 'policy', 'publication'],
  ...['largeobject_metadata', 'event_trigger', 'foreign_data_wrapper', 'conversion', 'transform'],
]
  .map((catalog) => `SELECT '${catalog}', count(*)::text FROM pg_catalog.pg_${catalog}`)
  .concat(
    "SELECT 'schemas', string_agg(concat(nspname, nspowner, nspacl), ';' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast_temp)_'",
    "SELECT 'roles', string_agg(a::text, ';' ORDER BY rolname) FROM pg_authid a",
    "SELECT 'members', count(*)::text FROM pg_auth_members",
    "SELECT 'settings', string_agg(name || '=' || setting, ';' ORDER BY name) FROM pg_settings WHERE source NOT IN ('default', 'override', 'client')",
    "SELECT 'kept settings', count(*)::text FROM pg_db_role_setting",
    "SELECT 'databases', string_agg(concat(datname, datdba, datacl), ';' ORDER BY datname) FROM pg_database",
  )
  .join(' UNION ALL ');
