/**
 * Whether PostgreSQL itself will answer what a judge asks in a database that a reader's script was in. Its own
 * operators, functions and casts are rows of its catalogs, and its superuser may change them.
 */
import type { Session } from './session.ts';

/** Catalogs that answers are computed with: where their rows belong, what they are called, and where that name is. */
const CATALOGS: readonly (readonly [catalog: string, key: string, name: string, home: string])[] = [
  ['pg_aggregate', 'aggfnoid::oid', 'NULL', 'NULL'],
  ['pg_am', 'oid', 'NULL', 'NULL'],
  ['pg_amop', 'oid', 'NULL', 'NULL'],
  ['pg_amproc', 'oid', 'NULL', 'NULL'],
  ['pg_attribute', 'attrelid', 'NULL', 'NULL'],
  ['pg_authid', 'oid', 'NULL', 'NULL'],
  ['pg_cast', 'oid', 'castsource::oid', 'casttarget::oid'],
  ['pg_class', 'oid', 'relname', 'relnamespace'],
  ['pg_collation', 'oid', 'NULL', 'NULL'],
  ['pg_conversion', 'oid', 'NULL', 'NULL'],
  ['pg_index', 'indexrelid', 'NULL', 'NULL'],
  ['pg_language', 'oid', 'NULL', 'NULL'],
  ['pg_namespace', 'oid', 'NULL', 'NULL'],
  ['pg_opclass', 'oid', 'NULL', 'NULL'],
  ['pg_operator', 'oid', 'oprname', 'NULL'],
  ['pg_opfamily', 'oid', 'NULL', 'NULL'],
  ['pg_proc', 'oid', 'proname', 'pronamespace'],
  ['pg_range', 'rngtypid', 'NULL', 'NULL'],
  ['pg_rewrite', 'ev_class', 'NULL', 'NULL'],
  ['pg_ts_config', 'oid', 'NULL', 'NULL'],
  ['pg_ts_config_map', 'mapcfg', 'NULL', 'NULL'],
  ['pg_ts_dict', 'oid', 'NULL', 'NULL'],
  ['pg_ts_parser', 'oid', 'NULL', 'NULL'],
  ['pg_type', 'oid', 'typname', 'typnamespace'],
];

/**
 * Operators, functions and views would be a reader's to replace, so none is used. Only a table can be sampled, and
 * only a row that was written has the transaction that wrote it: `xmin` says of every row whether it is the old one.
 */
const ROWS = CATALOGS.map(
  ([catalog, key, name, home]) =>
    `SELECT '${catalog}', xmin, ${key}, ${name}, ${home} FROM ONLY pg_catalog.${catalog} TABLESAMPLE BERNOULLI (100)`,
).join('; ');

/** The oid of the schema `public`, which a reader may do without, or give rights to. */
const PUBLIC = 2200;

/** The first oid that PostgreSQL gives to what users make (`FirstNormalObjectId`). */
const FIRST_OF_USERS = 16_384;

interface CatalogRow {
  catalog: string;
  writer: string;
  key: number;
  name: string | null;
  home: string | null;
}

/** The catalogs at one moment. */
export class Catalogs {
  /** Rows that came with PostgreSQL, each with the transaction that wrote it. */
  private readonly system: string;
  private readonly systemNames: ReadonlySet<string>;
  private readonly made: readonly CatalogRow[];
  /** The schema of what is temporary: for types, it comes before PostgreSQL's own. */
  private readonly temporary: string;

  private constructor(rows: readonly CatalogRow[], temporary: string) {
    this.temporary = temporary;
    const system = rows.filter(
      ({ catalog, key }) => key < FIRST_OF_USERS && !(catalog === 'pg_namespace' && key === PUBLIC),
    );
    this.system = system
      .map(({ catalog, writer, key }) => `${catalog} ${key} ${writer}`)
      .sort()
      .join();
    this.systemNames = new Set(system.map(({ catalog, name }) => `${catalog} ${name}`));
    this.made = rows.filter(({ key }) => key >= FIRST_OF_USERS);
  }

  /** @throws DatabaseError if they cannot be read: then something was done to them. */
  static async read(session: Session): Promise<Catalogs> {
    // As somebody else, a reader's policies would be asked. Whoever the session began with, RESET does not know.
    await session.query('SET SESSION AUTHORIZATION postgres; RESET ROLE');
    const rows = await session.query(ROWS);
    // Somebody else's function of that name would be noticed.
    const [schema] = await session.query('SELECT pg_catalog.pg_my_temp_schema()');
    return new Catalogs(
      rows.map(([catalog, writer, key, name, home]) => ({
        catalog: catalog!,
        writer: writer!,
        key: Number(key),
        name: name ?? null,
        home: home ?? null,
      })),
      schema![0]!,
    );
  }

  /** Whether what came with PostgreSQL is as it was. */
  isAsIn(earlier: Catalogs): boolean {
    return this.system === earlier.system;
  }

  /** What was made that would be taken in the place of something of PostgreSQL's, in words; nothing if there is none. */
  get standIn(): string | undefined {
    for (const { catalog, name, home } of this.made) {
      if (catalog === 'pg_operator') return `an operator ${name} of its own`;
      const system = this.systemNames.has(`${catalog} ${name}`);
      if (catalog === 'pg_proc' && system) return `a function ${name} of its own`;
      if (catalog === 'pg_class' && system && name?.startsWith('pg_'))
        return `a relation ${name} of its own`;
      if (catalog === 'pg_type' && system && home === this.temporary)
        return `a temporary type ${name} of its own`;
      if (catalog === 'pg_cast' && Number(home) < FIRST_OF_USERS)
        return 'a cast to a type of PostgreSQL';
    }
    return undefined;
  }
}

/** Settings that are no way to answer otherwise: those of the course, and where tables are looked for. */
const KEPT = /^(course\.|search_path$|transaction_|session_authorization$)/;

/** Brings the session's settings back to what they are at its start. The catalogs have to be PostgreSQL's own. */
export async function resetSettings(session: Session): Promise<void> {
  const settings = await session.query('SELECT name, source, setting FROM pg_catalog.pg_settings');
  const resets = settings
    .filter(([name, source, setting]) => {
      if (source !== 'session') return false;
      // Whoever names the catalog puts something before it.
      if (name === 'search_path') return /pg_catalog|pg_temp/.test(setting ?? '');
      return !KEPT.test(name ?? '');
    })
    .map(([name]) => `RESET "${name}"`);
  if (resets.length > 0) await session.query(resets.join('; '));
}
