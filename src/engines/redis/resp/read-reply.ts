/** Reads replies from the wire: what a client does. */
import type { Bytes } from '../core/bytes.ts';
import {
  BigNumberReply,
  DoubleReply,
  MapReply,
  NULL_ARRAY,
  PushReply,
  ReplyError,
  SetReply,
  Status,
  VerbatimReply,
  type Reply,
} from '../core/reply.ts';

/**
 * One reply of the text, from `at` on.
 *
 * @returns the reply and where the next one begins, or `undefined` if it is not complete yet.
 */
export function readReply(text: Bytes, at = 0): { reply: Reply; next: number } | undefined {
  const end = text.indexOf('\r\n', at);
  if (end < 0) return undefined;
  const line = text.slice(at + 1, end);
  const next = end + 2;
  const done = (reply: Reply, to = next): { reply: Reply; next: number } => ({ reply, next: to });
  const many = (length: number): { items: Reply[]; next: number } | undefined => {
    const items: Reply[] = [];
    let position = next;
    for (let i = 0; i < length; i++) {
      const item = readReply(text, position);
      if (!item) return undefined;
      items.push(item.reply);
      position = item.next;
    }
    return { items, next: position };
  };
  const group = (length: number, make: (items: Reply[]) => Reply) => {
    const all = many(length);
    return all && done(make(all.items), all.next);
  };
  const n = Number(line);
  switch (text[at]) {
    case '+':
      return done(new Status(line));
    case '-':
      return done(new ReplyError(line));
    case ':':
      return done(Number.isSafeInteger(n) ? n : BigInt(line));
    case '_':
      return done(null);
    case '(':
      return done(new BigNumberReply(line));
    case '#':
      return done(line === 't');
    case ',':
      return done(
        new DoubleReply(line === 'inf' ? Infinity : line === '-inf' ? -Infinity : n, line),
      );
    case '$':
    case '=': {
      if (n < 0) return done(null);
      if (text.length < next + n + 2) return undefined;
      const body = text.slice(next, next + n);
      return done(
        text[at] === '$' ? body : new VerbatimReply(body.slice(4), body.slice(0, 3)),
        next + n + 2,
      );
    }
    case '*':
      return n < 0 ? done(NULL_ARRAY) : group(n, (items) => items);
    case '%':
      return group(n * 2, (items) => new MapReply(items));
    case '~':
      return group(n, (items) => new SetReply(items));
    case '>':
      return group(n, (items) => new PushReply(items));
    default:
      throw new Error(`not RESP: ${JSON.stringify(text.slice(at, at + 40))}`);
  }
}

/** A command as clients send it. */
export function encodeCommand(argv: Bytes[]): Bytes {
  let out = `*${argv.length}\r\n`;
  for (const word of argv) out += `$${word.length}\r\n${word}\r\n`;
  return out;
}
