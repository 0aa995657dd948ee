/**
 * Scripts of redis-cli lines.
 *
 * A file is a client. `@client name` inside a file goes on as another client. With several files,
 * a line of three dashes gives the next file its turn. `#` begins a comment line. `wait 60s` moves
 * the clock, which otherwise stands still; `crash`, `crash process` and `restart` do what they say.
 *
 * A quote that EVAL or SCRIPT LOAD opens may end on a later line, as in a shell: what is in it is a program.
 */
import type { ScriptFile } from '../engine.ts';
import { repeated } from './cli/line.ts';
import { openQuote, splitArguments } from './cli/split-arguments.ts';

/** What a line asks for. */
export type Line =
  | { kind: 'command'; text: string }
  | { kind: 'wait'; milliseconds: number; text: string }
  | { kind: 'crash'; power: boolean }
  | { kind: 'restart' };

export interface ScriptLine {
  line: Line;
  client: string;
  file: number;
  /** From 1. */
  number: number;
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
// With a unit, so that Redis's own `WAIT numreplicas timeout` stays itself.
const WAIT = /^wait\s+(\d+(?:\.\d+)?)(ms|s|m|h|d)$/i;

function parseLine(text: string): Line {
  const wait = WAIT.exec(text);
  if (wait) {
    const milliseconds = Math.round(Number(wait[1]) * UNITS[wait[2]!.toLowerCase()]!);
    return { kind: 'wait', milliseconds, text };
  }
  if (/^crash(\s+(power|process))?$/i.test(text)) {
    return { kind: 'crash', power: !/process/i.test(text) };
  }
  if (/^restart$/i.test(text)) return { kind: 'restart' };
  return { kind: 'command', text };
}

/** The lines of all files in the order in which they run. */
export function scriptLines(files: readonly ScriptFile[]): ScriptLine[] {
  const turns: ScriptLine[][][] = files.map((file, index) => {
    let client = file.name;
    const mine: ScriptLine[][] = [[]];
    const raws = file.code.split(/\r?\n/);
    for (let i = 0; i < raws.length; i++) {
      const number = i + 1;
      let text = raws[i]!.trim();
      if (text === '' || text.startsWith('#')) continue;
      const more = linesOfProgram(text, raws, i + 1);
      if (more > 0) text = [text, ...raws.slice(i + 1, i + 1 + more)].join('\n').trimEnd();
      i += more;
      if (/^-{3,}$/.test(text)) {
        mine.push([]);
        continue;
      }
      const switched = /^@client\s+(\S+)$/i.exec(text);
      if (switched) client = switched[1]!;
      else mine.at(-1)!.push({ line: parseLine(text), client, file: index, number });
    }
    return mine;
  });
  const most = Math.max(0, ...turns.map((turn) => turn.length));
  return Array.from({ length: most }, (_, i) => turns.flatMap((turn) => turn[i] ?? [])).flat();
}

/** The lines that a program in quotes may have. */
const MOST_PROGRAM_LINES = 200;

/** How many of the next lines belong to a program whose quote a line opens: none if it opens none, or none ends it. */
function linesOfProgram(first: string, lines: readonly string[], from: number): number {
  if (!/^(eval(_ro)?|script\s+load)\s/i.test(first)) return 0;
  let quote = openQuote(first);
  if (quote === null) return 0;
  const end = Math.min(lines.length, from + MOST_PROGRAM_LINES);
  for (let at = from; at < end; at++) {
    quote = openQuote(lines[at]!, quote);
    if (quote === null) return at + 1 - from;
  }
  return 0;
}

/** The words of each command: they tell which parts of the emulator it needs. */
export const commandsOf = (files: readonly ScriptFile[]): string[][] =>
  scriptLines(files).flatMap(({ line }) => {
    const words = line.kind === 'command' ? splitArguments(line.text) : null;
    return words ? [repeated(words).argv] : [];
  });
