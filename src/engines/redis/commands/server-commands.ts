/** The server: databases, configuration, persistence, statistics. */
import type { Bytes } from '../core/bytes.ts';
import type { Handler } from '../core/command-table.ts';
import { Expiries } from '../core/expiries.ts';
import type { Database } from '../core/keyspace.ts';
import { usedMemory } from '../core/eviction.ts';
import { long, strtod } from '../core/numbers.ts';
import { err, MapReply, OK, Status, SYNTAX } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { info } from './info.ts';

function checkFlush(argv: Bytes[], at = 1): void {
  const word = argv[at]?.toLowerCase();
  if (argv.length > at + 1 || (word !== undefined && word !== 'sync' && word !== 'async')) {
    throw SYNTAX;
  }
}

function flush(server: Server, db: Database): void {
  for (const [key, watches] of db.watched) {
    if (!db.dict.has(key)) continue;
    for (const watch of watches) {
      if (watch.expired) watch.expired = false;
      else watch.client.dirty = true;
    }
  }
  server.dirty += db.dict.size;
  streamsGo(server, db);
  server.persistence.databaseWritten(db);
  db.dict = new Map();
  db.volatile = new Expiries();
}

/** Who waits for entries of a stream's group hears if no stream will be there any more. */
function streamsGo(server: Server, db: Database, successor?: Database): void {
  for (const key of db.waiting.keys()) {
    const stays = successor?.dict.get(key)?.type === 'stream';
    if (!stays && db.dict.get(key)?.type === 'stream') server.signalReady(db, key, 'stream');
  }
}

/** Marks the watchers of `db`, whose contents are about to become those of `other`. */
function touchBeforeSwap(server: Server, db: Database, other: Database): void {
  const expired = (key: Bytes): boolean => (other.dict.get(key)?.expireAt ?? Infinity) < server.now;
  for (const [key, watches] of db.watched) {
    const here = db.dict.has(key);
    const there = other.dict.has(key);
    if (!here && !there) continue;
    for (const watch of watches) {
      if (watch.expired) {
        if (!there) {
          watch.expired = false;
          continue;
        } else if (expired(key)) continue;
      } else if (!here && expired(key)) {
        watch.expired = true;
        continue;
      }
      watch.client.dirty = true;
    }
  }
}

function swap(server: Server, a: Database, b: Database): void {
  if (a !== b) {
    touchBeforeSwap(server, a, b);
    touchBeforeSwap(server, b, a);
    streamsGo(server, a, b);
    streamsGo(server, b, a);
    server.persistence.databaseWritten(a);
    server.persistence.databaseWritten(b);
    [a.dict, b.dict] = [b.dict, a.dict];
    [a.volatile, b.volatile] = [b.volatile, a.volatile];
    server.persistence.databaseWritten(a);
    server.persistence.databaseWritten(b);
    for (const db of [a, b]) {
      for (const key of db.waiting.keys()) {
        const value = db.dict.get(key);
        if (value) server.signalReady(db, key, value.type);
      }
    }
  }
  server.dirty++;
}

export const serverCommands: Record<string, Handler> = {
  dbsize: (_server, client) => client.db.dict.size,
  flushdb: (server, client, argv) => {
    checkFlush(argv);
    flush(server, client.db);
    return OK;
  },
  flushall: (server, _client, argv) => {
    checkFlush(argv);
    for (const db of server.databases) flush(server, db);
    server.dirty++;
    // With save points Redis also replaces the file it would load by an empty one.
    if (server.config.get('save') !== '') server.persistence.save();
    return OK;
  },
  swapdb: (server, _client, argv) => {
    const indexes = [argv[1]!, argv[2]!].map((text, i) => {
      const invalid = err(`invalid ${i === 0 ? 'first' : 'second'} DB index`);
      const n = long(text, invalid);
      if (Math.abs(n) > 2147483647) throw invalid;
      return n;
    });
    const [a, b] = indexes.map((n) => server.databases[n]);
    if (!a || !b) throw err('DB index is out of range');
    swap(server, a, b);
    return OK;
  },
  info: (server, _client, argv) => info(server, argv),
  time: (server) => {
    const micros = Math.floor(server.clock() * 1000);
    return [String(Math.floor(micros / 1e6)), String(micros % 1e6)];
  },
  lastsave: (server) => Math.floor(server.persistence.lastSave / 1000),
  save: (server) => {
    server.persistence.save();
    return OK;
  },
  bgsave: (server, _client, argv) => {
    if (argv.length > 2 || (argv[1] !== undefined && argv[1].toLowerCase() !== 'schedule')) {
      throw SYNTAX;
    }
    server.persistence.save();
    return new Status('Background saving started');
  },
  bgrewriteaof: (server) => {
    server.persistence.rewriteIfEnabled();
    return new Status('Background append only file rewriting started');
  },
  lolwut: () => `Redis ver. 7.0.15\n`,
  'memory|purge': () => OK,
  'memory|stats': (server) => {
    const used = usedMemory(server);
    const keys = server.databases.reduce((n, db) => n + db.dict.size, 0);
    return new MapReply(['total.allocated', used, 'keys.count', keys]);
  },
  monitor: (server, client) => {
    if (client.denyBlocking) throw err("MONITOR isn't allowed for DENY BLOCKING client");
    server.startMonitor(client);
    return OK;
  },
  'function|flush': (_server, _client, argv) => {
    const word = argv[2]?.toLowerCase();
    if (argv.length > 3 || (word !== undefined && word !== 'sync' && word !== 'async')) {
      throw err('FUNCTION FLUSH only supports SYNC|ASYNC option');
    }
    // There are no functions in this emulator, so none are left.
    return OK;
  },
  'function|list': () => [],
  debug: (server, _client, argv) => {
    const word = argv[1]!.toLowerCase();
    if (word === 'sleep' && argv.length === 3) {
      // Nobody is kept waiting: the clock belongs to whoever runs the emulator.
      server.onSleep(Math.max(0, strtod(argv[2]!) || 0) * 1000);
      return OK;
    }
    if (word === 'set-active-expire' && argv.length === 3) {
      server.activeExpiry = parseInt(argv[2]!, 10) !== 0;
      return OK;
    }
    if (word === 'jmap') return OK;
    throw err(`DEBUG ${argv[1]!.toUpperCase()} exists in Redis, but not in this emulator`);
  },
};
