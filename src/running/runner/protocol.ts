/**
 * What the page and a worker say to each other, and how the page reads it.
 *
 * A worker runs what readers write, so the page takes every message from one as hostile: its shape,
 * kind, size and count are checked and the values copied out, as text. One bad message ends the
 * session. The worker keeps to the same {@link Allowance}, so an honest one never trips it.
 */
import {
  type Column,
  type EngineName,
  type Limits,
  MOST_COLUMNS,
  type Origin,
  type Output,
  type RunSummary,
  type Script,
  type ScriptFile,
} from '../../engines/engine.ts';
import {
  fitting,
  HEADING_COST,
  LINE_COST,
  NULL_COST,
  OUTPUT_COST,
  VALUE_COST,
} from '../../engines/text-cost.ts';

/** What the page asks of a worker. One request at a time; `id` counts them. */
export type Request =
  | { type: 'reset'; id: number; dataset: ScriptFile | null }
  /** Is it at rest? What a program has left running does not let it answer. */
  | { type: 'rest'; id: number }
  /** Loads the parts that the script will need. */
  | { type: 'prepare'; id: number; script: Script }
  | { type: 'run'; id: number; script: Script; limits: Limits }
  | { type: 'converse'; id: number; question: string };

/** What the page hands to a worker that {@link Answer needs} a part: its content, or nothing if it did not come. */
export interface PartBrought {
  type: 'part';
  part: string;
  content: ArrayBuffer | null;
}

/** What a worker answers. The request it answers is named by `id`; 0 is the start of the engine. */
export type Answer =
  | { type: 'outputs'; id: number; outputs: Output[] }
  | { type: 'done'; id: number; summary: RunSummary }
  | { type: 'answered'; id: number; answer: string }
  /** It goes on when the page has brought a part of the engine: {@link PartBrought}. */
  | { type: 'needs'; id: number; part: string }
  /** The script begins again, since a part was missing: what it has printed so far counts for nothing. */
  | { type: 'again'; id: number }
  | { type: 'failed'; id: number; message: string };

/**
 * What the broker tells a new worker: the engine's files, each as it was fetched, so that the worker
 * uncompresses them while the wasm is still being compiled; then its start; then the compiled wasm.
 */
export type Supply =
  | { type: 'file'; name: string; content: ArrayBuffer }
  | {
      type: 'boot';
      /** To the page. */
      port: MessagePort;
      /** Names of the wasm files that follow. */
      modules: string[];
      /** What the database starts with, as it was fetched, if that has come. */
      image?: ArrayBuffer | undefined;
    }
  | { type: 'module'; name: string; module: WebAssembly.Module };

/** Files of an engine as the page hands them to the broker: a worker's program as text, the others as fetched. */
export type AssetKind = 'worker' | 'bytes' | 'image';

/** What the page tells the broker. A port to the page travels with `open` and with `wasm`. */
export type BrokerCommand =
  | { type: 'asset'; engine: EngineName; name: string; kind: AssetKind; bytes: ArrayBuffer }
  | { type: 'wasm'; engine: EngineName; name: string; gzip: boolean }
  | { type: 'open'; session: number; engine: EngineName; image: string | null }
  | { type: 'close'; session: number }
  /** Is it there? */
  | { type: 'beat' };

/** What comes over the port that a `wasm` command brought. */
export type WasmPiece =
  { type: 'piece'; piece: Uint8Array<ArrayBuffer> } | { type: 'end' } | { type: 'abort' };

/** What the broker answers over it, once. */
export interface WasmReport {
  compiled: boolean;
}

/** What the broker tells the page: it has come, it is there, or a worker died. */
export type BrokerReport =
  { type: 'ready' } | { type: 'beat' } | { type: 'died'; session: number; message: string };

/** What one request may still answer. {@link readAnswer} and the worker's caps draw from it. */
export interface Allowance {
  messages: number;
  outputs: number;
  /** Rows in one table: a bound, never drawn down. */
  rows: number;
  /** Drawn down by what texts, values and outputs cost to lay out: `engines/text-cost.ts`. */
  characters: number;
}

/**
 * What a run may send under these limits. It is a little roomier than they are, because the notes on
 * what was left out come on top of what an engine counts.
 */
export function allowanceFor(limits: Limits): Allowance {
  return {
    messages: 2 * limits.outputs + 20,
    outputs: limits.outputs + 20,
    rows: limits.rows,
    characters: limits.characters + 40_000,
  };
}

/** The answer to one question of a console: its text, in characters, is all that it may send. */
export const CONVERSATION: Readonly<Allowance> = {
  messages: 1,
  outputs: 0,
  rows: 0,
  characters: 1_000_000,
};

/** A worker said something that it must not. Its session has to end. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

function refuse(what: string): never {
  throw new ProtocolError(`the engine's worker sent ${what}`);
}

type Hostile = Record<string, unknown>;

function object(value: unknown): Hostile {
  if (typeof value !== 'object' || value === null) refuse('something other than a message');
  return value as Hostile;
}

function integer(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) refuse('a wrong number');
  return value as number;
}

function list<T>(value: unknown, most: number, read: (item: unknown) => T): T[] {
  if (!Array.isArray(value)) refuse('something other than a list');
  if (value.length > most) refuse('too long a list');
  // Not `map`: it skips the holes of a sparse list, which then stand for anything.
  return Array.from(value, read);
}

/** Reads one output, drawing what it costs from the allowance. */
function readOutput(data: unknown, allowance: Allowance): Output {
  if (--allowance.outputs < 0) refuse('too many outputs');
  const from = object(data);

  const spend = (cost: number, what = 'too much to show') => {
    allowance.characters -= cost;
    if (allowance.characters < 0) refuse(what);
  };
  const text = (value: unknown): string => {
    if (typeof value !== 'string') refuse('something other than text');
    const { end, cost } = fitting(value, allowance.characters);
    spend(end < value.length ? Infinity : cost, 'too much text');
    return value;
  };
  spend(OUTPUT_COST);
  const line = (value: unknown) => {
    spend(LINE_COST);
    return text(value);
  };
  /** The optional texts of these names, absent where they are absent. */
  const optional = <Name extends string>(...names: Name[]) =>
    Object.fromEntries(
      names.filter((name) => from[name] !== undefined).map((name) => [name, text(from[name])]),
    ) as Partial<Record<Name, string>>;

  const place = object(from.origin);
  const origin: Origin = {
    file: integer(place.file),
    line: integer(place.line),
    statement: integer(place.statement),
  };

  const kind = from.kind as Output['kind'];
  switch (kind) {
    case 'table': {
      const columns: Column[] = list(from.columns, MOST_COLUMNS, (item) => {
        const column = object(item);
        spend(HEADING_COST);
        return {
          name: text(column.name),
          type: text(column.type),
          numeric: column.numeric === true,
        };
      });
      const rows = list(from.rows, allowance.rows, (row) => {
        const values = list(row, columns.length, (value) => {
          spend(value === null ? NULL_COST : VALUE_COST);
          return value === null ? null : text(value);
        });
        if (values.length !== columns.length) refuse('a row that does not fit its columns');
        return values;
      });
      return { kind, origin, columns, rows, rowCount: integer(from.rowCount), tag: text(from.tag) };
    }
    case 'command':
      return { kind, origin, tag: text(from.tag) };
    case 'notice':
      return {
        kind,
        origin,
        severity: text(from.severity),
        message: text(from.message),
        ...optional('detail', 'hint'),
      };
    case 'error': {
      const at = from.position === undefined ? null : object(from.position);
      return {
        kind,
        origin,
        severity: text(from.severity),
        code: text(from.code),
        message: text(from.message),
        ...optional('detail', 'hint', 'context'),
        ...(at && { position: { line: integer(at.line), column: integer(at.column) } }),
      };
    }
    case 'plan':
      return { kind, origin, lines: list(from.lines, allowance.characters, line) };
    case 'text':
      return { kind, origin, text: text(from.text) };
    case 'transcript':
      return {
        kind,
        origin,
        client: text(from.client),
        prompt: text(from.prompt),
        input: text(from.input),
        reply: text(from.reply),
        failed: from.failed === true,
      };
    case 'limit':
      return { kind, origin, message: text(from.message) };
    default:
      kind satisfies never;
      return refuse('an output of an unknown kind');
  }
}

/** Longest message of a failure that is shown. */
const MOST_MESSAGE = 2000;

/** What a worker, or whatever ended it, says of a failure, as a page may say it on: short, and nothing unseen in it. */
export const sayable = (message: string): string =>
  message.slice(0, MOST_MESSAGE).replace(/(?!\n)\p{C}+/gu, '\ufffd');

/**
 * Reads what a worker sent. What comes back shares nothing with it: known fields alone, of the right
 * type, within the allowance, which is drawn down.
 *
 * @throws ProtocolError if anything about it is wrong.
 */
export function readAnswer(data: unknown, allowance: Allowance): Answer {
  if (--allowance.messages < 0) refuse('too many messages');
  const from = object(data);
  const id = integer(from.id);
  const kind = from.type as Answer['type'];
  switch (kind) {
    case 'outputs':
      if (Array.isArray(from.outputs) && from.outputs.length > allowance.outputs)
        refuse('too many outputs');
      return {
        type: kind,
        id,
        outputs: list(from.outputs, allowance.outputs, (item) => readOutput(item, allowance)),
      };
    case 'done': {
      const summary = object(from.summary);
      const { milliseconds } = summary;
      if (typeof milliseconds !== 'number' || !(milliseconds >= 0 && milliseconds < Infinity)) {
        refuse('a wrong time');
      }
      return {
        type: kind,
        id,
        summary: {
          milliseconds,
          statements: integer(summary.statements),
          errors: integer(summary.errors),
        },
      };
    }
    case 'answered':
      if (typeof from.answer !== 'string') refuse('something other than text');
      allowance.characters -= from.answer.length;
      if (allowance.characters < 0) refuse('too much text');
      return { type: kind, id, answer: from.answer };
    case 'needs':
      if (typeof from.part !== 'string') refuse('something other than text');
      return { type: kind, id, part: from.part };
    case 'again':
      return { type: kind, id };
    case 'failed':
      if (typeof from.message !== 'string') refuse('something other than text');
      return { type: kind, id, message: sayable(from.message) };
    default:
      kind satisfies never;
      return refuse('a message of an unknown kind');
  }
}
