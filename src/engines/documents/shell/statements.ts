/**
 * A script as the inputs a person would give mongosh: its commands (`show dbs`, `use shop`) and its
 * JavaScript statements, each rewritten so that its value is kept and its variables outlive it.
 */
import { Parser } from 'acorn';
import { type Located, rewrite } from './rewrite.ts';

export interface Input {
  kind: 'command' | 'statement';
  /** As written. */
  text: string;
  /** Line of its first character, from 1. */
  line: number;
  /** Whether the next input begins on the same line: then the shell does not print this one's value. */
  continued: boolean;
  /** What is run instead of the text. */
  code: string;
  /** Variables that it declares. */
  names: string[];
  /** Whether it has ended only when what it waits for is there. */
  waits: boolean;
}

/** A statement that is none. */
export interface SyntaxFault {
  kind: 'syntax error';
  message: string;
  line: number;
  position: { line: number; column: number };
  /** The line it is in, and a mark below the place. */
  frame: string | undefined;
}

const COMMAND = /^(?:(?:show|use)(?:[ \t]+[^\n;]*)?|it|help|cls|exit|quit)[ \t]*;?[ \t]*$/;

/** Parses one statement at a place; acorn itself only offers whole programs and expressions. */
class StatementParser extends Parser {
  static statementAt(source: string, offset: number): Located {
    const parser = new this(
      {
        ecmaVersion: 'latest',
        sourceType: 'script',
        allowReserved: true,
        allowAwaitOutsideFunction: true,
      },
      source,
      offset,
    );
    const inner = parser as unknown as {
      nextToken(): void;
      parseStatement(context: null, topLevel: boolean, exports: object): Located;
    };
    inner.nextToken();
    return inner.parseStatement(null, true, {});
  }
}

/** After so many syntax errors, what follows is no program either; each costs a look at the rest. */
const MOST_FAULTS = 50;

/**
 * Cuts a script into inputs. After a syntax error it goes on at the next line that is not indented; after many
 * it says that it does not.
 */
export function* inputsOf(source: string): Generator<Input | SyntaxFault> {
  const lineOf = lineCounter(source);
  let faults = 0;
  let at = skipBlank(source, 0);
  while (at < source.length) {
    const command = commandAt(source, at);
    if (command !== null) {
      yield {
        kind: 'command',
        text: command.trim().replace(/;$/, '').trim(),
        line: lineOf(at),
        continued: false,
        code: '',
        names: [],
        waits: false,
      };
      at = skipBlank(source, at + command.length);
      continue;
    }
    try {
      const node = StatementParser.statementAt(source, at);
      const next = skipBlank(source, node.end);
      const continued = next < source.length && !source.slice(node.end, next).includes('\n');
      if (node.type !== 'EmptyStatement') {
        yield {
          kind: 'statement',
          text: source.slice(node.start, node.end),
          line: lineOf(node.start),
          continued,
          ...rewrite(source, node),
        };
      }
      at = next;
    } catch (error) {
      const fault = faultOf(source, at, syntaxError(error, at));
      yield fault;
      if ((faults += 1) === MOST_FAULTS) {
        const message = `These were ${String(MOST_FAULTS)} syntax errors: nothing after the last one was run.`;
        yield { ...fault, message, frame: undefined };
        return;
      }
      at = resume(source, fault);
    }
  }
}

/** The parser calls itself for each bracket, and has no words for too many of them. */
function syntaxError(error: unknown, pos: number): SyntaxError {
  if (error instanceof SyntaxError) return error;
  if (error instanceof RangeError)
    return Object.assign(new SyntaxError('Brackets are nested too deeply.'), { pos });
  throw error;
}

function skipBlank(source: string, from: number): number {
  const blank = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
  blank.lastIndex = from;
  blank.exec(source);
  return blank.lastIndex;
}

/** The command that is alone on its line. */
function commandAt(source: string, at: number): string | null {
  const end = source.indexOf('\n', at);
  const line = source.slice(at, end < 0 ? undefined : end).replace(/\r$/, '');
  if (!COMMAND.test(line)) return null;
  // `it = 5`, `help(…)` are JavaScript; `use` and `show` take words.
  return /^(use|show)\s*[=(.]/.test(line) ? null : line;
}

/** @returns the line of an offset, from 1. Offsets that grow are found by going on from the last one. */
function lineCounter(source: string): (offset: number) => number {
  let line = 1;
  let next = source.indexOf('\n');
  let last = 0;
  return (offset) => {
    if (offset < last) return lineCounter(source)(offset);
    last = offset;
    for (; next >= 0 && next < offset; next = source.indexOf('\n', next + 1)) line += 1;
    return line;
  };
}

function faultOf(
  source: string,
  start: number,
  error: SyntaxError & { pos?: number },
): SyntaxFault {
  const offset = Math.min(error.pos ?? start, source.length);
  const lineOf = lineCounter(source);
  const first = lineOf(start);
  const line = lineOf(offset);
  const begin = source.lastIndexOf('\n', offset - 1) + 1;
  const column = offset - begin + 1;
  return {
    kind: 'syntax error',
    message: `${error.message.replace(/ \(\d+:\d+\)$/, '')} (${String(line)}:${String(column - 1)})`,
    line: first,
    position: { line, column },
    frame: frameOf(source, Math.max(first, line - 2), line, column),
  };
}

/** The lines up to the fault, numbered, and a mark below the place. */
function frameOf(source: string, from: number, line: number, column: number): string {
  const lines = source.split('\n');
  const width = String(line).length;
  const shown = lines.slice(from - 1, line).map((text, i) => {
    const number = String(from + i).padStart(width);
    return `${from + i === line ? '>' : ' '} ${number} | ${text}`.trimEnd();
  });
  return [...shown, `  ${' '.repeat(width)} | ${' '.repeat(column - 1)}^`].join('\n');
}

/** The next line that looks like the beginning of something new. */
function resume(source: string, { position }: SyntaxFault): number {
  const lines = source.split('\n');
  let offset = 0;
  for (const [i, line] of lines.entries()) {
    if (i >= position.line && /^[A-Za-z_$/]/.test(line)) return skipBlank(source, offset);
    offset += line.length + 1;
  }
  return source.length;
}
