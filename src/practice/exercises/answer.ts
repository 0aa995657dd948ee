/** The last thing that a script answers, in a form in which two answers can be compared. */
import type { Output, TableOutput } from '../../engines/engine.ts';
import { readPrinted } from './printed.ts';

export interface Answer {
  /** What an item is called. */
  noun: 'row' | 'document' | 'value' | 'line';
  /** One text for each, the same for equal items. */
  items: string[];
  /** Names of columns or fields, in the order in which they are printed; nothing for bare values. */
  fields: string[] | undefined;
  /** A part of the answer was left out: there are more items than these. */
  cut: boolean;
}

type Shown = Extract<Output, { kind: 'table' | 'text' | 'transcript' | 'plan' }>;

const shows = (output: Output): output is Shown =>
  ['table', 'text', 'transcript', 'plan'].includes(output.kind);

/** @returns nothing if the script shows nothing: `INSERT 0 3` is no answer. */
export function answerOf(outputs: readonly Output[]): Answer | undefined {
  const last = outputs.findLast(shows);
  switch (last?.kind) {
    case undefined:
      return undefined;
    case 'table':
      return tableAnswer(last);
    case 'plan':
      return { noun: 'line', items: last.lines, fields: undefined, cut: false };
    case 'transcript':
      return { noun: 'line', items: replyLines(last.reply), fields: undefined, cut: false };
    case 'text':
      return printedAnswer(last.text);
  }
}

function tableAnswer({ columns, rows, rowCount }: TableOutput): Answer {
  const items = rows.map((row) =>
    row
      .map((value, index) =>
        columns[index]!.numeric && value !== null ? plainNumber(value) : value,
      )
      .map((value) => value ?? 'NULL')
      .join(' | '),
  );
  return {
    noun: 'row',
    items,
    fields: columns.map(({ name }) => name),
    cut: rows.length < rowCount,
  };
}

/** `25.00` and `25` are the same price. */
const plainNumber = (value: string): string =>
  /^-?\d+\.\d+$/.test(value) ? value.replace(/\.?0+$/, '') : value;

/** redis-cli numbers the lines of an array: `1) "bob"`. */
function replyLines(reply: string): string[] {
  if (reply === '(empty array)') return [];
  return reply.split('\n').map((line) => line.replace(/^(\s*\d+\) )+/, ''));
}

function printedAnswer(text: string): Answer {
  const printed = readPrinted(text);
  const fields = printed[0]?.fields;
  return {
    noun: fields || printed.length === 0 ? 'document' : 'value',
    items: printed.map((one) => one.text),
    fields,
    cut: /\nType "it" for more$/.test(text.trim()),
  };
}
