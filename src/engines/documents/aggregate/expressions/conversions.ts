/** Types and conversions: `$type`, `$convert`, `$toInt` and their like (manual, "$convert"). */
import { decimalOfNumber, parseDecimal, toDecimal128 } from '../../values/decimal.ts';
import {
  isNaNValue,
  LONG_MAX,
  LONG_MIN,
  numericType,
  toDecimal,
  toNumber,
} from '../../values/numbers.ts';
import {
  Decimal128,
  Double,
  double,
  isNumeric,
  Long,
  type Maybe,
  ObjectId,
  TYPE_NUMBERS,
  type TypeName,
  typeOf,
  type Value,
} from '../../values/types.ts';
import { fail, isNullish, namedOperator, operator, type Operator, typeName } from '../operator.ts';
import { numberText } from './text.ts';
import { parseDate } from '../../values/dates.ts';

const NO_ON_ERROR = 'in $convert with no onError value';

function unsupported(value: Maybe, to: string): never {
  return fail(241, `Unsupported conversion from ${typeName(value)} to ${to} ${NO_ON_ERROR}`);
}

function unparsed(text: string, why: string): never {
  return fail(241, `Failed to parse number '${text}' ${NO_ON_ERROR}: ${why}`);
}

function numberFrom(text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    return unparsed(text, text === '' ? 'Empty string' : 'Did not consume whole string.');
  }
  return Number(text);
}

/** A whole number of at most so many bits. */
function toInteger(value: Maybe, to: 'int' | 'long'): Value {
  const [least, most] = to === 'int' ? [-2147483648n, 2147483647n] : [LONG_MIN, LONG_MAX];
  const inRange = (n: bigint, shown: string): Value => {
    if (n < least || n > most) {
      return fail(241, `Conversion would overflow target type ${NO_ON_ERROR}: ${shown}`);
    }
    return to === 'int' ? Number(n) : Long.fromBigInt(n);
  };
  if (typeof value === 'boolean') return inRange(value ? 1n : 0n, '');
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value))
      return unparsed(value, value === '' ? 'Empty string' : 'Did not consume whole string.');
    return inRange(BigInt(value.replace('+', '')), value);
  }
  if (value instanceof Date) {
    return to === 'long' ? Long.fromNumber(value.getTime()) : unsupported(value, to);
  }
  if (!isNumeric(value)) return unsupported(value, to);
  if (isNaNValue(value))
    return fail(241, `Attempt to convert NaN value to integer type ${NO_ON_ERROR}`);
  if (!Number.isFinite(toNumber(value)))
    return fail(241, `Attempt to convert infinity value to integer type ${NO_ON_ERROR}`);
  if (value instanceof Long) return inRange(value.toBigInt(), value.toString());
  return inRange(BigInt(Math.trunc(toNumber(value))), numberText(value));
}

function toDouble(value: Maybe): Value {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (typeof value === 'string') return double(numberFrom(value));
  if (value instanceof Date) return double(value.getTime());
  return isNumeric(value) ? double(toNumber(value)) : unsupported(value, 'double');
}

function toDecimalValue(value: Maybe): Value {
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (typeof value === 'string') {
    const decimal = parseDecimal(value);
    if (decimal.kind === 'nan' && !/^nan$/i.test(value))
      return unparsed(value, 'Failed to parse string to decimal');
    return toDecimal128(decimal);
  }
  if (value instanceof Date) return toDecimal128(decimalOfNumber(value.getTime()));
  if (!isNumeric(value)) return unsupported(value, 'decimal');
  return value instanceof Decimal128 ? value : toDecimal128(toDecimal(value));
}

function toBool(value: Maybe): Value {
  if (isNumeric(value)) return isNaNValue(value) || toNumber(value) !== 0;
  return typeof value === 'boolean' ? value : true;
}

function toDate(value: Maybe): Value {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (typeof value === 'string') {
    return parseDate(value) ?? fail(241, `Error parsing date string '${value}' ${NO_ON_ERROR}`);
  }
  if (isNumeric(value) && numericType(value) !== 'int')
    return new Date(Math.trunc(toNumber(value)));
  return unsupported(value, 'date');
}

function toObjectId(value: Maybe): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') return unsupported(value, 'objectId');
  if (/^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
  return fail(
    241,
    `Failed to parse objectId '${value}' ${NO_ON_ERROR}: Invalid string length for parsing to OID, expected 24 but found ${String(value.length)}`,
  );
}

function toText(value: Maybe): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (isNumeric(value)) return numberText(value);
  if (value instanceof ObjectId) return value.toHexString();
  return value instanceof Date ? value.toISOString() : unsupported(value, 'string');
}

const TARGETS: Readonly<Record<string, (value: Maybe) => Value>> = {
  int: (value) => toInteger(value, 'int'),
  long: (value) => toInteger(value, 'long'),
  double: toDouble,
  decimal: toDecimalValue,
  bool: toBool,
  date: toDate,
  objectId: toObjectId,
  string: toText,
};

function target(to: Maybe): (value: Maybe) => Value {
  const named = isNumeric(to)
    ? (Object.keys(TYPE_NUMBERS) as Exclude<TypeName, 'missing'>[]).find(
        (name) => TYPE_NUMBERS[name] === toNumber(to),
      )
    : to;
  if (typeof named === 'string' && Object.hasOwn(TARGETS, named)) return TARGETS[named]!;
  return fail(2, `Unknown type name: ${String(to)}`);
}

const $convert = namedOperator(
  { required: ['input', 'to'], optional: ['onError', 'onNull'] },
  (args, compiler) => {
    const [input, to] = [compiler.compile(args.input!), compiler.compile(args.to!)];
    const onError = args.onError === undefined ? null : compiler.compile(args.onError);
    const onNull = args.onNull === undefined ? null : compiler.compile(args.onNull);
    return (scope) => {
      const value = input(scope);
      const type = to(scope);
      if (isNullish(value)) return onNull ? onNull(scope) : null;
      if (isNullish(type)) return null;
      const convert = target(type);
      if (!onError) return convert(value);
      try {
        return convert(value);
      } catch {
        return onError(scope);
      }
    };
  },
);

function shorthand(to: string): Operator {
  return operator(1, ([value]) => (isNullish(value) ? null : TARGETS[to]!(value)));
}

export const CONVERSIONS: Readonly<Record<string, Operator>> = {
  $type: operator(1, ([value]) => typeOf(value)),
  $isNumber: operator(1, ([value]) => isNumeric(value)),
  $convert,
  $toInt: shorthand('int'),
  $toLong: shorthand('long'),
  $toDouble: shorthand('double'),
  $toDecimal: shorthand('decimal'),
  $toBool: shorthand('bool'),
  $toDate: shorthand('date'),
  $toObjectId: shorthand('objectId'),
  $toString: shorthand('string'),
};
