/** A value as text, where string operators take numbers and dates too. */
import { numericType, toNumber } from '../../values/numbers.ts';
import { BSONSymbol, isNumeric, type Maybe } from '../../values/types.ts';
import { fail, isNullish, typeName } from '../operator.ts';

/** `''` for nothing. @throws MongoServerError for types that are no text (arrays, documents, …). */
export function textOf(value: Maybe): string {
  if (typeof value === 'string') return value;
  if (isNullish(value)) return '';
  if (isNumeric(value)) return numberText(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof BSONSymbol) return value.value;
  return fail(16007, `can't convert from BSON type ${typeName(value)} to String`);
}

export function numberText(value: Parameters<typeof toNumber>[0]): string {
  const type = numericType(value);
  if (type === 'long' || type === 'decimal') return value.toString();
  const n = toNumber(value);
  if (Number.isFinite(n)) return String(n).replace('e+', 'e+');
  return Number.isNaN(n) ? 'NaN' : n > 0 ? 'Infinity' : '-Infinity';
}
