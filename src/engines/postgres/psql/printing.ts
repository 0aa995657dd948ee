/**
 * Results as psql prints them where a reader has asked for another look than the page's tables.
 *
 * Source: https://www.postgresql.org/docs/18/app-psql.html, `\pset`
 */
import { widthOf } from '../../sql/text-width.ts';
import type { PrintSettings } from './print-settings.ts';

/** A result to be printed. */
export interface Printed {
  columns: readonly { name: string; numeric: boolean }[];
  rows: readonly (readonly (string | null)[])[];
  /** How many rows there were: more than {@link rows} if some were left out. */
  rowCount: number;
}

/** @returns lines, without the empty one that psql puts below. */
export function printResult(result: Printed, settings: PrintSettings): string {
  const rows = result.rows.map((row) => row.map((value) => value ?? settings.null));
  const print = settings.expanded === 'on' ? EXPANDED : NORMAL;
  return print[settings.format](result, rows, settings).join('\n');
}

type Printer = (
  result: Printed,
  rows: readonly (readonly string[])[],
  settings: PrintSettings,
) => string[];

const NORMAL: Readonly<Record<PrintSettings['format'], Printer>> = {
  aligned,
  unaligned(result, rows, { fieldsep, tuplesOnly, footer, title }) {
    return [
      ...(title !== '' && !tuplesOnly ? [title] : []),
      ...(tuplesOnly ? [] : [result.columns.map(({ name }) => name).join(fieldsep)]),
      ...rows.map((row) => row.join(fieldsep)),
      ...(tuplesOnly || !footer ? [] : [rowsLine(result.rowCount)]),
    ];
  },
  csv(result, rows, { csvFieldsep, tuplesOnly }) {
    const line = (values: readonly string[]): string =>
      values.map((value) => csvValue(value, csvFieldsep)).join(csvFieldsep);
    return [
      ...(tuplesOnly ? [] : [line(result.columns.map(({ name }) => name))]),
      ...rows.map(line),
    ];
  },
};

const EXPANDED: typeof NORMAL = {
  aligned: alignedRecords,
  unaligned(result, rows, { fieldsep, tuplesOnly, title }) {
    const records = rows.map((row) =>
      row.map((value, index) => `${result.columns[index]!.name}${fieldsep}${value}`).join('\n'),
    );
    return [
      ...(title !== '' && !tuplesOnly ? [title] : []),
      ...records.flatMap((record, index) => (index === 0 ? [record] : ['', record])),
    ];
  },
  csv(result, rows, { csvFieldsep }) {
    return rows.flatMap((row) =>
      row.map(
        (value, index) =>
          `${csvValue(result.columns[index]!.name, csvFieldsep)}${csvFieldsep}${csvValue(value, csvFieldsep)}`,
      ),
    );
  },
};

const rowsLine = (count: number): string => `(${count} row${count === 1 ? '' : 's'})`;

const csvValue = (value: string, separator: string): string =>
  value.includes(separator) || /["\r\n]/.test(value) || value === '\\.'
    ? `"${value.replaceAll('"', '""')}"`
    : value;

/** What of a value would end its line or its column, made visible as psql does. */
const visible = (value: string): string[] =>
  value
    .replace(/\r(?!\n)/g, '\\r')
    .split('\n')
    .map((line) => {
      let shown = '';
      for (const character of line) {
        if (character === '\t') shown += ' '.repeat(8 - (widthOf(shown) % 8));
        else if (character === '\r') shown += '\\r';
        else if (/[\u0000-\u001f\u007f]/.test(character))
          shown += `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
        else shown += character;
      }
      return shown;
    });

interface Cell {
  lines: string[];
  numeric: boolean;
}

function aligned(
  { columns, rowCount }: Printed,
  rows: readonly (readonly string[])[],
  { border, tuplesOnly, footer, title }: PrintSettings,
): string[] {
  const counted = tuplesOnly || !footer ? [] : [rowsLine(rowCount)];
  if (columns.length === 0) return ['--', ...counted];
  const head = columns.map(({ name }): Cell => ({ lines: visible(name), numeric: false }));
  const body = rows.map((row) =>
    row.map((value, index): Cell => ({ lines: visible(value), numeric: columns[index]!.numeric })),
  );
  const widths = columns.map((_, index) =>
    Math.max(
      0,
      ...[...(tuplesOnly ? [] : [head]), ...body].flatMap((cells) =>
        cells[index]!.lines.map(widthOf),
      ),
    ),
  );
  const between = ['', '|', '|'][border]!;
  const line = (cells: readonly Cell[], isHead: boolean): string[] => {
    const height = Math.max(1, ...cells.map(({ lines }) => lines.length));
    return Array.from({ length: height }, (_, at) => {
      const pieces = cells.map(({ lines, numeric }, index) => {
        const text = lines[at] ?? '';
        const space = widths[index]! - widthOf(text);
        const isLast = index === cells.length - 1;
        const goesOn = at < lines.length - 1;
        const left = isHead ? Math.floor(space / 2) : numeric ? space : 0;
        // The last column has no space behind it, but in a heading or where a rule follows.
        const filled = isHead || !isLast || border === 2 || goesOn;
        const right = filled ? space - left : 0;
        const mark = goesOn ? '+' : filled && (border > 0 || !isLast || isHead) ? ' ' : '';
        return `${border > 0 ? ' ' : ''}${' '.repeat(left)}${text}${' '.repeat(right)}${mark}`;
      });
      const whole = pieces.join(between);
      return border === 2 ? `|${whole}|` : whole;
    });
  };
  const rule = widths.map((width) => '-'.repeat(width + (border > 0 ? 2 : 0)));
  const ruled = border === 2 ? `+${rule.join('+')}+` : rule.join(border === 1 ? '+' : ' ');
  const total = widthOf(ruled);
  return [
    ...(title !== '' && !tuplesOnly
      ? [`${' '.repeat(Math.max(0, Math.floor((total - widthOf(title)) / 2)))}${title}`]
      : []),
    ...(tuplesOnly ? [] : [...(border === 2 ? [ruled] : []), ...line(head, true), ruled]),
    ...body.flatMap((cells) => line(cells, false)),
    ...(border === 2 ? [ruled] : []),
    ...counted,
  ];
}

function alignedRecords(
  { columns }: Printed,
  rows: readonly (readonly string[])[],
  { border, tuplesOnly, footer, title }: PrintSettings,
): string[] {
  if (rows.length === 0) return tuplesOnly || !footer ? [] : ['(0 rows)'];
  const names = columns.map(({ name }) => visible(name));
  const values = rows.map((row) => row.map(visible));
  const hasLines = [...names, ...values.flat()].some((lines) => lines.length > 1);
  const nameWidth = Math.max(0, ...names.flat().map(widthOf));
  const valueWidth = Math.max(0, ...values.flat(2).map(widthOf));
  const ruleOf = (record: number): string => {
    const hrule = border > 0 ? '-' : ' ';
    let line = border === 2 ? '+-' : border === 1 ? '-' : '';
    const label = record === 0 ? '' : border === 0 ? `* Record ${record}` : `[ RECORD ${record} ]`;
    line += label;
    let length = label.length + (border !== 2 ? 1 : 0);
    // A mark of lines that go on takes a column of its own.
    const head = nameWidth + (hasLines && border === 0 ? 1 : 0);
    if (record === 0) length = border !== 2 ? 1 : 0;
    line += hrule.repeat(Math.max(0, head - length));
    length = Math.max(0, length) - head;
    if (border > 0) {
      for (const mark of ['-', '+', '-']) if (length-- <= 0) line += mark;
    } else if (length-- <= 0) line += ' ';
    line += hrule.repeat(Math.max(0, valueWidth - Math.max(0, length)));
    if (border === 2) line += '-+';
    return border === 0 ? line.trimEnd() : line;
  };
  const lines = title !== '' && !tuplesOnly ? [title] : [];
  values.forEach((row, record) => {
    if (!tuplesOnly) lines.push(ruleOf(record + 1));
    else if (record > 0 || border === 2) lines.push(ruleOf(0));
    row.forEach((value, index) => {
      const name = names[index]!;
      for (let at = 0; at < Math.max(name.length, value.length); at += 1) {
        const label = name[at] ?? '';
        const text = value[at] ?? '';
        const padded = label + ' '.repeat(nameWidth - widthOf(label));
        const more = at < value.length - 1;
        const filled = border === 2 || more ? ' '.repeat(valueWidth - widthOf(text)) : '';
        const mark = more ? '+' : border === 2 ? ' ' : '';
        const nameMark = at < name.length - 1 ? '+' : ' ';
        if (border === 0) lines.push(`${padded}${nameMark}${text}${filled}${mark}`.trimEnd());
        else if (border === 1) lines.push(`${padded}${nameMark}| ${text}${filled}${mark}`);
        else lines.push(`| ${padded}${nameMark}| ${text}${filled}${mark}|`);
      }
    });
  });
  if (border === 2) lines.push(ruleOf(0));
  return lines;
}
