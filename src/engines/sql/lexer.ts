/**
 * Cuts SQL text into tokens, as far as finding the ends of statements needs it: what is quoted, what
 * is commented, what is a word. The tokens of a text, joined, are the text: nothing is lost.
 *
 * PostgreSQL: https://www.postgresql.org/docs/18/sql-syntax-lexical.html
 * SQLite: https://sqlite.org/lang_expr.html, https://sqlite.org/lang_comment.html
 */

export type Dialect = 'postgres' | 'sqlite';

export type TokenKind =
  | 'space'
  | 'comment'
  /** A keyword, a name, or (PostgreSQL's `1e5`) anything else made of letters and digits. */
  | 'word'
  | 'number'
  | 'string'
  /** `"name"`, and SQLite's `` `name` `` and `[name]`. */
  | 'quoted-name'
  /** One character that is none of the above. */
  | 'symbol';

export interface Token {
  kind: TokenKind;
  /** Offset of the first character, in UTF-16 code units, from 0. */
  start: number;
  /** Offset behind the last character. */
  end: number;
}

/** The tokens of `sql`, without a gap between them. A quote that never closes reaches to the end. */
export function* tokenize(sql: string, dialect: Dialect): Generator<Token> {
  for (let at = 0; at < sql.length;) {
    const token = tokenAt(sql, at, dialect);
    yield token;
    at = token.end;
  }
}

/** The token that begins at `start`, which must lie in the text. */
export function tokenAt(sql: string, start: number, dialect: Dialect): Token {
  const { kind, end } = readToken(sql, start, dialect);
  return { kind, start, end };
}

/** Whether a token says nothing: space or a comment. */
export function isTrivia(token: Token): boolean {
  return token.kind === 'space' || token.kind === 'comment';
}

const SPACE = /[ \t\n\r\f\v]+/y;
const LINE_COMMENT = /--[^\n\r]*/y;
// A letter of any script may begin a name; PostgreSQL lets `$` continue one, SQLite too.
const WORD = /[\p{L}_\u0080-\u{10FFFF}][\p{L}\p{N}_$\u0080-\u{10FFFF}]*/uy;
const NUMBER = /\d[\p{L}\p{N}_.]*/uy;
const DOLLAR_QUOTE = /\$(?:[\p{L}_\u0080-\u{10FFFF}][\p{L}\p{N}_\u0080-\u{10FFFF}]*)?\$/uy;
/** Between the pieces of a string constant that goes on after a newline. */
const CONTINUATION = /(?:[ \t\f\v]|--[^\n\r]*)*[\n\r](?:\s|--[^\n\r]*[\n\r])*'/y;

function readToken(sql: string, start: number, dialect: Dialect): { kind: TokenKind; end: number } {
  const first = sql[start] ?? '';
  const second = sql[start + 1] ?? '';
  const matched = (pattern: RegExp): number | null => {
    pattern.lastIndex = start;
    return pattern.test(sql) ? pattern.lastIndex : null;
  };

  const space = matched(SPACE);
  if (space !== null) return { kind: 'space', end: space };
  if (first === '-' && second === '-') {
    return { kind: 'comment', end: matched(LINE_COMMENT) ?? sql.length };
  }
  if (first === '/' && second === '*') {
    return { kind: 'comment', end: endOfBlockComment(sql, start, dialect === 'postgres') };
  }
  if (first === "'") return { kind: 'string', end: endOfQuote(sql, start, "'") };
  if (first === '"') return { kind: 'quoted-name', end: endOfQuote(sql, start, '"') };
  if (dialect === 'sqlite') {
    if (first === '`') return { kind: 'quoted-name', end: endOfQuote(sql, start, '`') };
    if (first === '[') return { kind: 'quoted-name', end: endBehind(sql, ']', start + 1) };
  } else {
    if (/[eE]/.test(first) && second === "'") {
      return { kind: 'string', end: endOfEscapeString(sql, start + 1) };
    }
    const opened = first === '$' ? matched(DOLLAR_QUOTE) : null;
    if (opened !== null) {
      return { kind: 'string', end: endBehind(sql, sql.slice(start, opened), opened) };
    }
  }
  const number = matched(NUMBER);
  if (number !== null) return { kind: 'number', end: number };
  const word = matched(WORD);
  if (word !== null) return { kind: 'word', end: word };
  return { kind: 'symbol', end: start + 1 };
}

/** Behind the next `mark` at or after `from`, or the end of the text. */
function endBehind(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from);
  return found < 0 ? sql.length : found + mark.length;
}

/** The closing quote, two of which in a row stand for one that is meant. */
function endOfQuote(sql: string, start: number, quote: string): number {
  let end = endBehind(sql, quote, start + 1);
  while (sql[end] === quote) end = endBehind(sql, quote, end + 1);
  return end;
}

/** `E'…'`: a backslash takes the next character with it, and a piece on a later line is one too. */
function endOfEscapeString(sql: string, openingQuote: number): number {
  let at = openingQuote + 1;
  while (at < sql.length) {
    if (sql[at] === '\\') at += 2;
    else if (sql[at] !== "'") at += 1;
    else if (sql[at + 1] === "'") at += 2;
    else {
      CONTINUATION.lastIndex = at + 1;
      if (!CONTINUATION.test(sql)) return at + 1;
      at = CONTINUATION.lastIndex;
    }
  }
  return sql.length;
}

function endOfBlockComment(sql: string, start: number, nests: boolean): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start + 2;
  let depth = 1;
  for (let found = mark.exec(sql); found; found = mark.exec(sql)) {
    if (found[0] === '*/') depth -= 1;
    else if (nests) depth += 1;
    if (depth === 0) return mark.lastIndex;
    // Without nesting, the star of a `/*` inside may begin the closing mark: `/*/*/`.
    if (!nests && found[0] === '/*') mark.lastIndex -= 1;
  }
  return sql.length;
}
