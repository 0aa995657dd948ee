/**
 * A line of psql's own, as far as splitting a script needs it: where a backslash command ends, and what
 * its name makes of the statement that it stands behind.
 *
 * Source: https://www.postgresql.org/docs/18/app-psql.html, "Meta-Commands"
 */

/** What takes the rest of the line, quotes and further backslashes included. */
const WHOLE_LINE = /^\\(?:!|copy|h|help|ef|ev|sf|sv)(?![\p{L}\p{N}_])/u;

/** What sends the statement in front of it, as its semicolon would. */
const SENDS = /^\\(?:g|gx|gset|gexec|gdesc|watch|crosstabview)(?![\p{L}\p{N}_+])/u;

const CONDITIONAL = /^\\(?:if|elif|else|endif)(?![\p{L}\p{N}_])/u;

const DISCARDS = /^\\(?:r|reset)(?![\p{L}\p{N}_])/u;

const COPIES_IN = /^\\copy\b.*\bfrom\s+p?stdin\b/is;

export interface PsqlLine {
  /** `\d users`, without the spaces behind it. */
  text: string;
  /** Offset of what follows it: the end of the line, or the next command on it. */
  end: number;
  role: 'sends' | 'discards' | 'conditional' | 'copies in' | 'other';
}

/** The command whose backslash stands at `start`. */
export function psqlLineAt(script: string, start: number): PsqlLine {
  const found = script.slice(start).search(/[\n\r]/);
  const lineEnd = found < 0 ? script.length : start + found;
  const line = script.slice(start, lineEnd);
  const stop = WHOLE_LINE.test(line) ? line.length : endOfArguments(line);
  const text = line.slice(0, stop).trimEnd();
  // Two backslashes only part the command from SQL on the same line.
  const end = start + (line.startsWith('\\\\', stop) ? stop + 2 : stop);
  return { text, end, role: roleOf(text) };
}

function roleOf(text: string): PsqlLine['role'] {
  if (SENDS.test(text)) return 'sends';
  if (DISCARDS.test(text)) return 'discards';
  if (CONDITIONAL.test(text)) return 'conditional';
  return COPIES_IN.test(text) ? 'copies in' : 'other';
}

/** The next backslash that is not quoted, or the end of the line. */
function endOfArguments(line: string): number {
  let quote = '';
  for (let at = 1; at < line.length; at += 1) {
    const character = line[at]!;
    if (quote === '') {
      if (character === '\\') {
        // `\\` itself is the first two characters of nothing.
        if (at > 1) return at;
      } else if (/['"`]/.test(character)) quote = character;
    } else if (character === '\\' && quote === "'") at += 1;
    else if (character === quote) quote = '';
  }
  return line.length;
}
