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
import { MongoshInvalidInputError } from '../errors.ts';
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

const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:?(?:\d\d)?)?)?$/;

/** As mongosh reads them; but a day that no calendar has is none. @throws MongoshInvalidInputError */
function isoDate(given: unknown): Date {
  if (typeof given !== 'string') return new Date(given as number);
  const match = ISO.exec(given);
  if (match) {
    const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', zone] =
      match;
    const offset = (zone ?? 'Z').replace(/^([+-]\d\d):?$/, '$1:00');
    const date = parseDate(
      `${year!}-${month!}-${day!}T${hour}:${minute}:${second}.${fraction.slice(0, 9)}${offset}`,
    );
    if (date) return date;
  }
  throw new MongoshInvalidInputError(`${JSON.stringify(given)} is not a valid ISODate`);
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
    UUID: constructor((text) => new UUID(text).toBinary(), { prototype: Binary.prototype }),
    BinData: constructor((subtype, base64) => Binary.createFromBase64(base64, subtype), {
      prototype: Binary.prototype,
    }),
    HexData: constructor((subtype, hex) => Binary.createFromHexString(hex, subtype), {
      prototype: Binary.prototype,
    }),
    MD5: constructor((hex) => Binary.createFromHexString(hex, Binary.SUBTYPE_MD5), {
      prototype: Binary.prototype,
    }),
    Binary: constructor((...args) => new Binary(...args), Binary),
    MinKey: constructor(() => new MinKey(), MinKey),
    MaxKey: constructor(() => new MaxKey(), MaxKey),
    Code: constructor((code) => new Code(code), Code),
    DBRef: constructor((collection, id, db) => new DBRef(collection, id, db), DBRef),
    BSONRegExp: constructor((pattern, options) => new BSONRegExp(pattern, options), BSONRegExp),
    BSONSymbol: constructor((text) => new BSONSymbol(text), BSONSymbol),
  };
}
