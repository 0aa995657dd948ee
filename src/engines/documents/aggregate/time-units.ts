/** Units of time, as date expressions, windows and `$densify` take them. */
import { fail } from '../errors.ts';
import { fromParts, partsOf } from '../values/dates.ts';
import { describe } from '../values/describe.ts';
import type { Maybe } from '../values/types.ts';

export type Unit =
  'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';
const UNITS: readonly Unit[] = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
];
/** How long the units are that are always as long. */
export const MILLISECONDS: Partial<Record<Unit, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

/** @throws MongoServerError if it is none. */
export function unitOf(value: Maybe, name: string): Unit {
  if (UNITS.includes(value as Unit)) return value as Unit;
  return fail(
    9,
    `${name} parameter 'unit' value cannot be recognized as a time unit: ${typeof value === 'string' ? value : describe(value)}`,
  );
}

/** A date so many units later, as a calendar of the zone has them. */
export function addUnits(date: Date, unit: Unit, amount: number, zone: string): Date {
  const parts = partsOf(date, zone);
  if (unit === 'year' || unit === 'quarter' || unit === 'month') {
    const months = parts.month - 1 + amount * { year: 12, quarter: 3, month: 1 }[unit];
    const year = parts.year + Math.floor(months / 12);
    const month = (((months % 12) + 12) % 12) + 1;
    // The 31st of a month, moved to a shorter one, becomes its last day.
    const last = fromParts({ ...parts, year, month: month + 1, day: 0 }).getUTCDate();
    return fromParts({ ...parts, year, month, day: Math.min(parts.day, last) }, zone);
  }
  if (unit === 'week' || unit === 'day') {
    return fromParts({ ...parts, day: parts.day + amount * (unit === 'week' ? 7 : 1) }, zone);
  }
  return new Date(date.getTime() + amount * MILLISECONDS[unit]!);
}
