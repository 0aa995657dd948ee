/** Dates (manual, "Date Expression Operators"), in UTC or a given time zone. */
import { describe } from '../../values/describe.ts';
import {
  type DateParts,
  dayOfWeek,
  dayOfYear,
  fromParts,
  isoWeek,
  parseDate,
  partsOf,
  sundayWeek,
  zoneOffset,
} from '../../values/dates.ts';
import { readDate, type ReadDate } from '../../values/date-formats.ts';
import { isIntegral, toNumber } from '../../values/numbers.ts';
import {
  docOf,
  isDoc,
  isNumeric,
  Long,
  type Maybe,
  ObjectId,
  Timestamp,
  type Value,
} from '../../values/types.ts';
import {
  type Evaluator,
  fail,
  isNullish,
  namedOperator,
  type Operator,
  typeName,
} from '../operator.ts';
import { addUnits, MILLISECONDS, type Unit, unitOf } from '../time-units.ts';

function dateOf(value: Maybe): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBitsUnsigned() * 1000);
  return fail(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

function zoneOf(value: Maybe): string | null {
  if (isNullish(value)) return null;
  return typeof value === 'string'
    ? value
    : fail(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
}

/** `{$year: date}` or `{$year: {date, timezone}}`. */
function partOperator(part: (parts: DateParts) => number): Operator {
  return (operand, compiler, name) => {
    const single = Array.isArray(operand) && operand.length === 1 ? operand[0]! : operand;
    const named = isDoc(single) && !Object.keys(single)[0]?.startsWith('$');
    if (named && single.date === undefined)
      fail(40539, `missing 'date' argument to ${name}, provided: ${Object.keys(single).join()}`);
    const date = compiler.compile(named ? single.date! : single);
    const timezone =
      named && single.timezone !== undefined ? compiler.compile(single.timezone) : null;
    return (scope) => {
      const value = date(scope);
      if (isNullish(value)) return null;
      const zone = timezone ? zoneOf(timezone(scope)) : 'UTC';
      return zone === null ? null : part(partsOf(dateOf(value), zone));
    };
  };
}

const pad = (n: number, width: number) => String(n).padStart(width, '0');
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function formatDate(date: Date, format: string, zone: string): string {
  const parts = partsOf(date, zone);
  const minutes = zoneOffset(date.getTime(), zone) / 60_000;
  return format.replace(/%(.)/g, (_, specifier: string) => {
    switch (specifier) {
      case 'Y':
        return pad(parts.year, 4);
      case 'm':
        return pad(parts.month, 2);
      case 'd':
        return pad(parts.day, 2);
      case 'H':
        return pad(parts.hour, 2);
      case 'M':
        return pad(parts.minute, 2);
      case 'S':
        return pad(parts.second, 2);
      case 'L':
        return pad(parts.millisecond, 3);
      case 'j':
        return pad(dayOfYear(parts), 3);
      case 'u':
        return String(isoWeek(parts).day);
      case 'w':
        return String(dayOfWeek(parts));
      case 'U':
        return pad(sundayWeek(parts), 2);
      case 'V':
        return pad(isoWeek(parts).week, 2);
      case 'G':
        return pad(isoWeek(parts).year, 4);
      case 'b':
        return MONTHS[parts.month - 1]!.slice(0, 3);
      case 'B':
        return MONTHS[parts.month - 1]!;
      case 'z':
        return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60), 2)}${pad(Math.abs(minutes) % 60, 2)}`;
      case 'Z':
        return String(minutes);
      case '%':
        return '%';
      default:
        return fail(18536, `Invalid format character '%${specifier}' in format string`);
    }
  });
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Which unit, counted from year 0 or from 1970, a moment is in: for `$dateDiff` and `$dateTrunc`. */
function ordinal(date: Date, unit: Unit, zone: string, weekStart: number): number {
  const parts = partsOf(date, zone);
  if (unit === 'year') return parts.year;
  if (unit === 'quarter') return parts.year * 4 + Math.floor((parts.month - 1) / 3);
  if (unit === 'month') return parts.year * 12 + parts.month - 1;
  const local = fromParts(parts).getTime();
  // 1970-01-05 was a Monday.
  const shift = unit === 'week' ? (4 + weekStart) * MILLISECONDS.day! : 0;
  return Math.floor((local - shift) / MILLISECONDS[unit]!);
}

function weekStartOf(value: Maybe): number {
  if (isNullish(value)) return 6; // Sunday
  const found = WEEKDAYS.findIndex(
    (day) =>
      typeof value === 'string' &&
      (day === value.toLowerCase() || day.slice(0, 3) === value.toLowerCase()),
  );
  return found >= 0
    ? found
    : fail(
        9,
        `parameter 'startOfWeek' value cannot be recognized as a day of a week: ${typeof value === 'string' ? value : describe(value)}`,
      );
}

function truncate(date: Date, unit: Unit, size: number, zone: string, weekStart: number): Date {
  const at = ordinal(date, unit, zone, weekStart);
  // Bins are counted from 2000-01-01, as the server counts them.
  const origin = ordinal(
    new Date(Date.UTC(2000, 0, unit === 'week' ? 8 : 1)),
    unit,
    'UTC',
    weekStart,
  );
  const bin = origin + Math.floor((at - origin) / size) * size;
  const start: DateParts = {
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    millisecond: 0,
  };
  if (unit === 'year') return fromParts({ ...start, year: bin }, zone);
  if (unit === 'quarter')
    return fromParts({ ...start, year: Math.floor(bin / 4), month: (bin % 4) * 3 + 1 }, zone);
  if (unit === 'month')
    return fromParts({ ...start, year: Math.floor(bin / 12), month: (bin % 12) + 1 }, zone);
  const shift = unit === 'week' ? (4 + weekStart) * MILLISECONDS.day! : 0;
  return fromParts(partsOf(new Date(bin * MILLISECONDS[unit]! + shift)), zone);
}

type Arguments = Readonly<Record<string, Value | undefined>>;

/** Evaluates named arguments; the answer is `null` as soon as one that was given is nullish. */
function dateOperator(
  required: readonly string[],
  optional: readonly string[],
  apply: (values: Record<string, Maybe>, name: string) => Maybe,
): Operator {
  return namedOperator({ required, optional }, (args: Arguments, compiler, name) => {
    const given = [...required, ...optional].filter((field) => args[field] !== undefined);
    const evaluators = given.map((field): [string, Evaluator] => [
      field,
      compiler.compile(args[field]!),
    ]);
    return (scope) => {
      const values: Record<string, Maybe> = {};
      for (const [field, evaluate] of evaluators) {
        const value = evaluate(scope);
        if (isNullish(value) && !field.startsWith('on')) {
          const onNull = evaluators.find(([other]) => other === 'onNull');
          return onNull ? onNull[1](scope) : null;
        }
        values[field] = value;
      }
      return apply(values, name);
    };
  });
}

const zoneIn = (values: Record<string, Maybe>) => zoneOf(values.timezone) ?? 'UTC';

function amountOf(value: Maybe, name: string): number {
  return isNumeric(value) && isIntegral(value)
    ? toNumber(value)
    : fail(5166405, `${name} expects integer amount of time units`);
}

/** `$dateFromString` with a `format`. */
function byFormat(values: Record<string, Maybe>): Maybe {
  const { dateString: text, format } = values;
  if (typeof format !== 'string')
    return fail(
      40684,
      `$dateFromString requires that 'format' be a string, found: ${typeName(format)} with value ${describe(format)}`,
    );
  const read: ReadDate =
    typeof text === 'string'
      ? readDate(text, format, zoneIn(values))
      : {
          fault: `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)} with value ${describe(text)}`,
        };
  let fault: string;
  if ('fault' in read)
    fault =
      typeof text === 'string' ? `Error parsing date string '${text}'; ${read.fault}` : read.fault;
  else if (read.zoned && values.timezone !== undefined)
    fault = `you cannot pass in a date/time string with time zone information ('${String(text)}') together with a timezone argument`;
  else return read.date;
  return 'onError' in values ? values.onError : fail(241, fault);
}

const PART_NAMES = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;

export const DATES: Readonly<Record<string, Operator>> = {
  $year: partOperator((parts) => parts.year),
  $month: partOperator((parts) => parts.month),
  $dayOfMonth: partOperator((parts) => parts.day),
  $dayOfWeek: partOperator(dayOfWeek),
  $dayOfYear: partOperator(dayOfYear),
  $week: partOperator(sundayWeek),
  $isoWeek: partOperator((parts) => isoWeek(parts).week),
  $isoWeekYear: partOperator((parts) => isoWeek(parts).year),
  $isoDayOfWeek: partOperator((parts) => isoWeek(parts).day),
  $hour: partOperator((parts) => parts.hour),
  $minute: partOperator((parts) => parts.minute),
  $second: partOperator((parts) => parts.second),
  $millisecond: partOperator((parts) => parts.millisecond),
  $dateToString: dateOperator(['date'], ['format', 'timezone', 'onNull'], (values) => {
    const zone = zoneIn(values);
    const format =
      values.format ?? (zone === 'UTC' ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
    if (typeof format !== 'string')
      return fail(
        18533,
        `$dateToString requires that 'format' be a string, found: ${typeName(format)}`,
      );
    return formatDate(dateOf(values.date), format, zone);
  }),
  $dateFromString: dateOperator(
    ['dateString'],
    ['format', 'timezone', 'onError', 'onNull'],
    (values) => {
      const text = values.dateString;
      if (values.format !== undefined) return byFormat(values);
      const date = typeof text === 'string' ? parseDate(text) : null;
      if (date)
        return new Date(
          date.getTime() -
            (/[zZ]$|[+-]\d\d:?\d\d$/.test(text as string)
              ? 0
              : zoneOffset(date.getTime(), zoneIn(values))),
        );
      if ('onError' in values) return values.onError;
      return fail(
        241,
        `Error parsing date string '${String(text)}'; 0: passing a time zone identifier as part of the string is not allowed '${String(text)}'`,
      );
    },
  ),
  $dateToParts: dateOperator(['date'], ['timezone'], (values) => {
    const parts = partsOf(dateOf(values.date), zoneIn(values));
    return docOf(PART_NAMES.map((part) => [part, parts[part]]));
  }),
  $dateFromParts: dateOperator(
    ['year'],
    ['month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone'],
    (values, name) => {
      const parts = Object.fromEntries(
        PART_NAMES.map((part) => [
          part,
          part in values
            ? amountOf(values[part], name)
            : part === 'month' || part === 'day'
              ? 1
              : 0,
        ]),
      );
      return fromParts(parts as unknown as DateParts, zoneIn(values));
    },
  ),
  $dateAdd: dateOperator(['startDate', 'unit', 'amount'], ['timezone'], (values, name) =>
    addUnits(
      dateOf(values.startDate),
      unitOf(values.unit, name),
      amountOf(values.amount, name),
      zoneIn(values),
    ),
  ),
  $dateSubtract: dateOperator(['startDate', 'unit', 'amount'], ['timezone'], (values, name) =>
    addUnits(
      dateOf(values.startDate),
      unitOf(values.unit, name),
      -amountOf(values.amount, name),
      zoneIn(values),
    ),
  ),
  $dateDiff: dateOperator(
    ['startDate', 'endDate', 'unit'],
    ['timezone', 'startOfWeek'],
    (values, name) => {
      const unit = unitOf(values.unit, name);
      const [zone, start] = [zoneIn(values), weekStartOf(values.startOfWeek)];
      return Long.fromNumber(
        ordinal(dateOf(values.endDate), unit, zone, start) -
          ordinal(dateOf(values.startDate), unit, zone, start),
      );
    },
  ),
  $dateTrunc: dateOperator(
    ['date', 'unit'],
    ['binSize', 'timezone', 'startOfWeek'],
    (values, name) =>
      truncate(
        dateOf(values.date),
        unitOf(values.unit, name),
        values.binSize === undefined ? 1 : amountOf(values.binSize, name),
        zoneIn(values),
        weekStartOf(values.startOfWeek),
      ),
  ),
};
