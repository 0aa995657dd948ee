/** The constructors of mongosh: callable with and without `new`, with its names and its arguments. */
import { UUID } from 'bson';
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from '../values/types.ts';
import { parseDate } from '../values/dates.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- arguments come from scripts
type Make = (...args: any[]) => unknown;

/** A function that makes the value, called or constructed; it keeps the class's own functions. */
function constructor(make: Make, statics: object): Make {
  const callable = function (...args: unknown[]) {
    return make(...args);
  };
  for (const name of Object.getOwnPropertyNames(statics)) {
    if (!['length', 'name', 'prototype'].includes(name)) {
      Object.defineProperty(callable, name, Object.getOwnPropertyDescriptor(statics, name)!);
    }
  }
  (callable as { prototype: unknown }).prototype = (statics as { prototype?: unknown }).prototype;
  return callable;
}

function isoDate(text: string): Date {
  const date = parseDate(text) ?? (/^\d{8}(T\d{6}Z?)?$/.test(text) ? compactDate(text) : null);
  if (!date) throw new Error(`${JSON.stringify(text)} is not a valid ISODate`);
  return date;
}

function compactDate(text: string): Date | null {
  return parseDate(
    text.replace(
      /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/,
      (_, y: string, m: string, d: string, h = '00', min = '00', s = '00') =>
        `${y}-${m}-${d}T${String(h)}:${String(min)}:${String(s)}`,
    ),
  );
}

/**
 * @param newId makes the ids of `ObjectId()`.
 * @param now the time of `ISODate()`.
 */
export function bsonConstructors(newId: () => ObjectId, now: () => Date): Record<string, unknown> {
  const long = (value: unknown = 0) =>
    typeof value === 'string'
      ? Long.fromString(value)
      : typeof value === 'bigint'
        ? Long.fromBigInt(value)
        : Long.fromNumber(Number(value));
  const decimal = (value: unknown = '0') => Decimal128.fromString(String(value));
  const int32 = (value: unknown = 0) => new Int32(Number(value));
  return {
    ObjectId: constructor((id) => (id === undefined ? newId() : new ObjectId(id)), ObjectId),
    ISODate: constructor((text) => (text === undefined ? now() : isoDate(text)), {}),
    NumberInt: constructor(int32, Int32),
    Int32: constructor(int32, Int32),
    NumberLong: constructor(long, Long),
    Long: constructor(long, Long),
    NumberDecimal: constructor(decimal, Decimal128),
    Decimal128: constructor(decimal, Decimal128),
    Double: constructor((value = 0) => new Double(Number(value)), Double),
    Timestamp: constructor(
      (t, i) => new Timestamp(typeof t === 'object' ? t : { t: Number(t ?? 0), i: Number(i ?? 0) }),
      Timestamp,
    ),
    UUID: constructor((text) => new UUID(text).toBinary(), {}),
    BinData: constructor((subtype, base64) => Binary.createFromBase64(base64, subtype), {}),
    Binary: constructor((...args) => new Binary(...args), Binary),
    MinKey: constructor(() => new MinKey(), MinKey),
    MaxKey: constructor(() => new MaxKey(), MaxKey),
    Code: constructor((code) => new Code(code), Code),
    DBRef: constructor((collection, id, db) => new DBRef(collection, id, db), DBRef),
    BSONRegExp: constructor((pattern, options) => new BSONRegExp(pattern, options), BSONRegExp),
    BSONSymbol: constructor((text) => new BSONSymbol(text), BSONSymbol),
  };
}
