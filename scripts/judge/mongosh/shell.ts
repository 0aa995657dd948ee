/** mongosh as a process: inputs in, and what it printed for each of them out. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Without a word of mongosh for so long, in milliseconds, something is wrong. */
const PATIENCE = 120_000;

/** The prompt: so it stands between the answers. No cell prints it. */
const MARK = '@@input@@';

/** What is typed after it was connected to a server. */
export interface Visit {
  uri: string;
  /** A file that is run first. */
  dataset: string | null;
  /** Each a statement or a command, of one or more lines. */
  inputs: readonly string[];
}

/**
 * Types into one mongosh, which connects to one server after the other.
 *
 * @returns what each input printed, as a terminal shows it, without prompts and signs of lines that go on.
 * @throws Error if it does not come to its end.
 */
export async function typeInto(visits: readonly Visit[]): Promise<string[][]> {
  const home = mkdtempSync(join(tmpdir(), 'mongosh-'));
  try {
    const typed = visits.flatMap(({ uri, dataset, inputs }) => [
      `db = connect("${uri}test"); ${dataset === null ? '' : `load(${JSON.stringify(dataset)}); `}print("")`,
      ...inputs.map(typable),
    ]);
    const output = await run(home, `prompt = "${MARK}"; print("")\n${typed.join('\n')}\n`);
    const answers = output.split(MARK).slice(1, -1).map(shown);
    if (answers.length !== typed.length) {
      throw new Error(
        `mongosh answered ${answers.length} of ${typed.length} inputs. It ended with:\n${output.slice(-2000)}`,
      );
    }
    let at = 0;
    return visits.map(({ inputs }) => {
      at += 1;
      return answers.slice(at, (at += inputs.length));
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Its reader runs a line as soon as it is a statement: one that goes on with `.sort()` on the next line has
 * to be typed, or pasted, as one.
 */
const typable = (input: string): string => input.replace(/[ \t]*\n\s*(?=\.\w)/g, '');

/**
 * Before an error a terminal shows “Uncaught”: on a line of its own if the error has several, and else it is
 * overwritten. The page marks an error by how it looks.
 */
const shown = (answer: string): string =>
  answer
    .replace(/^(\.\.\. ?|\| ?)+/, '')
    .replace(/^Uncaught(?: |:\n)(?=\r)/gm, '')
    .replace(/\r/g, '')
    .replace(/^\n+|\s+$/g, '');

/** Where `npm run judge` has installed it. */
function program(): string {
  const manifest = createRequire(join(import.meta.dirname, '../package.json')).resolve(
    'mongosh/package.json',
  );
  return join(dirname(manifest), 'bin', 'mongosh.js');
}

function run(home: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [program(), '--quiet', '--norc', '--nodb'],
      // A home of its own: no settings, no history, nothing is left behind.
      { env: { PATH: process.env['PATH'], HOME: home, TERM: 'dumb', NO_COLOR: '1' } },
    );
    let output = '';
    let errors = '';
    let timer: NodeJS.Timeout;
    const alive = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    };
    alive();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      alive();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else
        reject(
          new Error(`mongosh ended with ${signal ?? code}: ${errors}\n${output.slice(-2000)}`),
        );
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
