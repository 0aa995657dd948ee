/**
 * The page's door: what comes from the worker is hostile until every field of it was looked at. What
 * comes out shares nothing with it, is of the right types and no larger than what a page can draw.
 */
import {
  LONGEST_ECHO,
  LONGEST_SUGGESTION,
  LONGEST_TEXT,
  MOST_CHARACTERS,
  MOST_CLIENTS,
  MOST_ENTRIES,
  MOST_ROWS,
  MOST_SUGGESTIONS,
} from '../../../engines/redis/console/limits.ts';
import {
  FATES,
  MODE_NAMES,
  type Answer,
  type Assistance,
  type CrashReport,
  type ServerState,
} from '../../../engines/redis/console/messages.ts';

/** A word or two: a prompt, a type, what is missing. */
const SHORT = 200;
/** A sentence or two. */
const SENTENCE = 1000;
/** The ends of names and values that were cut, and which database. */
const CELL = LONGEST_TEXT + 50;
/** Later than this is no date. */
const LAST_DAY = 8.64e15;

const KINDS = ['echo', 'reply', 'error', 'note', 'clear'] as const;
const TYPES = ['string', 'list', 'hash', 'set', 'zset'] as const;
const CRASHES = ['process', 'power'] as const;
const SOURCES = ['aof', 'rdb', 'nothing'] as const;

/** The worker said something that it must not. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

function refuse(what: string): never {
  throw new AnswerError(`it sent ${what}`);
}

type Hostile = Record<string, unknown>;

function object(value: unknown): Hostile {
  if (typeof value !== 'object' || value === null) refuse('something other than an object');
  return value as Hostile;
}

function text(value: unknown, longest: number): string {
  if (typeof value !== 'string') refuse('something other than text');
  if (value.length > longest) refuse('too long a text');
  return value;
}

function number(value: unknown, most = Number.MAX_VALUE): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= most)) refuse('a wrong number');
  return value;
}

function integer(value: unknown): number {
  if (!Number.isSafeInteger(value)) refuse('a wrong number');
  return number(value);
}

function oneOf<Name extends string>(value: unknown, names: readonly Name[]): Name {
  return names.find((name) => name === value) ?? refuse('a word that nobody knows');
}

function list<T>(value: unknown, most: number, read: (item: unknown) => T): T[] {
  if (!Array.isArray(value)) refuse('something other than a list');
  if (value.length > most) refuse('too long a list');
  return Array.from(value, read);
}

const orNull = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value === null ? null : read(value);

/** @throws AnswerError if anything about it is wrong. */
export function readAnswer(json: string): Answer {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    refuse('something other than JSON');
  }
  const from = object(data);
  return {
    entries: list(from.entries, MOST_CLIENTS * MOST_ENTRIES, (item) => {
      const entry = object(item);
      return {
        client: integer(entry.client),
        kind: oneOf(entry.kind, KINDS),
        text: text(entry.text, MOST_CHARACTERS + LONGEST_ECHO),
        prompt: text(entry.prompt, SHORT),
        rest: text(entry.rest, SHORT),
      };
    }),
    state: orNull(from.state, readState),
    ran: integer(from.ran),
    report: orNull(from.report, readReport),
    assistance: orNull(from.assistance, readAssistance),
  };
}

function readState(value: unknown): ServerState {
  const from = object(value);
  return {
    now: number(from.now, LAST_DAY),
    next: orNull(from.next, (next) => number(next)),
    clients: list(from.clients, MOST_CLIENTS, (item) => {
      const client = object(item);
      return {
        number: integer(client.number),
        prompt: text(client.prompt, SHORT),
        waiting: client.waiting === true,
        interruptible: client.interruptible === true,
      };
    }),
    keys: list(from.keys, MOST_ROWS, (item) => {
      const row = object(item);
      return {
        name: text(row.name, CELL),
        type: oneOf(row.type, TYPES),
        encoding: text(row.encoding, SHORT),
        ttl: orNull(row.ttl, (ttl) => number(ttl)),
        value: text(row.value, CELL),
      };
    }),
    keyCount: integer(from.keyCount),
    mode: orNull(from.mode, (mode) => oneOf(mode, MODE_NAMES)),
  };
}

function readReport(value: unknown): CrashReport {
  const from = object(value);
  return {
    kind: oneOf(from.kind, CRASHES),
    source: oneOf(from.source, SOURCES),
    summary: text(from.summary, SENTENCE),
    rows: list(from.rows, MOST_ROWS, (item) => {
      const row = object(item);
      return {
        name: text(row.name, CELL),
        fate: oneOf(row.fate, FATES),
        before: orNull(row.before, (before) => text(before, CELL)),
        after: orNull(row.after, (after) => text(after, CELL)),
      };
    }),
    count: integer(from.count),
  };
}

function readAssistance(value: unknown): Assistance {
  const from = object(value);
  return {
    completion: orNull(from.completion, (found) => {
      const completion = object(found);
      return {
        from: integer(completion.from),
        suggestions: list(completion.suggestions, MOST_SUGGESTIONS, (item) => {
          const suggestion = object(item);
          return {
            text: text(suggestion.text, LONGEST_SUGGESTION + 1),
            label: text(suggestion.label, LONGEST_SUGGESTION),
            detail: text(suggestion.detail, SHORT),
          };
        }),
      };
    }),
    hint: orNull(from.hint, (found) => {
      const hint = object(found);
      return { syntax: text(hint.syntax, SENTENCE), summary: text(hint.summary, SENTENCE) };
    }),
  };
}
