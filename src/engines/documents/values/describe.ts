/** Values as the server prints them inside its error messages and explain plans. */
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
  MaxKey,
  type Maybe,
  MinKey,
  ObjectId,
  Timestamp,
} from './types.ts';

function describeDouble(n: number): string {
  if (Number.isNaN(n)) return 'nan.0';
  if (!Number.isFinite(n)) return n > 0 ? 'inf.0' : '-inf.0';
  return Number.isInteger(n) && Math.abs(n) < 1e21 ? `${n.toFixed(0)}.0` : String(n);
}

/** `{ _id: 1, name: "Alice" }`, as `BSONObj::toString` of the server has it. */
export function describe(value: Maybe): string {
  if (value === undefined) return 'MISSING';
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return isInt32(value) ? String(value) : describeDouble(value);
  if (Array.isArray(value)) return value.length ? `[ ${value.map(describe).join(', ')} ]` : '[]';
  if (value instanceof Fields) {
    const fields = Object.keys(value).map((field) => `${field}: ${describe(value[field])}`);
    return fields.length ? `{ ${fields.join(', ')} }` : '{}';
  }
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${String(value.getTime())})`;
  if (value instanceof Timestamp) {
    return `Timestamp(${String(value.getHighBitsUnsigned())}, ${String(value.getLowBitsUnsigned())})`;
  }
  if (value instanceof Double) return describeDouble(value.value);
  if (value instanceof Long) return value.toString();
  if (value instanceof Decimal128) return value.toString();
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (value instanceof Binary) {
    const hex = value.toString('hex').toUpperCase();
    return value.sub_type === 4
      ? `UUID("${hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}")`
      : `BinData(${String(value.sub_type)}, ${hex})`;
  }
  if (value instanceof MinKey) return 'MinKey';
  if (value instanceof MaxKey) return 'MaxKey';
  if (value instanceof Code) return value.code;
  return value instanceof BSONSymbol ? `"${value.value}"` : String(value);
}
