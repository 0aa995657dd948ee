/** Sorted sets, and the commands that wait for one. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import type { KeyEvent } from '../core/keyspace.ts';
import { double, long } from '../core/numbers.ts';
import { DoubleReply, err, NULL_ARRAY, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import type { SortedSet } from '../core/sorted-set.ts';
import { SortedSetValue } from '../core/values.ts';
import { blockingTimeout } from './blocking-timeout.ts';
import { indexRange, parseMultiPop, positive } from './lists.ts';
import { pairs, pick, randomOptions } from './random-choice.ts';
import { scanCollection } from './scan.ts';
import { nameRange, scoreRange, type Places, type RangeFinder } from './score-range.ts';
import { sortedSetAlgebraCommands, storeScores } from './sorted-set-algebra.ts';
import { formatDouble, formatSmallScore } from '../core/numbers.ts';

const NAN = err('resulting score is not a number (NaN)');

interface AddFlags {
  nx: boolean;
  xx: boolean;
  gt: boolean;
  lt: boolean;
  ch: boolean;
  incr: boolean;
}
const FLAG_NAMES = ['nx', 'xx', 'gt', 'lt', 'ch', 'incr'] as const;

function zadd(server: Server, client: Client, argv: Bytes[]): Reply {
  const flags: AddFlags = { nx: false, xx: false, gt: false, lt: false, ch: false, incr: false };
  let at = 2;
  for (; at < argv.length; at++) {
    // The length test keeps the common `ZADD key score member` free of lower-casing.
    if (argv[at]!.length > 4 || argv[at]!.length < 2) break;
    const name = FLAG_NAMES.find((flag) => flag === argv[at]!.toLowerCase());
    if (!name) break;
    flags[name] = true;
  }
  const words = argv.length - at;
  if (words === 0 || words % 2 !== 0) throw SYNTAX;
  if (flags.nx && flags.xx) throw err('XX and NX options at the same time are not compatible');
  if ((flags.nx && (flags.gt || flags.lt)) || (flags.gt && flags.lt)) {
    throw err('GT, LT, and/or NX options at the same time are not compatible');
  }
  if (flags.incr && words > 2) throw err('INCR option supports a single increment-element pair');
  return addScores(server, client, argv, at, flags);
}

function addScores(
  server: Server,
  client: Client,
  argv: Bytes[],
  at: number,
  flags: AddFlags,
): Reply {
  const scores: number[] = [];
  for (let i = at; i < argv.length; i += 2) scores.push(double(argv[i]!));
  const { db } = client;
  const { limits } = server.config;
  let zset = db.get(argv[1]!, 'zset');
  if (!zset) {
    if (flags.xx) return flags.incr ? null : 0;
    db.add(argv[1]!, (zset = new SortedSetValue()));
    if (limits.zsetEntries === 0 || argv[at + 1]!.length > limits.zsetValue) zset.compact = false;
  }
  let added = 0;
  let updated = 0;
  let result: Reply = null;
  for (let i = 0; i < scores.length; i++) {
    const member = argv[at + 1 + 2 * i]!;
    const old = zset.set.get(member);
    let score = scores[i]!;
    if (old === undefined) {
      if (flags.xx) continue;
      zset.add(member, score, limits);
      added++;
    } else {
      if (flags.nx) continue;
      if (flags.incr) score += old;
      if (Number.isNaN(score)) throw NAN;
      if ((flags.lt && score >= old) || (flags.gt && score <= old)) continue;
      if (score !== old) {
        zset.add(member, score, limits);
        updated++;
      }
    }
    result = new DoubleReply(score);
  }
  if (added + updated > 0) db.changed(argv[1]!, flags.incr ? 'zzincr' : 'zzadd');
  if (flags.incr) return result;
  return flags.ch ? added + updated : added;
}

type By = 'rank' | 'score' | 'name';

interface RangeRequest {
  by: By;
  reverse: boolean;
  withScores: boolean;
  offset: number;
  limit: number;
}

const NOTHING: Places = [0, 0];

/** Parses and answers every kind of range; the options differ by command. */
function range(
  server: Server,
  client: Client,
  argv: Bytes[],
  at: number,
  fixed: { by?: By; reverse?: boolean; store?: boolean },
): Reply {
  const r: RangeRequest = {
    by: fixed.by ?? 'rank',
    reverse: fixed.reverse ?? false,
    withScores: false,
    offset: 0,
    limit: -1,
  };
  let by: By | undefined = fixed.by;
  for (let i = at + 3; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    if (!fixed.store && word === 'withscores') r.withScores = true;
    else if (word === 'limit' && argv.length - i - 1 >= 2) {
      r.offset = long(argv[++i]!);
      r.limit = long(argv[++i]!);
    } else if (fixed.reverse === undefined && !r.reverse && word === 'rev') r.reverse = true;
    else if (by === undefined && word === 'bylex') r.by = by = 'name';
    else if (by === undefined && word === 'byscore') r.by = by = 'score';
    else throw SYNTAX;
  }
  if (r.limit !== -1 && r.by === 'rank') {
    throw err('syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX');
  }
  if (r.withScores && r.by === 'name') {
    throw err('syntax error, WITHSCORES not supported in combination with BYLEX');
  }
  const [first, second] = [argv[at + 1]!, argv[at + 2]!];
  const [min, max] = r.reverse && r.by !== 'rank' ? [second, first] : [first, second];
  let find: RangeFinder;
  if (r.by === 'rank') {
    const [start, stop] = [long(min), long(max)];
    find = (set) => {
      const [from, to] = indexRange(start, stop, set.size);
      if (from === to) return NOTHING;
      return r.reverse ? [set.size - to, set.size - from] : [from, to];
    };
  } else find = r.by === 'score' ? scoreRange(min, max) : nameRange(min, max);
  const zset = client.db.readAs(argv[at]!, 'zset');
  const items = zset ? collect(zset.set, find(zset.set, r.reverse), r) : [];
  if (fixed.store) return storeScores(server, client, argv[1]!, new Map(items), 'zzrangestore');
  if (!r.withScores) return items.map(([member]) => member);
  return pairs(
    items.map(([member, score]) => [member, new DoubleReply(score)]),
    client.resp,
  );
}

function collect(set: SortedSet, [from, to]: Places, r: RangeRequest): [Bytes, number][] {
  if (r.offset < 0) return [];
  let count = to - from - r.offset;
  if (r.limit >= 0) count = Math.min(count, r.limit);
  const items: [Bytes, number][] = [];
  if (count <= 0) return items;
  let e = set.at(r.reverse ? to - 1 - r.offset : from + r.offset);
  for (; e && count > 0; count--, e = r.reverse ? e.previous : e.next)
    items.push([e.member, e.score]);
  return items;
}

function removeRange(parse: (argv: Bytes[]) => RangeFinder, event: KeyEvent): Handler {
  return (_server, client, argv) => {
    const find = parse(argv);
    const zset = client.db.get(argv[1]!, 'zset');
    if (!zset) return 0;
    const [from, to] = find(zset.set);
    const members: Bytes[] = [];
    for (let e = zset.set.at(from); e && members.length < to - from; e = e.next)
      members.push(e.member);
    for (const member of members) zset.set.delete(member);
    if (members.length > 0) client.db.taken(argv[1]!, zset, event);
    return members.length;
  };
}

const rankRange = (argv: Bytes[]): RangeFinder => {
  const [start, stop] = [long(argv[2]!), long(argv[3]!)];
  return (set) => indexRange(start, stop, set.size);
};

type Side = 'min' | 'max';
function side(word: Bytes): Side {
  const lower = word.toLowerCase();
  if (lower !== 'min' && lower !== 'max') throw SYNTAX;
  return lower;
}

function popMany(
  client: Client,
  key: Bytes,
  zset: SortedSetValue,
  from: Side,
  count: number,
): [Bytes, Reply][] {
  const items: [Bytes, Reply][] = [];
  for (let n = Math.min(count, zset.size); n > 0; n--) {
    const e = (from === 'min' ? zset.set.first : zset.set.last)!;
    zset.set.delete(e.member);
    items.push([e.member, new DoubleReply(e.score)]);
  }
  client.db.taken(key, zset, `zzpop${from}`);
  return items;
}

function zpop(from: Side): Handler {
  return (_server, client, argv) => {
    if (argv.length > 3) throw SYNTAX;
    const count = argv.length === 3 ? positive(argv[2]!) : null;
    const zset = client.db.get(argv[1]!, 'zset');
    if (!zset || count === 0) return [];
    const items = popMany(client, argv[1]!, zset, from, count ?? 1);
    return pairs(items, count === null ? 2 : client.resp);
  };
}

function blockingPop(
  server: Server,
  client: Client,
  keys: Bytes[],
  until: number,
  answer: (key: Bytes, zset: SortedSetValue) => Reply,
): Reply | undefined {
  for (const key of keys) {
    const zset = client.db.get(key, 'zset');
    if (zset) return answer(key, zset);
  }
  if (client.denyBlocking) return NULL_ARRAY;
  server.block(client, {
    type: 'zset',
    db: client.db,
    keys,
    until,
    serve: (key, value) => answer(key, value as SortedSetValue),
    onTimeout: NULL_ARRAY,
  });
  return undefined;
}

function bzpop(from: Side): Handler {
  return (server, client, argv) => {
    const until = blockingTimeout(server, argv.at(-1)!);
    return blockingPop(server, client, argv.slice(1, -1), until, (key, zset) => [
      key,
      ...popMany(client, key, zset, from, 1)[0]!,
    ]);
  };
}

function rank(reverse: boolean): Handler {
  return (_server, client, argv) => {
    const zset = client.db.readAs(argv[1]!, 'zset');
    const place = zset?.set.rank(argv[2]!) ?? -1;
    if (place < 0) return null;
    return reverse ? zset!.size - 1 - place : place;
  };
}

const count =
  (parse: (argv: Bytes[]) => RangeFinder): Handler =>
  (_server, client, argv) => {
    const find = parse(argv);
    const zset = client.db.readAs(argv[1]!, 'zset');
    if (!zset) return 0;
    const [from, to] = find(zset.set);
    return to - from;
  };

const byScore = (argv: Bytes[]): RangeFinder => scoreRange(argv[2]!, argv[3]!);
const byName = (argv: Bytes[]): RangeFinder => nameRange(argv[2]!, argv[3]!);

export const sortedSetCommands: Record<string, Handler> = {
  ...sortedSetAlgebraCommands,
  zadd,
  zincrby: (server, client, argv) =>
    addScores(server, client, argv, 2, {
      nx: false,
      xx: false,
      gt: false,
      lt: false,
      ch: false,
      incr: true,
    }),
  zrem: (_server, client, argv) => {
    const zset = client.db.get(argv[1]!, 'zset');
    if (!zset) return 0;
    let removed = 0;
    for (const member of argv.slice(2)) if (zset.set.delete(member)) removed++;
    if (removed > 0) client.db.taken(argv[1]!, zset, 'zzrem');
    return removed;
  },
  zcard: (_server, client, argv) => client.db.readAs(argv[1]!, 'zset')?.size ?? 0,
  zscore: (_server, client, argv) => {
    const score = client.db.readAs(argv[1]!, 'zset')?.set.get(argv[2]!);
    return score === undefined ? null : new DoubleReply(score);
  },
  zmscore: (_server, client, argv) => {
    const zset = client.db.readAs(argv[1]!, 'zset');
    return argv.slice(2).map((member) => {
      const score = zset?.set.get(member);
      return score === undefined ? null : new DoubleReply(score);
    });
  },
  zrank: rank(false),
  zrevrank: rank(true),
  zcount: count(byScore),
  zlexcount: count(byName),
  zrange: (server, client, argv) => range(server, client, argv, 1, {}),
  zrangestore: (server, client, argv) => range(server, client, argv, 2, { store: true }),
  zrevrange: (server, client, argv) =>
    range(server, client, argv, 1, { by: 'rank', reverse: true }),
  zrangebyscore: (server, client, argv) =>
    range(server, client, argv, 1, { by: 'score', reverse: false }),
  zrevrangebyscore: (server, client, argv) =>
    range(server, client, argv, 1, { by: 'score', reverse: true }),
  zrangebylex: (server, client, argv) =>
    range(server, client, argv, 1, { by: 'name', reverse: false }),
  zrevrangebylex: (server, client, argv) =>
    range(server, client, argv, 1, { by: 'name', reverse: true }),
  zremrangebyrank: removeRange(rankRange, 'zzremrangebyrank'),
  zremrangebyscore: removeRange(byScore, 'zzremrangebyscore'),
  zremrangebylex: removeRange(byName, 'zzremrangebylex'),
  zpopmin: zpop('min'),
  zpopmax: zpop('max'),
  zmpop: (_server, client, argv) => {
    const { keys, where, count: amount } = parseMultiPop(argv, 1, side);
    for (const key of keys) {
      const zset = client.db.get(key, 'zset');
      if (zset) return [key, popMany(client, key, zset, where, amount)];
    }
    return NULL_ARRAY;
  },
  bzpopmin: bzpop('min'),
  bzpopmax: bzpop('max'),
  bzmpop: (server, client, argv) => {
    const { keys, where, count: amount } = parseMultiPop(argv, 2, side);
    const until = blockingTimeout(server, argv[1]!);
    return blockingPop(server, client, keys, until, (key, zset) => [
      key,
      popMany(client, key, zset, where, amount),
    ]);
  },
  zrandmember: (server, client, argv) => {
    const options = argv.length > 2 ? randomOptions(argv, 'withscores') : null;
    const zset = client.db.readAs(argv[1]!, 'zset');
    if (!options) return zset ? pick([...zset.set.members()], 1, server.random)[0]! : null;
    if (!zset) return [];
    const members: Bytes[] = [];
    for (let e = zset.set.first; e; e = e.next) members.push(e.member);
    const picked = pick(members, options.count, server.random);
    if (!options.withValues) return picked;
    return pairs(
      picked.map((member) => [member, new DoubleReply(zset.set.get(member)!)]),
      client.resp,
    );
  },
  zscan: (server, client, argv) =>
    scanCollection(server, client, argv, 'zset', (zset) => ({
      whole: zset.compact,
      size: zset.size,
      keys: () => zset.set.members(),
      emit: (member) => [
        member,
        (zset.compact ? formatSmallScore : formatDouble)(zset.set.get(member)!),
      ],
    })),
};
