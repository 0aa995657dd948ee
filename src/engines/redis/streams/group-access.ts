/** Finding groups and consumers, counting what a group has read, and noting that they changed. */
import type { Bytes } from '../core/bytes.ts';
import type { Database, KeyEvent } from '../core/keyspace.ts';
import type { Integer } from '../core/numbers.ts';
import { ReplyError } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { printable } from '../core/unknown-command.ts';
import { difference, wrapped } from './layout.ts';
import { Consumer, UNKNOWN, type ConsumerGroup } from './pending.ts';
import { compareIds, isZero, type StreamId } from './stream-id.ts';
import type { StreamValue } from './stream-value.ts';

/** A change that persistence hears of and WATCH does not: of groups, and of what is pending. */
export function silently(
  server: Server,
  db: Database,
  key: Bytes,
  changes = 1,
  event?: KeyEvent,
): void {
  server.dirty += changes;
  server.written(db, key);
  if (event) db.notify(event, key);
}

export const noSuchGroup = (key: Bytes, group: Bytes, where = ''): ReplyError =>
  new ReplyError(
    `NOGROUP No such key '${printable(key)}' or consumer group '${printable(group)}'${where}`,
  );

/** The consumer of this name, made if there is none; either way it was seen now. */
export function consumerOf(
  server: Server,
  db: Database,
  key: Bytes,
  group: ConsumerGroup,
  name: Bytes,
): Consumer {
  const known = group.consumers.get(name);
  if (known) {
    known.seenAt = server.now;
    return known;
  }
  const consumer = new Consumer(name, server.now);
  group.consumers.set(name, consumer);
  silently(server, db, key, 1, 'txgroup-createconsumer');
  return consumer;
}

/** Whether entries were deleted from this id on, as far as the stream remembers. */
function tombstonesFrom(stream: StreamValue, id: StreamId): boolean {
  const { size, maxDeletedId, firstId } = stream;
  if (size === 0 || isZero(maxDeletedId)) return false;
  return compareIds(firstId, maxDeletedId) <= 0 && compareIds(id, maxDeletedId) <= 0;
}

/** How many entries were ever added up to this id, where that can be told; else {@link UNKNOWN}. */
export function entriesUpTo(stream: StreamValue, id: StreamId): Integer {
  const { entriesAdded, size, lastId, firstId, maxDeletedId } = stream;
  if (entriesAdded === 0) return 0;
  const toLast = compareIds(id, lastId);
  if ((size === 0 && toLast < 0) || toLast === 0) return entriesAdded;
  if (!isZero(maxDeletedId) && compareIds(maxDeletedId, firstId) >= 0) return UNKNOWN;
  const toFirst = compareIds(id, firstId);
  const before = difference(entriesAdded, size);
  return toFirst < 0 ? before : toFirst === 0 ? wrapped(before, 1) : UNKNOWN;
}

/** Notes that the group has read this entry. */
export function advance(stream: StreamValue, group: ConsumerGroup, id: StreamId): void {
  if (compareIds(id, group.lastId) <= 0) return;
  if (group.entriesRead !== UNKNOWN && !tombstonesFrom(stream, id)) {
    group.entriesRead = wrapped(group.entriesRead, 1);
  } else if (stream.entriesAdded !== 0) group.entriesRead = entriesUpTo(stream, id);
  group.lastId = { ms: id.ms, seq: id.seq };
}

/** How many entries the group has not read yet, or `null` where that cannot be told. */
export function lag(stream: StreamValue, group: ConsumerGroup): Integer | null {
  const { entriesAdded } = stream;
  if (entriesAdded === 0) return 0;
  const counted = group.entriesRead !== UNKNOWN && !tombstonesFrom(stream, group.lastId);
  const read = counted ? group.entriesRead : entriesUpTo(stream, group.lastId);
  return counted || read !== UNKNOWN ? difference(entriesAdded, read) : null;
}
