/** The answers of an SQL cell, from the outputs that the build got. */
import type { Dialect } from '../../../engines/sql/lexer.ts';
import type { Output, ScriptFile, TableOutput } from '../../../engines/engine.ts';
import { splitStatements, type Statement } from '../../../engines/sql/statements.ts';
import { NotComparable, type Answer, type Plain, type PlainRecord } from './answer.ts';

/**
 * @param files the script that was run: whether a query sorts is read from it.
 * @throws NotComparable for a result of which a part was left out.
 */
export function sqlAnswers(
  dialect: Dialect,
  outputs: readonly Output[],
  files: readonly ScriptFile[],
): Answer[] {
  const statements = files.flatMap(({ code }) =>
    splitStatements(code, dialect).map((statement) => ({ statement, code })),
  );
  return outputs.flatMap((output): Answer[] => {
    switch (output.kind) {
      case 'table': {
        const at = statements[output.origin.statement];
        return [found(output, at !== undefined && sorts(at.statement, at.code))];
      }
      case 'command': {
        const count = writtenBy(output.tag);
        return count === undefined ? [] : [{ kind: 'written', count }];
      }
      case 'error':
        return [{ kind: 'refused' }];
      case 'limit':
        throw new NotComparable(output.message);
      default:
        return [];
    }
  });
}

function found({ columns, rows, rowCount }: TableOutput, sorted: boolean): Answer {
  if (rows.length < rowCount)
    throw new NotComparable(`the result has ${rowCount} rows, and only ${rows.length} are kept`);
  const items = rows.map((row) => {
    const record: PlainRecord = {};
    for (const [index, { name, type, numeric }] of columns.entries())
      record[name] = plainOf(row[index] ?? null, type, numeric);
    return record;
  });
  return { kind: 'found', items, sorted };
}

/** `INSERT 0 3`, `UPDATE 2`; SQLite's `3 rows changed`. What changes no rows has no count. */
function writtenBy(tag: string): number | undefined {
  const count =
    /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/.exec(tag)?.[1] ??
    /^(\d+) rows? changed$/.exec(tag)?.[1];
  return count === undefined ? undefined : Number(count);
}

/** Whether the statement itself has an ORDER BY: one in parentheses sorts something else. */
function sorts({ tokens }: Statement, code: string): boolean {
  let depth = 0;
  let previous = '';
  for (const { start, end } of tokens) {
    const word = code.slice(start, end).toUpperCase();
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    if (depth === 0 && previous === 'ORDER' && word === 'BY') return true;
    previous = word;
  }
  return false;
}

function plainOf(text: string | null, type: string, numeric: boolean): Plain {
  if (text === null) return null;
  if (type.endsWith('[]')) return arrayOf(text, type.slice(0, -2));
  if (numeric || /^(numeric|decimal)/.test(type)) return Number(text);
  if (type === 'boolean') return text === 't' || text === 'true';
  if (type === 'json' || type === 'jsonb') return JSON.parse(text) as Plain;
  if (type.startsWith('timestamp')) return instant(text);
  return text;
}

/** `2025-01-15 10:30:00+00` as an ISO text of UTC; a timestamp without a zone is taken for UTC. */
function instant(text: string): string {
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  const date = new Date(/[+-]\d\d:\d\d$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

const NUMBERS = /^(smallint|integer|bigint|real|double precision|numeric|decimal)/;

/** PostgreSQL's text of a one-dimensional array: `{wifi,"usb c",NULL}`. */
function arrayOf(text: string, type: string): Plain[] {
  const items: Plain[] = [];
  for (const [, quoted, bare] of text.slice(1, -1).matchAll(/(?:"((?:[^"\\]|\\.)*)"|([^,]+))/g)) {
    const value = quoted === undefined ? bare! : quoted.replace(/\\(.)/g, '$1');
    const isNull = quoted === undefined && value === 'NULL';
    items.push(isNull ? null : plainOf(value, type, NUMBERS.test(type)));
  }
  return items;
}
