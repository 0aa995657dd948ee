/** Expiry: setting, asking and removing the time a key ends. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { INT64_MAX, integer } from '../core/numbers.ts';
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
  const at = Number(given * scale + base);
  const { db } = client;
  const key = argv[1]!;
  const value = db.find(key);
  if (!value) return 0;
  const old = value.expireAt;
  if (only.has('nx') && old !== Infinity) return 0;
  if (only.has('xx') && old === Infinity) return 0;
  if (only.has('gt') && at <= old) return 0;
  if (only.has('lt') && at >= old) return 0;
  if (at <= server.now) db.remove(key);
  else db.setExpiry(key, value, at);
  db.changed(key);
  return 1;
}

/** TTL and its kin: -2 without the key, -1 without an expiry. */
function timeLeft(answer: (expireAt: number, now: number) => number): Handler {
  return (server, client, argv) => {
    const value = client.db.peek(argv[1]!);
    if (!value) return -2;
    return value.expireAt === Infinity ? -1 : answer(value.expireAt, server.now);
  };
}
const seconds = (milliseconds: number): number => Math.floor((milliseconds + 500) / 1000);

export const expiryCommands: Record<string, Handler> = {
  expire: (server, client, argv) => expire(server, client, argv, 1000, true),
  pexpire: (server, client, argv) => expire(server, client, argv, 1, true),
  expireat: (server, client, argv) => expire(server, client, argv, 1000, false),
  pexpireat: (server, client, argv) => expire(server, client, argv, 1, false),
  ttl: timeLeft((at, now) => seconds(at - now)),
  pttl: timeLeft((at, now) => at - now),
  expiretime: timeLeft((at) => seconds(at)),
  pexpiretime: timeLeft((at) => at),
  persist: (_server, client, argv) => {
    const value = client.db.find(argv[1]!);
    if (!value || value.expireAt === Infinity) return 0;
    client.db.setExpiry(argv[1]!, value, Infinity);
    client.db.changed(argv[1]!);
    return 1;
  },
};
