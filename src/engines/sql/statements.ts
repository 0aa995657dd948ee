/**
 * Splits a script into its statements where the database's own shell does: at a semicolon that is not
 * quoted, not in parentheses (psql) and not in a body (`BEGIN ATOMIC … END`, SQLite's
 * `CREATE TRIGGER … BEGIN … END`).
 *
 * The rules are those of psql (`psqlscan.l`) and of `sqlite3_complete`
 * (https://sqlite.org/c3ref/complete.html).
 */
import { isTrivia, tokenAt, type Dialect, type Token } from './lexer.ts';

export interface Statement {
  kind: 'sql' | 'shell-command';
  /** From the first token to the semicolon, both included; a shell command to the end of its line. */
  text: string;
  /** Offset of {@link text} in the script, in UTF-16 code units. */
  start: number;
  /** What follows a `COPY … FROM STDIN`, up to the line `\.` that ends it, as in a dump. */
  copyData?: string;
  /** Without the spaces and comments: what the statement consists of. Offsets are the script's. */
  tokens: Token[];
}

/** The statements of a script in order. What lies between them is space, comments and lone semicolons. */
export function splitStatements(sql: string, dialect: Dialect): Statement[] {
  const statements: Statement[] = [];
  let tokens: Token[] = [];
  let body = newBody(dialect);
  let at = 0;

  const finish = (end: number): void => {
    const first = tokens[0];
    if (first) {
      const text = sql.slice(first.start, end);
      const statement: Statement = { kind: 'sql', text, start: first.start, tokens };
      if (dialect === 'postgres' && COPY_FROM_STDIN.test(text)) {
        const data = copyDataAfter(sql, end);
        statement.copyData = data.text;
        at = data.end;
      }
      statements.push(statement);
    }
    tokens = [];
    body = newBody(dialect);
  };

  let lineIsEmpty = true;
  while (at < sql.length) {
    const token = tokenAt(sql, at, dialect);
    at = token.end;
    const text = sql.slice(token.start, token.end);
    if (isTrivia(token)) {
      if (/[\n\r]/.test(text)) lineIsEmpty = true;
      continue;
    }
    const startsLine = lineIsEmpty;
    lineIsEmpty = false;

    if (tokens.length === 0 && opensShellCommand(text, dialect, startsLine)) {
      const lineEnd = sql.slice(token.start).search(/[\n\r]/);
      at = lineEnd < 0 ? sql.length : token.start + lineEnd;
      const command = sql.slice(token.start, at).trimEnd();
      statements.push({
        kind: 'shell-command',
        text: command,
        start: token.start,
        tokens: [token],
      });
      lineIsEmpty = true;
      continue;
    }
    if (text === ';' && tokens.length === 0) continue;
    tokens.push(token);
    if (text === ';' && !body.isOpen()) finish(token.end);
    else
      body.feed(token.kind === 'word' ? text.toUpperCase() : token.kind === 'symbol' ? text : '');
  }
  finish(tokens.at(-1)?.end ?? 0);
  return statements;
}

const COPY_FROM_STDIN = /^COPY\b.*\bFROM\s+STDIN\b/is;

/** The lines after the statement's own, up to `\.`; none if the script has no such line. */
function copyDataAfter(sql: string, statementEnd: number): { text: string; end: number } {
  const data = /[^\n]*\n((?:.*\n)*?)\\\.[ \t\r]*(?:\n|$)/y;
  data.lastIndex = statementEnd;
  const found = data.exec(sql);
  return found ? { text: found[1] ?? '', end: data.lastIndex } : { text: '', end: statementEnd };
}

/** `\d` of psql stands anywhere; `.tables` of sqlite3 at the beginning of a line. */
function opensShellCommand(text: string, dialect: Dialect, startsLine: boolean): boolean {
  return dialect === 'postgres' ? text === '\\' : text === '.' && startsLine;
}

/** Follows a statement's tokens to tell whether a semicolon here would be inside a body. */
interface Body {
  /** @param word an upper-case word, a symbol, or `''` for anything else. */
  feed(word: string): void;
  isOpen(): boolean;
}

function newBody(dialect: Dialect): Body {
  return dialect === 'postgres' ? new PostgresBody() : new SqliteBody();
}

/** psql: parentheses, and `BEGIN … END` in `CREATE [OR REPLACE] FUNCTION | PROCEDURE`. */
class PostgresBody implements Body {
  private parentheses = 0;
  private blocks = 0;
  private readonly head: string[] = [];

  feed(word: string): void {
    if (word === '(') this.parentheses += 1;
    else if (word === ')') this.parentheses = Math.max(0, this.parentheses - 1);
    if (this.head.length < 4 && word !== '') this.head.push(word);
    if (this.parentheses > 0 || !this.createsRoutine()) return;
    if (word === 'BEGIN') this.blocks += 1;
    else if (word === 'CASE' && this.blocks > 0) this.blocks += 1;
    else if (word === 'END' && this.blocks > 0) this.blocks -= 1;
  }

  isOpen(): boolean {
    return this.parentheses > 0 || this.blocks > 0;
  }

  private createsRoutine(): boolean {
    return /^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)(?: |$)/.test(this.head.join(' '));
  }
}

/** `sqlite3_complete`: `CREATE [TEMP] TRIGGER` ends at `;` `END` `;`, and nothing else counts. */
class SqliteBody implements Body {
  private readonly head: string[] = [];
  private last: string[] = [];

  feed(word: string): void {
    if (this.head.length < 5) this.head.push(word);
    this.last = [...this.last.slice(-1), word];
  }

  isOpen(): boolean {
    const createsTrigger =
      /^(?:EXPLAIN (?:QUERY PLAN )?)?CREATE (?:TEMP |TEMPORARY )?TRIGGER(?: |$)/.test(
        this.head.join(' '),
      );
    return createsTrigger && this.last.join(' ') !== '; END';
  }
}
