/**
 * Prints values as mongosh does: Node's `util.inspect` with its line breaking and its grouping of
 * arrays (breakLength 80, compact 3), BSON values by mongosh's names. The rules are those of Node's
 * documentation of `util.inspect`; the tests compare with Node's own output.
 */
import { formatBson } from './inspect-bson.ts';
import { quote } from './quote.ts';

export interface InspectOptions {
  /** Levels that are shown; below them `[Object]`. mongosh: 6, without limit for explain plans. */
  depth: number;
  maxArrayLength: number;
  /** So many levels of nesting share a line; 0: each member has a line of its own. Default 3. */
  compact?: number;
}

/** What mongosh prints results with. */
export const DEFAULT_INSPECT: InspectOptions = { depth: 6, maxArrayLength: 100 };
export const FULL_INSPECT: InspectOptions = { depth: Infinity, maxArrayLength: Infinity };

const BREAK_LENGTH = 80;
const COMPACT = 3;
const MAX_STRING = 10_000;

interface State extends InspectOptions {
  compact: number;
  indentation: number;
  /** The level of the object that was laid out last: three levels of nesting share a line. */
  current: number;
  seen: object[];
  circular: Map<object, number>;
}

/** A value as text. */
export function inspect(value: unknown, options: InspectOptions = DEFAULT_INSPECT): string {
  const state: State = {
    compact: COMPACT,
    ...options,
    indentation: 0,
    current: 0,
    seen: [],
    circular: new Map(),
  };
  return format(value, 0, state);
}

function format(value: unknown, level: number, state: State): string {
  if (typeof value === 'string') return formatString(value, state);
  if (typeof value === 'function') return formatObject(value, level, state);
  if (typeof value !== 'object' || value === null) return formatPrimitive(value);
  const bson = formatBson(value as { _bsontype?: unknown }, inspect);
  if (bson !== null) return bson;
  if (state.seen.includes(value)) {
    if (!state.circular.has(value)) state.circular.set(value, state.circular.size + 1);
    return `[Circular *${String(state.circular.get(value))}]`;
  }
  return formatObject(value, level, state);
}

function formatPrimitive(value: unknown): string {
  if (typeof value === 'bigint') return `${String(value)}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

function formatString(value: string, state: State): string {
  const text = value.length > MAX_STRING ? value.slice(0, MAX_STRING) : value;
  const left = value.length - text.length;
  const more = left > 0 ? `... ${String(left)} more character${left > 1 ? 's' : ''}` : '';
  if (text.length > 16 && text.length > BREAK_LENGTH - state.indentation - 4) {
    const lines = text.split(/(?<=\n)/).map(quote);
    return lines.join(` +\n${' '.repeat(state.indentation + 2)}`) + more;
  }
  return quote(text) + more;
}

/** Kinds by their tag: values of another realm are instances of none of our classes. */
function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function constructorName(value: object): string | null {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return null;
  const { constructor } = prototype as { constructor?: { name?: string } };
  return constructor?.name ?? '';
}

/** Values that are objects: `new Number(5)`. */
const BOXED = ['Number', 'String', 'Boolean', 'BigInt', 'Symbol'];

interface Frame {
  braces: [string, string];
  base: string;
  entries: string[];
  isArray: boolean;
}

function formatObject(value: object, level: number, state: State): string {
  const tag = tagOf(value);
  const frame: Frame = { braces: ['{', '}'], base: '', entries: [], isArray: false };
  const name = constructorName(value);
  const keys = visibleKeys(value);
  if (Array.isArray(value)) {
    frame.isArray = true;
    frame.braces = [
      name === 'Array' || name === null ? '[' : `${name}(${String(value.length)}) [`,
      ']',
    ];
    if (value.length === 0 && keys.length === 0) return `${frame.braces[0]}]`;
  } else if (typeof value === 'function') {
    frame.base = functionBase(value as (...args: unknown[]) => unknown);
    if (keys.length === 0) return frame.base;
  } else if (tag === 'Date') {
    const time = (value as Date).getTime();
    frame.base = Number.isNaN(time) ? 'Invalid Date' : `ISODate('${new Date(time).toISOString()}')`;
    if (keys.length === 0) return frame.base;
  } else if (tag === 'RegExp') {
    frame.base = RegExp.prototype.toString.call(value);
    if (keys.length === 0) return frame.base;
  } else if (tag === 'Error') {
    const { name: errorName, message } = value as Error;
    frame.base = `${keys.length ? '' : '['}${errorName}${message ? `: ${message}` : ''}${keys.length ? '' : ']'}`;
    if (keys.length === 0) return frame.base;
  } else if (BOXED.includes(tag)) {
    const inner = (value as { valueOf(): unknown }).valueOf();
    frame.base = `[${tag}: ${typeof inner === 'string' ? quote(inner) : formatPrimitive(inner)}]`;
    if (typeof inner === 'string' || keys.length === 0) return frame.base;
  } else if (ArrayBuffer.isView(value) && 'length' in value) {
    frame.isArray = true;
    frame.braces = [`${tag}(${String(value.length)}) [`, ']'];
    if (value.length === 0) return `${frame.braces[0]}]`;
  } else if (tag === 'ArrayBuffer') {
    frame.braces = ['ArrayBuffer {', '}'];
  } else if (tag === 'Map' || tag === 'Set') {
    frame.braces = [`${tag}(${String((value as Map<unknown, unknown>).size)}) {`, '}'];
    if ((value as Map<unknown, unknown>).size === 0 && keys.length === 0)
      return `${frame.braces[0]}}`;
  } else {
    const prefix =
      name === null
        ? '[Object: null prototype] '
        : name === 'Object' || name === ''
          ? ''
          : `${name} `;
    frame.braces = [`${prefix}{`, '}'];
    if (keys.length === 0) return `${prefix}{}`;
  }
  if (level > state.depth)
    return `[${Array.isArray(value) ? 'Array' : (name ?? 'Object: null prototype')}]`;
  state.seen.push(value);
  state.current = level;
  frame.entries = [
    ...elements(value, tag, level, state),
    ...keys.map((key) => property(value, key, level, state)),
  ];
  state.seen.pop();
  const reference = state.circular.get(value);
  if (reference !== undefined) {
    const mark = `<ref *${String(reference)}>`;
    if (frame.base) frame.base = `${mark} ${frame.base}`;
    else frame.braces[0] = `${mark} ${frame.braces[0]}`;
  }
  return layOut(frame, value, level, state);
}

function functionBase(value: (...args: unknown[]) => unknown): string {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith('class')) {
    const parent: unknown = Object.getPrototypeOf(value);
    const parentName = typeof parent === 'function' ? parent.name : '';
    return `[class ${value.name || '(anonymous)'}${parentName ? ` extends ${parentName}` : ''}]`;
  }
  const kind = tagOf(value);
  return `[${kind}${value.name ? `: ${value.name}` : ' (anonymous)'}]`;
}

function visibleKeys(value: object): (string | symbol)[] {
  const keys: (string | symbol)[] = Object.keys(value);
  const listed = Array.isArray(value) || ArrayBuffer.isView(value);
  const names = listed ? keys.filter((key) => !/^\d+$/.test(String(key))) : keys;
  const symbols = Object.getOwnPropertySymbols(value).filter((symbol) =>
    Object.prototype.propertyIsEnumerable.call(value, symbol),
  );
  return [...names, ...symbols];
}

function indented(state: State, by: number, run: () => string): string {
  state.indentation += by;
  const text = run();
  state.indentation -= by;
  return text;
}

function elements(value: object, tag: string, level: number, state: State): string[] {
  if (Array.isArray(value)) return arrayElements(value, level, state);
  if (ArrayBuffer.isView(value) && 'length' in value)
    return arrayElements(Array.from(value as unknown as ArrayLike<unknown>), level, state);
  if (tag === 'ArrayBuffer') return bufferEntries(value as ArrayBuffer);
  if (tag === 'Map') {
    return [...(value as Map<unknown, unknown>)].map(([key, item]) =>
      indented(
        state,
        2,
        () => `${format(key, level + 1, state)} => ${format(item, level + 1, state)}`,
      ),
    );
  }
  if (tag === 'Set') {
    return [...(value as Set<unknown>)].map((item) =>
      indented(state, 2, () => format(item, level + 1, state)),
    );
  }
  return [];
}

/** The first bytes of a buffer, and how many there are. */
function bufferEntries(buffer: ArrayBuffer): string[] {
  const bytes = Array.from(new Uint8Array(buffer).subarray(0, 50), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  const more = buffer.byteLength - bytes.length;
  const rest = more > 0 ? ` ... ${String(more)} more byte${more > 1 ? 's' : ''}` : '';
  return [
    `[Uint8Contents]: <${bytes.join(' ')}${rest}>`,
    `byteLength: ${String(buffer.byteLength)}`,
  ];
}

function arrayElements(value: readonly unknown[], level: number, state: State): string[] {
  const entries: string[] = [];
  for (let i = 0; i < value.length; i += 1) {
    if (entries.length >= state.maxArrayLength) {
      const left = value.length - i;
      entries.push(`... ${String(left)} more item${left > 1 ? 's' : ''}`);
      break;
    }
    if (!Object.hasOwn(value, i)) {
      let holes = 1;
      while (i + holes < value.length && !Object.hasOwn(value, i + holes)) holes += 1;
      entries.push(`<${String(holes)} empty item${holes > 1 ? 's' : ''}>`);
      i += holes - 1;
      continue;
    }
    entries.push(indented(state, 2, () => format(value[i], level + 1, state)));
  }
  return entries;
}

function property(value: object, key: string | symbol, level: number, state: State): string {
  const { get, set, value: item } = Object.getOwnPropertyDescriptor(value, key) ?? {};
  const label =
    typeof key === 'symbol'
      ? `[${String(key)}]`
      : /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key)
        ? key
        : quote(key);
  if (get) return `${label}: [Getter${set ? '/Setter' : ''}]`;
  if (set) return `${label}: [Setter]`;
  return `${label}: ${indented(state, 2, () => format(item as unknown, level + 1, state))}`;
}

/** On one line if there is room and little nesting, otherwise a line for each entry. */
function layOut(
  { braces, base, entries, isArray }: Frame,
  value: object,
  level: number,
  state: State,
): string {
  const start = base ? `${base} ` : '';
  let lines = entries;
  if (isArray && entries.length > 6 && state.compact > 0)
    lines = grouped(entries, value as unknown[], state);
  if (state.current - level < state.compact && lines === entries) {
    const length = entries.length + state.indentation + braces[0].length + base.length + 10;
    if (fits(entries, length, base)) {
      const joined = entries.join(', ');
      if (!joined.includes('\n')) return `${start}${braces[0]} ${joined} ${braces[1]}`;
    }
  }
  const margin = `\n${' '.repeat(state.indentation)}`;
  return `${start}${braces[0]}${margin}  ${lines.join(`,${margin}  `)}${margin}${braces[1]}`;
}

function fits(entries: readonly string[], start: number, base: string): boolean {
  const total = entries.reduce((sum, entry) => sum + entry.length, entries.length + start);
  return total <= BREAK_LENGTH && !base.includes('\n');
}

/** Arrays of many short entries are set in columns. */
function grouped(entries: string[], value: readonly unknown[], state: State): string[] {
  const cut = state.maxArrayLength < entries.length;
  const count = cut ? entries.length - 1 : entries.length;
  const lengths = entries.slice(0, count).map((entry) => entry.length);
  const longest = Math.max(...lengths);
  const total = lengths.reduce((sum, length) => sum + length + 2, 0);
  const widest = longest + 2;
  if (widest * 3 + state.indentation >= BREAK_LENGTH || !(total / widest > 5 || longest <= 6))
    return entries;
  const bias = Math.sqrt(widest - total / entries.length);
  const biased = Math.max(widest - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((BREAK_LENGTH - state.indentation) / widest),
    state.compact * 4,
    15,
  );
  if (columns <= 1) return entries;
  const widths = Array.from({ length: columns }, (_, column) => {
    let width = 0;
    for (let i = column; i < count; i += columns) width = Math.max(width, lengths[i]!);
    return width + 2;
  });
  const right = value.every((item) => typeof item === 'number' || typeof item === 'bigint');
  const rows: string[] = [];
  for (let i = 0; i < count; i += columns) {
    const row = entries.slice(i, Math.min(i + columns, count));
    const cells = row.map((entry, column) => {
      const last = column === row.length - 1;
      const width = widths[column]!;
      if (last) return right ? entry.padStart(width - 2) : entry;
      return right ? `${entry}, `.padStart(width) : `${entry}, `.padEnd(width);
    });
    rows.push(cells.join(''));
  }
  if (cut) rows.push(entries[count]!);
  return rows;
}
