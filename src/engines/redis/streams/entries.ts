/** A stream's entries: adding, reading by range, deleting, trimming. */
import type { Bytes } from '../core/bytes.ts';
import type { Handler } from '../core/command-table.ts';
import { integer, type Integer } from '../core/numbers.ts';
import { err, NO_SUCH_KEY, NULL_ARRAY, OK, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { silently } from './group-access.ts';
import type { LiveEntry, NodeLimits } from './node.ts';
import {
  compareIds,
  idText,
  intervalEnd,
  intervalStart,
  isZero,
  LAST_ID,
  millisecondsOnly,
  nextId,
  parseId,
  type StreamId,
} from './stream-id.ts';
import { StreamValue, type Trimming } from './stream-value.ts';

const nodeLimits = ({ config }: Server): NodeLimits => ({
  bytes: Number(config.get('stream-node-max-bytes')),
  entries: Number(config.get('stream-node-max-entries')),
});

export const entryReply = (entry: LiveEntry): Reply => [idText(entry), entry.fields];

/** What XADD and XTRIM have in common. */
interface Options {
  trimming: Trimming | null;
  makeStream: boolean;
  /** Where the id stands, or would. */
  at: number;
  /** XADD's id; `undefined`: made from the clock. */
  id: { ms: Integer; seq: Integer | undefined } | undefined;
}

const BOTH = err('syntax error, MAXLEN and MINID options at the same time are not compatible');

/** Reads up to XADD's id, or to XTRIM's end. */
function options(server: Server, argv: Bytes[], adds: boolean): Options {
  const found: Options = { trimming: null, makeStream: true, at: 2, id: undefined };
  let limit: number | undefined;
  let { at } = found;
  for (; at < argv.length; at++) {
    const word = argv[at]!.toLowerCase();
    const more = argv.length - 1 - at;
    if (adds && word === '*') break;
    if ((word === 'maxlen' || word === 'minid') && more > 0) {
      if (found.trimming) throw BOTH;
      const mark = more >= 2 ? argv[at + 1]! : '';
      if (mark === '~' || mark === '=') at++;
      const to = word === 'minid' ? parseId(argv[++at]!) : Number(integer(argv[++at]!));
      if (typeof to === 'number' && to < 0) throw err('The MAXLEN argument must be >= 0.');
      found.trimming = { to, approximate: mark === '~', limit: 0 };
    } else if (word === 'limit' && more > 0) {
      limit = Number(integer(argv[++at]!));
      if (limit < 0) throw err('The LIMIT argument must be >= 0.');
    } else if (adds && word === 'nomkstream') found.makeStream = false;
    else if (adds) {
      const ms = millisecondsOnly(argv[at]!);
      found.id = ms === undefined ? parseId(argv[at]!) : { ms, seq: undefined };
      break;
    } else throw SYNTAX;
  }
  found.at = at;
  const { trimming } = found;
  if (!trimming && limit) {
    throw err('syntax error, LIMIT cannot be used without specifying a trimming strategy');
  }
  if (!trimming && !adds) throw err('syntax error, XTRIM must be called with a trimming strategy');
  if (limit !== undefined && !trimming?.approximate) {
    throw err('syntax error, LIMIT cannot be used without the special ~ option');
  }
  if (trimming?.approximate) {
    trimming.limit = limit ?? Math.min(100 * nodeLimits(server).entries || 10_000, 1_000_000);
  }
  return found;
}

const TOO_LOW = err('The ID specified in XADD is equal or smaller than the target stream top item');

/** The id of a new entry. */
function newId(server: Server, last: StreamId, given: Options['id']): StreamId {
  if (!given) return server.now > last.ms ? { ms: server.now, seq: 0 } : nextId(last)!;
  let id: StreamId = { ms: given.ms, seq: given.seq ?? 0 };
  if (given.seq === undefined && given.ms === last.ms) {
    // What redis-server 7.0 says where the sequence numbers of a millisecond are used up.
    if (last.seq === LAST_ID.seq) throw err('Elements are too large to be stored');
    id = nextId(last)!;
  }
  if (compareIds(id, last) <= 0) throw TOO_LOW;
  return id;
}

const xadd: Handler = (server, client, argv) => {
  const { trimming, makeStream, at, id: given } = options(server, argv, true);
  const fields = argv.slice(at + 1);
  if (fields.length < 2 || fields.length % 2 === 1) {
    throw err("wrong number of arguments for 'xadd' command");
  }
  if (given?.seq !== undefined && isZero(given as StreamId)) {
    throw err('The ID specified in XADD must be greater than 0-0');
  }
  const { db } = client;
  const key = argv[1]!;
  const known = db.get(key, 'stream');
  if (!known && !makeStream) return null;
  const stream = known ?? new StreamValue();
  if (compareIds(stream.lastId, LAST_ID) === 0) {
    throw err('The stream has exhausted the last possible ID, unable to add more items');
  }
  const id = newId(server, stream.lastId, given);
  stream.append(id, fields, nodeLimits(server));
  if (!known) db.add(key, stream);
  db.changed(key, 'txadd');
  if (trimming && stream.trim(trimming) > 0) db.notify('txtrim', key);
  server.signalReady(db, key, 'stream');
  return idText(id);
};

function range(backwards: boolean): Handler {
  return (_server, client, argv) => {
    const start = intervalStart(argv[backwards ? 3 : 2]!);
    const end = intervalEnd(argv[backwards ? 2 : 3]!);
    let count: number | undefined;
    for (let i = 4; i < argv.length; i += 2) {
      if (argv[i]!.toLowerCase() !== 'count' || i + 1 >= argv.length) throw SYNTAX;
      count = Math.max(0, Number(integer(argv[i + 1]!)));
    }
    const stream = client.db.readAs(argv[1]!, 'stream');
    if (!stream) return [];
    if (count === 0) return NULL_ARRAY;
    return stream.range(start, end, count, backwards).map(entryReply);
  };
}

const xsetid: Handler = (server, client, argv) => {
  const id = parseId(argv[2]!);
  let added: Integer | undefined;
  let maxDeleted: StreamId | undefined;
  for (let i = 3; i < argv.length; i += 2) {
    const word = argv[i]!.toLowerCase();
    if (i + 1 >= argv.length) throw SYNTAX;
    if (word === 'entriesadded') {
      added = integer(argv[i + 1]!);
      if (added < 0) throw err('entries_added must be positive');
    } else if (word === 'maxdeletedid') {
      maxDeleted = parseId(argv[i + 1]!);
      if (compareIds(id, maxDeleted) < 0) {
        throw err('The ID specified in XSETID is smaller than the provided max_deleted_entry_id');
      }
    } else throw SYNTAX;
  }
  const stream = client.db.get(argv[1]!, 'stream');
  if (!stream) throw NO_SUCH_KEY;
  const { last } = stream;
  if (last && compareIds(id, last) < 0) {
    throw err('The ID specified in XSETID is smaller than the target stream top item');
  }
  if (last && added !== undefined && stream.size > added) {
    throw err('The entries_added specified in XSETID is smaller than the target stream length');
  }
  stream.lastId = id;
  stream.entriesAdded = added ?? stream.entriesAdded;
  if (maxDeleted && !isZero(maxDeleted)) stream.maxDeletedId = maxDeleted;
  silently(server, client.db, argv[1]!, 1, 'txsetid');
  return OK;
};

export const entryCommands: Record<string, Handler> = {
  xadd,
  xlen: (_server, client, argv) => client.db.readAs(argv[1]!, 'stream')?.size ?? 0,
  xrange: range(false),
  xrevrange: range(true),
  xdel: (server, client, argv) => {
    const { db } = client;
    const stream = db.get(argv[1]!, 'stream');
    if (!stream) return 0;
    const deleted = stream.delete(argv.slice(2).map((word) => parseId(word)));
    if (deleted > 0) db.changed(argv[1]!, 'txdel');
    server.dirty += Math.max(0, deleted - 1);
    return deleted;
  },
  xtrim: (server, client, argv) => {
    const { trimming } = options(server, argv, false);
    const { db } = client;
    const stream = db.get(argv[1]!, 'stream');
    if (!stream) return 0;
    const deleted = stream.trim(trimming!);
    if (deleted > 0) db.changed(argv[1]!, 'txtrim');
    server.dirty += Math.max(0, deleted - 1);
    return deleted;
  },
  xsetid,
};
