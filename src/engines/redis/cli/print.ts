/** Replies as redis-cli prints them on a terminal (`--no-raw`). */
import { formatDouble } from '../core/numbers.ts';
import { quote } from '../core/quote.ts';
import {
  DoubleReply,
  MapReply,
  NullArray,
  PushReply,
  ReplyError,
  SetReply,
  Status,
  VerbatimReply,
  type Reply,
} from '../core/reply.ts';
import { toText } from '../core/bytes.ts';

/**
 * @param resp the protocol the reply came in: maps, sets and doubles exist only in RESP 3.
 * @returns the lines, each ended by a newline, non-ASCII bytes escaped as redis-cli does.
 */
export function printReply(reply: Reply, resp: 2 | 3 = 2): string {
  return format(reply, '', resp);
}

function format(reply: Reply, prefix: string, resp: 2 | 3): string {
  if (typeof reply === 'string') return `${quote(reply)}\n`;
  if (typeof reply === 'number' || typeof reply === 'bigint') return `(integer) ${reply}\n`;
  if (reply === null || reply instanceof NullArray) return '(nil)\n';
  if (typeof reply === 'boolean') {
    return resp === 3 ? (reply ? '(true)\n' : '(false)\n') : `(integer) ${reply ? 1 : 0}\n`;
  }
  if (reply instanceof Status) return `${toText(reply.text)}\n`;
  if (reply instanceof ReplyError) return `(error) ${toText(reply.message)}\n`;
  if (reply instanceof DoubleReply) {
    const text = formatDouble(reply.value);
    return resp === 3 ? `(double) ${text}\n` : `${quote(text)}\n`;
  }
  // INFO, CLIENT LIST: redis-cli prints them raw in either protocol.
  if (reply instanceof VerbatimReply) return `${toText(reply.text)}\n`;
  if (reply instanceof MapReply) {
    return resp === 3
      ? formatMap(reply.flat, prefix)
      : list(reply.flat, prefix, resp, ')', 'array');
  }
  if (reply instanceof SetReply) {
    return resp === 3
      ? list(reply.members, prefix, resp, '~', 'set')
      : list(reply.members, prefix, resp, ')', 'array');
  }
  if (reply instanceof PushReply) {
    return resp === 3
      ? list(reply.items, prefix, resp, ')', 'push')
      : list(reply.items, prefix, resp, ')', 'array');
  }
  return list(reply, prefix, resp, ')', 'array');
}

/** Numbers right-aligned to the longest, nested lists behind them. */
function list(items: Reply[], prefix: string, resp: 2 | 3, mark: string, noun: string): string {
  if (items.length === 0) return `(empty ${noun})\n`;
  const width = String(items.length).length;
  const inner = prefix + ' '.repeat(width + 2);
  return items
    .map((item, i) => {
      const number = `${String(i + 1).padStart(width)}${mark} `;
      return (i === 0 ? '' : prefix) + number + format(item, inner, resp);
    })
    .join('');
}

function formatMap(flat: Reply[], prefix: string): string {
  if (flat.length === 0) return '(empty hash)\n';
  const width = String(flat.length / 2).length;
  const inner = prefix + ' '.repeat(width + 2);
  let out = '';
  for (let i = 0; i < flat.length; i += 2) {
    const number = `${String(i / 2 + 1).padStart(width)}# `;
    const key = format(flat[i]!, inner, 3).replace(/\n$/, '');
    const value = flat[i + 1]!;
    const lineBreak = isMultiline(value) ? `\n${inner}` : '';
    out += `${i === 0 ? '' : prefix}${number}${key} => ${lineBreak}${format(value, inner, 3)}`;
  }
  return out;
}

/** Whether a value takes more than one line, so that it begins on its own behind `=>`. */
function isMultiline(reply: Reply): boolean {
  if (reply instanceof MapReply) {
    return reply.flat.length > 2 || (reply.flat.length === 2 && isMultiline(reply.flat[1]!));
  }
  const items = Array.isArray(reply)
    ? reply
    : reply instanceof SetReply
      ? reply.members
      : reply instanceof PushReply
        ? reply.items
        : [];
  return items.length > 1 || (items.length === 1 && isMultiline(items[0]!));
}
