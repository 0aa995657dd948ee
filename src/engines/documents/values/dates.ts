/** Reading dates, and the parts of a date in a time zone. */
import { fail } from '../errors.ts';

const DAY = 86_400_000;

/** The parts of a moment as a clock in some time zone shows them. `month` from 1. */
export interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

/** Reads an ISO 8601 date; without a zone it is UTC. `null` if it is none. */
export function parseDate(text: string): Date | null {
  const match =
    /^(\d{4})-(\d\d)(?:-(\d\d))?(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(
      text.trim(),
    );
  if (!match) return null;
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone] =
    match;
  const parts: DateParts = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Math.trunc(Number(`0.${fraction}`) * 1000 + 1e-9),
  };
  if (!isMoment(parts)) return null;
  const shift = zone && !/z/i.test(zone) ? offsetOf(zone) : 0;
  return Math.abs(shift) < DAY ? new Date(fromParts(parts).getTime() - shift) : null;
}

/** Whether a calendar has that day, and a clock that time: no 30th of February, no 25 o'clock. */
export function isMoment(parts: DateParts): boolean {
  const { year, month, day, hour, minute, second } = partsOf(fromParts(parts));
  return (
    year === parts.year &&
    month === parts.month &&
    day === parts.day &&
    hour === parts.hour &&
    minute === parts.minute &&
    second === parts.second
  );
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)!;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far a zone is ahead of UTC at a moment, in milliseconds. @throws if there is no such zone. */
export function zoneOffset(time: number, zone: string): number {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0;
  if (/^[+-]\d\d:?(\d\d)?$/.test(zone)) return offsetOf(zone);
  let format = formats.get(zone);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      return fail(40485, `unrecognized time zone identifier: "${zone}"`);
    }
    formats.set(zone, format);
  }
  const shown = Object.fromEntries(
    format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
  );
  const local = Date.UTC(
    shown.year!,
    shown.month! - 1,
    shown.day,
    shown.hour,
    shown.minute,
    shown.second,
  );
  return local - Math.floor(time / 1000) * 1000;
}

export function partsOf(date: Date, zone = 'UTC'): DateParts {
  const local = new Date(date.getTime() + zoneOffset(date.getTime(), zone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  };
}

/** The moment at which a clock in the zone shows these parts; parts beyond their range carry over. */
export function fromParts(parts: DateParts, zone = 'UTC'): Date {
  const time = new Date(0);
  time.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  time.setUTCHours(parts.hour, parts.minute, parts.second, parts.millisecond);
  const guess = time.getTime() - zoneOffset(time.getTime(), zone);
  return new Date(time.getTime() - zoneOffset(guess, zone));
}

function utcDay(parts: DateParts): number {
  return Math.floor(
    fromParts({ ...parts, hour: 0, minute: 0, second: 0, millisecond: 0 }).getTime() / DAY,
  );
}

/** 1 for Sunday to 7 for Saturday. */
export function dayOfWeek(parts: DateParts): number {
  return ((((utcDay(parts) + 4) % 7) + 7) % 7) + 1;
}

export function dayOfYear(parts: DateParts): number {
  return utcDay(parts) - utcDay({ ...parts, month: 1, day: 1 }) + 1;
}

/** ISO 8601 week and the year it belongs to; `day` is 1 for Monday to 7 for Sunday. */
export function isoWeek(parts: DateParts): { year: number; week: number; day: number } {
  const day = ((dayOfWeek(parts) + 5) % 7) + 1;
  const thursday = partsOf(new Date((utcDay(parts) + 4 - day) * DAY));
  return { year: thursday.year, week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1, day };
}

/** Weeks begin on Sunday; days before the year's first Sunday are in week 0. */
export function sundayWeek(parts: DateParts): number {
  return Math.floor((dayOfYear(parts) + 7 - dayOfWeek(parts)) / 7);
}
