/**
 * What is asked of a catalog whose tables nobody knows: SQL that finds them in PostgreSQL's own
 * catalogs. Its functions are temporary, so that they are not counted with what a reader made.
 */
import type { Change, Scalar } from './challenge.ts';
import { isNumber, literal, patternOf } from './value.ts';

/** Behind this, every change of the schema is counted by PostgreSQL, those of `DO` blocks too. */
export const WATCH_MIGRATIONS = `
CREATE FUNCTION pg_temp.course_migrated() RETURNS event_trigger LANGUAGE plpgsql AS $course$
BEGIN
  IF tg_tag <> 'COMMENT' THEN
    PERFORM set_config('course.migrations',
      (coalesce(nullif(current_setting('course.migrations', true), ''), '0')::int + 1)::text, false);
  END IF;
END $course$;
CREATE EVENT TRIGGER course_migrations ON ddl_command_end EXECUTE FUNCTION pg_temp.course_migrated();`;

/** How many changes there have been, as one value. */
export const MIGRATIONS =
  "SELECT coalesce(nullif(current_setting('course.migrations', true), ''), '0')";

/** Ends what a reader may have left open, and stops counting. */
export const SETTLE = `
COMMIT;
DROP EVENT TRIGGER IF EXISTS course_migrations;`;

/**
 * Makes the functions that the probes below call. Each probe has them made anew: a reader's query runs between two of
 * them, and could put others in their places, as could an event trigger while they are made.
 */
export const FUNCTIONS = `
SET event_triggers = off;
CREATE OR REPLACE FUNCTION pg_temp.course_columns() RETURNS TABLE
  (tab text, oid oid, col name, typ text, category "char", is_json boolean, is_key boolean, fixed boolean)
LANGUAGE sql AS $course$
  SELECT c.oid::regclass::text, c.oid, a.attname, format_type(t.oid, -1), t.typcategory,
    t.typname IN ('json', 'jsonb'),
    t.typcategory = 'N' AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'
      OR EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'f')
        AND a.attnum = ANY (k.conkey))),
    a.attgenerated <> '' OR a.attidentity = 'a'
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  ORDER BY c.oid, a.attnum
$course$;

-- A number in a key is looked at if it is none that is counted up: an ISBN is a value, a 5 an id.
CREATE OR REPLACE FUNCTION pg_temp.course_holds(col name, is_key boolean) RETURNS text LANGUAGE sql AS $course$
  SELECT format('%1$I::text ~ $1%2$s', col, CASE WHEN is_key THEN format(' AND %I >= 1000', col) END)
$course$;

CREATE OR REPLACE FUNCTION pg_temp.course_count(OUT tables bigint, OUT columns bigint, OUT cells bigint, OUT nulls bigint)
LANGUAGE plpgsql AS $course$
DECLARE one record; filled bigint; empty bigint;
BEGIN
  tables := (SELECT count(DISTINCT c.oid) FROM pg_temp.course_columns() c);
  columns := 0; cells := 0; nulls := 0;
  FOR one IN SELECT * FROM pg_temp.course_columns() LOOP
    EXECUTE format('SELECT count(*), count(*) - count(%I) FROM ONLY %s', one.col, one.tab)
      INTO filled, empty;
    columns := columns + 1; cells := cells + filled; nulls := nulls + empty;
  END LOOP;
END $course$;

CREATE OR REPLACE FUNCTION pg_temp.course_finds(pattern text) RETURNS boolean LANGUAGE plpgsql AS $course$
DECLARE one record; found boolean;
BEGIN
  FOR one IN SELECT * FROM pg_temp.course_columns() LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM ONLY %s WHERE %s)', one.tab,
      pg_temp.course_holds(one.col, one.is_key)) INTO found USING pattern;
    IF found THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $course$;

CREATE OR REPLACE FUNCTION pg_temp.course_replace(pattern text, fresh text, in_json text) RETURNS bigint
LANGUAGE plpgsql AS $course$
DECLARE one record; changed bigint; total bigint := 0;
BEGIN
  FOR one IN SELECT * FROM pg_temp.course_columns() c WHERE NOT c.fixed LOOP
    EXECUTE format('UPDATE ONLY %1$s SET %2$I = regexp_replace(regexp_replace(%2$I::text, $2, $3, ''g''), $1, $3, ''g'')::%3$s WHERE %4$s',
      one.tab, one.col, one.typ, pg_temp.course_holds(one.col, one.is_key))
      USING pattern, CASE WHEN one.is_json AND in_json <> fresh THEN '"' || pattern || '"' ELSE pattern END,
        CASE WHEN one.is_json THEN in_json ELSE fresh END;
    GET DIAGNOSTICS changed = ROW_COUNT;
    total := total + changed;
  END LOOP;
  FOR one IN SELECT oid::regclass AS tab FROM pg_class WHERE relkind = 'm' AND oid >= 16384 LOOP
    EXECUTE format('REFRESH MATERIALIZED VIEW %s', one.tab);
  END LOOP;
  RETURN total;
END $course$;

CREATE OR REPLACE FUNCTION pg_temp.course_points(wanted text, marked text, pattern text) RETURNS text
LANGUAGE plpgsql AS $course$
DECLARE one record; varies boolean; impossible text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_temp.course_columns() c WHERE c.oid = to_regclass(wanted) AND c.col = marked)
    THEN RETURN 'no table'; END IF;
  SET CONSTRAINTS ALL IMMEDIATE;
  FOR one IN SELECT * FROM pg_temp.course_columns() c
    WHERE c.oid = to_regclass(wanted) AND c.col <> marked AND NOT c.fixed LOOP
    EXECUTE format('SELECT count(DISTINCT coalesce(%1$I::text, '''')) > 1
      AND bool_or(%1$I IS NOT NULL AND %2$I::text ~ $1) FROM %3$s', one.col, marked, one.tab)
      INTO varies USING pattern;
    impossible := CASE WHEN one.category = 'N' THEN '32000' WHEN one.typ = 'uuid'
      THEN '00000000-0000-0000-0000-000000000000' ELSE 'no such product' END;
    CONTINUE WHEN NOT coalesce(varies, false);
    -- What refuses every change does not look at where the row points to.
    BEGIN
      EXECUTE format('UPDATE %1$s SET %2$I = %2$I WHERE %3$I::text ~ $1', one.tab, one.col, marked)
        USING pattern;
    EXCEPTION WHEN OTHERS THEN CONTINUE;
    END;
    BEGIN
      EXECUTE format('UPDATE %s SET %I = $2::%s WHERE %I::text ~ $1', one.tab, one.col, one.typ, marked)
        USING pattern, impossible;
      RAISE EXCEPTION USING ERRCODE = 'ZZ001';
    EXCEPTION
      WHEN foreign_key_violation OR raise_exception THEN RETURN 'refused';
      WHEN OTHERS THEN NULL;
    END;
  END LOOP;
  RETURN 'accepted';
END $course$;`;

/** Tables, columns, cells and NULLs of the whole catalog, in a row. */
export const COUNT = 'SELECT * FROM pg_temp.course_count()';

/** The values that stand in no cell, a row each. */
export const missing = (values: readonly string[]): string =>
  `SELECT value FROM (VALUES ${values
    .map((value) => `(${literal(value)}, ${literal(patternOf(value))})`)
    .join(', ')}) AS wanted (value, pattern) WHERE NOT pg_temp.course_finds(pattern)`;

/** Changes a value wherever it stands. Answers with the number of cells that held it. */
function replace({ from, to }: Change): string {
  const [old, now] = [String(from), String(to)];
  // In JSON a word in the place of a number needs quotes.
  const json = isNumber(old) && !isNumber(now) ? `"${now}"` : now;
  return `SELECT pg_temp.course_replace(${[patternOf(old), now, json].map(literal).join(', ')});`;
}

/**
 * Runs a query on changed data. Keys and triggers are off meanwhile: a name may be a key, and changes
 * in one table before it does in the other.
 */
export const afterChanges = (changes: readonly Change[], query: string): string =>
  `BEGIN; SET LOCAL session_replication_role = replica; ${changes.map(replace).join(' ')} ${query}; ROLLBACK;`;

/** Changes a value to itself, which nobody has a reason to refuse. */
export const same = ({ from }: Change): string => attempt({ from, to: from });

/** Tries a change that has to be refused. */
export const attempt = (change: Change): string => `BEGIN; ${replace(change)} ROLLBACK;`;

/** Tries to make a row point to a product that is not there. Answers `refused` or `accepted`. */
export const point = (table: string, column: string, value: Scalar): string =>
  `BEGIN; SELECT pg_temp.course_points(${[table, column, patternOf(String(value))].map(literal).join(', ')}); ROLLBACK;`;
