/** Consumer groups: XGROUP, XACK, XPENDING. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { integer, type Integer } from '../core/numbers.ts';
import { err, NULL_ARRAY, OK, ReplyError, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { printable } from '../core/unknown-command.ts';
import { noSuchGroup, silently } from './group-access.ts';
import { help, wrongSubcommand } from './help.ts';
import { Consumer, ConsumerGroup, inOrder, UNKNOWN } from './pending.ts';
import {
  compareIds,
  FIRST_ID,
  idText,
  intervalEnd,
  intervalStart,
  parseId,
  type StreamId,
} from './stream-id.ts';
import { StreamValue } from './stream-value.ts';

const NO_KEY = err(
  'The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.',
);

/** What may follow the id of XGROUP CREATE and SETID. */
function options(argv: Bytes[], creates: boolean): { entriesRead: Integer; makeStream: boolean } {
  const found = { entriesRead: UNKNOWN as Integer, makeStream: false };
  for (let i = 5; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    if (creates && word === 'mkstream') found.makeStream = true;
    else if (word === 'entriesread' && i + 1 < argv.length) {
      found.entriesRead = integer(argv[++i]!);
      if (found.entriesRead < UNKNOWN) throw err('value for ENTRIESREAD must be positive or -1');
    } else throw wrongSubcommand(argv);
  }
  return found;
}

function streamAt(client: Client, argv: Bytes[]): StreamValue {
  const stream = client.db.get(argv[2]!, 'stream');
  if (!stream) throw NO_KEY;
  return stream;
}
export function namedGroup(stream: StreamValue, key: Bytes, name: Bytes): ConsumerGroup {
  const group = stream.groups.get(name);
  if (group) return group;
  throw new ReplyError(
    `NOGROUP No such consumer group '${printable(name)}' for key name '${printable(key)}'`,
  );
}

const create: Handler = (server, client, argv) => {
  const { entriesRead, makeStream } = options(argv, true);
  const { db } = client;
  const [, , key, name, start] = argv as [Bytes, Bytes, Bytes, Bytes, Bytes];
  const known = db.get(key, 'stream');
  if (!known && !makeStream) throw NO_KEY;
  if (argv.length > 8) throw wrongSubcommand(argv);
  const id = start === '$' ? (known?.lastId ?? FIRST_ID) : parseId(start);
  if (known?.groups.has(name)) {
    throw new ReplyError('BUSYGROUP Consumer Group name already exists');
  }
  const stream = known ?? new StreamValue();
  stream.groups.set(name, new ConsumerGroup(id, entriesRead));
  if (known) silently(server, db, key, 1, 'txgroup-create');
  else {
    db.add(key, stream);
    db.changed(key, 'txgroup-create');
  }
  return OK;
};

const setId: Handler = (server, client, argv) => {
  const { entriesRead } = options(argv, false);
  const stream = streamAt(client, argv);
  const group = namedGroup(stream, argv[2]!, argv[3]!);
  if (argv.length > 7) throw wrongSubcommand(argv);
  group.lastId = argv[4] === '$' ? stream.lastId : parseId(argv[4]!, 0, false);
  group.entriesRead = entriesRead;
  silently(server, client.db, argv[2]!, 1, 'txgroup-setid');
  return OK;
};

const destroy: Handler = (server, client, argv) => {
  const { groups } = streamAt(client, argv);
  if (!groups.delete(argv[3]!)) return 0;
  silently(server, client.db, argv[2]!, 1, 'txgroup-destroy');
  // Who waits for entries of the group hears that it is gone.
  server.signalReady(client.db, argv[2]!, 'stream');
  return 1;
};

const createConsumer: Handler = (server, client, argv) => {
  const { consumers } = namedGroup(streamAt(client, argv), argv[2]!, argv[3]!);
  const name = argv[4]!;
  if (consumers.has(name)) return 0;
  consumers.set(name, new Consumer(name, server.now));
  silently(server, client.db, argv[2]!, 1, 'txgroup-createconsumer');
  return 1;
};

const deleteConsumer: Handler = (server, client, argv) => {
  const group = namedGroup(streamAt(client, argv), argv[2]!, argv[3]!);
  const consumer = group.consumers.get(argv[4]!);
  if (!consumer) return 0;
  group.deleteConsumer(consumer);
  silently(server, client.db, argv[2]!, 1, 'txgroup-delconsumer');
  return consumer.pending.size;
};

const xack: Handler = (server, client, argv) => {
  const group = client.db.readAs(argv[1]!, 'stream')?.groups.get(argv[2]!);
  if (!group) return 0;
  let acknowledged = 0;
  for (const id of argv.slice(3).map((word) => parseId(word))) {
    const pending = group.pending.get(id);
    if (!pending) continue;
    group.settle(pending);
    acknowledged++;
  }
  if (acknowledged > 0) silently(server, client.db, argv[1]!, acknowledged);
  return acknowledged;
};

interface PendingRange {
  start: StreamId;
  end: StreamId;
  count: number;
  idle: number;
  consumer: Bytes | undefined;
}

/** `[IDLE ms] start end count [consumer]`. */
function pendingRange(argv: Bytes[]): PendingRange {
  let at = 3;
  let idle = 0;
  if (argv[3]!.toLowerCase() === 'idle') {
    idle = Number(integer(argv[4]!));
    if (argv.length < 8) throw SYNTAX;
    at += 2;
  }
  const count = Math.max(0, Number(integer(argv[at + 2]!)));
  const start = intervalStart(argv[at]!);
  const end = intervalEnd(argv[at + 1]!);
  return { start, end, count, idle, consumer: argv[at + 3] };
}

function pendingSummary({ pending, consumers }: ConsumerGroup): Reply {
  const { last } = pending;
  if (!last) return [0, null, null, NULL_ARRAY];
  const busy = inOrder(consumers).filter(([, consumer]) => consumer.pending.size > 0);
  const counts = busy.map(([name, consumer]) => [name, String(consumer.pending.size)]);
  return [pending.size, idText(pending.firstFrom(FIRST_ID)!), idText(last), counts];
}

function pendingDetails({ now }: Server, group: ConsumerGroup, range: PendingRange): Reply {
  const { start, end, count, idle, consumer } = range;
  const list = consumer === undefined ? group.pending : group.consumers.get(consumer)?.pending;
  const found: Reply[] = [];
  for (const one of list?.from(start) ?? []) {
    if (found.length >= count || compareIds(one, end) > 0) break;
    const since = now - one.deliveredAt;
    if (since < idle) continue;
    found.push([idText(one), one.consumer.name, Math.max(0, since), one.deliveries]);
  }
  return found;
}

const xpending: Handler = (server, client, argv) => {
  const detailed = argv.length !== 3;
  if (detailed && (argv.length < 6 || argv.length > 9)) throw SYNTAX;
  const range = detailed ? pendingRange(argv) : undefined;
  const group = client.db.readAs(argv[1]!, 'stream')?.groups.get(argv[2]!);
  if (!group) throw noSuchGroup(argv[1]!, argv[2]!);
  return range ? pendingDetails(server, group, range) : pendingSummary(group);
};

export const groupCommands: Record<string, Handler> = {
  'xgroup|create': create,
  'xgroup|setid': setId,
  'xgroup|destroy': destroy,
  'xgroup|createconsumer': createConsumer,
  'xgroup|delconsumer': deleteConsumer,
  'xgroup|help': help(
    'CREATE <key> <groupname> <id|$> [option]',
    '    Create a new consumer group. Options are:',
    '    * MKSTREAM',
    '      Create the empty stream if it does not exist.',
    '    * ENTRIESREAD entries_read',
    "      Set the group's entries_read counter (internal use).",
    'CREATECONSUMER <key> <groupname> <consumer>',
    '    Create a new consumer in the specified group.',
    'DELCONSUMER <key> <groupname> <consumer>',
    '    Remove the specified consumer.',
    'DESTROY <key> <groupname>',
    '    Remove the specified group.',
    'SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]',
    '    Set the current group ID and entries_read counter.',
  ),
  xack,
  xpending,
};
