/** Strings: GET, SET and their family. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { addIntegers, integer, long, type Integer } from '../core/numbers.ts';
import { err, NOT_FLOAT, NOT_INTEGER, OK, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { StringValue } from '../core/values.ts';
import { absoluteExpiry } from './expiry-time.ts';
import { addFloats } from './float-increment.ts';

const TOO_LONG = err('string exceeds maximum allowed size (proto-max-bulk-len)');

/** What SET and GETEX may say after the key and the value. */
interface StringOptions {
  nx: boolean;
  xx: boolean;
  get: boolean;
  keepTtl: boolean;
  persist: boolean;
  /** Unit and text of the expiry. */
  expiry: { unit: 'ex' | 'px' | 'exat' | 'pxat'; text: Bytes } | null;
}

function parseOptions(argv: Bytes[], from: number, command: 'set' | 'getex'): StringOptions {
  const o: StringOptions = {
    nx: false,
    xx: false,
    get: false,
    keepTtl: false,
    persist: false,
    expiry: null,
  };
  for (let i = from; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    if (command === 'set' && word === 'nx' && !o.xx) o.nx = true;
    else if (command === 'set' && word === 'xx' && !o.nx) o.xx = true;
    else if (command === 'set' && word === 'get') o.get = true;
    else if (command === 'set' && word === 'keepttl' && !o.expiry) o.keepTtl = true;
    else if (command === 'getex' && word === 'persist' && !o.expiry) o.persist = true;
    else if (
      (word === 'ex' || word === 'px' || word === 'exat' || word === 'pxat') &&
      !o.keepTtl &&
      !o.persist &&
      (!o.expiry || o.expiry.unit === word) &&
      i + 1 < argv.length
    ) {
      o.expiry = { unit: word, text: argv[++i]! };
    } else throw SYNTAX;
  }
  return o;
}

function expiryOf(server: Server, options: StringOptions, command: string): Integer {
  const { unit, text } = options.expiry!;
  return absoluteExpiry(
    text,
    unit.startsWith('ex') ? 1000 : 1,
    unit.endsWith('at') ? 0 : server.now,
    command,
  );
}

function set(
  server: Server,
  client: Client,
  key: Bytes,
  text: Bytes,
  options: StringOptions,
  name: string,
): Reply {
  const at = options.expiry ? expiryOf(server, options, name) : Infinity;
  const { db } = client;
  let old: Bytes | null = null;
  if (options.get) old = db.readAs(key, 'string')?.bytes ?? null;
  if (options.nx || options.xx) {
    const found = db.find(key) !== undefined;
    if ((options.nx && found) || (options.xx && !found)) return old;
  }
  const value = StringValue.of(text);
  db.set(key, value, '$set', options.keepTtl);
  if (at !== Infinity) {
    db.setExpiry(key, value, at);
    db.notify('gexpire', key);
  }
  return options.get ? old : OK;
}

const PLAIN: StringOptions = {
  nx: false,
  xx: false,
  get: false,
  keepTtl: false,
  persist: false,
  expiry: null,
};

function increment(server: Server, client: Client, key: Bytes, by: Integer): Integer {
  const { db } = client;
  const value = db.get(key, 'string');
  if (value === undefined) {
    db.add(key, StringValue.ofInteger(by));
    db.changed(key, '$incrby');
    return by;
  }
  const old = value.integer;
  if (old === undefined) throw NOT_INTEGER;
  const sum = addIntegers(old, by);
  if (sum === undefined) throw err('increment or decrement would overflow');
  value.integer = sum;
  db.changed(key, '$incrby');
  return sum;
}

function checkLength(server: Server, length: number): void {
  if (length > server.config.maxBulkLength) throw TOO_LONG;
}

/** Start and end of a range over `length` items, both inclusive, or `null` where it is empty. */
export function clampRange(start: number, end: number, length: number): [number, number] | null {
  if (start < 0 && end < 0 && start > end) return null;
  if (start < 0) start = Math.max(0, start + length);
  if (end < 0) end = Math.max(0, end + length);
  if (end >= length) end = length - 1;
  return start > end || length === 0 ? null : [start, end];
}

const getrange: Handler = (_server, client, argv) => {
  const start = long(argv[2]!);
  const end = long(argv[3]!);
  const value = client.db.readAs(argv[1]!, 'string');
  const range = value && clampRange(start, end, value.length);
  return range ? value.bytes.slice(range[0], range[1] + 1) : '';
};

function setMany(argv: Bytes[], client: Client): void {
  for (let i = 1; i < argv.length; i += 2)
    client.db.set(argv[i]!, StringValue.of(argv[i + 1]!), '$set');
}
function checkPairs(argv: Bytes[], name: string): void {
  if (argv.length % 2 === 0) throw err(`wrong number of arguments for '${name}' command`);
}

export const stringCommands: Record<string, Handler> = {
  get: (_server, client, argv) => client.db.readAs(argv[1]!, 'string')?.bytes ?? null,
  set: (server, client, argv) => {
    const options = argv.length === 3 ? PLAIN : parseOptions(argv, 3, 'set');
    return set(server, client, argv[1]!, argv[2]!, options, 'set');
  },
  setnx: (server, client, argv) =>
    set(server, client, argv[1]!, argv[2]!, { ...PLAIN, nx: true }, 'setnx') === OK ? 1 : 0,
  setex: (server, client, argv) => {
    const options: StringOptions = { ...PLAIN, expiry: { unit: 'ex', text: argv[2]! } };
    return set(server, client, argv[1]!, argv[3]!, options, 'setex');
  },
  psetex: (server, client, argv) => {
    const options: StringOptions = { ...PLAIN, expiry: { unit: 'px', text: argv[2]! } };
    return set(server, client, argv[1]!, argv[3]!, options, 'psetex');
  },
  getset: (_server, client, argv) => {
    const old = client.db.readAs(argv[1]!, 'string')?.bytes ?? null;
    client.db.set(argv[1]!, StringValue.of(argv[2]!), '$set');
    return old;
  },
  getdel: (_server, client, argv) => {
    const value = client.db.readAs(argv[1]!, 'string');
    if (!value) return null;
    client.db.delete(argv[1]!);
    return value.bytes;
  },
  getex: (server, client, argv) => {
    const options = parseOptions(argv, 2, 'getex');
    const [, key] = argv as [Bytes, Bytes];
    const value = client.db.readAs(key, 'string');
    if (!value) return null;
    if (options.expiry) {
      const at = expiryOf(server, options, 'getex');
      if (options.expiry.unit.endsWith('at') && at <= server.now) client.db.delete(key);
      else {
        client.db.setExpiry(key, value, at);
        client.db.changed(key, 'gexpire');
      }
    } else if (options.persist && value.expireAt !== Infinity) {
      client.db.setExpiry(key, value, Infinity);
      client.db.changed(key, 'gpersist');
    }
    return value.bytes;
  },
  mget: (_server, client, argv) =>
    argv.slice(1).map((key) => {
      const value = client.db.read(key);
      return value?.type === 'string' ? value.bytes : null;
    }),
  mset: (_server, client, argv) => {
    checkPairs(argv, 'mset');
    setMany(argv, client);
    return OK;
  },
  msetnx: (_server, client, argv) => {
    checkPairs(argv, 'msetnx');
    for (let i = 1; i < argv.length; i += 2) if (client.db.find(argv[i]!)) return 0;
    setMany(argv, client);
    return 1;
  },
  incr: (server, client, argv) => increment(server, client, argv[1]!, 1),
  decr: (server, client, argv) => increment(server, client, argv[1]!, -1),
  incrby: (server, client, argv) => increment(server, client, argv[1]!, integer(argv[2]!)),
  decrby: (server, client, argv) => {
    const by = integer(argv[2]!);
    if (by === -9223372036854775808n) throw err('decrement would overflow');
    return increment(server, client, argv[1]!, by === 0 ? 0 : -by);
  },
  incrbyfloat: (_server, client, argv) => {
    const { db } = client;
    const value = db.get(argv[1]!, 'string');
    const text = addFloats(value?.bytes ?? '0', argv[2]!, NOT_FLOAT);
    const sum = StringValue.ofText(text, false);
    if (value) db.set(argv[1]!, sum, '$incrbyfloat', true);
    else {
      db.add(argv[1]!, sum);
      db.changed(argv[1]!, '$incrbyfloat');
    }
    return text;
  },
  append: (server, client, argv) => {
    const { db } = client;
    const value = db.get(argv[1]!, 'string');
    if (!value) {
      db.add(argv[1]!, StringValue.of(argv[2]!));
      db.changed(argv[1]!, '$append');
      return argv[2]!.length;
    }
    checkLength(server, value.length + argv[2]!.length);
    value.setRaw(value.bytes + argv[2]!);
    db.changed(argv[1]!, '$append');
    return value.length;
  },
  strlen: (_server, client, argv) => client.db.readAs(argv[1]!, 'string')?.length ?? 0,
  getrange,
  substr: getrange,
  setrange: (server, client, argv) => {
    const { db } = client;
    const offset = long(argv[2]!);
    if (offset < 0) throw err('offset is out of range');
    let value = db.get(argv[1]!, 'string');
    const patch = argv[3]!;
    if (patch === '') return value?.length ?? 0;
    checkLength(server, offset + patch.length);
    if (!value) db.add(argv[1]!, (value = StringValue.ofText('', true)));
    const old = value.bytes.padEnd(offset, '\0');
    value.setRaw(old.slice(0, offset) + patch + old.slice(offset + patch.length));
    db.changed(argv[1]!, '$setrange');
    return value.length;
  },
};
