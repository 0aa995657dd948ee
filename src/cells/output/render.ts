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
  TextOutput,
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
  return sessions(outputs).map((output) => {
    if (Array.isArray(output)) return h('div', { class: 'out out-transcript' }, terminal(output));
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

type SessionLine = TranscriptOutput | TextOutput;

/** Lines of a console that follow each other are one session; the rest stands alone. */
function sessions(outputs: readonly Output[]): (Output | SessionLine[])[] {
  if (!outputs.some(({ kind }) => kind === 'transcript')) return [...outputs];
  const found: (Output | SessionLine[])[] = [];
  for (const output of outputs) {
    const previous = found.at(-1);
    if (output.kind !== 'transcript' && output.kind !== 'text') found.push(output);
    else if (Array.isArray(previous)) previous.push(output);
    else found.push([output]);
  }
  return found;
}

/** A console as it looks after the session: prompts, what was typed, replies. */
function terminal(lines: readonly SessionLine[]): Element {
  const clients = [
    ...new Set(lines.flatMap((line) => (line.kind === 'transcript' ? [line.client] : []))),
  ];
  const parts = lines.flatMap((line) =>
    line.kind === 'text'
      ? [h('span', { class: 'told' }, line.text), '\n']
      : transcript(line, clients.indexOf(line.client)),
  );
  return scroller('Console', h('pre', {}, ...parts.slice(0, -1)));
}

/** The line as typed behind its prompt, and the reply below it. */
function transcript(line: TranscriptOutput, client: number): Node[] {
  const { prompt, input, reply, failed } = line;
  const alone = line.client === '';
  // Several clients: the name says who types, where one client sees the server's address.
  const name = (text: string): Element =>
    h('span', { class: 'prompt', 'data-client': alone ? undefined : String(client % 4) }, text);
  const arrival = alone ? [] : [name(`(${line.client})`), '\n'];
  const typed =
    prompt === ''
      ? arrival
      : [name(alone ? prompt : prompt.replace(/^[^[(>]*/, line.client)), h('kbd', {}, input), '\n'];
  if (reply === '') return typed;
  return [...typed, failed ? h('span', { class: 'failed' }, reply) : reply, '\n'];
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
      return [terminal([output])];
    case 'limit':
      return [h('p', {}, output.message)];
  }
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
  return h('td', { class: numeric ? 'num' : kindOf(value ?? '') }, content);
}

/** Characters from which on a value needs room, so that its row does not become a tower. */
const LONG = 60;

function kindOf(value: string): string | undefined {
  if (value.includes('\n')) return 'lines';
  return value.length >= LONG ? 'long' : undefined;
}

function renderMessage(message: NoticeOutput | ErrorOutput): Node[] {
  // mongosh names the code instead of numbering it: MongoServerError[BadValue].
  const [severity, name] = message.severity.split(/(?=\[)/);
  const named = name !== undefined;
  const code = 'code' in message && message.code !== '' && !named ? ` ${message.code}` : '';
  return [
    h(
      'p',
      {},
      h('strong', {}, `${severity}${code}`, ...(named ? [h('wbr', {}), name] : [])),
      `: ${message.message}`,
    ),
    ...(message.detail ? [renderDetail(message.detail)] : []),
    ...(message.hint ? [h('p', {}, h('b', {}, 'Hint: '), message.hint)] : []),
  ];
}

/** A detail of several lines, such as a document, is laid out by its line breaks. */
const renderDetail = (detail: string): Element =>
  detail.includes('\n')
    ? scroller('Detail', h('pre', {}, detail))
    : h('p', {}, h('b', {}, 'Detail: '), detail);

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

/** With commas. `toLocaleString` would load the browser's languages first: 40 ms for a count of rows. */
const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
