/** XINFO: what a stream, its groups and their consumers are like. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { integer } from '../core/numbers.ts';
import { MapReply, NO_SUCH_KEY, type Reply } from '../core/reply.ts';
import { entryReply } from './entries.ts';
import { lag } from './group-access.ts';
import { namedGroup } from './groups.ts';
import { help, wrongSubcommand } from './help.ts';
import { radixNodes } from './layout.ts';
import {
  inOrder,
  UNKNOWN,
  type Consumer,
  type ConsumerGroup,
  type PendingList,
} from './pending.ts';
import { FIRST_ID, idText, LAST_ID } from './stream-id.ts';
import type { StreamValue } from './stream-value.ts';

function streamAt(client: Client, key: Bytes): StreamValue {
  const stream = client.db.readAs(key, 'stream');
  if (!stream) throw NO_SUCH_KEY;
  return stream;
}

/** What a report about a stream begins with, short or full. */
const summary = (stream: StreamValue): Reply[] => [
  'length',
  stream.size,
  'radix-tree-keys',
  stream.nodes.length,
  'radix-tree-nodes',
  radixNodes(stream.nodes),
  'last-generated-id',
  idText(stream.lastId),
  'max-deleted-entry-id',
  idText(stream.maxDeletedId),
  'entries-added',
  stream.entriesAdded,
  'recorded-first-entry-id',
  idText(stream.firstId),
];

function first(
  pending: PendingList,
  count: number,
  describe: (one: Parameters<PendingList['add']>[0]) => Reply,
): Reply {
  const found: Reply[] = [];
  for (const one of pending) {
    found.push(describe(one));
    if (found.length === count) break;
  }
  return found;
}

const consumerInFull = ({ name, seenAt, pending }: Consumer, count: number): Reply =>
  new MapReply([
    'name',
    name,
    'seen-time',
    seenAt,
    'pel-count',
    pending.size,
    'pending',
    first(pending, count, (one) => [idText(one), one.deliveredAt, one.deliveries]),
  ]);

const entriesRead = (group: ConsumerGroup): Reply =>
  group.entriesRead === UNKNOWN ? null : group.entriesRead;

const groupInFull = (
  stream: StreamValue,
  name: Bytes,
  group: ConsumerGroup,
  count: number,
): Reply =>
  new MapReply([
    'name',
    name,
    'last-delivered-id',
    idText(group.lastId),
    'entries-read',
    entriesRead(group),
    'lag',
    lag(stream, group),
    'pel-count',
    group.pending.size,
    'pending',
    first(group.pending, count, (one) => [
      idText(one),
      one.consumer.name,
      one.deliveredAt,
      one.deliveries,
    ]),
    'consumers',
    inOrder(group.consumers).map(([, consumer]) => consumerInFull(consumer, count)),
  ]);

/** How many of each kind `FULL [COUNT n]` shows; 0 is all of them. */
function fullCount(argv: Bytes[]): number {
  const [, , , full, word, count] = argv;
  const counted = argv.length === 6;
  if (full!.toLowerCase() !== 'full' || (argv.length !== 4 && !counted))
    throw wrongSubcommand(argv);
  if (!counted) return 10;
  if (word!.toLowerCase() !== 'count') throw wrongSubcommand(argv);
  const given = Number(integer(count!));
  return given < 0 ? 10 : given;
}

const streamInfo: Handler = (_server, client, argv) => {
  const stream = streamAt(client, argv[2]!);
  if (argv.length === 3) {
    const { first: oldest, last } = stream;
    return new MapReply([
      ...summary(stream),
      'groups',
      stream.groups.size,
      'first-entry',
      oldest ? entryReply(oldest) : null,
      'last-entry',
      last ? entryReply(last) : null,
    ]);
  }
  const count = fullCount(argv);
  return new MapReply([
    ...summary(stream),
    'entries',
    stream.range(FIRST_ID, LAST_ID, count).map(entryReply),
    'groups',
    inOrder(stream.groups).map(([name, group]) => groupInFull(stream, name, group, count)),
  ]);
};

export const infoCommands: Record<string, Handler> = {
  'xinfo|stream': streamInfo,
  'xinfo|groups': (_server, client, argv) => {
    const stream = streamAt(client, argv[2]!);
    return inOrder(stream.groups).map(
      ([name, group]) =>
        new MapReply([
          'name',
          name,
          'consumers',
          group.consumers.size,
          'pending',
          group.pending.size,
          'last-delivered-id',
          idText(group.lastId),
          'entries-read',
          entriesRead(group),
          'lag',
          lag(stream, group),
        ]),
    );
  },
  'xinfo|consumers': (server, client, argv) => {
    const group = namedGroup(streamAt(client, argv[2]!), argv[2]!, argv[3]!);
    return inOrder(group.consumers).map(
      ([name, { pending, seenAt }]) =>
        new MapReply([
          'name',
          name,
          'pending',
          pending.size,
          'idle',
          Math.max(0, server.now - seenAt),
        ]),
    );
  },
  'xinfo|help': help(
    'CONSUMERS <key> <groupname>',
    '    Show consumers of <groupname>.',
    'GROUPS <key>',
    '    Show the stream consumer groups.',
    'STREAM <key> [FULL [COUNT <count>]',
    '    Show information about the stream.',
  ),
};
