/** Expiry: setting, asking and removing the time a key ends. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { INT64_MAX, integer, narrow } from '../core/numbers.ts';
import { err, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';

function conditions(argv: Bytes[]): Set<string> {
  const words = new Set<string>();
  for (const word of argv.slice(3)) {
    const lower = word.toLowerCase();
    if (!['nx', 'xx', 'gt', 'lt'].includes(lower)) {
      throw err(`Unsupported option ${word.replace(/\0.*$/s, '').replace(/[\r\n]/g, ' ')}`);
    }
    words.add(lower);
  }
  if (words.has('nx') && words.size > 1) {
    throw err('NX and XX, GT or LT options at the same time are not compatible');
  }
  if (words.has('gt') && words.has('lt')) {
    throw err('GT and LT options at the same time are not compatible');
  }
  return words;
}

function expire(
  server: Server,
  client: Client,
  argv: Bytes[],
  unit: number,
  relative: boolean,
): Reply {
  const only = conditions(argv);
  const given = BigInt(integer(argv[2]!));
  const invalid = err(`invalid expire time in '${argv[0]!.toLowerCase()}' command`);
  const base = relative ? BigInt(server.now) : 0n;
  const scale = BigInt(unit);
  if (given * scale > INT64_MAX - base) throw invalid;
  if (unit > 1 && (given > INT64_MAX / scale || given < (-INT64_MAX - 1n) / scale)) throw invalid;
  const exact = narrow(given * scale + base);
  const at = Number(exact);
  const { db } = client;
  const key = argv[1]!;
  const value = db.find(key);
  if (!value) return 0;
  const old = value.expireAt;
  if (only.has('nx') && old !== Infinity) return 0;
  if (only.has('xx') && old === Infinity) return 0;
  if (only.has('gt') && at <= old) return 0;
  if (only.has('lt') && at >= old) return 0;
  if (at <= server.now) db.delete(key);
  else {
    db.setExpiry(key, value, exact);
    db.changed(key, 'gexpire');
  }
  return 1;
}

/** TTL and its kin: -2 without the key, -1 without an expiry. */
function timeLeft(unit: 1 | 1000, absolute: boolean): Handler {
  return (server, client, argv) => {
    const value = client.db.look(argv[1]!);
    if (!value) return -2;
    if (value.expireAt === Infinity) return -1;
    const base = absolute ? 0 : server.now;
    if (value.farExpiry !== undefined) {
      const left = value.farExpiry - BigInt(base);
      return narrow(unit === 1 ? left : (left + 500n) / 1000n);
    }
    const left = value.expireAt - base;
    return unit === 1 ? left : Math.floor((left + 500) / 1000);
  };
}

export const expiryCommands: Record<string, Handler> = {
  expire: (server, client, argv) => expire(server, client, argv, 1000, true),
  pexpire: (server, client, argv) => expire(server, client, argv, 1, true),
  expireat: (server, client, argv) => expire(server, client, argv, 1000, false),
  pexpireat: (server, client, argv) => expire(server, client, argv, 1, false),
  ttl: timeLeft(1000, false),
  pttl: timeLeft(1, false),
  expiretime: timeLeft(1000, true),
  pexpiretime: timeLeft(1, true),
  persist: (_server, client, argv) => {
    const value = client.db.find(argv[1]!);
    if (!value || value.expireAt === Infinity) return 0;
    client.db.setExpiry(argv[1]!, value, Infinity);
    client.db.changed(argv[1]!, 'gpersist');
    return 1;
  },
};
