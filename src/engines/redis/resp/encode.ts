/** Replies as RESP 2 or RESP 3, in byte strings. */
import type { Bytes } from '../core/bytes.ts';
import { formatDouble } from '../core/numbers.ts';
import {
  BigNumberReply,
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

const bulk = (text: Bytes): Bytes => `$${text.length}\r\n${text}\r\n`;

function items(mark: string, length: number, replies: Reply[], resp: 2 | 3): Bytes {
  let out = `${mark}${length}\r\n`;
  for (const reply of replies) out += encode(reply, resp);
  return out;
}

/** @returns the bytes that go over the wire. */
export function encode(reply: Reply, resp: 2 | 3): Bytes {
  if (typeof reply === 'string') return bulk(reply);
  if (typeof reply === 'number' || typeof reply === 'bigint') return `:${reply}\r\n`;
  if (reply === null) return resp === 3 ? '_\r\n' : '$-1\r\n';
  if (typeof reply === 'boolean') {
    return resp === 3 ? `#${reply ? 't' : 'f'}\r\n` : `:${reply ? 1 : 0}\r\n`;
  }
  if (Array.isArray(reply)) return items('*', reply.length, reply, resp);
  if (reply instanceof Status) return `+${reply.text}\r\n`;
  if (reply instanceof ReplyError) return `-${reply.message}\r\n`;
  if (reply instanceof NullArray) return resp === 3 ? '_\r\n' : '*-1\r\n';
  if (reply instanceof MapReply) {
    const { flat } = reply;
    return resp === 3 ? items('%', flat.length / 2, flat, 3) : items('*', flat.length, flat, 2);
  }
  if (reply instanceof SetReply) {
    return items(resp === 3 ? '~' : '*', reply.members.length, reply.members, resp);
  }
  if (reply instanceof PushReply) {
    return items(resp === 3 ? '>' : '*', reply.items.length, reply.items, resp);
  }
  if (reply instanceof DoubleReply) {
    const text = reply.text ?? formatDouble(reply.value);
    return resp === 3 ? `,${text}\r\n` : bulk(text);
  }
  if (reply instanceof VerbatimReply) {
    return resp === 3
      ? `=${reply.text.length + 4}\r\n${reply.format}:${reply.text}\r\n`
      : bulk(reply.text);
  }
  if (reply instanceof BigNumberReply) {
    return resp === 3 ? `(${reply.digits}\r\n` : bulk(reply.digits);
  }
  throw new TypeError('not a reply');
}
