/**
 * Makes the snapshot PostgreSQL starts from in the reader's browser: an empty cluster without what
 * one database in one page never uses. Node only.
 */
import { PGlite } from '@electric-sql/pglite';
import { FINGERPRINT, FINGERPRINT_FILE } from './reset.ts';
import { readTar, writeTar, type TarEntry } from './tar.ts';

/** The database PGlite opens by itself. */
const DATABASE = 'postgres';
/** In bytes, `initdb --wal-segsize=1`: the smallest there is. */
const WAL_SEGMENT = 1024 * 1024;

/**
 * Instead of initdb's commented sample. Everything that decides a plan is PostgreSQL's default, but
 * for what would make the same query look different on another machine.
 *
 * `max_stack_depth` counts WebAssembly's own stack, of which a worker's real one (500 kB in Chromium)
 * is used up several times faster: endless recursion has to end in PostgreSQL's error, not in a crash.
 */
const CONFIGURATION = `
max_connections = 5
shared_buffers = 16MB
dynamic_shared_memory_type = posix
max_wal_size = 64MB
min_wal_size = 2MB
datestyle = 'iso, mdy'
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
lc_monetary = 'C'
lc_numeric = 'C'
lc_time = 'C'
default_text_search_config = 'pg_catalog.english'
jit = off
autovacuum = off
max_stack_depth = 128kB
`;

/** More bytes than the last checkpoint's record and a page's header take. */
const SHUTDOWN_RECORD = 8192;

/** @returns a plain tar of the data directory, to be loaded with `loadDataDir`. */
export async function buildSnapshot(): Promise<Uint8Array> {
  const pg = await PGlite.create({
    // The built-in locale knows the letters of every script, and needs no ICU data to do so.
    initDbStartParams: ['--wal-segsize=1', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  });
  pg.Module.FS.writeFile(`${PGlite.paths.PGDATA}/postgresql.conf`, CONFIGURATION);
  await shrink(pg);
  await keepFingerprint(pg);
  return writeTar(await freeze(pg));
}

/** Shuts the server down. @returns the files that a server starts from to be where this one was. */
export async function freeze(pg: PGlite): Promise<TarEntry[]> {
  const wal = await freshWal(pg);
  const entries = await shutDown(pg);
  return withoutOldWal(entries, wal).filter(({ name }) => !REMADE_AT_START.test(name));
}

/** Caches that PostgreSQL throws away when it starts, and counters of what was done while building. */
const REMADE_AT_START = /\/pg_internal\.init$|\/pg_stat\/|\/postmaster\.pid$/;

/** Stops the server, so that the next start has nothing to recover, and returns its files. */
async function shutDown(pg: PGlite): Promise<TarEntry[]> {
  const { fs } = pg;
  if (!fs) throw new Error('PGlite has no file system');
  let dump: Blob | undefined;
  const closeFs = fs.closeFs.bind(fs);
  // The one moment when PostgreSQL has written everything and its files are still there.
  fs.closeFs = async () => {
    dump = await fs.dumpTar('pgdata', 'none');
    await closeFs();
  };
  await pg.close();
  if (!dump) throw new Error('PGlite closed without closing its files');
  const entries = readTar(new Uint8Array(await dump.arrayBuffer()));
  const control = entries.find(({ name }) => name.endsWith('/global/pg_control'));
  // `DBState` in PostgreSQL's catalog/pg_control.h: 1 is DB_SHUTDOWNED.
  if (control?.content[16] !== 1) throw new Error('PostgreSQL was not shut down cleanly');
  return entries;
}

async function shrink(pg: PGlite): Promise<void> {
  const others = await pg.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname <> '${DATABASE}'`,
  );
  for (const { datname } of others.rows) {
    await pg.exec(`ALTER DATABASE ${datname} IS_TEMPLATE false`);
    await pg.exec(`DROP DATABASE ${datname}`);
  }
  // What the built-in functions are for is said in the manual; it would be a fifth of the snapshot.
  await pg.exec('DELETE FROM pg_description; DELETE FROM pg_shdescription');
  // Statistics of the catalogs themselves, and the list of the standard's features.
  await pg.exec('DELETE FROM pg_statistic; DELETE FROM information_schema.sql_features');
  await pg.exec("COMMENT ON SCHEMA public IS 'standard public schema'");
  await pg.exec('VACUUM FULL');
}

async function keepFingerprint(pg: PGlite): Promise<void> {
  const { rows } = await pg.query<{ fingerprint: string }>(
    `SELECT (${FINGERPRINT}) AS fingerprint`,
  );
  const [pristine] = rows;
  if (!pristine) throw new Error('PostgreSQL has no fingerprint');
  const file = `${PGlite.paths.PGDATA}/${FINGERPRINT_FILE}`;
  pg.Module.FS.writeFile(file, pristine.fingerprint);
}

interface CurrentWal {
  /** Name of the segment that recovery reads. */
  segment: string;
  /** How many of its bytes have been written. */
  used: number;
}

async function freshWal(pg: PGlite): Promise<CurrentWal> {
  await pg.exec('CHECKPOINT');
  await pg.exec('SELECT pg_switch_wal()');
  await pg.exec('CHECKPOINT');
  const { rows } = await pg.query<{ file_name: string; file_offset: number }>(
    'SELECT * FROM pg_walfile_name_offset(pg_current_wal_lsn())',
  );
  const [current] = rows;
  if (!current) throw new Error('PostgreSQL does not say which WAL segment is current');
  return { segment: current.file_name, used: current.file_offset };
}

/** Segments before the last checkpoint and those kept for reuse are never read again. */
function withoutOldWal(entries: TarEntry[], { segment, used }: CurrentWal): TarEntry[] {
  return entries.flatMap((entry) => {
    const name = /(?:^|\/)pg_wal\/([0-9A-F]{24})$/.exec(entry.name)?.[1];
    if (name === undefined) return [entry];
    if (name !== segment) return [];
    if (entry.content.length !== WAL_SEGMENT) throw new Error(`${name} is not one WAL segment`);
    const content = entry.content.slice();
    // The record of the shutdown comes after what was used before it.
    content.fill(0, used + SHUTDOWN_RECORD);
    return [{ ...entry, content }];
  });
}
