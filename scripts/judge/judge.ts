/** `npm run judge -- documents|shell|mongosh|redis|psql|sqlite3|typing|browsers`: lets others say whether what the course answers is right. */
import { command } from '../process/command.ts';
import { startProgram } from '../process/programs.ts';

await command(() =>
  startProgram(
    {
      command: 'npm run judge',
      folder: 'scripts/judge',
      programs: {
        documents: {
          does: 'random cases, answered by mongomock too (Debian: python3-mongomock)',
          options: '[2000] [seed]',
          file: 'scripts/judge/documents.ts',
          packages: false,
        },
        shell: {
          does: 'what mongosh prints without a server, beside what the course’s shell prints',
          options: '[part of an input]',
          file: 'scripts/judge/shell.ts',
          packages: true,
        },
        mongosh: {
          does: 'every mongosh cell, run by mongosh itself over the wire',
          options: '[3.1]',
          file: 'scripts/judge/mongosh.ts',
          packages: true,
        },
        redis: {
          does: 'random commands, answered by a redis-server too (which is installed, and cc)',
          options: '[--commands 100000] [--seed 1] [--group list]',
          file: 'scripts/judge/redis.ts',
          packages: false,
        },
        psql: {
          does: 'the list of the PostgreSQL engine, answered by psql and PostgreSQL too (Debian: postgresql-client)',
          options: '',
          file: 'scripts/judge/psql.ts',
          packages: true,
        },
        sqlite3: {
          does: 'the list of the SQLite engine, answered by sqlite3 too (Debian: sqlite3)',
          options: '',
          file: 'scripts/judge/sqlite3.ts',
          packages: false,
        },
        typing: {
          does: 'what a person types by mistake, into the engines as they are shipped',
          options: '[--inputs 100000] [--seed 1] [--engine redis]',
          file: 'scripts/judge/typing.ts',
          packages: false,
        },
        browsers: {
          does: 'every cell in Firefox and WebKit, where they are installed',
          options: '[firefox] [webkit] [1.2]',
          file: 'scripts/judge/browsers.ts',
          packages: true,
        },
      },
    },
    process.argv.slice(2),
  ),
);
