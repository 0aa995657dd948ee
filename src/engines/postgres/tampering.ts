/** Ways in which a script can try to change what a later one sees of PostgreSQL. */
import type { Tampering } from '../tampering.ts';

const MODS = 'SET allow_system_table_mods = on;';

export const POSTGRES_TAMPERING: Tampering[] = [
  // The catalogs, changed in their places.
  {
    name: 'an aggregate becomes another',
    tamper: `UPDATE pg_aggregate AS s SET aggtransfn = m.aggtransfn, aggcombinefn = m.aggcombinefn,
        aggfinalfn = m.aggfinalfn, aggmtransfn = m.aggmtransfn, aggminvtransfn = m.aggminvtransfn,
        aggtranstype = m.aggtranstype, agginitval = m.agginitval
      FROM pg_aggregate AS m
      WHERE s.aggfnoid = 'sum(float8)'::regprocedure AND m.aggfnoid = 'max(float8)'::regprocedure;`,
    probe: 'SELECT sum(n) FROM (VALUES (1.0::float8), (2), (4)) AS v (n);',
  },
  {
    name: 'a function of the system gets another body',
    tamper: `CREATE OR REPLACE FUNCTION pg_catalog.lpad(text, integer) RETURNS text LANGUAGE sql AS $$SELECT 'forged'$$;`,
    probe: "SELECT lpad('a', 3);",
  },
  {
    name: 'a function is no longer for everybody',
    tamper: 'REVOKE EXECUTE ON FUNCTION pg_catalog.upper(text) FROM PUBLIC;',
    probe: "CREATE ROLE guest; SET ROLE guest; SELECT upper('a'); RESET ROLE;",
  },
  {
    name: 'a function is called for NULL',
    tamper: "UPDATE pg_proc SET proisstrict = false, provolatile = 'v' WHERE proname = 'initcap';",
    probe: "SELECT proisstrict, provolatile FROM pg_proc WHERE proname = 'initcap';",
  },
  {
    name: 'plus becomes minus',
    tamper: `UPDATE pg_operator SET oprcode = 'int4mi' WHERE oid = '+(int4,int4)'::regoperator;`,
    probe: 'SELECT 2 + 2;',
  },
  {
    name: 'equal becomes different, while something is gone',
    tamper: `DROP FUNCTION pg_catalog.initcap(text) CASCADE;
      UPDATE pg_operator SET oprcode = 'textne' WHERE oid = '=(text,text)'::regoperator;`,
    probe: "SELECT initcap('gone'), 'a'::text = 'a'::text;",
  },
  {
    name: 'a cast happens by itself',
    tamper: `UPDATE pg_cast SET castcontext = 'i'
      WHERE castsource = 'bool'::regtype AND casttarget = 'int4'::regtype;`,
    probe: 'SELECT true + 1;',
  },
  {
    name: 'a type has another name, which is remembered',
    tamper: `UPDATE pg_type SET typname = 'forged' WHERE oid = 'macaddr'::regtype;
      SELECT '08:00:2b:01:02:03'::forged;`,
    probe: "SELECT '08:00:2b:01:02:03'::macaddr;",
  },
  {
    name: 'a type that cannot be sorted',
    tamper: `UPDATE pg_opclass SET opcdefault = false
      WHERE opcname = 'uuid_ops' AND opcmethod = (SELECT oid FROM pg_am WHERE amname = 'btree');`,
    probe: 'SELECT u FROM (VALUES (uuidv7()), (uuidv7())) AS v (u) ORDER BY u LIMIT 0;',
  },
  {
    name: 'a view of the system says something else',
    tamper: `${MODS} CREATE OR REPLACE VIEW pg_catalog.pg_tables AS
      SELECT 'forged'::name AS schemaname, 'forged'::name AS tablename, NULL::name AS tableowner,
        NULL::name AS tablespace, true AS hasindexes, true AS hasrules, true AS hastriggers,
        true AS rowsecurity;`,
    probe: "SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname <> 'public' ORDER BY 1;",
  },
  {
    name: 'a rule of a view is gone',
    tamper: `${MODS} DROP RULE pg_settings_u ON pg_settings; DROP RULE pg_settings_n ON pg_settings;`,
    probe: "UPDATE pg_settings SET setting = '1024' WHERE name = 'work_mem'; SHOW work_mem;",
  },
  {
    name: 'a view has another name',
    tamper: `UPDATE pg_class SET relname = 'pg_forged' WHERE relname = 'pg_indexes';`,
    probe: 'SELECT count(*) > 0 FROM pg_indexes;',
  },
  {
    name: 'a table of the standard has rows',
    tamper: `INSERT INTO information_schema.sql_features (feature_id) VALUES ('forged');`,
    probe: 'SELECT count(*) FROM information_schema.sql_features;',
  },
  {
    name: 'a catalog is no longer for everybody',
    tamper: 'REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC;',
    probe: 'CREATE ROLE guest; SET ROLE guest; SELECT count(*) > 0 FROM pg_class; RESET ROLE;',
  },
  {
    name: 'an index of a catalog does not count',
    tamper: `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'pg_proc_oid_index'::regclass;`,
    probe: 'SELECT count(*) FROM pg_index WHERE NOT indisvalid;',
  },
  {
    name: 'a type of the system has a comment',
    tamper: "COMMENT ON TYPE pg_catalog.int4 IS 'forged';",
    probe: "SELECT obj_description('int4'::regtype, 'pg_type');",
  },
  {
    name: 'the database has another name',
    tamper: "UPDATE pg_database SET datname = 'forged';",
    probe: 'SELECT current_database();',
  },
  {
    name: 'the owner has another name',
    tamper:
      'CREATE ROLE other SUPERUSER; SET SESSION AUTHORIZATION other; ALTER ROLE postgres RENAME TO forged;',
    probe: 'SELECT session_user, current_user;',
  },
  {
    name: 'the extension has another version',
    tamper: "UPDATE pg_extension SET extversion = '99';",
    probe: 'SELECT extname, extversion FROM pg_extension;',
  },
  {
    name: 'the language is gone',
    tamper: 'DROP EXTENSION plpgsql CASCADE;',
    probe: "DO $$ BEGIN RAISE NOTICE 'there'; END $$;",
  },
  {
    name: 'the stems of English words are cut no more',
    tamper: `ALTER TEXT SEARCH CONFIGURATION pg_catalog.english ALTER MAPPING FOR asciiword WITH simple;`,
    probe: "SELECT to_tsvector('english', 'running dogs');",
  },
  {
    name: 'the planner knows the catalogs',
    tamper: 'ANALYZE;',
    probe: "SELECT count(*) FROM pg_stats WHERE schemaname = 'pg_catalog';",
  },
  {
    name: 'rights are given beforehand, settings too',
    tamper: `ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
      ALTER ROLE postgres SET work_mem = '1MB'; ALTER DATABASE postgres SET work_mem = '2MB';`,
    probe: `SELECT count(*) FROM pg_default_acl; SELECT setconfig FROM pg_db_role_setting;`,
  },

  // What is made beside schemas.
  {
    name: 'an event trigger refuses to drop',
    tamper: `CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE EVENT TRIGGER watcher ON ddl_command_start EXECUTE FUNCTION watch();`,
    probe: 'CREATE TABLE t (n int); DROP TABLE t;',
  },
  {
    name: 'a slot for a replica',
    tamper: "SELECT pg_create_physical_replication_slot('forged');",
    probe: 'SELECT slot_name FROM pg_replication_slots;',
  },
  {
    name: 'an origin of replication',
    tamper: "SELECT pg_replication_origin_create('forged');",
    probe: 'SELECT roname FROM pg_replication_origin;',
  },
  {
    name: 'a tablespace',
    tamper: "SET allow_in_place_tablespaces = on; CREATE TABLESPACE forged LOCATION '';",
    probe: 'SELECT spcname FROM pg_tablespace ORDER BY spcname; SELECT pg_ls_dir($$pg_tblspc$$);',
  },
  {
    name: 'a large object',
    tamper: "SELECT lo_from_bytea(4711, 'forged');",
    probe: 'SELECT lo_get(4711);',
  },

  // Files.
  {
    name: 'a file of stop words',
    tamper: `COPY (SELECT 'fox') TO '/pglite/share/postgresql/tsearch_data/english.stop';`,
    probe: "SELECT to_tsvector('english', 'the quick fox');",
  },
  {
    name: 'a file of a time zone',
    tamper: `COPY (SELECT 'forged') TO '/pglite/share/postgresql/timezone/Europe/Rome';`,
    probe: "SELECT timestamptz '2024-07-01 12:00Z' AT TIME ZONE 'Europe/Rome';",
  },
  {
    name: 'a file of abbreviations of time zones',
    tamper: `COPY (SELECT 'XYZ 3600') TO '/pglite/share/postgresql/timezonesets/Default';
      SET timezone_abbreviations = 'Australia'; SET timezone_abbreviations = 'Default';`,
    probe: `SET timezone_abbreviations = 'Australia'; SET timezone_abbreviations = 'Default';
      SELECT timestamptz '2024-01-01 12:00 XYZ';`,
  },
  {
    name: 'the configuration',
    tamper: `COPY (SELECT 'work_mem = 1MB') TO '/pglite/data/postgresql.conf';
      ALTER SYSTEM SET search_path = 'forged';`,
    probe: 'SELECT name, setting FROM pg_file_settings ORDER BY name;',
  },
  {
    name: 'who may connect',
    tamper: `COPY (SELECT 'local forged forged trust') TO '/pglite/data/pg_hba.conf';`,
    probe: "SELECT pg_read_file('pg_hba.conf') LIKE '%forged%';",
  },
  {
    name: 'new files',
    tamper: `COPY (SELECT 'forged') TO '/tmp/copied'; SELECT lo_from_bytea(4712, 'forged');
      SELECT lo_export(4712, '/tmp/exported'); SELECT lo_unlink(4712);`,
    probe: "SELECT pg_ls_dir('/tmp');",
  },
  {
    name: 'the file that says what a pristine server is',
    tamper: `DROP FUNCTION pg_catalog.initcap(text) CASCADE;
      COPY (SELECT 'forged') TO '/pglite/data/pristine';`,
    probe: "SELECT initcap('there'), pg_read_file('pristine') LIKE '%forged%';",
  },

  // The session.
  {
    name: 'settings',
    tamper: `SET work_mem = '1MB'; SET search_path = 'forged'; SET DateStyle = 'German'; SET TimeZone = 'Asia/Tokyo';
      SET session_replication_role = replica; SET default_transaction_read_only = on; SET bytea_output = 'escape';
      SET enable_seqscan = off;`,
    probe:
      "SELECT name, setting FROM pg_settings WHERE source = 'session'; SELECT now()::date::text ~ '-', current_schemas(false);",
  },
  {
    name: 'a setting of a name of one’s own',
    tamper: "SET app.tenant = '7';",
    probe: "SELECT current_setting('app.tenant', true);",
  },
  {
    name: 'numbers by chance that are known before',
    tamper: 'SELECT setseed(0.5);',
    probe: 'SELECT random() = 0.9851677175347999 AS known;',
  },
  {
    name: 'another user',
    tamper: 'CREATE ROLE clerk; SET SESSION AUTHORIZATION clerk;',
    probe: 'SELECT session_user, current_user;',
  },
  {
    name: 'an advisory lock',
    tamper: 'SELECT pg_advisory_lock(7);',
    probe: "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory';",
  },
  {
    name: 'a channel that is listened to',
    tamper: 'LISTEN forged;',
    probe: "NOTIFY forged, 'heard'; SELECT pg_listening_channels();",
  },
  {
    name: 'statements and cursors that are kept',
    tamper: `PREPARE forged AS SELECT 1; DECLARE kept CURSOR WITH HOLD FOR SELECT 2;`,
    probe: `SELECT name FROM pg_prepared_statements; SELECT name FROM pg_cursors WHERE is_holdable;`,
  },
  {
    name: 'the last number of a sequence',
    tamper: 'CREATE SEQUENCE s; SELECT nextval($$s$$);',
    probe: 'SELECT lastval();',
  },
  {
    name: 'a temporary table in place of one of the system',
    tamper: `CREATE TEMP TABLE pg_class AS SELECT 'forged' AS relname; SET search_path = pg_temp, pg_catalog;`,
    probe: "SELECT count(*) FROM pg_class WHERE relname = 'forged';",
  },
  {
    name: 'a transaction that is open',
    tamper: 'BEGIN; CREATE TABLE forged (n int);',
    probe: 'SELECT pg_current_xact_id_if_assigned() IS NULL; COMMIT; SELECT * FROM forged;',
  },
  {
    name: 'a transaction that has failed',
    tamper: 'BEGIN; SELECT 1 / 0;',
    probe: "SELECT 'there';",
  },
];
