/**
 * Splits a script into its statements where the database's own shell does: at a semicolon that is not
 * quoted, not in parentheses (psql) and not in a body (`BEGIN ATOMIC … END`, SQLite's
 * `CREATE TRIGGER … BEGIN … END`).
 *
 * The rules are those of psql (`psqlscan.l`) and of `sqlite3_complete`
 * (https://sqlite.org/c3ref/complete.html).
 */
import { copyDataBehind } from './copy-data.ts';
import { isTrivia, tokenAt, type Dialect, type Token } from './lexer.ts';
import { psqlLineAt } from './psql-line.ts';

export interface Statement {
  kind: 'sql' | 'shell-command';
  /**
   * From the first token to the semicolon, both included; a shell command to its end. Where psql's commands
   * stand inside a statement, the text has spaces.
   */
  text: string;
  /** Offset of {@link text} in the script, in UTF-16 code units. */
  start: number;
  /** What sent the statement in place of its semicolon: `\\gset prefix_`. */
  sentBy?: string;
  /** The command of psql inside the statement without which it makes no sense: `\\if`. */
  splitBy?: string;
  /** Of a command: the beginning of the statement that it stands in. */
  within?: string;
  /** What follows a `COPY … FROM STDIN`, up to the line `\.` that ends it, as in a dump. */
  copyData?: string;
  /** Offset at which {@link copyData} begins that no line `\.` ends: it is all the rest of the script. */
  copyDataFrom?: number;
  /** Without the spaces and comments: what the statement consists of. Offsets are the script's. */
  tokens: Token[];
}

/**
 * The statements of a script in order. What lies between them is space, comments and lone semicolons.
 *
 * @param from offset at which to begin.
 */
export function splitStatements(script: string, dialect: Dialect, from = 0): Statement[] {
  const statements: Statement[] = [];
  // What was read already in its place, commands and data, is blanked, so that offsets stay.
  let sql = script;
  let tokens: Token[] = [];
  let body = newBody(dialect);
  let splitBy: string | undefined;
  let at = from;

  const blank = (start: number, end: number): void => {
    sql = sql.slice(0, start) + ' '.repeat(end - start) + sql.slice(end);
  };
  const takeData = (statement: Statement, end: number): void => {
    const data = copyDataBehind(sql, end);
    statement.copyData = data.text;
    if (!data.isEnded) statement.copyDataFrom = data.start;
    blank(data.start, data.end);
  };
  const finish = (end: number, sentBy?: string): void => {
    const first = tokens[0];
    if (first) {
      const text = sql.slice(first.start, end);
      const statement: Statement = { kind: 'sql', text, start: first.start, tokens };
      if (sentBy !== undefined) statement.sentBy = sentBy;
      if (splitBy !== undefined) statement.splitBy = splitBy;
      if (dialect === 'postgres' && copiesIn(tokens, sql)) takeData(statement, at);
      statements.push(statement);
    }
    tokens = [];
    splitBy = undefined;
    body = newBody(dialect);
  };
  const takePsqlCommand = (backslash: Token): void => {
    if (sql[backslash.end] === ';') {
      // It parts two statements that are sent as one.
      blank(backslash.start, backslash.end);
      at = backslash.end + 1;
      if (tokens.length > 0) tokens.push({ kind: 'symbol', start: backslash.end, end: at });
      return;
    }
    const { text, end, role } = psqlLineAt(sql, backslash.start);
    at = end;
    const [first] = tokens;
    if (first && role === 'sends') return finish(tokens.at(-1)!.end, text);
    const command: Statement = {
      kind: 'shell-command',
      text,
      start: backslash.start,
      tokens: [backslash],
    };
    if (first) {
      command.within = sql.slice(first.start, backslash.start);
      blank(backslash.start, end);
      if (role === 'conditional') {
        splitBy ??= /^\\\w+/.exec(text)![0];
        return;
      }
      if (role === 'discards') tokens = [];
    }
    if (role === 'copies in') takeData(command, end);
    statements.push(command);
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

    if (dialect === 'postgres' && text === '\\') {
      takePsqlCommand(token);
      continue;
    }
    if (dialect === 'sqlite' && tokens.length === 0 && startsLine && /^[.#]$/.test(text)) {
      const lineEnd = sql.slice(token.start).search(/[\n\r]/);
      at = lineEnd < 0 ? sql.length : token.start + lineEnd;
      // A line that begins with # is a comment of the sqlite3 program.
      if (text === '.') {
        const command = sql.slice(token.start, at).trimEnd();
        statements.push({
          kind: 'shell-command',
          text: command,
          start: token.start,
          tokens: [token],
        });
      }
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

/** Whether it is a `COPY … FROM STDIN`, these words outside of all parentheses. */
function copiesIn(tokens: readonly Token[], sql: string): boolean {
  let depth = 0;
  let previous = '';
  for (const [index, { start, end }] of tokens.entries()) {
    const word = sql.slice(start, end).toUpperCase();
    if (index === 0 && word !== 'COPY') return false;
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    if (depth === 0 && previous === 'FROM' && word === 'STDIN') return true;
    previous = word;
  }
  return false;
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
