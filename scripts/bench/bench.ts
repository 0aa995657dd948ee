/** `npm run bench -- site|documents|redis`: how fast things are, beside what they are compared with. */
import { command } from '../process/command.ts';
import { startProgram } from '../process/programs.ts';

await command(() =>
  startProgram(
    {
      command: 'npm run bench',
      folder: 'scripts/bench',
      programs: {
        site: {
          does: 'build, first replies, PostgreSQL, reference card, Lighthouse',
          options: '[--only postgres,lighthouse] [--rounds 5]',
          file: 'scripts/bench/site.ts',
          packages: true,
        },
        documents: {
          does: 'the document store, beside mingo and NeDB',
          options: '[100000]',
          file: 'scripts/bench/documents.ts',
          packages: true,
        },
        redis: {
          does: 'the Redis core, beside ioredis-mock and a bare Map',
          options: '',
          file: 'scripts/bench/redis.ts',
          packages: true,
        },
      },
    },
    process.argv.slice(2),
  ),
);
