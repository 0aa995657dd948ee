/** Replies as redis-cli prints them on a terminal (`--no-raw`). */
import { formatDouble } from '../core/numbers.ts';
import { quote } from '../core/quote.ts';
import {
  BigNumberReply,
  DoubleReply,
  MapReply,
  PushReply,
  ReplyError,
  SetReply,
  Status,
  VerbatimReply,
  type Reply,
} from '../core/reply.ts';
import { toText } from '../core/bytes.ts';

/** How much may be printed, and what did not fit. Several replies may share one. */
export class Room {
  #lines: number;
  #characters: number;
  #missing = 0;
  #cut = false;

  constructor(lines = Infinity, characters = Infinity) {
    this.#lines = lines;
    this.#characters = characters;
  }

  get characters(): number {
    return this.#characters;
  }

  /** Counts a reply that comes when there is no room left. @returns whether that is so. */
  refuses(reply: Reply): boolean {
    if (this.#lines > 0) return false;
    this.#missing += lineCount(reply);
    return true;
  }

  /** @returns what of a text fits, ended by a newline. */
  take(text: string): string {
    const all = text.split('\n');
    const kept = all.slice(0, this.#lines).join('\n');
    this.#missing += Math.max(0, all.length - this.#lines);
    this.#lines -= all.length;
    const shown = kept.slice(0, this.#characters);
    this.#characters -= shown.length;
    if (shown.length < kept.length) {
      this.#cut = true;
      this.#lines = 0;
    }
    return `${shown}\n`;
  }

  /** What the reader has to know about what is missing, or nothing. */
  get rest(): string {
    if (this.#cut) return '(the rest is not shown)';
    if (this.#missing === 0) return '';
    const lines = this.#missing === 1 ? 'line is' : 'lines are';
    return `(${this.#missing.toLocaleString('en-US')} more ${lines} not shown)`;
  }
}

/** How many lines a reply takes. */
function lineCount(reply: Reply): number {
  if (reply instanceof Status || reply instanceof VerbatimReply)
    return reply.text.split('\n').length;
  const items = itemsOf(reply);
  if (!items || items.length === 0) return 1;
  let count = 0;
  for (const item of items) count += lineCount(item);
  return count;
}

function itemsOf(reply: Reply): Reply[] | null {
  if (Array.isArray(reply)) return reply;
  if (reply instanceof SetReply) return reply.members;
  if (reply instanceof PushReply) return reply.items;
  return reply instanceof MapReply ? reply.flat : null;
}

/**
 * @param resp the protocol the reply came in: maps, sets and doubles exist only in RESP 3.
 * @param room what may be printed of it; all by default.
 * @returns the lines, each ended by a newline, non-ASCII bytes escaped as redis-cli does.
 */
export function printReply(reply: Reply, resp: 2 | 3 = 2, room = new Room()): string {
  return room.refuses(reply) ? '' : format(reply, '', resp, room);
}

function format(reply: Reply, prefix: string, resp: 2 | 3, room: Room): string {
  const items = itemsOf(reply);
  if (items === null) return room.take(formatOne(reply, resp, room));
  if (resp === 3 && reply instanceof MapReply) return formatMap(items, prefix, room);
  const [mark, noun] =
    resp === 3 && reply instanceof SetReply
      ? ['~', 'set']
      : [')', resp === 3 && reply instanceof PushReply ? 'push' : 'array'];
  return list(items, prefix, resp, room, mark, noun);
}

/** A reply that is no list, without the newline. */
function formatOne(reply: Reply, resp: 2 | 3, room: Room): string {
  // A byte is printed as one character at least.
  if (typeof reply === 'string') return quote(reply.slice(0, room.characters));
  if (typeof reply === 'number' || typeof reply === 'bigint') return `(integer) ${reply}`;
  if (typeof reply === 'boolean') {
    return resp === 3 ? (reply ? '(true)' : '(false)') : `(integer) ${reply ? 1 : 0}`;
  }
  if (reply instanceof Status) return toText(reply.text);
  if (reply instanceof ReplyError) return `(error) ${toText(reply.message)}`;
  if (reply instanceof DoubleReply) {
    const text = reply.text ?? formatDouble(reply.value);
    return resp === 3 ? `(double) ${text}` : quote(text);
  }
  if (reply instanceof BigNumberReply) return resp === 3 ? reply.digits : quote(reply.digits);
  // INFO, CLIENT LIST: redis-cli prints them raw in either protocol.
  if (reply instanceof VerbatimReply) return toText(reply.text);
  return '(nil)';
}

/** Numbers right-aligned to the longest, nested lists behind them. */
function list(
  items: Reply[],
  prefix: string,
  resp: 2 | 3,
  room: Room,
  mark: string,
  noun: string,
): string {
  if (items.length === 0) return room.take(`(empty ${noun})`);
  const width = String(items.length).length;
  const inner = prefix + ' '.repeat(width + 2);
  let out = '';
  for (const [i, item] of items.entries()) {
    if (room.refuses(item)) continue;
    const number = `${String(i + 1).padStart(width)}${mark} `;
    out += (i === 0 ? '' : prefix) + number + format(item, inner, resp, room);
  }
  return out;
}

function formatMap(flat: Reply[], prefix: string, room: Room): string {
  if (flat.length === 0) return room.take('(empty hash)');
  const width = String(flat.length / 2).length;
  const inner = prefix + ' '.repeat(width + 2);
  let out = '';
  for (let i = 0; i < flat.length; i += 2) {
    const value = flat[i + 1]!;
    if (room.refuses(value)) continue;
    const number = `${String(i / 2 + 1).padStart(width)}# `;
    const key = format(flat[i]!, inner, 3, room).replace(/\n$/, '');
    const lineBreak = isMultiline(value) ? `\n${inner}` : '';
    out += `${i === 0 ? '' : prefix}${number}${key} => ${lineBreak}${format(value, inner, 3, room)}`;
  }
  return out;
}

/** Whether a value takes more than one line, so that it begins on its own behind `=>`. */
function isMultiline(reply: Reply): boolean {
  if (reply instanceof MapReply) {
    return reply.flat.length > 2 || (reply.flat.length === 2 && isMultiline(reply.flat[1]!));
  }
  const items = itemsOf(reply) ?? [];
  return items.length > 1 || (items.length === 1 && isMultiline(items[0]!));
}
