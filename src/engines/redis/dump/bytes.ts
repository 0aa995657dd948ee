/** Writing and reading RDB: bytes, lengths and strings. */
import { fromBuffer, toBuffer, type Bytes } from '../core/bytes.ts';
import { narrow, parseInteger, type Integer } from '../core/numbers.ts';
import { compress, decompress } from './lzf.ts';

/** What a string's first byte says where it is no length. */
const INT8 = 0xc0;
const INT16 = 0xc1;
const INT32 = 0xc2;
const LZF = 0xc3;

export class Writer {
  private buffer = new Uint8Array(64);
  length = 0;

  private grow(by: number): void {
    const needed = this.length + by;
    if (needed <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    grown.set(this.buffer);
    this.buffer = grown;
  }
  byte(...bytes: number[]): void {
    this.bytes(bytes);
  }
  bytes(bytes: ArrayLike<number>): void {
    this.grow(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }
  text(text: Bytes): void {
    this.grow(text.length);
    for (let i = 0; i < text.length; i++) this.buffer[this.length++] = text.charCodeAt(i);
  }
  /** So many bytes of a number, the lowest first. */
  little(value: Integer, size: number): void {
    let rest = BigInt.asUintN(8 * size, BigInt(value));
    for (let i = 0; i < size; i++, rest >>= 8n) this.byte(Number(rest & 255n));
  }
  double(value: number): void {
    this.bytes(new Uint8Array(new Float64Array([value]).buffer));
  }
  /** A length, the highest byte first. */
  size(length: number): void {
    if (length < 64) this.byte(length);
    else if (length < 16384) this.byte(0x40 | (length >> 8), length & 255);
    else this.byte(0x80, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255);
  }
  /** A length of up to 64 bits. */
  long(length: Integer): void {
    if (length >= 0 && length < 2 ** 32) return this.size(Number(length));
    this.byte(0x81);
    this.big(length, 8);
  }
  /** So many bytes of a number, the highest first. */
  big(value: Integer, size: number): void {
    const number = BigInt(value);
    for (let i = size - 1; i >= 0; i--) this.byte(Number((number >> BigInt(8 * i)) & 255n));
  }
  /** A string: as an integer of up to 32 bits if it is one, compressed if that saves something. */
  string(text: Bytes): void {
    const number = text.length <= 11 ? parseInteger(text) : undefined;
    if (number !== undefined && this.integer(number)) return;
    if (text.length > 20) this.blob(toBuffer(text));
    else {
      this.size(text.length);
      this.text(text);
    }
  }
  private integer(value: Integer): boolean {
    const size = value >= -128 && value <= 127 ? 1 : value >= -32768 && value <= 32767 ? 2 : 4;
    if (value < -(2 ** 31) || value >= 2 ** 31) return false;
    this.byte(size === 1 ? INT8 : size === 2 ? INT16 : INT32);
    this.little(value, size);
    return true;
  }
  /** Bytes that are no integer. */
  blob(bytes: Uint8Array): void {
    const packed = bytes.length > 20 ? compress(bytes, bytes.length - 4) : undefined;
    if (packed) {
      this.byte(LZF);
      this.size(packed.length);
    }
    this.size(bytes.length);
    this.bytes(packed ?? bytes);
  }
  done(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.length);
  }
}

/** Thrown where bytes make no sense. */
export class BadData {}

/** Thrown where there would be more than there is room for. */
export class TooMuch {}

const unsigned = (bytes: Uint8Array): Integer =>
  narrow(bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n));

export class Reader {
  private readonly input: Uint8Array<ArrayBuffer>;
  private at = 0;
  /** How many bytes compressed strings may still become. */
  private room: number;

  constructor(input: Uint8Array<ArrayBuffer>, room: number) {
    this.input = input;
    this.room = room;
  }
  byte(): number {
    if (this.at >= this.input.length) throw new BadData();
    return this.input[this.at++]!;
  }
  bytes(count: number): Uint8Array<ArrayBuffer> {
    if (count > this.input.length - this.at) throw new BadData();
    return this.input.subarray(this.at, (this.at += count));
  }
  private view(count: number): DataView<ArrayBuffer> {
    const bytes = this.bytes(count);
    return new DataView(bytes.buffer, bytes.byteOffset, count);
  }
  double(): number {
    return this.view(8).getFloat64(0, true);
  }
  private sizeBehind(first: number): number {
    if (first < 0x40) return first;
    if (first < 0x80) return ((first & 63) << 8) | this.byte();
    if (first === 0x80) return this.view(4).getUint32(0);
    if (first === 0x81) {
      const size = Number(this.view(8).getBigUint64(0));
      // The greatest one stands for an error.
      if (size >= 2 ** 64) throw new BadData();
      return size;
    }
    if (first < INT8) throw new BadData();
    return first & 63;
  }
  size(): number {
    return this.sizeBehind(this.byte());
  }
  /** A length of up to 64 bits, all of which are allowed. */
  long(): Integer {
    const first = this.byte();
    return first === 0x81 ? this.big(8) : this.sizeBehind(first);
  }
  /** An unsigned number in so many bytes, the highest first. */
  big(size: number): Integer {
    return unsigned(this.bytes(size));
  }
  /** The same, the lowest first. */
  little(size: number): Integer {
    return unsigned(this.bytes(size).toReversed());
  }
  blob(): Uint8Array<ArrayBuffer> {
    const first = this.byte();
    if (first < INT8) return this.bytes(this.sizeBehind(first));
    const number = (n: number): Uint8Array<ArrayBuffer> => toBuffer(String(n));
    if (first === INT8) return number(this.view(1).getInt8(0));
    if (first === INT16) return number(this.view(2).getInt16(0, true));
    if (first === INT32) return number(this.view(4).getInt32(0, true));
    if (first !== LZF) throw new BadData();
    const packed = this.size();
    const length = this.size();
    const bytes = this.bytes(packed);
    if (length > this.room && length <= packed * 88) throw new TooMuch();
    const unpacked = decompress(bytes, length);
    if (!unpacked) throw new BadData();
    this.room -= length;
    return unpacked;
  }
  string(): Bytes {
    return fromBuffer(this.blob());
  }
}
