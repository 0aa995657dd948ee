/** ZUNION, ZINTER, ZDIFF, their STORE forms, and ZINTERCARD. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import type { KeyEvent } from '../core/keyspace.ts';
import { double, long } from '../core/numbers.ts';
import { DoubleReply, err, SYNTAX, WRONGTYPE, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { SortedSet } from '../core/sorted-set.ts';
import { SortedSetValue, type SetValue } from '../core/values.ts';
import { pairs } from './random-choice.ts';

type Operation = 'union' | 'inter' | 'diff';
type Source = SortedSetValue | SetValue | undefined;
type Aggregate = (a: number, b: number) => number;

const AGGREGATES: Record<string, Aggregate> = {
  // Infinity minus infinity counts as zero.
  sum: (a, b) => (Number.isNaN(a + b) ? 0 : a + b),
  min: (a, b) => (b < a ? b : a),
  max: (a, b) => (b > a ? b : a),
};

const scoreIn = (source: Source, member: Bytes): number | undefined =>
  source?.type === 'zset' ? source.set.get(member) : source?.members.has(member) ? 1 : undefined;

function* entries(source: Source): Generator<[Bytes, number]> {
  if (source?.type === 'zset') {
    for (let e = source.set.first; e; e = e.next) yield [e.member, e.score];
  } else if (source) for (const member of source.list()) yield [member, 1];
}

interface Parsed {
  sources: { source: Source; weight: number }[];
  aggregate: Aggregate;
  withScores: boolean;
  limit: number;
}

function parse(
  client: Client,
  argv: Bytes[],
  at: number,
  operation: Operation,
  form: 'reply' | 'store' | 'count',
): Parsed {
  const keyCount = long(argv[at]!);
  if (keyCount < 1) {
    throw err(`at least 1 input key is needed for '${argv[0]!.toLowerCase()}' command`);
  }
  if (keyCount > argv.length - at - 1) throw SYNTAX;
  let i = at + 1 + keyCount;
  const sources = argv.slice(at + 1, i).map((key) => {
    const source = client.db.read(key);
    if (source && source.type !== 'zset' && source.type !== 'set') throw WRONGTYPE;
    return { source: source as Source, weight: 1 };
  });
  const parsed: Parsed = { sources, aggregate: AGGREGATES.sum!, withScores: false, limit: 0 };
  const weighted = operation !== 'diff' && form !== 'count';
  while (i < argv.length) {
    const word = argv[i]!.toLowerCase();
    const left = argv.length - i;
    if (weighted && word === 'weights' && left >= keyCount + 1) {
      const error = err('weight value is not a float');
      for (const entry of sources) entry.weight = double(argv[++i]!, error);
      i++;
    } else if (weighted && word === 'aggregate' && left >= 2) {
      const aggregate = AGGREGATES[argv[i + 1]!.toLowerCase()];
      if (!aggregate) throw SYNTAX;
      parsed.aggregate = aggregate;
      i += 2;
    } else if (form === 'reply' && word === 'withscores') {
      parsed.withScores = true;
      i++;
    } else if (form === 'count' && word === 'limit' && left >= 2) {
      const error = err("LIMIT can't be negative");
      parsed.limit = long(argv[i + 1]!, error);
      if (parsed.limit < 0) throw error;
      i += 2;
    } else throw SYNTAX;
  }
  return parsed;
}

function compute({ sources, aggregate }: Parsed, operation: Operation): Map<Bytes, number> {
  const result = new Map<Bytes, number>();
  const weighted = (score: number, weight: number): number =>
    Number.isNaN(score * weight) ? 0 : score * weight;
  if (operation === 'diff') {
    const [first, ...others] = sources;
    for (const [member, score] of entries(first!.source)) {
      if (!others.some(({ source }) => scoreIn(source, member) !== undefined)) {
        result.set(member, score);
      }
    }
    return result;
  }
  // From the smallest on, as Redis goes: the order decides how sums of doubles round.
  const sorted = [...sources].sort((a, b) => (a.source?.size ?? 0) - (b.source?.size ?? 0));
  if (operation === 'union') {
    for (const { source, weight } of sorted) {
      for (const [member, score] of entries(source)) {
        const old = result.get(member);
        const value = weighted(score, weight);
        result.set(member, old === undefined ? value : aggregate(old, value));
      }
    }
    return result;
  }
  const [first, ...others] = sorted;
  for (const [member, score] of entries(first!.source)) {
    let sum: number | undefined = weighted(score, first!.weight);
    for (const { source, weight } of others) {
      const other = scoreIn(source, member);
      if (other === undefined) {
        sum = undefined;
        break;
      }
      sum = aggregate(sum, other * weight);
    }
    if (sum !== undefined) result.set(member, sum);
  }
  return result;
}

function algebra(operation: Operation): Handler {
  return (server, client, argv) => {
    const parsed = parse(client, argv, 1, operation, 'reply');
    const set = new SortedSet();
    for (const [member, score] of compute(parsed, operation)) set.set(member, score);
    const items: [Bytes, Reply][] = [];
    for (let e = set.first; e; e = e.next) items.push([e.member, new DoubleReply(e.score)]);
    return parsed.withScores ? pairs(items, client.resp) : items.map(([member]) => member);
  };
}

function algebraStore(operation: Operation): Handler {
  return (server, client, argv) => {
    const scores = compute(parse(client, argv, 2, operation, 'store'), operation);
    return storeScores(server, client, argv[1]!, scores, `zz${operation}store`);
  };
}

/** Puts a computed sorted set under a key; an empty one removes the key. */
export function storeScores(
  server: Server,
  client: Client,
  key: Bytes,
  scores: Map<Bytes, number>,
  event: KeyEvent,
): Reply {
  const { db } = client;
  if (scores.size === 0) {
    db.delete(key);
    return 0;
  }
  const value = new SortedSetValue();
  const { limits } = server.config;
  const compact =
    scores.size <= limits.zsetEntries &&
    [...scores.keys()].every((member) => member.length <= limits.zsetValue);
  value.compact = compact;
  for (const [member, score] of scores) value.add(member, score, limits);
  db.set(key, value, event);
  return value.size;
}

export const sortedSetAlgebraCommands: Record<string, Handler> = {
  zunion: algebra('union'),
  zinter: algebra('inter'),
  zdiff: algebra('diff'),
  zunionstore: algebraStore('union'),
  zinterstore: algebraStore('inter'),
  zdiffstore: algebraStore('diff'),
  zintercard: (_server, client, argv) => {
    const parsed = parse(client, argv, 1, 'inter', 'count');
    const { size } = compute(parsed, 'inter');
    return parsed.limit > 0 ? Math.min(parsed.limit, size) : size;
  },
};
