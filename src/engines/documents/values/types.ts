/**
 * What a stored value is. Stored values are immutable: every write builds new ones, so a snapshot is
 * a reference and a result is copied once, on its way out.
 *
 * A JavaScript number stands for BSON's int32 when it is an integer of that range and for a double
 * otherwise, which is how `bson` serializes it. A double that happens to be such an integer (the
 * result of a division, `Double(5)`) is kept as a {@link Double}, so that `$type` tells the truth.
 */
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
} from 'bson';

export {
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
};

/** A stored value. `undefined` never is one: it stands for a missing field. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Date
  | ObjectId
  | Long
  | Double
  | Decimal128
  | Binary
  | Timestamp
  | BSONRegExp
  | BSONSymbol
  | Code
  | MinKey
  | MaxKey
  | Value[]
  | Doc;

/** A value or nothing at all. */
export type Maybe = Value | undefined;

/** A stored document. Its fields are own properties; it inherits nothing. */
export interface Doc {
  [field: string]: Value;
}

/** Any object a caller hands in: a document, filter, update, pipeline stage, options. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a caller writes has no shape until it is checked
export type Input = Record<string, any>;

/**
 * The class of stored documents. Its prototype has no parent, so `doc[field]` is `undefined` for a
 * missing field whatever the field is called (`constructor`, `__proto__`), without asking `hasOwn`.
 * A class instead of `Object.create(null)`, because V8 keeps the latter in slow dictionaries.
 */
export const Fields = function Fields() {
  /* no fields yet */
} as unknown as new () => Doc;
Fields.prototype = Object.create(null) as object;

/** BSON's types by the aliases that `$type` takes. */
export type TypeName =
  | 'missing'
  | 'minKey'
  | 'double'
  | 'string'
  | 'object'
  | 'array'
  | 'binData'
  | 'undefined'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'null'
  | 'regex'
  | 'dbPointer'
  | 'javascript'
  | 'symbol'
  | 'int'
  | 'timestamp'
  | 'long'
  | 'decimal'
  | 'maxKey';

/** Type numbers of the BSON specification. */
export const TYPE_NUMBERS: Readonly<Record<Exclude<TypeName, 'missing'>, number>> = {
  minKey: -1,
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  maxKey: 127,
};

const BSON_TYPE_NAMES: Record<string, TypeName> = {
  ObjectId: 'objectId',
  Long: 'long',
  Double: 'double',
  Int32: 'int',
  Decimal128: 'decimal',
  Binary: 'binData',
  Timestamp: 'timestamp',
  BSONRegExp: 'regex',
  BSONSymbol: 'symbol',
  Code: 'javascript',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
};

/** Whether a number is what BSON stores as int32. */
export function isInt32(n: number): boolean {
  return (n | 0) === n && !Object.is(n, -0);
}

/** A double: wrapped only where a bare number would be taken for an int32. */
export function double(n: number): number | Double {
  return isInt32(n) ? new Double(n) : n;
}

export function isDoc(value: unknown): value is Doc {
  return value instanceof Fields;
}

export function isNumeric(value: Maybe): value is number | Double | Long | Decimal128 {
  if (typeof value === 'number') return true;
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Double || value instanceof Long
    ? !(value instanceof Timestamp)
    : value instanceof Decimal128;
}

/** The BSON type of a stored value, by its alias. */
export function typeOf(value: Maybe): TypeName {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'boolean':
      return 'bool';
    case 'number':
      return isInt32(value) ? 'int' : 'double';
    case 'string':
      return 'string';
    default:
      if (value === null) return 'null';
      if (Array.isArray(value)) return 'array';
      if (value instanceof Fields) return 'object';
      if (value instanceof Date) return 'date';
      return BSON_TYPE_NAMES[(value as { _bsontype: string })._bsontype] ?? 'object';
  }
}

/** A document from its fields, in order. */
export function docOf(entries: Iterable<readonly [string, Value]>): Doc {
  const doc = new Fields();
  for (const [field, value] of entries) doc[field] = value;
  return doc;
}

/** A shallow copy, to change before it is stored. */
export function copyDoc(doc: Doc): Doc {
  const copy = new Fields();
  for (const field in doc) copy[field] = doc[field]!;
  return copy;
}

/** A copy without one field. Built anew: deleting would turn the copy into a slow dictionary. */
export function withoutField(doc: Doc, field: string): Doc {
  const copy = new Fields();
  for (const name in doc) if (name !== field) copy[name] = doc[name]!;
  return copy;
}
