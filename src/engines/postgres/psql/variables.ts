/**
 * psql's variables, and their use in SQL.
 *
 * Source: https://www.postgresql.org/docs/18/app-psql.html, "Variables", "SQL Interpolation"
 */
import type { Statement } from '../../sql/statements.ts';

/** Those that psql itself looks at, with the values it takes. What has an effect here is `true`. */
const SPECIAL: Readonly<
  Record<string, { values: RegExp | null; works: boolean; expected?: string }>
> = {
  AUTOCOMMIT: { values: null, works: true },
  ON_ERROR_STOP: { values: null, works: true },
  QUIET: { values: null, works: true },
  COMP_KEYWORD_CASE: { values: /^(lower|upper|preserve-lower|preserve-upper)$/i, works: false },
  ECHO: { values: /^(none|errors|queries|all)$/i, works: false },
  ECHO_HIDDEN: { values: /./, works: false },
  FETCH_COUNT: { values: /^\d+$/, works: false },
  HIDE_TABLEAM: { values: /./, works: false },
  HIDE_TOAST_COMPRESSION: { values: /./, works: false },
  HISTCONTROL: { values: /./, works: false },
  HISTFILE: { values: /./, works: false },
  HISTSIZE: { values: /./, works: false },
  IGNOREEOF: { values: /./, works: false },
  ON_ERROR_ROLLBACK: { values: /./, works: false },
  PROMPT1: { values: /^/, works: false },
  PROMPT2: { values: /^/, works: false },
  PROMPT3: { values: /^/, works: false },
  SHOW_ALL_RESULTS: { values: /./, works: false },
  SHOW_CONTEXT: { values: /./, works: false },
  SINGLELINE: { values: /./, works: false },
  SINGLESTEP: { values: /./, works: false },
  VERBOSITY: { values: /^(default|verbose|terse|sqlstate)$/i, works: false },
};

/** What psql knows at its start. */
const AT_START: readonly (readonly [string, string])[] = [
  ['AUTOCOMMIT', 'on'],
  ['DBNAME', 'postgres'],
  ['ECHO', 'none'],
  ['ENCODING', 'UTF8'],
  ['ERROR', 'false'],
  ['LAST_ERROR_MESSAGE', ''],
  ['LAST_ERROR_SQLSTATE', '00000'],
  ['ON_ERROR_ROLLBACK', 'off'],
  ['ON_ERROR_STOP', 'off'],
  ['QUIET', 'off'],
  ['ROW_COUNT', '0'],
  ['SERVER_VERSION_NAME', '18.6'],
  ['SERVER_VERSION_NUM', '180006'],
  ['SQLSTATE', '00000'],
  ['USER', 'postgres'],
  ['VERBOSITY', 'default'],
];

const TRUE = /^(t(r(ue?)?)?|y(es?)?|on|1)$/i;
const FALSE = /^(f(a(l(se?)?)?)?|no?|off?|0)$/i;

/** As psql reads a value that is on or off (`ParseVariableBool`). @returns `null` if it is neither. */
export function booleanOf(text: string): boolean | null {
  if (TRUE.test(text)) return true;
  return FALSE.test(text) ? false : null;
}

/** A piece of a statement that stands for something else. */
interface Use {
  length: number;
  value: string;
}

/** A statement with its variables filled in. */
export interface Interpolated {
  text: string;
  /** The offset in the statement as it was written of one in {@link text}. */
  written(offset: number): number;
}

export class Variables {
  private readonly values: Map<string, string>;

  /** @param values with which they begin. */
  constructor(values: Iterable<readonly [string, string]> = AT_START) {
    this.values = new Map(values);
  }

  /** Every variable with its value, by name. */
  get all(): [string, string][] {
    return [...this.values].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  get(name: string): string | undefined {
    return this.values.get(name);
  }

  isOn(name: string): boolean {
    return booleanOf(this.values.get(name) ?? '') ?? false;
  }

  /** What psql itself keeps, unasked. */
  keep(name: string, value: string): void {
    this.values.set(name, value);
  }

  /** @returns what is wrong with it, or what has to be said of it; `null` if nothing. */
  set(name: string, value: string): { refused: boolean; says: string } | null {
    if (!/^[\p{L}\p{N}_]+$/u.test(name))
      return { refused: true, says: `invalid variable name: "${name}"` };
    const special = Object.hasOwn(SPECIAL, name) ? SPECIAL[name] : undefined;
    if (special?.values === null) {
      const on = value === '' ? true : booleanOf(value);
      if (on === null)
        return {
          refused: true,
          says: `unrecognized value "${value}" for "${name}": Boolean expected`,
        };
      this.values.set(name, value === '' ? 'on' : value);
      return null;
    }
    if (special && !special.values.test(value))
      return { refused: true, says: `unrecognized value "${value}" for "${name}"` };
    this.values.set(name, value);
    return special
      ? {
          refused: false,
          says: `psql would look at ${name}. Here it is a variable like any other, and has no effect.`,
        }
      : null;
  }

  unset(name: string): boolean {
    return this.values.delete(name);
  }

  /** The variable whose colon stands at `at`: `:name`, `:'name'`, `:"name"`, `:{?name}`. */
  useAt(text: string, at: number): Use | null {
    const [whole, plain, value, identifier, tested] =
      /^:(?:([\p{L}\p{N}_\u0080-\u{10FFFF}]+)|'([\p{L}\p{N}_\u0080-\u{10FFFF}]+)'|"([\p{L}\p{N}_\u0080-\u{10FFFF}]+)"|\{\?([\p{L}\p{N}_\u0080-\u{10FFFF}]+)\})/u.exec(
        text.slice(at, at + 200),
      ) ?? [];
    if (whole === undefined || text[at - 1] === ':') return null;
    const length = whole.length;
    if (tested !== undefined) return { length, value: this.values.has(tested) ? 'TRUE' : 'FALSE' };
    const found = this.values.get((plain ?? value ?? identifier)!);
    if (found === undefined) return null;
    if (value !== undefined) return { length, value: literal(found) };
    if (identifier !== undefined) return { length, value: `"${found.replaceAll('"', '""')}"` };
    return { length, value: found };
  }

  /** @param script what the tokens of the statement are offsets in. */
  fillIn(statement: Statement, script: string): Interpolated {
    const pieces: { from: number; to: number; value: string }[] = [];
    let behind = 0;
    for (const token of statement.tokens) {
      if (token.kind !== 'symbol' || script[token.start] !== ':' || token.start < behind) continue;
      const use = this.useAt(script, token.start);
      if (!use) continue;
      const from = token.start - statement.start;
      pieces.push({ from, to: from + use.length, value: use.value });
      behind = token.start + use.length;
    }
    let text = '';
    let read = 0;
    for (const { from, to, value } of pieces) {
      text += statement.text.slice(read, from) + value;
      read = to;
    }
    text += statement.text.slice(read);
    return {
      text,
      written(offset) {
        let grown = 0;
        for (const { from, to, value } of pieces) {
          const start = from + grown;
          if (offset < start) break;
          if (offset < start + value.length) return from;
          grown += value.length - (to - from);
        }
        return offset - grown;
      },
    };
  }
}

/** A text as a constant of SQL, with the letter that a backslash asks for. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}
