/**
 * Lets mongosh judge the shell: inputs that need no server are typed into both, and what they print is compared.
 * Differences are mended, or declared with their reason (`shell/declared.ts`).
 *
 *     npm run judge -- shell [part of an input]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { engine } from '../../src/engines/documents/index.ts';
import type { Output } from '../../src/engines/engine.ts';
import { DECLARED } from './shell/declared.ts';
import { INPUTS } from './shell/inputs.ts';

const MONGOSH = path.join(import.meta.dirname, 'node_modules/mongosh/bin/mongosh.js');

/** In milliseconds: how long mongosh has for an input. */
const PATIENCE = 10_000;

/** Printed after each input, with its number. */
const MARK = '--- answered';

const inputs = INPUTS.filter((input) => input.includes(process.argv[2] ?? ''));
const theirs = await mongoshAnswers(inputs);
const ours = await ourAnswers(inputs);
let [same, declared] = [0, 0];
const mistaken: string[] = [];
for (const [i, input] of inputs.entries()) {
  const reason = DECLARED.some((one) => one.inputs.includes(input));
  const equal = comparable(theirs[i]!) === comparable(ours[i]!);
  if (equal && reason) mistaken.push(input);
  else if (equal) same += 1;
  else if (reason) declared += 1;
  else console.log(`✗ ${input}\n  mongosh: ${shown(theirs[i]!)}\n  here:    ${shown(ours[i]!)}\n`);
}
for (const input of mistaken) console.log(`✗ declared as different, and is not: ${input}`);
const different = inputs.length - same - declared - mistaken.length;
console.log(
  `${inputs.length} inputs: ${same} print the same, ${declared} differ as declared, ${different} differ.`,
);
process.exitCode = different + mistaken.length > 0 ? 1 : 0;

function shown(text: string): string {
  return text.replaceAll('\n', '\n           ');
}

/** The words of a syntax error are its parser's; where it is, is compared. */
function comparable(text: string): string {
  const place = /^SyntaxError: .*? \((\d+:\d+)\)/s.exec(text);
  return place ? `SyntaxError (${place[1]!})` : text;
}

/** As a person sees them at a terminal, where `Uncaught` is written over, and stands above what has several lines. */
async function mongoshAnswers(typed: readonly string[]): Promise<string[]> {
  const child = spawn(process.execPath, [MONGOSH, '--nodb', '--quiet'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A home of its own: it keeps settings there.
    env: {
      ...process.env,
      NO_COLOR: '1',
      TERM: 'dumb',
      HOME: mkdtempSync(path.join(tmpdir(), 'mongosh-')),
    },
  });
  let said = '';
  let heard: () => void = () => undefined;
  const hear = (data: Buffer): void => {
    said += data.toString();
    heard();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise((resolve) => child.on('close', resolve));
  await new Promise<void>((resolve) => {
    heard = () => said.includes('> ') && resolve();
  });
  const answers: string[] = [];
  for (const [i, input] of typed.entries()) {
    // One after the other: mongosh reads on while it waits for something.
    said = '';
    const mark = `${MARK} ${i}\n`;
    const ask = (): boolean => child.stdin.write(`sleep(20); print('${MARK} ${i}')\n`);
    await new Promise<void>((resolve, reject) => {
      // A line that may go on in the next one swallows the question.
      const again = setTimeout(ask, PATIENCE / 2);
      const patience = setTimeout(() => {
        reject(new Error(`mongosh does not come back after: ${input}\n${said}`));
      }, PATIENCE);
      heard = () => {
        if (!said.includes(mark)) return;
        clearTimeout(again);
        clearTimeout(patience);
        resolve();
      };
      child.stdin.write(`${input}\n`);
      ask();
    });
    answers.push(
      said
        .slice(0, said.indexOf(mark))
        .replace(/^(?:> |\.\.\. |\| )+/gm, '')
        .replace(/^Uncaught(?: |:\n)\r?/gm, '')
        .replaceAll('\r', '')
        .trim(),
    );
  }
  child.stdin.end();
  await ended;
  return answers;
}

async function ourAnswers(typed: readonly string[]): Promise<string[]> {
  const database = await engine.open(undefined as never);
  const answers: string[] = [];
  for (const code of typed) {
    const texts: string[] = [];
    await database.run({ files: [{ name: 'input.js', code }] }, (output: Output) => {
      if (output.kind === 'text') texts.push(output.text);
      if (output.kind === 'error')
        texts.push(
          `${output.severity}: ${output.message}${output.detail ? `\n${output.detail}` : ''}`,
        );
    });
    answers.push(texts.join('\n').trim());
  }
  return answers;
}
