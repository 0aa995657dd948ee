/**
 * How a cell's outputs look: the one renderer, used by the build for the page and by the browser
 * after a run.
 */
import type {
  ErrorOutput,
  NoticeOutput,
  Origin,
  Output,
  ScriptFile,
  TableOutput,
  TranscriptOutput,
} from '../../engines/engine.ts';
import { h, type Element, type Node } from './tree.ts';

/**
 * @param files the script that ran: errors point into it, and outputs say which line they answer
 * when there is more than one statement.
 */
export function renderOutputs(outputs: readonly Output[], files: readonly ScriptFile[]): Element[] {
  const statements = new Set(outputs.map(({ origin }) => origin.statement));
  let last = -1;
  return outputs.map((output) => {
    const labelled = statements.size > 1 && output.origin.statement !== last;
    last = output.origin.statement;
    return h(
      'div',
      { class: `out out-${output.kind}` },
      labelled ? label(output.origin, files) : undefined,
      ...renderOutput(output, files),
    );
  });
}

function label(origin: Origin, files: readonly ScriptFile[]): Element {
  const file = files.length > 1 ? `${files[origin.file]?.name ?? ''}, ` : '';
  return h('div', { class: 'out-origin' }, `${file}line ${origin.line}`);
}

function renderOutput(output: Output, files: readonly ScriptFile[]): Node[] {
  switch (output.kind) {
    case 'table':
      return renderTable(output);
    case 'command':
      return [h('code', { class: 'out-tag' }, output.tag)];
    case 'notice':
      return renderMessage(output);
    case 'error':
      return renderError(output, files);
    case 'plan':
      return [scroller('Query plan', h('pre', {}, output.lines.join('\n')))];
    case 'text':
      return [scroller('Printed text', h('pre', {}, output.text))];
    case 'transcript':
      return [scroller('Console', h('pre', {}, transcript(output)))];
    case 'limit':
      return [h('p', {}, output.message)];
  }
}

/** The line as typed behind its prompt, and the reply below it. */
function transcript({ client, prompt, input, reply }: TranscriptOutput): string {
  const typed = prompt === '' ? [] : [prompt + input];
  return [client && `[${client}]`, ...typed, reply].filter((line) => line !== '').join('\n');
}

/** A statement that wrote rows and returned some has something to add to their count. */
const WRITES = /^(INSERT|UPDATE|DELETE|MERGE)\b/;

function renderTable({ columns, rows, rowCount, tag }: TableOutput): Node[] {
  const head = columns.map(({ name, type, numeric }) =>
    h('th', { scope: 'col', class: numeric ? 'num' : undefined }, name, h('small', {}, type)),
  );
  const body = rows.map((row) =>
    h('tr', {}, ...row.map((value, index) => renderValue(value, columns[index]?.numeric ?? false))),
  );
  const table = h('table', {}, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...body));
  const count = `${formatCount(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}`;
  return [
    ...(columns.length > 0 ? [scroller(`Result: ${count}`, table)] : []),
    h('p', { class: 'out-count' }, WRITES.test(tag) ? `${count} · ${tag}` : count),
  ];
}

function renderValue(value: string | null, numeric: boolean): Element {
  const content = value ?? h('span', { class: 'null' }, 'NULL');
  const kind = numeric ? 'num' : value?.includes('\n') ? 'lines' : undefined;
  return h('td', { class: kind }, content);
}

function renderMessage(message: NoticeOutput | ErrorOutput): Node[] {
  const code = 'code' in message && message.code !== '' ? ` ${message.code}` : '';
  return [
    h('p', {}, h('strong', {}, `${message.severity}${code}`), `: ${message.message}`),
    ...(message.detail ? [h('p', {}, h('b', {}, 'Detail: '), message.detail)] : []),
    ...(message.hint ? [h('p', {}, h('b', {}, 'Hint: '), message.hint)] : []),
  ];
}

function renderError(error: ErrorOutput, files: readonly ScriptFile[]): Node[] {
  const [first, ...rest] = renderMessage(error);
  return [
    first!,
    ...pointer(error, files),
    ...rest,
    ...(error.context ? [h('p', {}, h('b', {}, 'Context: '), error.context)] : []),
  ];
}

/** The line that the database points at, with a caret below the place. */
function pointer({ origin, position }: ErrorOutput, files: readonly ScriptFile[]): Node[] {
  const source = position && files[origin.file]?.code.split('\n')[position.line - 1];
  if (!position || source === undefined) return [];
  const prefix = `line ${position.line}: `;
  const before = source.slice(0, position.column - 1).replace(/[^\t]/g, ' ');
  return [
    scroller(
      'Place of the error',
      h('pre', {}, `${prefix}${source}\n${' '.repeat(prefix.length)}${before}`, h('b', {}, '^')),
    ),
  ];
}

/** Wide content scrolls by itself, and can be scrolled by keyboard. */
function scroller(name: string, content: Element): Element {
  return h(
    'div',
    { class: 'out-scroll', role: 'group', 'aria-label': name, tabindex: '0' },
    content,
  );
}

const formatCount = (count: number): string => count.toLocaleString('en-US');
