/** Keys, whatever they hold. */
import { globMatch, type Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import type { Database } from '../core/keyspace.ts';
import { frequency, memoryUsage } from '../core/eviction.ts';
import { integer, long } from '../core/numbers.ts';
import { copyValue } from '../core/persistence.ts';
import { err, NO_SUCH_KEY, OK, Status, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import type { Value } from '../core/values.ts';
import { scanKeys } from './scan.ts';

const SAME_OBJECT = err('source and destination objects are the same');

/** The database an argument names. */
export function databaseAt(server: Server, text: Bytes): Database {
  const n = integer(text);
  if (n < -2147483648 || n > 2147483647) {
    throw err('value is out of range, value must between -2147483648 and 2147483647');
  }
  const db = server.databases[Number(n)];
  if (!db) throw err('DB index is out of range');
  return db;
}

function remove(client: Client, argv: Bytes[]): number {
  const { db } = client;
  let removed = 0;
  for (const key of argv.slice(1)) {
    // An expired key is gone already: it does not count.
    if (db.peek(key) && db.delete(key)) removed++;
  }
  return removed;
}

/** Adds a value under a new key, with the expiry it had. */
function place(db: Database, key: Bytes, value: Value): void {
  db.remove(key);
  db.add(key, value);
}

function rename(client: Client, from: Bytes, to: Bytes, onlyNew: boolean): boolean {
  const { db } = client;
  const value = db.find(from);
  if (!value) throw NO_SUCH_KEY;
  if (from === to) return !onlyNew;
  if (db.find(to) && onlyNew) return false;
  place(db, to, value);
  db.remove(from);
  db.changed(from, 'grename_from');
  db.changed(to, 'grename_to');
  return true;
}

function copy(server: Server, client: Client, argv: Bytes[]): Reply {
  let target = client.db;
  let replace = false;
  for (let i = 3; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    if (word === 'replace') replace = true;
    else if (word === 'db' && i + 1 < argv.length) target = databaseAt(server, argv[++i]!);
    else throw SYNTAX;
  }
  const [, from, to] = argv as [Bytes, Bytes, Bytes];
  if (target === client.db && from === to) throw SAME_OBJECT;
  const value = client.db.read(from);
  if (!value) return 0;
  if (target.find(to) && !replace) return 0;
  place(target, to, copyValue(value));
  target.changed(to, 'gcopy_to');
  return 1;
}

function inspect(answer: (server: Server, value: Value) => Reply): Handler {
  return (server, client, argv) => {
    const value = client.db.peek(argv[2]!);
    return value ? answer(server, value) : null;
  };
}
const DRIFT =
  'Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.';

export const genericCommands: Record<string, Handler> = {
  del: (_server, client, argv) => remove(client, argv),
  unlink: (_server, client, argv) => remove(client, argv),
  exists: (_server, client, argv) => argv.slice(1).filter((key) => client.db.look(key)).length,
  touch: (_server, client, argv) => argv.slice(1).filter((key) => client.db.read(key)).length,
  type: (_server, client, argv) => new Status(client.db.look(argv[1]!)?.type ?? 'none'),
  // Expired keys are passed over, not removed: KEYS is no access.
  keys: (server, client, argv) => {
    const { db } = client;
    const found: Bytes[] = [];
    for (const [key, value] of db.dict) {
      if (value.expireAt >= server.now && globMatch(argv[1]!, key)) found.push(key);
    }
    return found;
  },
  scan: scanKeys,
  randomkey: (server, client) => {
    const { db } = client;
    for (;;) {
      if (db.dict.size === 0) return null;
      const keys = [...db.dict.keys()];
      const key = keys[Math.floor(server.random() * keys.length)]!;
      if (db.peek(key)) return key;
    }
  },
  rename: (_server, client, argv) => {
    rename(client, argv[1]!, argv[2]!, false);
    return OK;
  },
  renamenx: (_server, client, argv) => (rename(client, argv[1]!, argv[2]!, true) ? 1 : 0),
  move: (server, client, argv) => {
    const target = databaseAt(server, argv[2]!);
    const { db } = client;
    if (target === db) throw SAME_OBJECT;
    const value = db.find(argv[1]!);
    if (!value || target.find(argv[1]!)) return 0;
    db.remove(argv[1]!);
    target.add(argv[1]!, value);
    db.changed(argv[1]!, 'gmove_from');
    target.changed(argv[1]!, 'gmove_to');
    return 1;
  },
  copy,
  'object|encoding': inspect((_server, value) => value.encoding),
  'object|refcount': inspect((_server, value) =>
    value.type === 'string' &&
    value.encoding === 'int' &&
    value.integer! >= 0 &&
    value.integer! < 10000
      ? 2147483647
      : 1,
  ),
  'object|idletime': inspect((server, value) => {
    if (server.config.lfu) {
      throw err(`An LFU maxmemory policy is selected, idle time not tracked. ${DRIFT}`);
    }
    // Redis keeps whole seconds of both times.
    return Math.floor(server.now / 1000) - Math.floor(value.accessedAt / 1000);
  }),
  'object|freq': inspect((server, value) => {
    if (!server.config.lfu) {
      throw err(`An LFU maxmemory policy is not selected, access frequency not tracked. ${DRIFT}`);
    }
    return frequency(value, server);
  }),
  'memory|usage': (_server, client, argv) => {
    for (let i = 3; i < argv.length; i += 2) {
      if (argv[i]!.toLowerCase() !== 'samples' || i + 1 >= argv.length) throw SYNTAX;
      if (long(argv[i + 1]!) < 0) throw SYNTAX;
    }
    const value = client.db.dict.get(argv[2]!);
    return value ? memoryUsage(argv[2]!, value) : null;
  },
};
