/** What redis-cli makes of a line by itself, before a server hears of it. */
import type { Bytes } from '../core/bytes.ts';
import { INVALID_ARGUMENTS, splitArguments } from './split-arguments.ts';

export type CliLine =
  | { kind: 'blank' }
  /** Words for the server, so many times. */
  | { kind: 'command'; argv: Bytes[]; times: number }
  | { kind: 'exit' }
  /** A new connection to the server there is. */
  | { kind: 'connect' }
  /** Nothing is sent. */
  | { kind: 'refused'; why: string };

/** More is nothing that anybody reads, and a server that answers nobody else meanwhile. */
const MOST_TIMES = 10_000;

const HERE = /^(127\.0\.0\.1|localhost)$/i;

/** @param text as it was typed. */
export function readLine(text: string): CliLine {
  const words = splitArguments(text);
  if (words === null) return { kind: 'refused', why: INVALID_ARGUMENTS };
  if (words.length === 0) return { kind: 'blank' };
  const { times, argv } = repeated(words);
  if (!(times > 0))
    return { kind: 'refused', why: 'Invalid redis-cli repeat command option value.' };
  if (times > MOST_TIMES) {
    const most = MOST_TIMES.toLocaleString('en-US');
    return { kind: 'refused', why: `A line is repeated ${most} times at most here.` };
  }
  const [name = '', host = '', port = ''] = argv;
  if (/^(quit|exit)$/i.test(name)) return { kind: 'exit' };
  if (/^connect$/i.test(name) && argv.length === 3) {
    if (HERE.test(host) && port === '6379') return { kind: 'connect' };
    const why = `Could not connect to Redis at ${host}:${port}: there is one server here, 127.0.0.1:6379`;
    return { kind: 'refused', why };
  }
  return { kind: 'command', argv, times };
}

/** A number before a command repeats it. @returns the rest of the words, and how often: not a number if it is none. */
export function repeated(words: Bytes[]): { times: number; argv: Bytes[] } {
  const isCount = words.length > 1 && /^[+-]?\d+$/.test(words[0]!);
  return isCount ? { times: Number(words[0]), argv: words.slice(1) } : { times: 1, argv: words };
}

/** Which of the times were left out, because the client waits, or nothing. */
export const leftOut = (times: number, done: number): string =>
  done < times ? `(the client waits: ${times - done} of ${times} times are left out)\n` : '';

const PROMPT = /^(redis|\S+:\d+)(\[\d+\])?(\(TX\))?>/i;
/** Spaces that are none to redis-cli. */
const WIDE_SPACE = /[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]/;

/** What may be wrong with a line that was copied from somewhere, if its command failed. A line, or nothing. */
export function hintFor(text: string): string {
  if (PROMPT.test(text.trim())) return '(a prompt stands before the command: leave it out)\n';
  if (WIDE_SPACE.test(text))
    return '(a no-break space stands in the line: type a plain one in its place)\n';
  return '';
}
