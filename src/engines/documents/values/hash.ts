/** Keys for hash tables, such that two values have the same key exactly if they are equal. */
import { exactDecimal, formatDecimal } from './decimal.ts';
import { toDecimal, toNumber } from './numbers.ts';
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Fields,
  isInt32,
  Long,
  type Maybe,
  ObjectId,
  Timestamp,
} from './types.ts';

/** Text that no plain string's key starts with. */
const MARK = '\u0000';

function numberKey(value: number | Double | Long | Decimal128): number | string {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  const n = toNumber(value);
  if (isInt32(n)) {
    if (value instanceof Long) return n;
  }
  const decimal = toDecimal(value);
  if (decimal.kind !== 'finite') return n;
  const nearest = exactDecimal(n);
  // A number that some double equals has that double's key; any other has its own digits.
  let { coefficient, exponent } = decimal;
  if (coefficient === 0n) return 0;
  while (coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  if (nearest.kind === 'finite') {
    let other = nearest.coefficient;
    let power = nearest.exponent;
    while (other !== 0n && other % 10n === 0n) {
      other /= 10n;
      power += 1;
    }
    if (other === coefficient && power === exponent) return n;
  }
  return `${MARK}n${formatDecimal({ kind: 'finite', coefficient, exponent })}`;
}

/** The key of a value for a `Map`. */
export function hashKey(value: Maybe): string | number | boolean | null | undefined {
  switch (typeof value) {
    case 'string':
      return value.startsWith(MARK) ? `${MARK}s${value}` : value;
    case 'number':
      return value;
    case 'boolean':
    case 'undefined':
      return value;
    default:
      if (value === null) return null;
      if (value instanceof ObjectId) return `${MARK}o${value.toHexString()}`;
      if (value instanceof Date) return `${MARK}d${String(value.getTime())}`;
      if (value instanceof Fields) return documentKey(value);
      if (Array.isArray(value)) {
        return `${MARK}a[${value.map((item) => part(hashKey(item))).join()}]`;
      }
      if (value instanceof Timestamp) return `${MARK}t${value.toString()}`;
      if (value instanceof Double || value instanceof Long || value instanceof Decimal128) {
        return numberKey(value);
      }
      if (value instanceof BSONSymbol) return hashKey(value.value);
      if (value instanceof Binary)
        return `${MARK}b${String(value.sub_type)}:${value.toString('hex')}`;
      if (value instanceof BSONRegExp) return `${MARK}r${value.options}/${value.pattern}`;
      if (value instanceof Code) return `${MARK}c${value.code}`;
      return `${MARK}${(value as { _bsontype: string })._bsontype}`;
  }
}

function part(key: ReturnType<typeof hashKey>): string {
  return typeof key === 'string' ? JSON.stringify(key) : Object.is(key, -0) ? '0' : String(key);
}

function documentKey(doc: Record<string, Maybe>): string {
  let key = `${MARK}{`;
  for (const field in doc) key += `${JSON.stringify(field)}:${part(hashKey(doc[field]))},`;
  return `${key}}`;
}
