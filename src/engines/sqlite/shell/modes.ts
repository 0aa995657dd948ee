/**
 * Results as the sqlite3 program prints them, once a reader has asked for one of its modes.
 *
 * Source: https://sqlite.org/cli.html, "Changing Output Formats"
 */
import { widthOf } from '../../sql/text-width.ts';
import type { StorageClass } from '../connection.ts';
import type { Mode, ShellSettings } from './settings.ts';

export interface Value {
  storage: StorageClass;
  /** As text; of a BLOB its bytes, two digits each. */
  text: string;
}

/** What a value is in a mode, before it has its place among others. */
export function shown(value: Value, { mode, nullValue }: ShellSettings): string {
  const { storage, text } = value;
  switch (mode) {
    case 'json':
      return jsonOf(value);
    case 'quote':
    case 'insert':
      return storage === 'BLOB' ? `X'${text.toLowerCase()}'` : literalOf(value);
    case 'tcl':
      return `"${storage === 'NULL' ? nullValue : cString(text)}"`;
    case 'csv':
      return storage === 'NULL' ? nullValue : text;
    default:
      return storage === 'NULL' ? nullValue : plain(value);
  }
}

/** A value as SQL. */
export function literalOf({ storage, text }: Value): string {
  switch (storage) {
    case 'NULL':
      return 'NULL';
    case 'TEXT':
      return `'${text.replaceAll("'", "''")}'`;
    case 'BLOB':
      return `X'${text}'`;
    default:
      return text;
  }
}

const plain = ({ storage, text }: Value): string => (storage === 'BLOB' ? bytesAsText(text) : text);

const bytesAsText = (digits: string): string => {
  const bytes = new Uint8Array((digits.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
  const text = new TextDecoder().decode(bytes);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
};

function jsonOf(value: Value): string {
  const { storage, text } = value;
  if (storage === 'NULL') return 'null';
  if (storage === 'INTEGER') return text;
  if (storage === 'REAL') return text === 'Inf' ? '1e999' : text === '-Inf' ? '-1e999' : text;
  return JSON.stringify(plain(value));
}

const cString = (text: string): string =>
  text
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r');

/**
 * @param rows of {@link shown} values.
 * @returns what is printed, without the end of the last line.
 */
export function printRows(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  settings: ShellSettings & { mode: Mode },
): string {
  const { mode, headers, columnSeparator, rowSeparator, table } = settings;
  const lines = (all: readonly (readonly string[])[]): string =>
    all.map((row) => row.join(columnSeparator) + rowSeparator).join('');
  const head = headers && rows.length > 0 ? [names] : [];
  switch (mode) {
    case 'box':
    case 'column':
    case 'markdown':
    case 'table':
      return rows.length === 0 ? '' : inColumns(names, rows, settings);
    case 'csv':
      return withoutEnd(
        lines([...head, ...rows].map((row) => row.map((value) => csvOf(value, columnSeparator)))),
      );
    case 'html':
      return [
        ...head.map((row) => htmlRow(row, 'TH')),
        ...rows.map((row) => htmlRow(row, 'TD')),
      ].join('\n');
    case 'insert': {
      const into = headers
        ? `${quoteName(table, true)}(${names.map((name) => quoteName(name)).join(',')})`
        : quoteName(table, true);
      return rows.map((row) => `INSERT INTO ${into} VALUES(${row.join(',')});`).join('\n');
    }
    case 'json':
      return rows.length === 0
        ? ''
        : `[${rows
            .map(
              (row) =>
                `{${row.map((value, index) => `${JSON.stringify(names[index])}:${value}`).join(',')}}`,
            )
            .join(',\n')}]`;
    case 'line': {
      const width = Math.max(5, ...names.map(widthOf));
      return rows
        .map((row) =>
          row
            .map(
              (value, index) =>
                `${' '.repeat(width - widthOf(names[index]!))}${names[index]} = ${value}`,
            )
            .join('\n'),
        )
        .join('\n\n');
    }
    case 'quote':
      return withoutEnd(
        lines([
          ...head.map((row) => row.map((name) => `'${name.replaceAll("'", "''")}'`)),
          ...rows,
        ]),
      );
    case 'tcl':
      return withoutEnd(
        lines([...head.map((row) => row.map((name) => `"${cString(name)}"`)), ...rows]),
      );
    default:
      return withoutEnd(lines([...head, ...rows]));
  }
}

const withoutEnd = (text: string): string => text.replace(/\r?\n$/, '');

/** sqlite3 quotes whatever is more than letters, digits and a few signs. */
const csvOf = (value: string, separator: string): string =>
  value === '' || /[^!#-&(-~]/.test(value) || value.includes(separator)
    ? `"${value.replaceAll('"', '""')}"`
    : value;

const htmlRow = (row: readonly string[], tag: string): string =>
  `<TR>${row
    .map(
      (value) =>
        `<${tag}>${value.replace(/[<>&"']/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&#39;' })[sign]!)}</${tag}>`,
    )
    .join('\n')}\n</TR>`;

/** @param always also where the name is plain, if it is a keyword: `"table"`. */
export const quoteName = (name: string, always = false): string =>
  /^[A-Za-z_]\w*$/.test(name) && !(always && /^table$/i.test(name))
    ? name
    : `"${name.replaceAll('"', '""')}"`;

interface Frame {
  /** Left, between, right; lines above, below the head, at the end: left, fill, crossing, right. */
  sides: readonly [string, string, string];
  rules: readonly (readonly [string, string, string, string] | null)[];
  centered: boolean;
}

const FRAMES: Readonly<Record<'box' | 'column' | 'markdown' | 'table', Frame>> = {
  box: {
    sides: ['│ ', ' │ ', ' │'],
    rules: [
      ['┌─', '─', '─┬─', '─┐'],
      ['├─', '─', '─┼─', '─┤'],
      ['└─', '─', '─┴─', '─┘'],
    ],
    centered: true,
  },
  column: { sides: ['', '  ', ''], rules: [null, ['', '-', '  ', ''], null], centered: false },
  markdown: {
    sides: ['| ', ' | ', ' |'],
    rules: [null, ['|-', '-', '-|-', '-|'], null],
    centered: true,
  },
  table: {
    sides: ['| ', ' | ', ' |'],
    rules: [
      ['+-', '-', '-+-', '-+'],
      ['+-', '-', '-+-', '-+'],
      ['+-', '-', '-+-', '-+'],
    ],
    centered: true,
  },
};

function inColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  { mode, headers, widths, wrap }: ShellSettings & { mode: Mode },
): string {
  const { sides, rules, centered } = FRAMES[mode as keyof typeof FRAMES];
  const hasHead = headers || mode !== 'column';
  const wanted = names.map((_, index) => widths[index] ?? 0);
  const broken = (text: string, index: number): string[] => {
    const most = Math.abs(wanted[index]!) || wrap;
    return text.split('\n').flatMap((line) => pieces(line, most));
  };
  const head = names.map(broken);
  const body = rows.map((row) => row.map(broken));
  // A heading that is not printed has its width all the same.
  const all = [head, ...body];
  const actual = names.map((_, index) =>
    Math.max(Math.abs(wanted[index]!), ...all.flatMap((row) => row[index]!.map(widthOf))),
  );
  const line = (cells: readonly string[][], isHead: boolean): string[] => {
    const height = Math.max(1, ...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) => {
      const padded = cells.map((lines, index) => {
        const text = lines[at] ?? '';
        const space = actual[index]! - widthOf(text);
        const left = isHead && centered ? Math.floor(space / 2) : wanted[index]! < 0 ? space : 0;
        return `${' '.repeat(left)}${text}${' '.repeat(space - left)}`;
      });
      return `${sides[0]}${padded.join(sides[1])}${sides[2]}`;
    });
  };
  const rule = (at: number): string[] => {
    const signs = rules[at];
    if (!signs) return [];
    const [left, fill, crossing, right] = signs;
    return [`${left}${actual.map((width) => fill.repeat(width)).join(crossing)}${right}`];
  };
  const hasLines = body.some((row) => row.some(({ length }) => length > 1));
  const between = hasLines && mode !== 'markdown' ? (mode === 'column' ? [''] : rule(1)) : [];
  return [
    ...rule(0),
    ...(hasHead ? [...line(head, true), ...rule(1)] : []),
    ...body.flatMap((row, index) => [...(index > 0 ? between : []), ...line(row, false)]),
    ...rule(2),
  ].join('\n');
}

function pieces(line: string, most: number): string[] {
  const characters = [...line];
  if (characters.length <= most) return [line];
  return Array.from({ length: Math.ceil(characters.length / most) }, (_, index) =>
    characters.slice(index * most, (index + 1) * most).join(''),
  );
}
