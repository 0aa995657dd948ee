/**
 * Where in a statement SQLite stumbled. This build does not tell, so it is found by trying, and told only where
 * that proves it: what is pointed at is what the error is about.
 */
import { tokenize, type Token } from '../sql/lexer.ts';
import type { Statement } from '../sql/statements.ts';
import { SqliteError, type Connection } from './connection.ts';

/**
 * @param script the file the statement stands in.
 * @returns an offset in the script, or `null` where none is proved.
 */
export function errorOffset(
  error: SqliteError,
  statement: Statement,
  script: string,
  connection: Connection,
): number | null {
  const { message } = error;
  const messageOf = (text: string): string | null => {
    try {
      connection.prepare(text)?.finalize();
      return null;
    } catch (failure) {
      if (failure instanceof SqliteError) return failure.message;
      throw failure;
    }
  };
  const trial: Trial = { message, statement, script, messageOf };
  if (message === 'incomplete input') return statement.start + statement.text.length;
  const unexpected =
    /^near "(.*)": syntax error$/s.exec(message)?.[1] ??
    /^unrecognized token: "(.*)"$/s.exec(message)?.[1];
  if (unexpected !== undefined) return offsetOfToken(unexpected, trial);
  const name = /^(?:no such column|ambiguous column name): (.+)$/s
    .exec(message)?.[1]
    ?.replace(/ - should this be a string literal in single-quotes\?$/, '');
  if (name !== undefined) return offsetOfColumn(name, trial);
  const called =
    /^no such function: (.+)$/s.exec(message)?.[1] ??
    /^wrong number of arguments to function (.+)\(\)$/s.exec(message)?.[1];
  if (called !== undefined) return offsetOfFunction(called, trial);
  const taken = /^(?:table|view) (.+) already exists$/s.exec(message)?.[1];
  return taken === undefined ? null : offsetOfTakenName(taken, trial);
}

interface Trial {
  message: string;
  statement: Statement;
  script: string;
  /** What compiling another text comes to. */
  messageOf(text: string): string | null;
}

/**
 * SQLite's parser never looks further than the token it refuses. So of all the tokens that read like
 * it, it is the first up to which the statement alone raises the same error.
 */
function offsetOfToken(
  unexpected: string,
  { message, statement, script, messageOf }: Trial,
): number | null {
  for (const token of statement.tokens) {
    if (!script.slice(token.start).startsWith(unexpected)) continue;
    // What is no token to SQLite may be several, or the beginning of one, to us.
    const end = Math.max(token.end, token.start + unexpected.length);
    if (messageOf(script.slice(statement.start, end)) === message) return token.start;
  }
  return null;
}

interface Place {
  start: number;
  end: number;
}

/**
 * With NULL in its place a column that is wrong is wrong no more. Taken from the right, the one whose place makes
 * the error go is the first that is wrong: those on its right are none any more, and those on its left did not raise it.
 */
function offsetOfColumn(name: string, trial: Trial): number | null {
  const { message, statement, messageOf } = trial;
  let text = statement.text;
  for (const { start, end } of placesOf(name, trial).reverse()) {
    const [from, to] = [start - statement.start, end - statement.start];
    const without = `${text.slice(0, from)}NULL${text.slice(to)}`;
    const now = messageOf(without);
    // Where a name is no value, an alias or a table, NULL cannot stand.
    if (now !== null && / syntax error$|^near "/.test(now)) continue;
    if (now !== message) return start;
    text = without;
  }
  return null;
}

/** A function of another name, which there is none of, is what the error is about then, if it was before. */
function offsetOfFunction(name: string, trial: Trial): number | null {
  const { statement, messageOf } = trial;
  const other = 'no_function_of_this_name';
  for (const { start, end } of placesOf(name, trial)) {
    const [from, to] = [start - statement.start, end - statement.start];
    const renamed = statement.text.slice(0, from) + other + statement.text.slice(to);
    if (messageOf(renamed) === `no such function: ${other}`) {
      // One that is right, but stands before the wrong one, is missed as well.
      const only = placesOf(name, trial).length === 1 || trial.message.startsWith('no such');
      return only ? start : null;
    }
  }
  return null;
}

/** By another name, what is made could be made. */
function offsetOfTakenName(name: string, trial: Trial): number | null {
  const { message, statement, messageOf } = trial;
  const [first] = placesOf(name, trial);
  if (!first) return null;
  const before = statement.text.slice(0, first.start - statement.start);
  const renamed = `${before}no_table_of_this_name${statement.text.slice(first.end - statement.start)}`;
  return messageOf(renamed) === message ? null : first.start;
}

/** Where the name, qualified as it was written, stands in the statement. */
function placesOf(name: string, { statement, script }: Trial): Place[] {
  const plain = (text: string): string => text.replace(/^["`[]|["`\]]$/g, '').toLowerCase();
  const textOf = ({ start, end }: Token): string => plain(script.slice(start, end));
  const wanted = [...tokenize(name, 'sqlite')].map(({ start, end }) =>
    plain(name.slice(start, end)),
  );
  const { tokens } = statement;
  return tokens.flatMap((token, index) => {
    const found = wanted.every((part, i) => {
      const one = tokens[index + i];
      return one !== undefined && textOf(one) === part;
    });
    if (!found) return [];
    // `a.name` is another name than `name`.
    const isQualified =
      index > 0 && script.slice(tokens[index - 1]!.start, token.start).trim() === '.';
    return isQualified ? [] : [{ start: token.start, end: tokens[index + wanted.length - 1]!.end }];
  });
}
