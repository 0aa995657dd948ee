/**
 * Whether PostgreSQL itself will answer what a judge asks in a database that a reader's script was in. Its own
 * operators, functions and casts are rows of its catalogs, and its superuser may change them.
 */
import type { messages } from '@electric-sql/pglite';
import type { Session } from './session.ts';

/** Catalogs that answers are computed with: the key of their rows, what they are called, and where that name is. */
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
const rowsOf = (catalog: string, columns: readonly string[]): string =>
  `SELECT ${columns.join(', ')} FROM ONLY pg_catalog.${catalog} TABLESAMPLE SYSTEM (100)`;

const ROWS = CATALOGS.map(([catalog, key]) => rowsOf(catalog, ['xmin', key])).join('; ');

/** The oid of the schema `public`, which a reader may do without, or give rights to. */
const PUBLIC = 2200;

/** The first oid that PostgreSQL gives to what users make (`FirstNormalObjectId`). */
const FIRST_OF_USERS = 16_384;

/** A name in a catalog, and where it belongs. */
interface Named {
  key: number;
  name: string | null;
  home: string | null;
}

/**
 * The catalogs at one moment. They have some 12,000 rows, and a judge asks often: rows that came with PostgreSQL are
 * kept as the server sent them.
 */
export class Catalogs {
  /** Rows that came with PostgreSQL, each with the transaction that wrote it, by catalog. */
  private readonly system: readonly Uint8Array[];
  /** Catalogs that have rows of users. */
  private readonly made: ReadonlySet<string>;

  private constructor(system: readonly Uint8Array[], made: ReadonlySet<string>) {
    this.system = system;
    this.made = made;
  }

  /** @throws DatabaseError if they cannot be read: then something was done to them. */
  static async read(session: Session): Promise<Catalogs> {
    await asOwner(session);
    const system: Uint8Array[] = [];
    const made = new Set<string>();
    let rows = new Rows();
    let error = null as Error | null;
    await session.send(ROWS, {
      row: (_read, message) => {
        const [catalog] = CATALOGS[system.length]!;
        const key = keyIn(message);
        if (key >= FIRST_OF_USERS) made.add(catalog);
        else if (!(catalog === 'pg_namespace' && key === PUBLIC)) rows.add(message);
      },
      message: (message) => {
        if (message.name === 'error') error = message as messages.DatabaseError;
        if (message.name !== 'commandComplete') return;
        system.push(rows.bytes);
        rows = new Rows();
      },
    });
    if (error) throw error;
    return new Catalogs(system, made);
  }

  /** Whether what came with PostgreSQL is as it was. */
  isAsIn(earlier: Catalogs): boolean {
    return this.system.every((rows, index) => {
      const before = earlier.system[index]!;
      // A row stays in its place for as long as it is the same row.
      return rows.length === before.length && rows.every((byte, at) => byte === before[at]);
    });
  }

  /**
   * What was made that would be taken in the place of something of PostgreSQL's, in words; nothing if there is none.
   *
   * @param system the names that came with PostgreSQL.
   * @throws DatabaseError as {@link read}.
   */
  async standIn(session: Session, system: SystemNames): Promise<string | undefined> {
    for (const catalog of NAMED) {
      if (!this.made.has(catalog)) continue;
      const rows = await namesIn(session, catalog);
      const made = rows.filter(({ key }) => key >= FIRST_OF_USERS);
      for (const { name, home } of made) {
        if (catalog === 'pg_operator') return `an operator ${name} of its own`;
        const known = system.has(catalog, name);
        if (catalog === 'pg_proc' && known) return `a function ${name} of its own`;
        if (catalog === 'pg_class' && known && name?.startsWith('pg_'))
          return `a relation ${name} of its own`;
        // The schema of what is temporary comes before PostgreSQL's own, for types.
        if (catalog === 'pg_type' && known && home === (await temporarySchema(session)))
          return `a temporary type ${name} of its own`;
        if (catalog === 'pg_cast' && Number(home) < FIRST_OF_USERS)
          return 'a cast to a type of PostgreSQL';
      }
    }
    return undefined;
  }
}

/** Catalogs in which a user's row may stand in for one of PostgreSQL's. */
const NAMED = ['pg_operator', 'pg_proc', 'pg_class', 'pg_type', 'pg_cast'] as const;
type NamedCatalog = (typeof NAMED)[number];

/** What PostgreSQL's own relations, functions and so on are called. */
export class SystemNames {
  private readonly names: ReadonlyMap<NamedCatalog, ReadonlySet<string | null>>;

  private constructor(names: ReadonlyMap<NamedCatalog, ReadonlySet<string | null>>) {
    this.names = names;
  }

  /** @param session in which no reader's script ran. */
  static async read(session: Session): Promise<SystemNames> {
    const names = new Map<NamedCatalog, ReadonlySet<string | null>>();
    for (const catalog of NAMED) {
      const rows = await namesIn(session, catalog);
      const system = rows.filter(({ key }) => key < FIRST_OF_USERS);
      names.set(catalog, new Set(system.map(({ name }) => name)));
    }
    return new SystemNames(names);
  }

  has(catalog: NamedCatalog, name: string | null): boolean {
    return this.names.get(catalog)!.has(name);
  }
}

/** As somebody else, a reader's policies would be asked. Whoever the session began with, RESET does not know. */
const asOwner = (session: Session): Promise<unknown> =>
  session.query('SET SESSION AUTHORIZATION postgres; RESET ROLE');

async function namesIn(session: Session, catalog: NamedCatalog): Promise<Named[]> {
  const [, ...columns] = CATALOGS.find(([name]) => name === catalog)!;
  const rows = await session.query(rowsOf(catalog, columns));
  return rows.map(([key, name, home]) => ({
    key: Number(key),
    name: name ?? null,
    home: home ?? null,
  }));
}

/** Somebody else's function of that name would be noticed. */
async function temporarySchema(session: Session): Promise<string | null> {
  const [row] = await session.query('SELECT pg_catalog.pg_my_temp_schema()');
  return row![0]!;
}

/** A row's message: a letter, its length in 4 bytes, the number of columns in 2, and each behind its length in 4. */
const FIRST_COLUMN = 7;

/** The second column, digits. A key that is NULL belongs to nothing of PostgreSQL's: it counts as a user's. */
function keyIn(message: Uint8Array): number {
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  let at = FIRST_COLUMN + 4 + view.getInt32(FIRST_COLUMN);
  const length = view.getInt32(at);
  if (length < 0) return FIRST_OF_USERS;
  at += 4;
  let key = 0;
  for (const end = at + length; at < end; at += 1) key = key * 10 + message[at]! - 48;
  return key;
}

/** Messages, one behind the other. */
class Rows {
  private kept = new Uint8Array(4096);
  private length = 0;

  add(message: Uint8Array): void {
    if (this.length + message.length > this.kept.length) {
      const larger = new Uint8Array(2 * this.kept.length + message.length);
      larger.set(this.bytes);
      this.kept = larger;
    }
    this.kept.set(message, this.length);
    this.length += message.length;
  }

  get bytes(): Uint8Array {
    return this.kept.subarray(0, this.length);
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
