/** Bitmaps: strings looked at bit by bit, bit 0 being the highest of the first byte. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { integer, long, narrow, parseInteger } from '../core/numbers.ts';
import { err, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { StringValue } from '../core/values.ts';

const BAD_OFFSET = err('bit offset is not an integer or out of range');
const BAD_BIT = err('bit is not an integer or out of range');
const BAD_TYPE = err(
  'Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.',
);

function bitOffset(server: Server, text: Bytes, bits = 0): number {
  const scaled = bits > 0 && text.startsWith('#');
  const parsed = parseInteger(scaled ? text.slice(1) : text);
  if (parsed === undefined) throw BAD_OFFSET;
  const offset = scaled ? BigInt.asIntN(64, BigInt(parsed) * BigInt(bits)) : BigInt(parsed);
  if (offset < 0n || offset >> 3n >= BigInt(server.config.maxBulkLength)) throw BAD_OFFSET;
  return Number(offset);
}

/** The string with room for the bit, made if it is not there, and whether that changed it. */
function stringWithRoom(
  client: Client,
  key: Bytes,
  bit: number,
): { buffer: Uint8Array; grown: boolean } {
  let value = client.db.get(key, 'string');
  const length = Math.floor(bit / 8) + 1;
  const grown = !value || value.length < length;
  if (!value) client.db.add(key, (value = StringValue.ofText('', true)));
  return { buffer: value.writable(length), grown };
}

const setbit: Handler = (server, client, argv) => {
  const offset = bitOffset(server, argv[2]!);
  const on = long(argv[3]!, BAD_BIT);
  if (on !== 0 && on !== 1) throw BAD_BIT;
  const { buffer, grown } = stringWithRoom(client, argv[1]!, offset);
  const byte = Math.floor(offset / 8);
  const mask = 1 << (7 - (offset % 8));
  const old = buffer[byte]! & mask ? 1 : 0;
  if (grown || old !== on) {
    buffer[byte] = on ? buffer[byte]! | mask : buffer[byte]! & ~mask;
    client.db.changed(argv[1]!, '$setbit');
  }
  return old;
};

const getbit: Handler = (server, client, argv) => {
  const offset = bitOffset(server, argv[2]!);
  const value = client.db.readAs(argv[1]!, 'string');
  const byte = value?.view()[Math.floor(offset / 8)] ?? 0;
  return (byte >> (7 - (offset % 8))) & 1;
};

const OPERATIONS = ['and', 'or', 'xor', 'not'];

const bitop: Handler = (_server, client, argv) => {
  const operation = argv[1]!.toLowerCase();
  if (!OPERATIONS.includes(operation)) throw SYNTAX;
  if (operation === 'not' && argv.length !== 4) {
    throw err('BITOP NOT must be called with a single source key.');
  }
  const { db } = client;
  const sources = argv.slice(3).map((key) => db.readAs(key, 'string')?.view() ?? new Uint8Array());
  const length = Math.max(...sources.map((source) => source.length));
  const target = argv[2]!;
  if (length === 0) {
    db.delete(target);
    return 0;
  }
  const result = StringValue.ofText('', true);
  const out = result.writable(length);
  for (let i = 0; i < length; i++) {
    let byte = sources[0]![i] ?? 0;
    for (let s = 1; s < sources.length; s++) {
      const other = sources[s]![i] ?? 0;
      byte = operation === 'and' ? byte & other : operation === 'or' ? byte | other : byte ^ other;
    }
    out[i] = operation === 'not' ? ~byte : byte;
  }
  db.set(target, result, '$set');
  return length;
};

/** The bits `start` to `end` (inclusive) that a BITCOUNT or BITPOS range means, or `null`. */
function bitRange(
  start: number,
  end: number,
  bytes: number,
  unit: 'bit' | 'byte',
): [number, number] | null {
  const total = unit === 'bit' ? bytes * 8 : bytes;
  if (start < 0) start = Math.max(0, total + start);
  if (end < 0) end = Math.max(0, total + end);
  if (end >= total) end = total - 1;
  if (start > end) return null;
  return unit === 'bit' ? [start, end] : [start * 8, end * 8 + 7];
}

function rangeUnit(word: Bytes): 'bit' | 'byte' {
  const unit = word.toLowerCase();
  if (unit !== 'bit' && unit !== 'byte') throw SYNTAX;
  return unit;
}

function countBits(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  let i = from;
  for (; i <= to && i % 8 !== 0; i++) count += (bytes[i >> 3]! >> (7 - (i % 8))) & 1;
  for (; i + 7 <= to; i += 8) {
    for (let b = bytes[i / 8]!; b; b &= b - 1) count++;
  }
  for (; i <= to; i++) count += (bytes[Math.floor(i / 8)]! >> (7 - (i % 8))) & 1;
  return count;
}

const bitcount: Handler = (_server, client, argv) => {
  const value = client.db.readAs(argv[1]!, 'string');
  if (!value) return 0;
  const bytes = value.view();
  if (argv.length === 2) return countBits(bytes, 0, bytes.length * 8 - 1);
  if (argv.length !== 4 && argv.length !== 5) throw SYNTAX;
  const start = long(argv[2]!);
  const end = long(argv[3]!);
  if (start < 0 && end < 0 && start > end) return 0;
  const range = bitRange(
    start,
    end,
    bytes.length,
    argv.length === 5 ? rangeUnit(argv[4]!) : 'byte',
  );
  return range ? countBits(bytes, range[0], range[1]) : 0;
};

const bitpos: Handler = (_server, client, argv) => {
  const bit = long(argv[2]!);
  if (bit !== 0 && bit !== 1) throw err('The bit argument must be 1 or 0.');
  const value = client.db.readAs(argv[1]!, 'string');
  if (!value) return bit ? -1 : 0;
  const bytes = value.view();
  if (argv.length > 6) throw SYNTAX;
  const start = argv.length > 3 ? long(argv[3]!) : 0;
  const unit = argv.length === 6 ? rangeUnit(argv[5]!) : 'byte';
  const end =
    argv.length > 4 ? long(argv[4]!) : unit === 'bit' ? bytes.length * 8 : bytes.length - 1;
  const range =
    argv.length === 3
      ? bytes.length > 0
        ? ([0, bytes.length * 8 - 1] as const)
        : null
      : bitRange(start, end, bytes.length, unit);
  if (!range) return -1;
  const skip = bit ? 0 : 0xff;
  for (let i = range[0]; i <= range[1]; i++) {
    if (i % 8 === 0 && bytes[i / 8] === skip && i + 7 <= range[1]) i += 7;
    else if (((bytes[Math.floor(i / 8)]! >> (7 - (i % 8))) & 1) === bit) return i;
  }
  // Without an explicit end a string counts as followed by zeros.
  return bit === 0 && argv.length <= 4 ? range[1] + 1 : -1;
};

interface FieldOperation {
  kind: 'get' | 'set' | 'incrby';
  signed: boolean;
  bits: number;
  offset: number;
  operand: bigint;
  overflow: 'wrap' | 'sat' | 'fail';
}

function parseFieldOperations(server: Server, argv: Bytes[]): FieldOperation[] {
  const operations: FieldOperation[] = [];
  let overflow: FieldOperation['overflow'] = 'wrap';
  for (let i = 2; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    const left = argv.length - i - 1;
    if (word === 'overflow' && left >= 1) {
      const type = argv[++i]!.toLowerCase();
      if (type !== 'wrap' && type !== 'sat' && type !== 'fail') {
        throw err('Invalid OVERFLOW type specified');
      }
      overflow = type;
      continue;
    }
    if (!(word === 'get' && left >= 2) && !((word === 'set' || word === 'incrby') && left >= 3)) {
      throw SYNTAX;
    }
    const type = argv[i + 1]!;
    const bits = parseInteger(type.slice(1).replace(/\0.*$/s, ''));
    const signed = type.startsWith('i');
    if ((!signed && !type.startsWith('u')) || bits === undefined || bits < 1) throw BAD_TYPE;
    if (bits > (signed ? 64 : 63)) throw BAD_TYPE;
    const offset = bitOffset(server, argv[i + 2]!, Number(bits));
    const operand = word === 'get' ? 0n : BigInt(integer(argv[i + 3]!));
    operations.push({ kind: word as 'get', signed, bits: Number(bits), offset, operand, overflow });
    i += word === 'get' ? 2 : 3;
  }
  return operations;
}

function readField(bytes: Uint8Array, { offset, bits, signed }: FieldOperation): bigint {
  let value = 0n;
  for (let i = offset; i < offset + bits; i++) {
    const bit = ((bytes[Math.floor(i / 8)] ?? 0) >> (7 - (i % 8))) & 1;
    value = (value << 1n) | BigInt(bit);
  }
  return signed ? BigInt.asIntN(bits, value) : value;
}

function writeField(bytes: Uint8Array, { offset, bits }: FieldOperation, value: bigint): void {
  for (let i = 0; i < bits; i++) {
    const at = offset + i;
    const mask = 1 << (7 - (at % 8));
    const byte = Math.floor(at / 8);
    if ((value >> BigInt(bits - 1 - i)) & 1n) bytes[byte] = bytes[byte]! | mask;
    else bytes[byte] = bytes[byte]! & ~mask;
  }
}

/** The value after overflow handling, and whether there was an overflow. */
function fit(
  operation: FieldOperation,
  value: bigint,
  by: bigint,
): { value: bigint; over: boolean } {
  const { signed, bits, overflow } = operation;
  const sum = value + by;
  let over = 0;
  const max = signed ? (1n << BigInt(bits - 1)) - 1n : (1n << BigInt(bits)) - 1n;
  const min = signed ? -max - 1n : 0n;
  if (signed) {
    // In 64 bits, with their wrapping: SET i8 with the lowest integer counts as too high in Redis.
    const room = BigInt.asIntN(64, max - value);
    const floor = BigInt.asIntN(64, min - value);
    if (value > max || (bits !== 64 && by > room) || (value >= 0n && by > 0n && by > room))
      over = 1;
    else if (value < min || (bits !== 64 && by < floor) || (value < 0n && by < 0n && by < floor)) {
      over = -1;
    }
  } else {
    const unsigned = BigInt.asUintN(64, value);
    if (unsigned > max || unsigned + by > max) over = 1;
    else if (unsigned + by < 0n) over = -1;
  }
  if (over === 0) return { value: sum, over: false };
  if (overflow === 'sat') return { value: over > 0 ? max : min, over: true };
  return { value: signed ? BigInt.asIntN(bits, sum) : BigInt.asUintN(bits, sum), over: true };
}

function bitfield(server: Server, client: Client, argv: Bytes[], readOnly: boolean): Reply {
  const operations = parseFieldOperations(server, argv);
  const writes = operations.filter((operation) => operation.kind !== 'get');
  if (writes.length === 0) {
    const bytes = client.db.readAs(argv[1]!, 'string')?.view() ?? new Uint8Array();
    return operations.map((operation) => narrow(readField(bytes, operation)));
  }
  if (readOnly) throw err('BITFIELD_RO only supports the GET subcommand');
  const last = Math.max(...writes.map(({ offset, bits }) => offset + bits - 1));
  const { buffer, grown } = stringWithRoom(client, argv[1]!, last);
  let changes = 0;
  const replies = operations.map((operation): Reply => {
    const old = readField(buffer, operation);
    if (operation.kind === 'get') return narrow(old);
    const base = operation.kind === 'set' ? operation.operand : old;
    const by = operation.kind === 'set' ? 0n : operation.operand;
    const { value, over } = fit(operation, base, by);
    if (over && operation.overflow === 'fail') return null;
    writeField(buffer, operation, value);
    if (grown || old !== value) changes++;
    return narrow(operation.kind === 'set' ? old : value);
  });
  if (changes > 0) client.db.changed(argv[1]!, '$setbit');
  return replies;
}

export const bitmapCommands: Record<string, Handler> = {
  setbit,
  getbit,
  bitop,
  bitcount,
  bitpos,
  bitfield: (server, client, argv) => bitfield(server, client, argv, false),
  bitfield_ro: (server, client, argv) => bitfield(server, client, argv, true),
};
