/**
 * The id of a stream's entry: milliseconds and a sequence number, both unsigned 64-bit integers. Each is a
 * `number` where that is exact, else a `bigint`: JavaScript compares the two kinds with each other exactly.
 */
import type { Bytes } from '../core/bytes.ts';
import { narrow, parseInteger, type Integer } from '../core/numbers.ts';
import { err } from '../core/reply.ts';

export interface StreamId {
  readonly ms: Integer;
  readonly seq: Integer;
}

const HIGHEST = 18446744073709551615n;
export const FIRST_ID: StreamId = { ms: 0, seq: 0 };
export const LAST_ID: StreamId = { ms: HIGHEST, seq: HIGHEST };

const INVALID = err('Invalid stream ID specified as stream command argument');

export const compareIds = (a: StreamId, b: StreamId): number =>
  a.ms !== b.ms ? (a.ms < b.ms ? -1 : 1) : a.seq === b.seq ? 0 : a.seq < b.seq ? -1 : 1;
export const isZero = (id: StreamId): boolean => id.ms === 0 && id.seq === 0;
export const idText = (id: StreamId): Bytes => `${id.ms}-${id.seq}`;

const successor = (n: Integer): Integer =>
  typeof n === 'number' && n < Number.MAX_SAFE_INTEGER ? n + 1 : narrow(BigInt(n) + 1n);
const predecessor = (n: Integer): Integer => (typeof n === 'number' ? n - 1 : narrow(n - 1n));

/** The next id, or `undefined` after the last one. */
export function nextId(id: StreamId): StreamId | undefined {
  if (id.seq !== HIGHEST) return { ms: id.ms, seq: successor(id.seq) };
  return id.ms === HIGHEST ? undefined : { ms: successor(id.ms), seq: 0 };
}
/** The id before, or `undefined` before the first one. */
export function previousId(id: StreamId): StreamId | undefined {
  if (id.seq !== 0) return { ms: id.ms, seq: predecessor(id.seq) };
  return id.ms === 0 ? undefined : { ms: predecessor(id.ms), seq: HIGHEST };
}

/** C's `strtoull` over the whole text, after the canonical spelling was tried: `+7`, `007`, ` 7` pass. */
function unsigned(text: string): Integer | undefined {
  const plain = parseInteger(text);
  if (plain !== undefined) return plain < 0 ? undefined : plain;
  const match = /^[ \t\n\v\f\r]*([+-]?)(\d+)$/.exec(text);
  if (!match) return undefined;
  const n = BigInt(match[2]!);
  if (n > HIGHEST) return undefined;
  return narrow(match[1] === '-' ? BigInt.asUintN(64, -n) : n);
}

/**
 * `ms`, `ms-seq`; `-` and `+` for the ends.
 *
 * @param missing the sequence number where only milliseconds are given.
 * @param strict refuses `-` and `+`.
 * @throws ReplyError where it is none.
 */
export function parseId(word: Bytes, missing: Integer = 0, strict = true): StreamId {
  const end = word.indexOf('\0');
  const text = end < 0 ? word : word.slice(0, end);
  if (word.length > 127) throw INVALID;
  if (text === '-' || text === '+') {
    if (strict) throw INVALID;
    return text === '-' ? FIRST_ID : LAST_ID;
  }
  const dash = text.indexOf('-');
  const ms = unsigned(dash < 0 ? text : text.slice(0, dash));
  const seq = dash < 0 ? missing : unsigned(text.slice(dash + 1));
  if (ms === undefined || seq === undefined) throw INVALID;
  return { ms, seq };
}

/** XADD's `ms-*`: the milliseconds, or `undefined` for any other form. */
export function millisecondsOnly(word: Bytes): Integer | undefined {
  if (!word.endsWith('-*') || word.indexOf('-') !== word.length - 2) return undefined;
  return parseId(word.slice(0, -2)).ms;
}

/** The start of an interval; `(id` leaves the id out. */
export function intervalStart(word: Bytes): StreamId {
  if (word.length < 2 || word[0] !== '(') return parseId(word, 0, false);
  const id = nextId(parseId(word.slice(1)));
  if (!id) throw err('invalid start ID for the interval');
  return id;
}
/** The end of an interval. */
export function intervalEnd(word: Bytes): StreamId {
  if (word.length < 2 || word[0] !== '(') return parseId(word, HIGHEST, false);
  const id = previousId(parseId(word.slice(1), HIGHEST));
  if (!id) throw err('invalid end ID for the interval');
  return id;
}
