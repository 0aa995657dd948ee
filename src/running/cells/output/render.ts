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
} from '../../../engines/engine.ts';
import { costOf } from '../../../engines/text-cost.ts';
import { brief, isLong, LONG_TEXT, textNodes, visible } from './text.ts';
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
  const parts = lines
    .map((line) =>
      line.kind === 'text'
        ? [h('span', { class: 'told' }, ...textNodes(line.text))]
        : transcript(line, clients.indexOf(line.client)),
    )
    .filter((part) => part.length > 0);
  return scroller(
    'Console',
    isLongSession(lines)
      ? // As one paragraph it would take a browser too long.
        h('pre', {}, ...parts.map((part) => h('span', { class: 'piece' }, ...part)))
      : h('pre', {}, ...parts.flatMap((part) => [...part, '\n']).slice(0, -1)),
  );
}

function isLongSession(lines: readonly SessionLine[]): boolean {
  let cost = 0;
  return lines.some((line) => {
    cost +=
      line.kind === 'text'
        ? costOf(line.text)
        : costOf(line.client) + costOf(line.prompt) + costOf(line.input) + costOf(line.reply);
    return cost > LONG_TEXT;
  });
}

/** The line as typed behind its prompt, and the reply below it. */
function transcript(line: TranscriptOutput, client: number): Node[] {
  const { prompt, input, reply, failed } = line;
  const alone = line.client === '';
  // Several clients: the name says who types, where one client sees the server's address.
  const name = (text: string): Element =>
    h(
      'span',
      { class: 'prompt', 'data-client': alone ? undefined : String(client % 4) },
      ...textNodes(text),
    );
  const arrival = alone ? [] : [name(`(${line.client})`)];
  const typed =
    prompt === ''
      ? arrival
      : [
          name(alone ? prompt : prompt.replace(/^[^[(>]*/, line.client)),
          h('kbd', {}, ...textNodes(input)),
        ];
  if (reply === '') return typed;
  const answer = failed ? [h('span', { class: 'failed' }, ...textNodes(reply))] : textNodes(reply);
  // A piece begins a line by itself.
  return typed.length === 0 ? answer : [...typed, ...(isLong(reply) ? [] : ['\n']), ...answer];
}

function label(origin: Origin, files: readonly ScriptFile[]): Element {
  const file = files.length > 1 ? `${files[origin.file]?.name ?? ''}, ` : '';
  return h('div', { class: 'out-origin' }, visible(`${file}line ${origin.line}`));
}

function renderOutput(output: Output, files: readonly ScriptFile[]): Node[] {
  switch (output.kind) {
    case 'table':
      return renderTable(output);
    case 'command':
      return [h('code', { class: 'out-tag' }, ...textNodes(output.tag))];
    case 'notice':
      return renderMessage(output);
    case 'error':
      return renderError(output, files);
    case 'plan':
      return [scroller('Query plan', h('pre', {}, ...textNodes(output.lines.join('\n'))))];
    case 'text':
      return [scroller('Printed text', h('pre', {}, ...textNodes(output.text)))];
    case 'transcript':
      return [terminal([output])];
    case 'limit':
      return [h('p', {}, ...textNodes(output.message))];
  }
}

/** A statement that wrote rows and returned some has something to add to their count. */
const WRITES = /^(INSERT|UPDATE|DELETE|MERGE)\b/;

function renderTable({ columns, rows, rowCount, tag }: TableOutput): Node[] {
  const head = columns.map(({ name, type, numeric }) =>
    h(
      'th',
      { scope: 'col', class: numeric ? 'num' : undefined },
      ...textNodes(name),
      h('small', {}, ...textNodes(type)),
    ),
  );
  const body = rows.map((row) =>
    h('tr', {}, ...row.map((value, index) => renderValue(value, columns[index]?.numeric ?? false))),
  );
  const table = h('table', {}, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...body));
  const count = `${formatCount(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}`;
  return [
    ...(columns.length > 0 ? [scroller(`Result: ${count}`, table)] : []),
    h('p', { class: 'out-count' }, WRITES.test(tag) ? `${count} · ${brief(tag)}` : count),
  ];
}

function renderValue(value: string | null, numeric: boolean): Element {
  const content = value === null ? [h('span', { class: 'null' }, 'NULL')] : textNodes(value);
  return h('td', { class: numeric ? 'num' : kindOf(value ?? '') }, ...content);
}

/** Characters from which on a value needs room, so that its row does not become a tower. */
const LONG = 60;

function kindOf(value: string): string | undefined {
  if (value.includes('\n')) return 'lines';
  return value.length >= LONG ? 'long' : undefined;
}

function renderMessage(message: NoticeOutput | ErrorOutput): Node[] {
  // mongosh names the code or says nothing of it: MongoServerError[BadValue], MongoServerError.
  const [severity, name] = brief(message.severity).split(/(?=\[)/);
  const named = name !== undefined;
  const numbered = 'code' in message && message.code !== '' && !severity!.startsWith('Mongo');
  const code = numbered ? ` ${brief(message.code)}` : '';
  return [
    h(
      'p',
      {},
      h('strong', {}, `${severity}${code}`, ...(named ? [h('wbr', {}), name] : [])),
      ...textNodes(`: ${message.message}`),
    ),
    ...(message.detail ? [renderDetail(message.detail)] : []),
    ...(message.hint ? [h('p', {}, h('b', {}, 'Hint: '), ...textNodes(message.hint))] : []),
  ];
}

/** A detail of several lines, such as a document, is laid out by its line breaks. */
const renderDetail = (detail: string): Element =>
  detail.includes('\n')
    ? scroller('Detail', h('pre', {}, ...textNodes(detail)))
    : h('p', {}, h('b', {}, 'Detail: '), ...textNodes(detail));

function renderError(error: ErrorOutput, files: readonly ScriptFile[]): Node[] {
  const [first, ...rest] = renderMessage(error);
  return [
    first!,
    ...pointer(error, files),
    ...rest,
    ...(error.context ? [h('p', {}, h('b', {}, 'Context: '), ...textNodes(error.context))] : []),
  ];
}

/** Of a long line, what stands before and behind the place. */
const AROUND = 120;

/** The line that the database points at, with a caret below the place. */
function pointer({ origin, position }: ErrorOutput, files: readonly ScriptFile[]): Node[] {
  const source = position && files[origin.file]?.code.split('\n')[position.line - 1];
  if (!position || source === undefined) return [];
  const at = Math.min(position.column - 1, source.length);
  const from = source.length > 2 * AROUND ? Math.max(0, at - AROUND) : 0;
  const to = Math.max(from + 2 * AROUND, at + AROUND);
  const prefix = `line ${position.line}: ${from > 0 ? '…' : ''}`;
  const before = visible(source.slice(from, Math.max(at, from)));
  const behind = visible(source.slice(Math.max(at, from), to));
  const rest = to < source.length ? '…' : '';
  return [
    scroller(
      'Place of the error',
      h(
        'pre',
        {},
        `${prefix}${before}${behind}${rest}\n${' '.repeat(prefix.length)}${before.replace(/[^\t]/g, ' ')}`,
        h('b', {}, '^'),
      ),
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
