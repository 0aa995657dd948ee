/**
 * The sqlite3 program's own commands: those that are answered here, and for the others a word on why not.
 *
 * Source: https://sqlite.org/cli.html
 */
import type { Connection } from '../connection.ts';
import { OTHERS, OVERVIEW } from './elsewhere.ts';
import { dumpLines, indexNames, inColumns, schemaStatements, tableNames } from './schema.ts';
import { modeOf, MODES, setMode, type ShellSettings } from './settings.ts';

/** What a command came to. */
export interface Answer {
  /** Printed as it stands; nothing: nothing is. */
  text?: string;
  /** What is wrong. */
  error?: string;
  hint?: string;
  /** Nothing below it runs. */
  ends?: boolean;
}

type Command = (args: readonly string[], settings: ShellSettings, connection: Connection) => Answer;

/** @param line `.schema users`. */
export function runCommand(line: string, settings: ShellSettings, connection: Connection): Answer {
  const [word = '', ...args] = argumentsOf(line.slice(1));
  // A command may be shortened as long as it is clear what is meant.
  const name =
    ORDER.find((known) => known === word) ??
    ORDER.find((known) => word !== '' && known.startsWith(word));
  const command = name === undefined ? undefined : COMMANDS[name];
  if (command) return command(args, settings, connection);
  if (name !== undefined) {
    return {
      error: `.${name} is a command of the sqlite3 program; it is not available here`,
      hint: OTHERS[name]!,
    };
  }
  return {
    error: `unknown command or invalid arguments:  "${word}". Enter ".help" for help`,
  };
}

/** Words, of which `'…'` and `"…"` keep their spaces together; a backslash counts in the latter. */
function argumentsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'?|"((?:[^"\\]|\\.)*)"?|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? (double === undefined ? bare! : unescaped(double)),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b' };

const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{1,3}|.)/g, (_, code: string) =>
    /^[0-7]+$/.test(code) ? String.fromCharCode(parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );

function booleanOf(word: string): { on: boolean; remark: string } {
  if (/^(on|yes)$/i.test(word)) return { on: true, remark: '' };
  if (/^(off|no)$/i.test(word)) return { on: false, remark: '' };
  if (/^-?\d+$/.test(word)) return { on: Number(word) !== 0, remark: '' };
  return { on: false, remark: `ERROR: Not a boolean value: "${word}". Assuming "no".` };
}

type Flag = 'headers' | 'changes' | 'plans' | 'timer' | 'bail';

const flag =
  (name: Flag, usage: string): Command =>
  ([word, ...rest], settings) => {
    if (word === undefined || rest.length > 0) return { error: `Usage: ${usage}` };
    const { on, remark } = booleanOf(word);
    settings[name] = on;
    return remark === '' ? {} : { error: remark };
  };

const list = (names: readonly string[]): Answer =>
  names.length === 0 ? {} : { text: inColumns(names) };

const quit: Command = () => ({
  text: 'Here is nothing to leave; what stands below it did not run.',
  ends: true,
});

const indexes: Command = ([table], _, connection) => list(indexNames(connection, table));

const schema: Command = (args, _, connection) => {
  const patterns = args.filter((arg) => !/^-/.test(arg));
  if (patterns.length > 1) return { error: 'Usage: .schema ?--indent? ?--nosys? ?LIKE-PATTERN?' };
  const found = schemaStatements(
    connection,
    patterns[0],
    !args.some((arg) => /^--?nosys$/.test(arg)),
  );
  return found.length === 0 ? {} : { text: found.join('\n') };
};

const quoted = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`;

const COMMANDS: Readonly<Record<string, Command>> = {
  bail: flag('bail', '.bail on|off'),
  changes: flag('changes', '.changes on|off'),
  databases: (_args, _settings, connection) => ({
    text: connection
      .query('PRAGMA database_list')
      .map(([, name]) => `${name}: "" r/w`)
      .join('\n'),
  }),
  dump: ([pattern], _, connection) => ({ text: [...dumpLines(connection, pattern)].join('\n') }),
  echo: ([word]) =>
    word !== undefined && booleanOf(word).on
      ? { text: 'Nothing is echoed here: what runs stands above its answers.' }
      : {},
  eqp: flag('plans', '.eqp off|on|trace|trigger|full'),
  exit: quit,
  explain: () => ({ text: 'EXPLAIN is a table here, as every result.' }),
  fullschema: (_args, _settings, connection) => ({
    text: [
      ...schemaStatements(connection, undefined, false),
      '/* No STAT tables available */',
    ].join('\n'),
  }),
  headers(args, settings, connection) {
    const answer = flag('headers', '.headers on|off')(args, settings, connection);
    settings.headersSet ||= answer.error === undefined;
    return settings.mode === null && !settings.headers && answer.error === undefined
      ? { text: 'Tables here keep their headings; a mode, as .mode list, goes without.' }
      : answer;
  },
  help: () => ({ text: OVERVIEW }),
  indexes,
  indices: indexes,
  mode: setModeBy,
  nullvalue([value, ...rest], settings) {
    if (value === undefined || rest.length > 0) return { error: 'Usage: .nullvalue STRING' };
    settings.nullValue = value;
    return {};
  },
  print: (args) => ({ text: args.join(' ') }),
  quit,
  schema,
  separator([column, row], settings) {
    if (column === undefined) return { error: 'Usage: .separator COL ?ROW?' };
    settings.columnSeparator = column;
    if (row !== undefined) settings.rowSeparator = row;
    return {};
  },
  show(_args, settings) {
    const { plans, headers, mode, nullValue, columnSeparator, rowSeparator, widths } = settings;
    const rows = [
      ['eqp', plans ? 'on' : 'off'],
      ['headers', headers ? 'on' : 'off'],
      ['mode', mode ?? 'the page’s tables'],
      ['nullvalue', quoted(nullValue)],
      ['colseparator', quoted(columnSeparator)],
      ['rowseparator', quoted(rowSeparator)],
      ['width', widths.join(' ')],
    ];
    return {
      text: rows.map(([name, value]) => `${name!.padStart(12)}: ${value}`.trimEnd()).join('\n'),
    };
  },
  tables: ([pattern], _, connection) => list(tableNames(connection, pattern)),
  timer: flag('timer', '.timer on|off'),
  version: (_args, _settings, connection) => ({
    text: `SQLite ${connection.query('SELECT sqlite_version()')[0]![0]}`,
  }),
  width(args, settings) {
    settings.widths = args.map((word) => Number.parseInt(word, 10) || 0);
    return {};
  },
};

/** In the order in which a shortened name is looked for. */
const ORDER = [...new Set([...Object.keys(COMMANDS), ...Object.keys(OTHERS)])].sort();

function setModeBy(args: readonly string[], settings: ShellSettings): Answer {
  const options: string[] = [];
  let name: string | undefined;
  let table: string | undefined;
  let wrap = 60;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    if (/^--?(wrap|ww|wordwrap|quote|noquote)$/.test(arg)) {
      options.push(arg);
      if (/wrap$/.test(arg) && !/word/.test(arg))
        wrap = Number.parseInt(args[(at += 1)] ?? '', 10) || 1e9;
      else if (/wordwrap$/.test(arg)) at += 1;
    } else if (arg.startsWith('-')) return { error: `unknown option: ${arg}` };
    else if (name === undefined) name = arg;
    else if (table === undefined) table = arg;
    else return { error: `extra argument: "${arg}"` };
  }
  if (name === undefined) {
    return {
      text: `current output mode: ${settings.mode ?? 'the page’s tables (list in sqlite3)'}`,
    };
  }
  const mode = name === 'qbox' ? 'box' : modeOf(name);
  if (mode === undefined)
    return {
      error: `mode should be one of: ${MODES.join(' ').replace('quote', 'qbox quote')}`,
    };
  setMode(settings, mode);
  settings.wrap = wrap;
  if (mode === 'insert') settings.table = table ?? 'table';
  return name === 'qbox' || options.some((option) => /quote|ww|wordwrap/.test(option))
    ? { text: `Mode ${mode}. Quoting and wrapping between words are not available here.` }
    : {};
}
