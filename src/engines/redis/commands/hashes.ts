/** Hashes. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { addLongDoubles, formatLongDouble, parseLongDouble } from '../core/long-double.ts';
import { addIntegers, integer, parseInteger } from '../core/numbers.ts';
import { err, MapReply, NOT_FLOAT, OK } from '../core/reply.ts';
import { HashValue } from '../core/values.ts';
import { pairs, pick, randomOptions } from './random-choice.ts';
import { scanCollection } from './scan.ts';

function hashFor(client: Client, key: Bytes): HashValue {
  const hash = client.db.get(key, 'hash');
  if (hash) return hash;
  const created = new HashValue();
  client.db.add(key, created);
  return created;
}

const hset: Handler = (server, client, argv) => {
  if (argv.length % 2 === 1) {
    throw err(`wrong number of arguments for '${argv[0]!.toLowerCase()}' command`);
  }
  const hash = hashFor(client, argv[1]!);
  const { limits } = server.config;
  const before = hash.size;
  for (let i = 2; i < argv.length; i += 2) hash.set(argv[i]!, argv[i + 1]!, limits);
  client.db.changed(argv[1]!, 'hhset');
  return hash.size - before;
};

export const hashCommands: Record<string, Handler> = {
  hset,
  hmset: (server, client, argv) => {
    hset(server, client, argv);
    return OK;
  },
  hsetnx: (server, client, argv) => {
    const hash = hashFor(client, argv[1]!);
    if (hash.fields.has(argv[2]!)) return 0;
    hash.set(argv[2]!, argv[3]!, server.config.limits);
    client.db.changed(argv[1]!, 'hhset');
    return 1;
  },
  hget: (_server, client, argv) => client.db.readAs(argv[1]!, 'hash')?.fields.get(argv[2]!) ?? null,
  hmget: (_server, client, argv) => {
    const hash = client.db.readAs(argv[1]!, 'hash');
    return argv.slice(2).map((field) => hash?.fields.get(field) ?? null);
  },
  hgetall: (_server, client, argv) => {
    const hash = client.db.readAs(argv[1]!, 'hash');
    return new MapReply(hash ? [...hash.fields].flat() : []);
  },
  hkeys: (_server, client, argv) => [...(client.db.readAs(argv[1]!, 'hash')?.fields.keys() ?? [])],
  hvals: (_server, client, argv) => [
    ...(client.db.readAs(argv[1]!, 'hash')?.fields.values() ?? []),
  ],
  hlen: (_server, client, argv) => client.db.readAs(argv[1]!, 'hash')?.size ?? 0,
  hexists: (_server, client, argv) =>
    client.db.readAs(argv[1]!, 'hash')?.fields.has(argv[2]!) ? 1 : 0,
  hstrlen: (_server, client, argv) =>
    client.db.readAs(argv[1]!, 'hash')?.fields.get(argv[2]!)?.length ?? 0,
  hdel: (_server, client, argv) => {
    const hash = client.db.get(argv[1]!, 'hash');
    if (!hash) return 0;
    let removed = 0;
    for (const field of argv.slice(2)) if (hash.fields.delete(field)) removed++;
    if (removed > 0) client.db.taken(argv[1]!, hash, 'hhdel');
    return removed;
  },
  hincrby: (server, client, argv) => {
    const by = integer(argv[3]!);
    const hash = hashFor(client, argv[1]!);
    const old = hash.fields.get(argv[2]!);
    const number = old === undefined ? 0 : parseInteger(old);
    if (number === undefined) throw err('hash value is not an integer');
    const sum = addIntegers(number, by);
    if (sum === undefined) throw err('increment or decrement would overflow');
    hash.set(argv[2]!, String(sum), server.config.limits);
    client.db.changed(argv[1]!, 'hhincrby');
    return sum;
  },
  hincrbyfloat: (server, client, argv) => {
    const by = parseLongDouble(argv[3]!);
    if (by === undefined) throw NOT_FLOAT;
    if (by === 'infinite') throw err('value is NaN or Infinity');
    const hash = hashFor(client, argv[1]!);
    const old = parseLongDouble(hash.fields.get(argv[2]!) ?? '0');
    if (old === undefined) throw err('hash value is not a float');
    if (old === 'infinite') throw err('increment would produce NaN or Infinity');
    const sum = formatLongDouble(addLongDoubles(old, by));
    hash.set(argv[2]!, sum, server.config.limits);
    client.db.changed(argv[1]!, 'hhincrbyfloat');
    return sum;
  },
  hrandfield: (server, client, argv) => {
    const options = argv.length > 2 ? randomOptions(argv, 'withvalues') : null;
    const hash = client.db.readAs(argv[1]!, 'hash');
    if (!options) return hash ? pick([...hash.fields.keys()], 1, server.random)[0]! : null;
    if (!hash) return [];
    const picked = pick([...hash.fields], options.count, server.random);
    return options.withValues ? pairs(picked, client.resp) : picked.map(([field]) => field);
  },
  hscan: (server, client, argv) =>
    scanCollection(server, client, argv, 'hash', (hash) => ({
      whole: hash.compact,
      size: hash.size,
      keys: () => hash.fields.keys(),
      emit: (field) => [field, hash.fields.get(field)!],
    })),
};
