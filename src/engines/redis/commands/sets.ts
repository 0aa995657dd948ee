/** Sets. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { long } from '../core/numbers.ts';
import { err, SetReply, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { SetValue } from '../core/values.ts';
import { positive } from './lists.ts';
import { pick, randomOptions } from './random-choice.ts';
import { scanCollection } from './scan.ts';

type Operation = 'union' | 'inter' | 'diff';

function combine(sets: (SetValue | undefined)[], operation: Operation): Bytes[] {
  if (operation === 'union') return [...new Set(sets.flatMap((set) => set?.list() ?? []))];
  const [first, ...others] =
    operation === 'inter' ? [...sets].sort((a, b) => (a?.size ?? 0) - (b?.size ?? 0)) : sets;
  const wanted = operation === 'inter';
  return (first?.list() ?? []).filter((member) =>
    others.every((other) => (other?.members.has(member) ?? false) === wanted),
  );
}

function operands(client: Client, keys: Bytes[]): (SetValue | undefined)[] {
  return keys.map((key) => client.db.readAs(key, 'set'));
}

function algebra(operation: Operation): Handler {
  return (_server, client, argv) =>
    new SetReply(combine(operands(client, argv.slice(1)), operation));
}

function algebraStore(operation: Operation): Handler {
  return (server, client, argv) => {
    const members = combine(operands(client, argv.slice(2)), operation);
    const { db } = client;
    if (members.length === 0) {
      db.delete(argv[1]!);
      return 0;
    }
    const result = SetValue.of(members, server.config.limits);
    db.set(argv[1]!, result, `ss${operation}store`);
    return result.size;
  };
}

function popMember(server: Server, client: Client, argv: Bytes[]): Reply {
  const { db } = client;
  const [, key] = argv as [Bytes, Bytes];
  if (argv.length > 3) throw SYNTAX;
  const count = argv.length === 3 ? positive(argv[2]!) : null;
  const set = db.get(key, 'set');
  if (!set) return count === null ? null : new SetReply([]);
  if (count === 0) return new SetReply([]);
  const popped = pick(set.list(), count ?? 1, server.random);
  const rest = set.size - popped.length;
  for (const member of popped) set.members.delete(member);
  // Redis moves the few that remain to a new set, whose encoding it chooses afresh.
  if (count !== null && rest > 0 && rest * 5 <= count) {
    set.compact = SetValue.of(set.members, server.config.limits).compact;
  }
  db.taken(key, set, 'sspop');
  return count === null ? popped[0]! : new SetReply(popped);
}

export const setCommands: Record<string, Handler> = {
  sadd: (server, client, argv) => {
    const { db } = client;
    let set = db.get(argv[1]!, 'set');
    if (!set) db.add(argv[1]!, (set = new SetValue(argv[2]!)));
    let added = 0;
    for (let i = 2; i < argv.length; i++) if (set.add(argv[i]!, server.config.limits)) added++;
    if (added > 0) db.changed(argv[1]!, 'ssadd');
    return added;
  },
  srem: (_server, client, argv) => {
    const set = client.db.get(argv[1]!, 'set');
    if (!set) return 0;
    let removed = 0;
    for (const member of argv.slice(2)) if (set.members.delete(member)) removed++;
    if (removed > 0) client.db.taken(argv[1]!, set, 'ssrem');
    return removed;
  },
  smove: (server, client, argv) => {
    const { db } = client;
    const [, from, to, member] = argv as [Bytes, Bytes, Bytes, Bytes];
    if (!db.find(from)) {
      db.find(to);
      return 0;
    }
    const source = db.get(from, 'set')!;
    let target = db.get(to, 'set');
    if (source === target) return source.members.has(member) ? 1 : 0;
    if (!source.members.delete(member)) return 0;
    db.taken(from, source, 'ssrem');
    if (!target) db.add(to, (target = new SetValue(member)));
    if (target.add(member, server.config.limits)) db.changed(to, 'ssadd');
    return 1;
  },
  sismember: (_server, client, argv) =>
    client.db.readAs(argv[1]!, 'set')?.members.has(argv[2]!) ? 1 : 0,
  smismember: (_server, client, argv) => {
    const set = client.db.readAs(argv[1]!, 'set');
    return argv.slice(2).map((member) => (set?.members.has(member) ? 1 : 0));
  },
  scard: (_server, client, argv) => client.db.readAs(argv[1]!, 'set')?.size ?? 0,
  smembers: (_server, client, argv) =>
    new SetReply(client.db.readAs(argv[1]!, 'set')?.list() ?? []),
  spop: popMember,
  srandmember: (server, client, argv) => {
    if (argv.length > 3) throw SYNTAX;
    const options = argv.length === 3 ? randomOptions(argv, '') : null;
    const set = client.db.readAs(argv[1]!, 'set');
    if (!options) return set ? pick(set.list(), 1, server.random)[0]! : null;
    return set ? pick(set.list(), options.count, server.random) : [];
  },
  sunion: algebra('union'),
  sinter: algebra('inter'),
  sdiff: algebra('diff'),
  sunionstore: algebraStore('union'),
  sinterstore: algebraStore('inter'),
  sdiffstore: algebraStore('diff'),
  sintercard: (_server, client, argv) => {
    const badCount = err('numkeys should be greater than 0');
    const keyCount = long(argv[1]!, badCount);
    if (keyCount < 1) throw badCount;
    if (keyCount > argv.length - 2) {
      throw err("Number of keys can't be greater than number of args");
    }
    let limit = 0;
    for (let i = 2 + keyCount; i < argv.length; i += 2) {
      if (argv[i]!.toLowerCase() !== 'limit' || i + 1 >= argv.length) throw SYNTAX;
      const badLimit = err("LIMIT can't be negative");
      limit = long(argv[i + 1]!, badLimit);
      if (limit < 0) throw badLimit;
    }
    const size = combine(operands(client, argv.slice(2, 2 + keyCount)), 'inter').length;
    return limit > 0 ? Math.min(limit, size) : size;
  },
  sscan: (server, client, argv) =>
    scanCollection(server, client, argv, 'set', (set) => ({
      whole: set.compact,
      size: set.size,
      keys: () => set.list(),
      emit: (member) => [member],
    })),
};
