/**
 * Scripts of redis-cli lines.
 *
 * A file is a client. `@client name` inside a file goes on as another client. With several files,
 * a line of three dashes gives the next file its turn. `#` begins a comment line. `wait 60s` moves
 * the clock, which otherwise stands still; `crash`, `crash process` and `restart` do what they say.
 */
import type { ScriptFile } from '../engine.ts';
import { repeated } from './cli/line.ts';
import { splitArguments } from './cli/split-arguments.ts';

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
    for (const [i, raw] of file.code.split(/\r?\n/).entries()) {
      const text = raw.trim();
      if (text === '' || text.startsWith('#')) continue;
      if (/^-{3,}$/.test(text)) {
        mine.push([]);
        continue;
      }
      const switched = /^@client\s+(\S+)$/i.exec(text);
      if (switched) client = switched[1]!;
      else mine.at(-1)!.push({ line: parseLine(text), client, file: index, number: i + 1 });
    }
    return mine;
  });
  const most = Math.max(0, ...turns.map((turn) => turn.length));
  return Array.from({ length: most }, (_, i) => turns.flatMap((turn) => turn[i] ?? [])).flat();
}

/** The words of each command: they tell which parts of the emulator it needs. */
export const commandsOf = (files: readonly ScriptFile[]): string[][] =>
  scriptLines(files).flatMap(({ line }) => {
    const words = line.kind === 'command' ? splitArguments(line.text) : null;
    return words ? [repeated(words).argv] : [];
  });
