/**
 * Listpacks: what redis-server keeps small collections in. A header (bytes in all, 32 bits; entries, 16
 * bits), then each entry with its length behind it, for walking backward, and 255 at the end.
 */
import { fromBuffer, type Bytes } from '../core/bytes.ts';
import { parseInteger, type Integer } from '../core/numbers.ts';
import { BadData, Writer } from './bytes.ts';

const HEADER = 6;
const END = 0xff;
/** So many entries or more are not counted. */
const UNCOUNTED = 0xffff;

/** Bytes that an entry takes, without the length behind it. */
export function entrySize(entry: Bytes): number {
  const number = parseInteger(entry);
  if (number !== undefined) return integerSize(number);
  const { length } = entry;
  return length + (length < 64 ? 1 : length < 4096 ? 2 : 5);
}
function integerSize(n: Integer): number {
  if (n >= 0 && n <= 127) return 1;
  const bits = [13, 16, 24, 32].findIndex((b) => n >= -(2 ** (b - 1)) && n < 2 ** (b - 1));
  return bits < 0 ? 9 : bits + 2;
}
/** Bytes that the length behind an entry takes. */
export const backSize = (length: number): number =>
  length <= 127 ? 1 : length < 16383 ? 2 : length < 2097151 ? 3 : length < 268435455 ? 4 : 5;

export function writeListpack(entries: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const out = new Writer();
  out.little(0, HEADER);
  for (const entry of entries) writeEntry(out, entry);
  out.byte(END);
  const bytes = out.done();
  const header = new DataView(bytes.buffer);
  header.setUint32(0, bytes.length, true);
  header.setUint16(4, Math.min(entries.length, UNCOUNTED), true);
  return bytes;
}

function writeEntry(out: Writer, entry: Bytes): void {
  const start = out.length;
  const number = parseInteger(entry);
  const { length } = entry;
  if (number !== undefined) writeInteger(out, number);
  else {
    if (length < 64) out.byte(0x80 | length);
    else if (length < 4096) out.byte(0xe0 | (length >> 8), length & 255);
    else {
      out.byte(0xf0);
      out.little(length, 4);
    }
    out.text(entry);
  }
  const written = out.length - start;
  for (let size = backSize(written), i = size - 1; i >= 0; i--) {
    out.byte((Math.floor(written / 128 ** i) & 127) | (i === size - 1 ? 0 : 128));
  }
}

function writeInteger(out: Writer, n: Integer): void {
  const size = integerSize(n);
  if (size === 1) out.byte(Number(n));
  else if (size === 2) out.byte(0xc0 | ((Number(n) >> 8) & 31), Number(n) & 255);
  else {
    out.byte({ 3: 0xf1, 4: 0xf2, 5: 0xf3, 9: 0xf4 }[size]!);
    out.little(n, size - 1);
  }
}

interface Head {
  /** How many bytes say what the entry is. */
  head: number;
  /** Bytes of the string or integer behind them. */
  body: number;
  integer: boolean;
}

function headAt(bytes: Uint8Array, at: number): Head {
  const byte = bytes[at]!;
  const head = (body: number, integer = true, size = 1): Head => ({ head: size, body, integer });
  if (byte < 0x80) return head(0);
  if (byte < 0xc0) return head(byte & 63, false);
  if (byte < 0xe0) return head(1);
  if (byte < 0xf0) return head(((byte & 15) << 8) | bytes[at + 1]!, false, 2);
  if (byte === 0xf0) {
    if (at + 5 > bytes.length) throw new BadData();
    return head(new DataView(bytes.buffer, bytes.byteOffset + at + 1).getUint32(0, true), false, 5);
  }
  const body = [2, 3, 4, 8][byte - 0xf1];
  if (body === undefined) throw new BadData();
  return head(body);
}

/** A little-endian integer with a sign, of so many bits. */
export function signed(bytes: Uint8Array, bits = bytes.length * 8): Bytes {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return String(BigInt.asIntN(bits, value));
}

/** @throws BadData if anything about it is wrong. */
export function readListpack(bytes: Uint8Array<ArrayBuffer>): Bytes[] {
  const last = bytes.length - 1;
  if (bytes.length <= HEADER || bytes[last] !== END) throw new BadData();
  const header = new DataView(bytes.buffer, bytes.byteOffset);
  if (header.getUint32(0, true) !== bytes.length) throw new BadData();
  const entries: Bytes[] = [];
  let at = HEADER;
  while (bytes[at] !== END) {
    const { head, body, integer } = headAt(bytes, at);
    const length = head + body;
    const next = at + length + backSize(length);
    if (next > last || lengthBefore(bytes, next) !== length) throw new BadData();
    const content = bytes.subarray(at + head, at + length);
    const byte = bytes[at]!;
    if (!integer) entries.push(fromBuffer(content));
    else if (body === 0) entries.push(String(byte));
    else if (byte < 0xe0) entries.push(signed(Uint8Array.of(content[0]!, byte & 31), 13));
    else entries.push(signed(content));
    at = next;
  }
  const count = header.getUint16(4, true);
  if (at !== last || (count !== UNCOUNTED && count !== entries.length)) throw new BadData();
  return entries;
}

/** The length that stands in front of a place, read backward. */
function lengthBefore(bytes: Uint8Array, end: number): number {
  let length = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[end - 1 - i]!;
    length += (byte & 127) * 128 ** i;
    if (byte < 128) return length;
  }
  return -1;
}
