/** DUMP and RESTORE: a value as bytes that redis-server takes back, and the other way. */
import { fromBuffer, toBuffer, type Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { integer, narrow } from '../core/numbers.ts';
import { err, OK, ReplyError, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import type { Value } from '../core/values.ts';
import { BadData, Reader, TooMuch } from './bytes.ts';
import { crc64 } from './crc64.ts';
import { load } from './load.ts';
import { dump, VERSION } from './save.ts';

const BUSY = new ReplyError('BUSYKEY Target key name already exists.');
const WRONG_CHECKSUM = err('DUMP payload version or checksum are wrong');
const BAD_DATA = err('Bad data format');
const TOO_MUCH = err('this emulator cannot hold so much');

/** Version and checksum, behind every dump. */
const FOOTER = 10;

interface Options {
  replace: boolean;
  /** The time to live is a time. */
  absolute: boolean;
  /** In seconds. */
  idle: bigint | undefined;
  frequency: number | undefined;
}

function parse(argv: Bytes[]): Options {
  const o: Options = { replace: false, absolute: false, idle: undefined, frequency: undefined };
  for (let i = 4; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    const more = i + 1 < argv.length;
    if (word === 'replace') o.replace = true;
    else if (word === 'absttl') o.absolute = true;
    else if (word === 'idletime' && more && o.frequency === undefined) {
      o.idle = BigInt(integer(argv[++i]!));
      if (o.idle < 0n) throw err('Invalid IDLETIME value, must be >= 0');
    } else if (word === 'freq' && more && o.idle === undefined) {
      o.frequency = Number(integer(argv[++i]!));
      if (o.frequency < 0 || o.frequency > 255) {
        throw err('Invalid FREQ value, must be >= 0 and <= 255');
      }
    } else throw SYNTAX;
  }
  return o;
}

function check(payload: Uint8Array): void {
  const end = payload.length - FOOTER;
  const version = end < 0 ? Infinity : payload[end]! | (payload[end + 1]! << 8);
  if (version > VERSION) throw WRONG_CHECKSUM;
  const sum = crc64(payload.subarray(0, end + 2));
  if (sum.some((byte, i) => byte !== payload[end + 2 + i])) throw WRONG_CHECKSUM;
}

function read(server: Server, payload: Uint8Array<ArrayBuffer>): Value {
  try {
    return load(new Reader(payload, 2 * server.config.maxBulkLength), server.config.limits);
  } catch (error) {
    if (error instanceof BadData) throw BAD_DATA;
    if (error instanceof TooMuch) throw TOO_MUCH;
    throw error;
  }
}

/** redis-server keeps 24 bits of the time of access, in seconds. */
const CLOCK = 2n ** 24n;

/** Takes over when a value was used last, or how often: whichever the eviction policy asks. */
function setUse(server: Server, value: Value, { idle, frequency }: Options): void {
  if (server.config.lfu) value.accesses = frequency ?? value.accesses;
  else if (idle !== undefined) {
    const now = BigInt(Math.floor(server.now / 1000)) % CLOCK;
    const past = now - BigInt.asIntN(64, idle * 1000n) / 1000n;
    const at = BigInt.asUintN(24, past < 0n ? past + CLOCK - 1n : past);
    const seconds = Number(now >= at ? now - at : now + CLOCK - 1n - at);
    value.accessedAt = server.now - seconds * 1000;
    // Before all that were used since the start.
    value.accessed = -seconds;
  }
}

function restore(server: Server, client: Client, argv: Bytes[]): Reply {
  const options = parse(argv);
  const { db } = client;
  const [, key, time, text] = argv as [Bytes, Bytes, Bytes, Bytes];
  if (!options.replace && db.find(key)) throw BUSY;
  let ttl = BigInt(integer(time));
  if (ttl < 0n) throw err('Invalid TTL value, must be >= 0');
  const payload = toBuffer(text);
  check(payload);
  const value = read(server, payload);
  const removed = options.replace && db.remove(key);
  if (ttl > 0n) {
    if (!options.absolute) ttl = BigInt.asIntN(64, ttl + BigInt(server.now));
    if (ttl <= BigInt(server.now)) {
      if (removed) db.changed(key, 'gdel');
      return OK;
    }
  }
  db.add(key, value);
  if (ttl > 0n) db.setExpiry(key, value, narrow(ttl));
  setUse(server, value, options);
  db.changed(key, 'grestore');
  return OK;
}

export const dumpCommands: Record<string, Handler> = {
  dump: (server, client, argv) => {
    const value = client.db.read(argv[1]!);
    if (!value) return null;
    return fromBuffer(dump(value, Number(server.config.get('list-max-listpack-size'))));
  },
  restore,
  // The same for those who follow a cluster's redirection; here is no cluster.
  'restore-asking': restore,
};
