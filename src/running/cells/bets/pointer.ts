/**
 * Where the truth of a bet is, in what the build executed. A pointer begins with the number of a statement:
 *
 * - `2`: the only value that it printed; `2/without`: a column of its only row; `2/3/name`, `2/last/name`: row and column.
 * - `2/every/name`: a whole column, top to bottom.
 * - `2/rows`, `2/nulls`: how many. `2/failed`: yes or no. `2/code`: of its error.
 * - `2/line 3`, `2/after total:`, `2/count _id:`, `2/has Index Scan`: in what it printed as text.
 * - `failed`: the numbers of all statements that failed, or none.
 */
import type { Output, TableOutput } from '../../../engines/engine.ts';
import { numberText } from './number.ts';

/** Nothing is where a pointer leads: what was wrong with it, as the rest of a sentence. */
export class NothingThere extends Error {
  override readonly name = 'NothingThere';
}

/**
 * @param outputs of the cell that it points into.
 * @returns one text, or several for a whole column.
 * @throws NothingThere
 */
export function valuesAt(pointer: string, outputs: readonly Output[]): string[] {
  const statements = statementsOf(outputs);
  if (pointer === 'failed') {
    const failed = [...statements]
      .filter(([, some]) => some.some(hasFailed))
      .map(([number]) => number);
    return [failed.length === 0 ? 'none' : failed.join(', ')];
  }
  const [, number, rest = ''] = /^(\d+)(?:\/(.+))?$/s.exec(pointer) ?? [];
  if (number === undefined)
    throw new NothingThere('begins with the number of a statement, as in 2/1/name');
  const some = statements.get(Number(number));
  if (!some) throw new NothingThere(`names statement ${number}, which printed nothing`);
  const value = valueIn(rest, some);
  return Array.isArray(value) ? value : [value];
}

/** What a pointer can lead to, for an author whose own leads nowhere. */
export function whatIsThere(outputs: readonly Output[]): string {
  const told = [...statementsOf(outputs)].map(([number, some]) => `${number}: ${describe(some)}`);
  return told.length === 0 ? 'nothing' : told.join('; ');
}

/** By their number in the script, from 1. */
function statementsOf(outputs: readonly Output[]): Map<number, Output[]> {
  const found = new Map<number, Output[]>();
  for (const output of outputs) {
    if (output.kind === 'limit') continue;
    const number = output.origin.statement + 1;
    found.set(number, [...(found.get(number) ?? []), output]);
  }
  return found;
}

function valueIn(rest: string, some: readonly Output[]): string | string[] {
  const [, word = '', text = ''] = /^(line|after|count|has) (.+)$/s.exec(rest) ?? [];
  switch (word) {
    case 'line':
      return lineOf(printed(some), text);
    case 'after':
      return afterIn(printed(some), text);
    case 'count':
      return String(printed(some).split(text).length - 1);
    case 'has':
      return yesOrNo(printed(some).includes(text));
  }
  if (rest === 'failed') return yesOrNo(some.some(hasFailed));
  if (rest === 'code') return codeOf(some);
  const tables = some.filter((output) => output.kind === 'table');
  const [table] = tables;
  if (rest === '') {
    if (!table) return printed(some).trim();
    if (table.rows.length !== 1 || table.columns.length !== 1)
      throw new NothingThere('does not say which of several values it means');
    return cellOf(table, '1', '1');
  }
  if (!table) throw new NothingThere(`asks for “${rest}” where no table is`);
  if (rest === 'rows') return String(table.rowCount);
  if (rest === 'nulls') return String(table.rows.flat().filter((value) => value === null).length);
  const slash = rest.indexOf('/');
  if (slash < 0) {
    if (table.rows.length !== 1)
      throw new NothingThere(`does not say which of ${table.rows.length} rows it means`);
    return cellOf(table, '1', rest);
  }
  const [row, column] = [rest.slice(0, slash), rest.slice(slash + 1)];
  if (row === 'every')
    return table.rows.map((_, index) => cellOf(table, String(index + 1), column));
  return cellOf(table, row, column);
}

function cellOf(table: TableOutput, row: string, column: string): string {
  const at = row === 'last' ? table.rows.length : Number(row);
  const values = table.rows[at - 1];
  if (!values) throw new NothingThere(`names row ${row}, and there are ${table.rows.length}`);
  const named = table.columns.filter(({ name }) => name === column);
  if (named.length > 1)
    throw new NothingThere(`names the column “${column}”, and several are called so`);
  const place = named[0] ? table.columns.indexOf(named[0]) : Number(column) - 1;
  const value = values[place];
  if (value === undefined)
    throw new NothingThere(`names the column “${column}”, which is not there`);
  return value ?? 'NULL';
}

function lineOf(text: string, number: string): string {
  const lines = text.split('\n');
  const line = lines[Number(number) - 1];
  if (line === undefined)
    throw new NothingThere(`names line ${number}, and there are ${lines.length}`);
  return line.trim();
}

/** The word or number that follows; in quotes, all between them. */
function afterIn(text: string, wanted: string): string {
  const [, words = wanted, which] = /^(.*?)(?: #(\d+))?$/s.exec(wanted) ?? [];
  const parts = text.split(words).slice(1);
  if (parts.length === 0) throw new NothingThere(`looks for “${words}”, which is not printed`);
  if (parts.length > 1 && which === undefined)
    throw new NothingThere(
      `looks for “${words}”, which is printed ${numberText(parts.length)} times. Write “after ${words} #1” for the first`,
    );
  const part = parts[Number(which ?? 1) - 1];
  if (part === undefined) throw new NothingThere(`looks for “${words}” number ${which}`);
  const [, single, double, bare] = /^\s*(?:'([^']*)'|"([^"]*)"|([^\s,;)\]}]+))/.exec(part) ?? [];
  const found = single ?? double ?? bare;
  if (found === undefined)
    throw new NothingThere(`looks for what stands behind “${words}”: nothing`);
  return found;
}

function codeOf(some: readonly Output[]): string {
  const error = some.find((output) => output.kind === 'error');
  if (!error) throw new NothingThere('asks for the code of an error, and there is none');
  return error.code || error.message;
}

const hasFailed = (output: Output): boolean =>
  output.kind === 'error' || (output.kind === 'transcript' && output.failed);

const yesOrNo = (yes: boolean): string => (yes ? 'yes' : 'no');

/** What stands in the page, as text. */
const printed = (some: readonly Output[]): string => some.map(textOf).join('\n');

function textOf(output: Output): string {
  switch (output.kind) {
    case 'table':
      return [
        output.columns.map(({ name }) => name).join(' | '),
        ...output.rows.map((row) => row.map((value) => value ?? 'NULL').join(' | ')),
      ].join('\n');
    case 'command':
      return output.tag;
    case 'plan':
      return output.lines.join('\n');
    case 'transcript':
      return output.reply;
    case 'text':
      return output.text;
    case 'limit':
      return output.message;
    case 'notice':
    case 'error':
      return [output.message, output.detail, output.hint].filter(Boolean).join('\n');
  }
}

function describe(some: readonly Output[]): string {
  const table = some.find((output) => output.kind === 'table');
  if (table) {
    const columns = table.columns.map(({ name }) => name).join(', ');
    return `${table.rowCount} ${table.rowCount === 1 ? 'row' : 'rows'} of ${columns}`;
  }
  const error = some.find((output) => output.kind === 'error');
  if (error) return `an error, code ${error.code || 'none'}`;
  const text = printed(some).replace(/\s+/g, ' ').trim();
  return `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`;
}
