/**
 * Empties a server that started with a dataset, without starting it again. It asks the server itself, so
 * it is not for one in which a reader's script has run.
 */
import type { Session } from './session.ts';

/** Removes whatever a dataset's script may have made. What it misses, {@link isPristine} finds. */
export async function removeEverything(session: Session): Promise<void> {
  if (session.inTransaction) await session.query('ROLLBACK');
  await session.query('DISCARD ALL');
  const found = await session.query(EVERYTHING_MADE);
  const drops = found.map(([drop]) => drop).filter((drop) => drop !== null);
  if (drops.length > 0) {
    const script = drops.includes('DROP SCHEMA public CASCADE')
      ? [...drops, RECREATE_PUBLIC]
      : drops;
    await session.query(`SET LOCAL client_min_messages = error; ${script.join('; ')}`);
  }
}

/** Where the snapshot keeps its own {@link FINGERPRINT}: a file in PostgreSQL's data directory. */
export const FINGERPRINT_FILE = 'pristine';

/** Whether the server is as the snapshot made it, in every respect that outlives a session. */
export async function isPristine(session: Session): Promise<boolean> {
  const rows = await session.query(`SELECT (${FINGERPRINT}) = pg_read_file('${FINGERPRINT_FILE}')`);
  return rows[0]?.[0] === 't';
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
      AND (nspname <> 'public'
        OR EXISTS (SELECT FROM pg_depend WHERE refclassid = 2615 AND refobjid = pg_namespace.oid)
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
    WHERE setrole <> 0 AND setrole < 16384`;

const RECREATE_PUBLIC = `
  CREATE SCHEMA public AUTHORIZATION pg_database_owner;
  GRANT ALL ON SCHEMA public TO pg_database_owner;
  GRANT USAGE ON SCHEMA public TO PUBLIC;
  COMMENT ON SCHEMA public IS 'standard public schema'`;

/** Catalogs whose rows have an oid of their own. What initdb's own scripts made begins at 12000. */
const CATALOGS = [
  ...['class', 'proc', 'type', 'operator', 'opfamily', 'cast', 'collation', 'conversion'],
  ...['language', 'am', 'ts_config', 'ts_dict', 'extension', 'transform', 'publication'],
  ...['event_trigger', 'foreign_data_wrapper', 'default_acl', 'largeobject_metadata', 'database'],
];

/**
 * A query for one text that tells a pristine server from one that was changed in a way nobody
 * thought of: how much there is in the catalogs, and the rights and settings that are kept.
 */
export const FINGERPRINT = `SELECT concat_ws('|', ${[
  ...CATALOGS.map((it) => `(SELECT count(*) FROM pg_catalog.pg_${it} WHERE oid >= 12000)`),
  `(SELECT string_agg(concat(nspname, nspowner, nspacl), ';' ORDER BY nspname)
    FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast_temp)_')`,
  "(SELECT string_agg(a::text, ';' ORDER BY rolname) FROM pg_authid a)",
  '(SELECT count(*) FROM pg_auth_members)',
  '(SELECT count(*) FROM pg_db_role_setting)',
].join(', ')})`;
