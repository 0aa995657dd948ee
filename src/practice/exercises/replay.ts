/** The reader's code, played again or cut off: what it does the second time, and half-way. */
import { descriptorOfFence, ENGINES } from '../../engines/descriptors.ts';
import { scriptLines } from '../../engines/redis/script.ts';
import type { Dialect } from '../../engines/sql/lexer.ts';
import { splitStatements } from '../../engines/sql/statements.ts';

/** A line of a check's code in whose place the reader's code runs once more, as a script of its own. */
const AGAIN = /^[ \t]*@again[ \t]*$/m;

/**
 * @returns the scripts of a check in order: the check's own, with the reader's code between them for
 * every line `@again`.
 */
export function withRepetitions(checkCode: string, code: string): { own: boolean; text: string }[] {
  return checkCode.split(AGAIN).flatMap((text, index) => [
    ...(index > 0 ? [{ own: false, text: code }] : []),
    // Between two repetitions there may be nothing.
    ...(text.trim() === '' ? [] : [{ own: true, text }]),
  ]);
}

/** The beginning of a script, up to the end of one of its statements. */
export interface Beginning {
  code: string;
  /** Line on which its last statement begins, from 1. */
  line: number;
  /** The first line of that statement. */
  statement: string;
}

/** Languages whose scripts can be cut off between two statements. */
export const CUTTABLE = ENGINES.filter(({ language }) => language.afterLoss !== undefined).map(
  ({ language }) => language.fence,
);

/** @returns the scripts that run after a beginning, the last of which asks, as somebody else does after a lost connection. */
export function askedByAnother(code: string, lang: string): string[] {
  const first = descriptorOfFence(lang)?.language.afterLoss;
  if (!first) throw new Error(`code cannot be interrupted in ${lang}`);
  return 'script' in first ? [first.script, code] : [`${first.line}\n${code}`];
}

/** @returns the beginnings of a script, the shortest first, the whole script last. */
export function beginningsOf(code: string, lang: string): Beginning[] {
  const { statements, dialect = 'postgres' } = descriptorOfFence(lang)!.language;
  const ends = statements === 'client lines' ? commandsOf(code) : statementsOf(code, dialect);
  return ends.map(({ start, end }) => ({
    code: code.slice(0, end),
    line: code.slice(0, start).split('\n').length,
    statement: code.slice(start, end).split('\n', 1)[0]!.trim(),
  }));
}

interface Span {
  start: number;
  end: number;
}

const statementsOf = (code: string, dialect: Dialect): Span[] =>
  splitStatements(code, dialect).map(({ start, text }) => ({ start, end: start + text.length }));

/** Lines with a command: while time passes, nothing is done that could be cut off. */
function commandsOf(code: string): Span[] {
  const lines = code.split('\n');
  return scriptLines([{ name: '', code }])
    .filter(({ line }) => line.kind === 'command')
    .map(({ number }) => {
      const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
      return { start, end: start + lines[number - 1]!.length };
    });
}
