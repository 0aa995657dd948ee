/** XCLAIM and XAUTOCLAIM: entries that somebody else was given and did not acknowledge. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { expectType } from '../core/keyspace.ts';
import { integer, INT64_MAX, type Integer } from '../core/numbers.ts';
import { err, ReplyError, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { printable } from '../core/unknown-command.ts';
import { entryReply } from './entries.ts';
import { consumerOf, noSuchGroup, silently } from './group-access.ts';
import { difference, wrapped } from './layout.ts';
import type { Consumer, ConsumerGroup, Pending } from './pending.ts';
import {
  compareIds,
  FIRST_ID,
  idText,
  intervalStart,
  nextId,
  parseId,
  type StreamId,
} from './stream-id.ts';
import type { StreamValue } from './stream-value.ts';

/** Who claims from whom. */
class Claim {
  changes = 0;
  private consumer: Consumer | undefined;
  readonly stream: StreamValue;
  readonly group: ConsumerGroup;
  private readonly server: Server;
  private readonly client: Client;
  private readonly argv: Bytes[];

  constructor(server: Server, client: Client, argv: Bytes[], stream: StreamValue | undefined) {
    const group = stream?.groups.get(argv[2]!);
    if (!group) throw noSuchGroup(argv[1]!, argv[2]!);
    this.stream = stream!;
    this.group = group;
    this.server = server;
    this.client = client;
    this.argv = argv;
  }
  /** The claiming consumer, made when it gets its first entry. */
  get claimer(): Consumer {
    const { server, client, argv, group } = this;
    return (this.consumer ??= consumerOf(server, client.db, argv[1]!, group, argv[3]!));
  }
  rests(pending: Pending, idle: number): boolean {
    return idle === 0 || this.server.now - pending.deliveredAt >= idle;
  }
  /** An entry that was deleted is nobody's any more. */
  drop(pending: Pending): void {
    this.group.settle(pending);
    this.changes++;
  }
  take(pending: Pending, deliveredAt: number, deliveries: Integer): void {
    this.group.hand(pending, this.claimer);
    pending.deliveredAt = deliveredAt;
    pending.deliveries = deliveries;
    this.changes++;
  }
  end(): void {
    const { server, client, argv, changes } = this;
    if (changes > 0) silently(server, client.db, argv[1]!, changes);
  }
}

const minIdle = (word: Bytes, command: string): number =>
  Math.max(0, Number(integer(word, err(`Invalid min-idle-time argument for ${command}`))));

interface ClaimOptions {
  ids: StreamId[];
  deliveredAt: number;
  /** `undefined`: one more than before, unless only ids are wanted. */
  deliveries: Integer | undefined;
  force: boolean;
  justId: boolean;
  lastId: StreamId;
}

/** XCLAIM's ids, and what follows them. */
function claimOptions({ now }: Server, argv: Bytes[]): ClaimOptions {
  const ids: StreamId[] = [];
  let i = 5;
  for (; i < argv.length; i++) {
    const id = idOrOption(argv[i]!);
    if (!id) break;
    ids.push(id);
  }
  const found: ClaimOptions = {
    ids,
    deliveredAt: now,
    deliveries: undefined,
    force: false,
    justId: false,
    lastId: FIRST_ID,
  };
  let at: Integer = now;
  for (; i < argv.length; i++) {
    const word = argv[i]!.toUpperCase();
    const more = i + 1 < argv.length;
    const number = (): Integer =>
      integer(argv[++i]!, err(`Invalid ${word} option argument for XCLAIM`));
    if (word === 'FORCE') found.force = true;
    else if (word === 'JUSTID') found.justId = true;
    else if (word === 'IDLE' && more) at = difference(now, number());
    else if (word === 'TIME' && more) at = number();
    else if (word === 'RETRYCOUNT' && more) found.deliveries = number();
    else if (word === 'LASTID' && more) found.lastId = parseId(argv[++i]!);
    else throw err(`Unrecognized XCLAIM option '${printable(argv[i]!)}'`);
  }
  // A time that cannot be right is now: the clocks of clients differ.
  if (at >= 0 && at <= now) found.deliveredAt = Number(at);
  if (found.deliveries !== undefined && found.deliveries < 0) found.deliveries = undefined;
  return found;
}
function idOrOption(word: Bytes): StreamId | undefined {
  try {
    return parseId(word);
  } catch (error) {
    if (error instanceof ReplyError) return undefined;
    throw error;
  }
}

const xclaim: Handler = (server, client, argv) => {
  const claim = new Claim(server, client, argv, client.db.readAs(argv[1]!, 'stream'));
  const { stream, group } = claim;
  const idle = minIdle(argv[4]!, 'XCLAIM');
  const options = claimOptions(server, argv);
  const { justId } = options;
  const moved = compareIds(options.lastId, group.lastId) > 0;
  if (moved) group.lastId = options.lastId;
  const replies: Reply[] = [];
  for (const id of options.ids) {
    let pending = group.pending.get(id);
    const entry = stream.get(id);
    if (!entry) {
      if (pending) claim.drop(pending);
      continue;
    }
    if (pending && !claim.rests(pending, idle)) continue;
    if (!pending && !options.force) continue;
    pending ??= group.create(id, claim.claimer, server.now);
    const deliveries = options.deliveries ?? wrapped(pending.deliveries, justId ? 0 : 1);
    claim.take(pending, options.deliveredAt, deliveries);
    replies.push(justId ? idText(id) : entryReply(entry));
  }
  if (moved && claim.changes === 0) claim.changes++;
  claim.end();
  return replies;
};

/** For each entry that it may claim XAUTOCLAIM looks at so many. */
const ATTEMPTS = 10;
const BAD_COUNT = err('COUNT must be > 0');

const xautoclaim: Handler = (server, client, argv) => {
  const stream = client.db.read(argv[1]!);
  const idle = minIdle(argv[4]!, 'XAUTOCLAIM');
  const start = intervalStart(argv[5]!);
  let count = 100;
  let justId = false;
  for (let i = 6; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    if (word === 'count' && i + 1 < argv.length) {
      const given = integer(argv[++i]!, BAD_COUNT);
      if (given < 1 || BigInt(given) > INT64_MAX / 16n) throw BAD_COUNT;
      count = Number(given);
    } else if (word === 'justid') justId = true;
    else throw SYNTAX;
  }
  const claim = new Claim(server, client, argv, expectType(stream, 'stream'));
  const { group } = claim;
  const claimed: Reply[] = [];
  const deleted: Reply[] = [];
  let pending = group.pending.firstFrom(start);
  for (let left = count * ATTEMPTS; left > 0 && count > 0 && pending; left--) {
    const entry = claim.stream.get(pending);
    if (!entry) {
      claim.drop(pending);
      deleted.push(idText(pending));
      count--;
    } else if (claim.rests(pending, idle)) {
      claim.take(pending, server.now, wrapped(pending.deliveries, justId ? 0 : 1));
      claimed.push(justId ? idText(pending) : entryReply(entry));
      count--;
    }
    const after = nextId(pending);
    pending = after && group.pending.firstFrom(after);
  }
  claim.end();
  return [idText(pending ?? FIRST_ID), claimed, deleted];
};

export const claimCommands: Record<string, Handler> = { xclaim, xautoclaim };
