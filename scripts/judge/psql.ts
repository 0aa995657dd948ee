/**
 * The list of `src/engines/postgres/judged/list.sql`, answered by psql and a PostgreSQL server too.
 *
 *     npm run judge -- psql
 *
 * Prints what differs, and writes down what psql said: `npm test` compares the engine with that.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeAssets } from '../../src/engines/assets.ts';
import { engine } from '../../src/engines/postgres/index.ts';
import { DIFFERENCES } from '../../src/engines/postgres/judged/differences.ts';
import { heardHere, heardOfPsql } from '../../src/engines/postgres/judged/heard.ts';
import {
  readChapters,
  type Chapter,
  type Recorded,
} from '../../src/engines/sql/judged/chapters.ts';
import { ROOT } from '../process/command.ts';
import { answersHere, mark, partsOf, tell } from './sql/judging.ts';
import { startPostgres, type PostgresServer } from './sql/postgres-server.ts';

const FOLDER = join(ROOT, 'src/engines/postgres/judged');

function answers(
  server: PostgresServer,
  { inputs }: Chapter,
): Recorded['chapters'][number]['answers'] {
  // Both streams are marked; settings of printing must not touch the marks.
  const marked = (index: number): string => `\n\\echo '${mark(index)}'\n\\warn '${mark(index)}'\n`;
  const script = inputs.map((input, index) => `${marked(index)}${input}\n`).join('');
  const { stdout, stderr } = server.psql(`${script}${marked(inputs.length)}`);
  const printed = partsOf(stdout, inputs.length);
  const remarks = partsOf(stderr, inputs.length);
  return inputs.map((input, index) => ({
    input,
    ...heardOfPsql(input, printed[index]!, remarks[index]!),
  }));
}

const chapters = readChapters(readFileSync(join(FOLDER, 'list.sql'), 'utf8'));
const server = await startPostgres();
const database = await engine.open(nodeAssets('postgres'));
try {
  const recorded: Recorded = {
    judge: server.version,
    date: new Date().toISOString().slice(0, 10),
    chapters: chapters.map((chapter) => ({
      title: chapter.title,
      answers: answers(server, chapter),
    })),
  };
  const here = await answersHere(database, chapters, heardHere);
  process.exitCode = tell(
    { recorded, here, differences: DIFFERENCES },
    join(FOLDER, 'answers.json'),
  )
    ? 0
    : 1;
} finally {
  await server.stop();
  await database.close();
}
