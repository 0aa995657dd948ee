/**
 * The list of `src/engines/sqlite/judged/list.sql`, answered by the sqlite3 program too (Debian: sqlite3).
 *
 *     npm run judge -- sqlite3
 *
 * Prints what differs, and writes down what the program said: `npm test` compares the engine with that.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeAssets } from '../../src/engines/assets.ts';
import {
  readChapters,
  type Chapter,
  type Recorded,
} from '../../src/engines/sql/judged/chapters.ts';
import { engine } from '../../src/engines/sqlite/index.ts';
import { DIFFERENCES } from '../../src/engines/sqlite/judged/differences.ts';
import { heardHere, heardOfSqlite3, NULL } from '../../src/engines/sqlite/judged/heard.ts';
import { ROOT } from '../process/command.ts';
import { answersHere, mark, partsOf, tell } from './sql/judging.ts';

const FOLDER = join(ROOT, 'src/engines/sqlite/judged');
const SQLITE3 = ['/usr/bin/sqlite3', '/usr/local/bin/sqlite3'].find((path) => existsSync(path));
if (!SQLITE3) throw new Error('There is no sqlite3 here. Debian: apt-get install sqlite3');

/** Where the page has tables, the program prints columns and NULL as well; its commands are tried as it starts. */
const LIKE_TABLES = `-header -nullvalue '${NULL}'`;

/** Both streams in one, in the order in which they are written: an error is told from what is printed by its form. */
function answers({ title, inputs }: Chapter): Recorded['chapters'][number]['answers'] {
  const script = [...inputs, '']
    .map((input, index) => `.print '${mark(index)}'\n${input}\n`)
    .join('');
  const { stdout } = spawnSync(
    'sh',
    [
      '-c',
      `stdbuf -oL "$0" -batch ${title === 'Commands' ? '' : LIKE_TABLES} :memory: 2>&1`,
      SQLITE3!,
    ],
    { input: script, encoding: 'utf8', maxBuffer: 1e8 },
  );
  return partsOf(stdout, inputs.length).map((said, index) => ({
    input: inputs[index]!,
    ...heardOfSqlite3(said),
  }));
}

const chapters = readChapters(readFileSync(join(FOLDER, 'list.sql'), 'utf8'));
const [version] = execFileSync(SQLITE3, ['--version'], { encoding: 'utf8' }).split(' ');
const database = await engine.open(nodeAssets('sqlite'));
const recorded: Recorded = {
  judge: `sqlite3 ${version}`,
  date: new Date().toISOString().slice(0, 10),
  chapters: chapters.map((chapter) => ({ title: chapter.title, answers: answers(chapter) })),
};
const here = await answersHere(database, chapters, heardHere);
const isRight = tell({ recorded, here, differences: DIFFERENCES }, join(FOLDER, 'answers.json'));
process.exitCode = isRight ? 0 : 1;
