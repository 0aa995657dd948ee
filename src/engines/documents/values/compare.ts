/**
 * The order of all values (MongoDB manual, "BSON Comparison Order"): first by type bracket
 * (MinKey, null, numbers, strings, objects, arrays, binary, ObjectId, boolean, date, timestamp,
 * regex, code, MaxKey), then by value.
 */
import { compareNumbers } from './numbers.ts';
import {
  type Binary,
  type BSONRegExp,
  type BSONSymbol,
  type Code,
  type Doc,
  Double,
  Fields,
  type Maybe,
  type ObjectId,
  type Timestamp,
  type Value,
} from './types.ts';

/** How strings compare. The default is by code points, as `memcmp` on UTF-8 does. */
export type StringOrder = (a: string, b: string) => number;

/** Type brackets in their order. Values of different brackets never equal one another. */
export const BRACKET = {
  minKey: -1,
  missing: 0,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  codeWithScope: 65,
  maxKey: 127,
} as const;

const BRACKET_OF_CLASS: Record<string, number> = {
  Double: BRACKET.number,
  Long: BRACKET.number,
  Decimal128: BRACKET.number,
  ObjectId: BRACKET.objectId,
  Binary: BRACKET.binData,
  Timestamp: BRACKET.timestamp,
  BSONRegExp: BRACKET.regex,
  BSONSymbol: BRACKET.string,
  Code: BRACKET.code,
  MinKey: BRACKET.minKey,
  MaxKey: BRACKET.maxKey,
};

/** The type bracket of a value. */
export function bracketOf(value: Maybe): number {
  switch (typeof value) {
    case 'number':
      return BRACKET.number;
    case 'string':
      return BRACKET.string;
    case 'boolean':
      return BRACKET.bool;
    case 'undefined':
      return BRACKET.missing;
    default:
      if (value === null) return BRACKET.null;
      if (value instanceof Fields) return BRACKET.object;
      if (Array.isArray(value)) return BRACKET.array;
      if (value instanceof Date) return BRACKET.date;
      return BRACKET_OF_CLASS[(value as { _bsontype: string })._bsontype] ?? BRACKET.object;
  }
}

/** By Unicode code points: UTF-16 code units would put U+FF5E after U+1F600's surrogates. */
export const byCodePoints: StringOrder = (a, b) => {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x !== y) {
      if (x >= 0xd800 && y >= 0xd800) {
        x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
        y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
      }
      return x < y ? -1 : 1;
    }
  }
  return a.length < b.length ? -1 : 1;
};

/** Negative, zero or positive: `a` before, equal to or after `b`. A missing value is `undefined`. */
export function compare(a: Maybe, b: Maybe, strings: StringOrder = byCodePoints): number {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) return -1;
    if (a > b) return 1;
    if (a === b) return 0;
    return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
  }
  if (typeof a === 'string' && typeof b === 'string') return strings(a, b);
  const bracket = bracketOf(a);
  const difference = bracket - bracketOf(b);
  if (difference !== 0) return difference;
  switch (bracket) {
    case BRACKET.number:
      return compareNumbers(a as number, b as number);
    case BRACKET.string:
      return strings(text(a), text(b));
    case BRACKET.object:
      return compareDocs(a as Doc, b as Doc, strings);
    case BRACKET.array:
      return compareArrays(a as Value[], b as Value[], strings);
    case BRACKET.bool:
      return Number(a) - Number(b);
    case BRACKET.date:
      return compare((a as Date).getTime(), (b as Date).getTime());
    case BRACKET.objectId:
      return compareBytes((a as ObjectId).id, (b as ObjectId).id);
    case BRACKET.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case BRACKET.binData:
      return compareBinary(a as Binary, b as Binary);
    case BRACKET.regex:
      return (
        byCodePoints((a as BSONRegExp).pattern, (b as BSONRegExp).pattern) ||
        byCodePoints((a as BSONRegExp).options, (b as BSONRegExp).options)
      );
    case BRACKET.code:
      return byCodePoints((a as Code).code, (b as Code).code);
    default:
      return 0; // null, missing, MinKey, MaxKey: one value each
  }
}

function text(value: Maybe): string {
  return typeof value === 'string' ? value : (value as BSONSymbol).value;
}

/** Field by field, in their order: type, then name, then value. So `{a, b}` is not `{b, a}`. */
function compareDocs(a: Doc, b: Doc, strings: StringOrder): number {
  const x = Object.keys(a);
  const y = Object.keys(b);
  const length = Math.min(x.length, y.length);
  for (let i = 0; i < length; i += 1) {
    const left = a[x[i]!];
    const right = b[y[i]!];
    const result =
      bracketOf(left) - bracketOf(right) ||
      byCodePoints(x[i]!, y[i]!) ||
      compare(left, right, strings);
    if (result !== 0) return result;
  }
  return x.length - y.length;
}

function compareArrays(a: Value[], b: Value[], strings: StringOrder): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const result = compare(a[i], b[i], strings);
    if (result !== 0) return result;
  }
  return a.length - b.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return a.length - b.length;
}

/** By length, then subtype, then bytes (manual, "Binary Data"). */
function compareBinary(a: Binary, b: Binary): number {
  return a.position - b.position || a.sub_type - b.sub_type || compareBytes(a.value(), b.value());
}

/** Equality as queries have it: numbers by value across types, documents with their field order. */
export function equal(a: Maybe, b: Maybe, strings: StringOrder = byCodePoints): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return strings(a, b) === 0;
  return compare(a, b, strings) === 0;
}

/** Equality with the types as well: whether storing one over the other changes anything. */
export function identical(a: Maybe, b: Maybe): boolean {
  if (a === b) return typeof a !== 'number' || Object.is(a, b);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => identical(item, b[i]));
  }
  if (a instanceof Fields) {
    if (!(b instanceof Fields)) return false;
    const [x, y] = [Object.keys(a), Object.keys(b)];
    return (
      x.length === y.length &&
      x.every((field, i) => field === y[i] && identical(a[field], b[field]))
    );
  }
  if (typeof a !== typeof b || typeof a !== 'object' || a === null || b === null) return false;
  const [ta, tb] = [
    (a as { _bsontype?: string })._bsontype,
    (b as { _bsontype?: string })._bsontype,
  ];
  if (ta !== tb) return false;
  if (ta === 'Decimal128') return String(a) === String(b);
  if (a instanceof Double) return Object.is(a.value, (b as Double).value);
  return compare(a, b) === 0;
}
