/** When two replies count as the same. What is not compared literally is declared here. */
import type { Bytes } from '../../../src/engines/redis/core/bytes.ts';
import {
  DoubleReply,
  MapReply,
  PushReply,
  ReplyError,
  SetReply,
  Status,
  VerbatimReply,
  type Reply,
} from '../../../src/engines/redis/core/reply.ts';
import { contentOf, isDump } from './payloads.ts';

/** Where the two sides differ, and what each of them says there. */
export interface Difference {
  what: string;
  emulator: string;
  redis: string;
}

/** A reply as one line of text: type and content. */
export function show(reply: Reply | undefined): string {
  if (reply === undefined) return 'no reply';
  if (typeof reply === 'string') return JSON.stringify(reply);
  if (typeof reply === 'number' || typeof reply === 'bigint') return `:${reply}`;
  if (reply === null) return 'nil';
  if (typeof reply === 'boolean') return String(reply);
  if (Array.isArray(reply)) return `[${reply.map(show).join(', ')}]`;
  if (reply instanceof Status) return `+${reply.text}`;
  if (reply instanceof ReplyError) return `-${reply.message}`;
  if (reply instanceof MapReply) return `%{${reply.flat.map(show).join(', ')}}`;
  if (reply instanceof SetReply) return `~{${reply.members.map(show).join(', ')}}`;
  if (reply instanceof PushReply) return `>[${reply.items.map(show).join(', ')}]`;
  if (reply instanceof DoubleReply) return `,${reply.text ?? reply.value}`;
  if (reply instanceof VerbatimReply) return `=${JSON.stringify(reply.text)}`;
  return 'nil array';
}

/**
 * Whether two replies agree but for the last bits of numbers. Distances that GEOSEARCHSTORE has stored
 * may: redis-server's are those of the C library, whose sine is sometimes off by one in the last place.
 */
export function nearlySame(mine: string, theirs: string): boolean {
  const number = /-?\d+\.\d{6,}/g;
  const [a, b] = [mine.match(number) ?? [], theirs.match(number) ?? []];
  return (
    mine.replace(number, '#') === theirs.replace(number, '#') &&
    a.every((text, i) => Math.abs(Number(text) - Number(b[i])) <= Math.abs(Number(text)) * 1e-15)
  );
}

const sorted = (items: Reply[]): Reply[] =>
  items
    .map((item) => [show(item), item] as const)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([, item]) => item);
const sortedPairs = (items: Reply[]): Reply[] => {
  const pairs: Reply[] = [];
  for (let i = 0; i < items.length; i += 2) pairs.push([items[i]!, items[i + 1]!]);
  return sorted(pairs);
};

/** Replies whose order Redis does not promise. */
const UNORDERED = new Set(['smembers', 'sunion', 'sinter', 'sdiff', 'keys', 'pubsub', 'spop']);
/** Ordered only while the hash is a listpack. */
const HASH_ORDER = new Set(['hkeys', 'hvals', 'hgetall']);
/** Random: compared by {@link sameShape}. */
export const RANDOM = new Set(['srandmember', 'hrandfield', 'zrandmember', 'randomkey', 'spop']);

/**
 * A reply in the form in which it is compared.
 *
 * @param looseHash the hash is a hashtable, so its order is free.
 */
export function canonical(argv: Bytes[], reply: Reply, looseHash: boolean): Reply {
  const name = argv[0]!.toLowerCase();
  if (reply instanceof ReplyError) return reply;
  // A hash table is dumped in an order of its own; `transfer.ts` compares the bytes too.
  if (/^(dump|eval.*)$/.test(name) && typeof reply === 'string' && isDump(reply))
    return contentOf(reply);
  // An estimate here, and there it depends on the allocations of the value's history.
  if (name === 'memory' && typeof reply === 'number') return 0;
  // A time of access that is a moment ahead of the server's clock: its 24 bits have gone around.
  if (name === 'object' && typeof reply === 'number' && reply > 2 ** 24 - 100) return 0;
  // Ids of connections differ.
  if (name === 'client' && /^id$/i.test(argv[1] ?? '')) return 0;
  if (name === 'client' && /^list$/i.test(argv[1] ?? '') && reply) return 'clients';
  if (name === 'hello' && (Array.isArray(reply) || reply instanceof MapReply)) {
    const flat = Array.isArray(reply) ? [...reply] : [...reply.flat];
    // Connection ids differ.
    flat[flat.indexOf('id') + 1] = 0;
    return Array.isArray(reply) ? flat : new MapReply(flat);
  }
  const isConfigGet = name === 'config' && argv[1]?.toLowerCase() === 'get';
  if (isConfigGet || (name === 'hgetall' && looseHash)) {
    if (Array.isArray(reply)) return sortedPairs(reply);
    if (reply instanceof MapReply) return new MapReply(sortedPairs(reply.flat));
  }
  const constantSort =
    /^sort(_ro)?$/.test(name) &&
    argv.some((word, i) => i > 1 && argv[i - 1]!.toLowerCase() === 'by' && !word.includes('*'));
  const numsub = name === 'pubsub' && /numsub/i.test(argv[1] ?? '');
  if ((UNORDERED.has(name) && !numsub) || constantSort || (HASH_ORDER.has(name) && looseHash)) {
    if (Array.isArray(reply)) return sorted(reply);
    if (reply instanceof SetReply) return new SetReply(sorted(reply.members));
  }
  const leavesAll = argv.length === 1 && (name === 'unsubscribe' || name === 'sunsubscribe');
  if (leavesAll && (Array.isArray(reply) || reply instanceof PushReply)) {
    // Which channel goes first is not promised, only the counting down.
    const items = Array.isArray(reply) ? reply : reply.items;
    const anonymous = items.map((item, i) => (i === 1 && item !== null ? 'any' : item));
    return Array.isArray(reply) ? anonymous : new PushReply(anonymous);
  }
  // A password is random.
  if (name === 'acl' && argv[1]!.toLowerCase() === 'genpass') return (reply as Bytes).length;
  if (name === 'acl') return unordered(reply);
  if (name === 'command' && Array.isArray(reply)) {
    return argv.length === 1 ||
      /list/i.test(argv[1]!) ||
      (argv.length === 2 && /info/i.test(argv[1]!))
      ? unordered(reply)
      : unorderedCommandInfo(reply);
  }
  return reply;
}

/** Leaving all channels: which one goes first is not promised. */
function anonymous(items: Reply[]): Reply[] {
  const leaves = items[0] === 'unsubscribe' || items[0] === 'sunsubscribe';
  return leaves ? items.map((item, i) => (i === 1 && item !== null ? 'any' : item)) : items;
}

/** Every list sorted, at every depth. */
export function unordered(reply: Reply): Reply {
  if (Array.isArray(reply)) return sorted(anonymous(reply).map(unordered));
  if (reply instanceof SetReply) return new SetReply(sorted(reply.members.map(unordered)));
  if (reply instanceof MapReply) return new MapReply(sorted(reply.flat.map(unordered)));
  if (reply instanceof PushReply)
    return new PushReply(sorted(anonymous(reply.items).map(unordered)));
  return reply;
}

/** COMMAND INFO: subcommands come in no promised order. */
function unorderedCommandInfo(reply: Reply[]): Reply {
  return reply.map((entry) =>
    Array.isArray(entry) && Array.isArray(entry[9])
      ? [...entry.slice(0, 9), sorted(entry[9])]
      : entry,
  );
}

function flatten(reply: Reply): Reply[] | null {
  if (Array.isArray(reply)) return reply.flatMap((item) => (Array.isArray(item) ? item : [item]));
  if (reply instanceof SetReply) return reply.members;
  return null;
}

/** Random picks: the same type and length, and each element one the collection has. */
export function sameShape(mine: Reply, theirs: Reply, holds: (text: Reply) => boolean): boolean {
  if (typeof theirs === 'string') return typeof mine === 'string' && holds(theirs);
  const [a, b] = [flatten(mine), flatten(theirs)];
  if (!a || !b) return show(mine) === show(theirs);
  if (a.length !== b.length || Array.isArray(mine) !== Array.isArray(theirs)) return false;
  return b.every(holds);
}
