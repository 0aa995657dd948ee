/**
 * The border of the store: what a caller hands in becomes a stored value (copied, checked), and a
 * stored value becomes a fresh JavaScript value. Nothing a caller holds is ever what the store holds.
 */
import type { DBRef } from 'bson';
import { BSONError, fail } from '../errors.ts';
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  type Doc,
  Double,
  double,
  Fields,
  isInt32,
  Long,
  MaxKey,
  type Maybe,
  MinKey,
  ObjectId,
  Timestamp,
  type Value,
} from './types.ts';

/** Levels that a message to the server may have, and a document that it stores (`bson_depth.h`). */
const MOST_LEVELS = 200;
const MOST_STORED_LEVELS = 180;

/** A document to be stored. @throws MongoServerError Overflow */
export function toStoredDocument(input: unknown): Value {
  try {
    return toStored(input, MOST_LEVELS - MOST_STORED_LEVELS);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 15) throw error;
    return fail(
      15,
      `cannot insert document because it exceeds ${String(MOST_STORED_LEVELS)} levels of nesting`,
    );
  }
}

/** A stored value from what a caller wrote: JavaScript values and the classes of `bson`. */
export function toStored(input: unknown, depth = 0): Value {
  switch (typeof input) {
    case 'string':
    case 'boolean':
    case 'number':
      return input;
    case 'undefined':
      return null; // as the driver serializes it
    case 'bigint':
      return Long.fromBigInt(input);
    case 'function':
      return new Code(input as () => unknown);
    case 'symbol':
      return fail(2, 'A JavaScript symbol cannot be stored');
    default:
      return input === null ? null : objectToStored(input as object, depth);
  }
}

function objectToStored(input: object, depth: number): Value {
  if (depth >= MOST_LEVELS)
    fail(15, `BSONObj exceeded maximum nested object depth: ${String(MOST_LEVELS)}`);
  if (Array.isArray(input)) {
    const items = new Array<Value>(input.length);
    for (let i = 0; i < items.length; i += 1) items[i] = toStored(input[i], depth + 1);
    return items;
  }
  if (input instanceof Fields) return input;
  const type = (input as { _bsontype?: unknown })._bsontype;
  if (typeof type === 'string') return classToStored(input, type);
  // Values of another realm (a shell's own context) are no instances of this realm's classes.
  const tag = Object.prototype.toString.call(input);
  if (tag === '[object Date]') return dateToStored((input as Date).getTime());
  if (tag === '[object RegExp]') return regexToStored(input as RegExp);
  if (ArrayBuffer.isView(input)) return new Binary(bytesOf(input));
  if (tag === '[object Map]')
    return toStored(Object.fromEntries(input as Map<string, unknown>), depth);
  return toDoc(input as Record<string, unknown>, depth);
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
}

/** A stored document from an object. */
export function toDoc(input: Record<string, unknown>, depth = 0): Doc {
  if (input instanceof Fields) return input;
  const doc = new Fields();
  for (const field of Object.keys(input)) {
    if (field.includes('\u0000')) throw new BSONError(`key ${field} must not contain null bytes`);
    doc[field] = toStored(input[field], depth + 1);
  }
  return doc;
}

/** @throws BSONError for what is no date: a driver would store the first moment of 1970 in its place. */
function dateToStored(time: number): Date {
  if (Number.isNaN(time))
    throw new BSONError(
      'Invalid Date: this is no date, and is not stored. (mongosh stores 1970-01-01T00:00:00.000Z in its place.)',
    );
  return new Date(time);
}

function regexToStored(regex: RegExp): BSONRegExp {
  const options = (regex.ignoreCase ? 'i' : '') + (regex.multiline ? 'm' : '');
  return new BSONRegExp(regex.source, options + (regex.dotAll ? 's' : ''));
}

function classToStored(input: object, type: string): Value {
  switch (type) {
    case 'Int32':
      return Number(input);
    case 'Double':
      return double((input as Double).value);
    case 'DBRef': {
      const { $ref, $id, $db, ...fields } = (input as DBRef).toJSON();
      return toDoc({ $ref, $id, ...($db ? { $db } : {}), ...fields });
    }
    case 'Binary':
      return new Binary((input as Binary).value().slice(), (input as Binary).sub_type);
    case 'Decimal128':
      return new Decimal128((input as Decimal128).bytes.slice());
    case 'ObjectId':
    case 'ObjectID':
      return Object.freeze(input instanceof ObjectId ? input : new ObjectId(String(input)));
    default:
      // Whoever wrote it still holds it.
      return Object.freeze(input) as Value;
  }
}

/**
 * A fresh JavaScript value: plain objects and arrays, numbers for int and double, the classes of
 * `bson` for the rest (Long and Decimal128 too, as mongosh has it).
 */
export function toResult(value: Maybe): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = new Array<unknown>(value.length);
    for (let i = 0; i < items.length; i += 1) items[i] = toResult(value[i]);
    return items;
  }
  if (value instanceof Fields) return docToResult(value);
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof Double) return value.value;
  if (value instanceof Binary) return new Binary(value.value().slice(), value.sub_type);
  if (value instanceof BSONRegExp) {
    try {
      return new RegExp(value.pattern, value.options.replace(/[^ims]/g, ''));
    } catch {
      return Object.freeze(value); // a PCRE pattern that JavaScript cannot read
    }
  }
  if (value instanceof Decimal128) return new Decimal128(value.bytes.slice());
  return Object.freeze(value);
}

/** A fresh plain object of a stored document. */
export function docToResult(doc: Doc): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const field in doc) {
    const value = doc[field]!;
    const copy = typeof value === 'object' ? toResult(value) : value;
    if (field === '__proto__') {
      Object.defineProperty(result, field, {
        value: copy,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else {
      result[field] = copy;
    }
  }
  return result;
}

/** The size of a stored document as BSON, in bytes (bsonspec.org). */
export function bsonSize(value: Maybe): number {
  switch (typeof value) {
    case 'undefined':
      return 0;
    case 'boolean':
      return 1;
    case 'number':
      return isInt32(value) ? 4 : 8;
    case 'string':
      return 5 + utf8Length(value);
    default:
  }
  if (value === null) return 0;
  if (Array.isArray(value)) {
    let size = 5;
    for (let i = 0; i < value.length; i += 1) size += 2 + String(i).length + bsonSize(value[i]);
    return size;
  }
  if (value instanceof Fields) {
    let size = 5;
    for (const field in value) size += 2 + utf8Length(field) + bsonSize(value[field]);
    return size;
  }
  if (value instanceof ObjectId) return 12;
  if (value instanceof Decimal128) return 16;
  if (value instanceof Binary) return 5 + value.position;
  if (value instanceof BSONRegExp) {
    return 2 + utf8Length(value.pattern) + utf8Length(value.options);
  }
  if (value instanceof Code) return 5 + utf8Length(value.code);
  if (value instanceof BSONSymbol) return 5 + utf8Length(value.value);
  if (value instanceof MinKey || value instanceof MaxKey) return 0;
  if (value instanceof Timestamp) return 8;
  return 8; // date, long, double
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length) {
      bytes += 4;
      i += 1;
    } else bytes += 3;
  }
  return bytes;
}
