/** What dumps of servers before Redis 7.0 hold in place of listpacks: ziplists, and zipmaps. */
import { fromBuffer, type Bytes } from '../core/bytes.ts';
import { BadData } from './bytes.ts';
import { signed } from './listpack.ts';

const END = 0xff;
/** From this byte on a length has four bytes more. */
const LONG = 0xfe;

const viewOf = (bytes: Uint8Array<ArrayBuffer>): DataView<ArrayBuffer> =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Bytes of the integer that a ziplist's byte announces; below 0: the byte is the integer. */
function integerBytes(byte: number): number {
  const size = { 0xc0: 2, 0xd0: 4, 0xe0: 8, 0xf0: 3, 0xfe: 1 }[byte];
  if (size !== undefined) return size;
  if (byte > 0xf0 && byte < 0xfe) return -1;
  throw new BadData();
}

/** @throws BadData if anything about it is wrong. */
export function readZiplist(bytes: Uint8Array<ArrayBuffer>): Bytes[] {
  const header = 10;
  const last = bytes.length - 1;
  if (bytes.length <= header || bytes[last] !== END) throw new BadData();
  const view = viewOf(bytes);
  const tail = view.getUint32(4, true);
  if (view.getUint32(0, true) !== bytes.length || tail > last) throw new BadData();
  const within = (place: number): number => {
    if (place < header || place > last) throw new BadData();
    return place;
  };
  const entries: Bytes[] = [];
  let at = header;
  let before = 0;
  while (bytes[at] !== END) {
    const start = at;
    const head = within(start + (bytes[start]! < LONG ? 1 : 5));
    const previous = bytes[start]! < LONG ? bytes[start]! : view.getUint32(start + 1, true);
    const byte = bytes[head]!;
    if (byte < 0xc0) {
      const size = byte < 0x40 ? 1 : byte < 0x80 ? 2 : 5;
      const body = within(head + size);
      const length =
        size === 1
          ? byte
          : size === 2
            ? ((byte & 63) << 8) | bytes[head + 1]!
            : view.getUint32(head + 1);
      at = within(body + length);
      entries.push(fromBuffer(bytes.subarray(body, at)));
    } else {
      const size = integerBytes(byte);
      const body = within(head + 1);
      at = within(body + Math.max(0, size));
      entries.push(size < 0 ? String((byte & 15) - 1) : signed(bytes.subarray(body, at)));
    }
    if (previous !== before) throw new BadData();
    before = at - start;
  }
  const count = view.getUint16(8, true);
  const tailFits = entries.length === 0 || tail === at - before;
  if (at !== last || !tailFits || (count !== 0xffff && count !== entries.length)) {
    throw new BadData();
  }
  return entries;
}

/** Fields and values in turn. @throws BadData if anything about it is wrong. */
export function readZipmap(bytes: Uint8Array<ArrayBuffer>): Bytes[] {
  const last = bytes.length - 1;
  if (bytes.length < 2 || bytes[last] !== END) throw new BadData();
  const view = viewOf(bytes);
  const entries: Bytes[] = [];
  let at = 1;
  const within = (place: number): number => {
    if (place < 2 || place > last) throw new BadData();
    return place;
  };
  const length = (): number => {
    const start = at;
    at = within(at + (bytes[at]! < LONG ? 1 : 5));
    return bytes[start]! < LONG ? bytes[start]! : view.getUint32(start + 1, true);
  };
  while (bytes[at] !== END) {
    const field = length();
    entries.push(fromBuffer(bytes.subarray(at, within(at + field))));
    at += field;
    const value = length();
    // Free room behind the value.
    const free = bytes[at++]!;
    entries.push(fromBuffer(bytes.subarray(at, within(at + value + free) - free)));
    at += value + free;
  }
  const count = entries.length / 2;
  if (count === 0 || (bytes[0]! < LONG && bytes[0] !== count)) throw new BadData();
  return entries;
}

/** A score as text behind its length, as before Redis 4.0. */
export function readOldScore(length: number, read: (count: number) => Uint8Array): string {
  if (length === 255) return '-inf';
  if (length === 254) return 'inf';
  if (length === 253) return 'nan';
  return fromBuffer(read(length));
}
