/** XREAD and XREADGROUP: what came after an id, now or as soon as it comes. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { integer } from '../core/numbers.ts';
import { err, MapReply, NULL_ARRAY, ReplyError, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { entryReply } from './entries.ts';
import { advance, consumerOf, noSuchGroup, silently } from './group-access.ts';
import { wrapped } from './layout.ts';
import type { Consumer } from './pending.ts';
import {
  compareIds,
  FIRST_ID,
  idText,
  LAST_ID,
  nextId,
  parseId,
  type StreamId,
} from './stream-id.ts';
import type { StreamValue } from './stream-value.ts';

interface Reading {
  keys: Bytes[];
  ids: Bytes[];
  /** 0 is no limit. */
  count: number;
  /** Unix time in milliseconds until which it waits; `undefined`: it does not. */
  until: number | undefined;
  group: { name: Bytes; consumer: Bytes; acknowledge: boolean } | undefined;
}

/** As many a waiting client gets that named no number. */
const AWAITED = 1000;

function blockUntil(server: Server, word: Bytes): number {
  const milliseconds = integer(word, err('timeout is not an integer or out of range'));
  if (milliseconds < 0) throw err('timeout is negative');
  return milliseconds === 0 ? Infinity : Number(milliseconds) + server.now;
}
const groupOnly = (option: string): ReplyError =>
  err(`The ${option} option is only supported by XREADGROUP. You called XREAD instead.`);

function parse(server: Server, client: Client, argv: Bytes[], grouped: boolean): Reading {
  const reading: Reading = { keys: [], ids: [], count: 0, until: undefined, group: undefined };
  let acknowledge = true;
  for (let i = 1; i < argv.length && reading.keys.length === 0; i++) {
    const word = argv[i]!.toLowerCase();
    const more = argv.length - 1 - i;
    if (word === 'block' && more > 0) {
      if (client.isScript)
        throw err(`${argv[0]!} command is not allowed with BLOCK option from scripts`);
      reading.until = blockUntil(server, argv[++i]!);
    } else if (word === 'count' && more > 0) {
      reading.count = Math.max(0, Number(integer(argv[++i]!)));
    } else if (word === 'streams' && more > 0) {
      if (more % 2 === 1) {
        throw err(
          "Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.",
        );
      }
      reading.keys = argv.slice(i + 1, i + 1 + more / 2);
      reading.ids = argv.slice(i + 1 + more / 2);
    } else if (word === 'group' && more >= 2) {
      if (!grouped) throw groupOnly('GROUP');
      reading.group = { name: argv[i + 1]!, consumer: argv[i + 2]!, acknowledge: true };
      i += 2;
    } else if (word === 'noack') {
      if (!grouped) throw groupOnly('NOACK');
      acknowledge = false;
    } else throw SYNTAX;
  }
  if (reading.keys.length === 0) throw SYNTAX;
  if (grouped && !reading.group) throw err('Missing GROUP option for XREADGROUP');
  if (reading.group) reading.group.acknowledge = acknowledge;
  return reading;
}

const MEANINGLESS = err(
  'The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.',
);
const NEW_IN_GROUPS = err(
  'The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.',
);

/** The id after which a stream is read; the highest one stands for what is new to a group. */
function readAfter(word: Bytes, stream: StreamValue | undefined, grouped: boolean): StreamId {
  if (word === '$') {
    if (grouped) throw MEANINGLESS;
    return stream?.lastId ?? FIRST_ID;
  }
  if (word === '>') {
    if (!grouped) throw NEW_IN_GROUPS;
    return LAST_ID;
  }
  return parseId(word);
}

/** What a consumer was given and has not acknowledged, once more. */
function history(
  server: Server,
  stream: StreamValue,
  { pending }: Consumer,
  after: StreamId,
  count: number,
): Reply {
  const replies: Reply[] = [];
  for (const one of pending.from(nextId(after) ?? FIRST_ID)) {
    const entry = stream.get(one);
    if (entry) {
      one.deliveredAt = server.now;
      one.deliveries = wrapped(one.deliveries, 1);
    }
    replies.push(entry ? entryReply(entry) : [idText(one), NULL_ARRAY]);
    if (replies.length === count) break;
  }
  return replies;
}

/** Hands what is new in the stream to a client, or to a consumer of a group. */
function deliver(
  server: Server,
  client: Client,
  key: Bytes,
  stream: StreamValue,
  after: StreamId,
  count: number,
  reader: Reading['group'],
): Reply {
  const entries = (): ReturnType<StreamValue['range']> =>
    stream.range(nextId(after) ?? FIRST_ID, LAST_ID, count);
  if (!reader) return entries().map(entryReply);
  const group = stream.groups.get(reader.name)!;
  const consumer = consumerOf(server, client.db, key, group, reader.consumer);
  return entries().map((entry) => {
    advance(stream, group, entry);
    if (reader.acknowledge) group.deliver(entry, consumer, server.now);
    return entryReply(entry);
  });
}

/** By key: pairs in RESP 2, a map in RESP 3. */
function reply({ resp }: Client, found: [Bytes, Reply][]): Reply {
  return resp === 3 ? new MapReply(found.flat()) : found;
}

/** Waits for the first of the streams that gets something. */
function wait(server: Server, client: Client, reading: Reading, ids: StreamId[]): void {
  const { keys, group: reader, count } = reading;
  const { db } = client;
  server.block(client, {
    type: 'stream',
    db,
    keys,
    until: reading.until!,
    serve: (key, value) => {
      const stream = value as StreamValue;
      const group = reader && stream.groups.get(reader.name);
      if (reader && !group) {
        throw new ReplyError(
          'NOGROUP the consumer group this client was blocked on no longer exists',
        );
      }
      const after = group ? group.lastId : ids[keys.indexOf(key)]!;
      if (compareIds(stream.lastId, after) <= 0) return undefined;
      const entries = deliver(server, client, key, stream, after, count || AWAITED, reader);
      if (reader) silently(server, db, key, 0);
      return reply(client, [[key, entries]]);
    },
    onTimeout: NULL_ARRAY,
    ...(reader && { onGone: new ReplyError('UNBLOCKED the stream key no longer exists') }),
  });
}

function read(grouped: boolean): Handler {
  return (server, client, argv) => {
    const reading = parse(server, client, argv, grouped);
    const { keys, group: reader, count } = reading;
    const { db } = client;
    const ids = keys.map((key, i) => {
      const stream = db.readAs(key, 'stream');
      if (reader && !stream?.groups.has(reader.name)) {
        throw noSuchGroup(key, reader.name, ' in XREADGROUP with GROUP option');
      }
      return readAfter(reading.ids[i]!, stream, grouped);
    });
    const found: [Bytes, Reply][] = [];
    for (const [i, key] of keys.entries()) {
      const stream = db.readAs(key, 'stream');
      if (!stream) continue;
      const group = reader && stream.groups.get(reader.name)!;
      const past = group && compareIds(ids[i]!, LAST_ID) !== 0;
      if (past) {
        const consumer = consumerOf(server, db, key, group, reader.consumer);
        found.push([key, history(server, stream, consumer, ids[i]!, count)]);
      } else {
        const after = group ? group.lastId : ids[i]!;
        const { last } = stream;
        if (!last || compareIds(last, after) <= 0) continue;
        found.push([key, deliver(server, client, key, stream, after, count, reader)]);
      }
      if (reader) silently(server, db, key);
    }
    if (found.length > 0) return reply(client, found);
    if (reading.until === undefined || client.denyBlocking) return NULL_ARRAY;
    wait(server, client, reading, ids);
    return undefined;
  };
}

export const readingCommands: Record<string, Handler> = {
  xread: read(false),
  xreadgroup: read(true),
};
