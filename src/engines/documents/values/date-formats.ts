/** Reading dates that are written in a format of their own: `$dateFromString` with `format` (manual, "Format Specifiers"). */
import { fail } from '../errors.ts';
import { fromParts, partsOf, zoneOffset } from './dates.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What a specifier reads: its text, and what is said where it is not there. */
const SPECIFIERS: Readonly<Record<string, readonly [text: RegExp, missing: string]>> = {
  Y: [/^\d{4}/, 'A four digit year could not be found'],
  G: [/^\d{4}/, 'A four digit ISO year could not be found'],
  m: [/^\d{1,2}/, 'A two digit month could not be found'],
  d: [/^\d{1,2}/, 'A two digit day could not be found'],
  j: [/^\d{1,3}/, 'A three digit day-of-year could not be found'],
  H: [/^\d{1,2}/, 'A two digit hour could not be found'],
  M: [/^\d{1,2}/, 'A two digit minute could not be found'],
  S: [/^\d{1,2}/, 'A two digit second could not be found'],
  L: [/^\d{1,3}/, 'A three digit millisecond could not be found'],
  V: [/^\d{1,2}/, 'A two digit ISO week could not be found'],
  u: [/^[1-7]/, 'A single digit day of week could not be found'],
  z: [/^(?:[zZ]|[+-]\d\d:?\d\d)/, 'The timezone could not be found in the database'],
  Z: [/^[+-]?\d{1,4}/, 'A timezone offset in minutes could not be found'],
  b: [/^[a-z]{3}/i, 'A textual month could not be found'],
  B: [/^[a-z]+/i, 'A textual month could not be found'],
};

/** A date that was read, or why it was not. */
export type ReadDate =
  | { date: Date; /** Whether the text says in which zone it is. */ zoned: boolean }
  | { fault: string };

/**
 * @param zone that of a text which names none.
 * @throws MongoServerError if the format itself is none.
 */
export function readDate(text: string, format: string, zone: string): ReadDate {
  checkFormat(format);
  const found: Record<string, string> = {};
  let at = 0;
  for (const [part] of format.matchAll(/%[^]|[^]/g)) {
    const specifier = part.length === 2 && part !== '%%' ? SPECIFIERS[part[1]!]! : null;
    if (!specifier) {
      if (text[at] !== part[0]) return fault(text, at, 'Format literal not found');
      at += 1;
      continue;
    }
    const value = specifier[0].exec(text.slice(at))?.[0];
    if (value === undefined) return fault(text, at, specifier[1]);
    found[part[1]!] = value;
    at += value.length;
  }
  if (at < text.length) return fault(text, at, 'Trailing data');
  return made(found, text, zone);
}

function checkFormat(format: string): void {
  for (const [part] of format.matchAll(/%[^]?/g)) {
    if (part === '%') fail(18535, "Unmatched '%' at end of format string");
    if (part !== '%%' && !Object.hasOwn(SPECIFIERS, part[1]!))
      fail(18536, `Invalid format character '${part}' in format string`);
  }
}

const fault = (text: string, at: number, what: string): ReadDate => ({
  fault: `${String(at)}: ${what} '${text[at] ?? ''}'`,
});

function made(found: Readonly<Record<string, string>>, text: string, zone: string): ReadDate {
  const number = (specifier: string, otherwise: number) =>
    found[specifier] === undefined ? otherwise : Number(found[specifier]);
  const time = {
    hour: number('H', 0),
    minute: number('M', 0),
    second: number('S', 0),
    // `.7` is 700 milliseconds.
    millisecond: Number((found.L ?? '0').padEnd(3, '0')),
  };
  const day = dayOf(found, number);
  if (!day || time.hour > 24 || time.minute > 59 || time.second > 59)
    return fault(text, text.length, 'The parsed date was invalid');
  const offset = offsetOf(found);
  const local = fromParts({ ...partsOf(day), ...time }).getTime();
  if (offset !== null) return { date: new Date(local - offset), zoned: true };
  return {
    date: new Date(local - zoneOffset(local - zoneOffset(local, zone), zone)),
    zoned: false,
  };
}

type Numbers = (specifier: string, otherwise: number) => number;

/** Midnight of the day, in UTC; `null` if there is no such day. */
function dayOf(found: Readonly<Record<string, string>>, number: Numbers): Date | null {
  const clock = { hour: 0, minute: 0, second: 0, millisecond: 0 };
  if (found.G !== undefined) {
    const [week, weekday] = [number('V', 1), number('u', 1)];
    if (week < 1 || week > 53) return null;
    // The 4th of January is always in the first week.
    const fourth = fromParts({ year: number('G', 0), month: 1, day: 4, ...clock });
    const monday = ((fourth.getUTCDay() + 6) % 7) * -1;
    return new Date(fourth.getTime() + (monday + (week - 1) * 7 + weekday - 1) * 86_400_000);
  }
  const year = number('Y', 1970);
  if (found.j !== undefined) {
    const date = fromParts({ year, month: 1, day: number('j', 1), ...clock });
    return number('j', 1) >= 1 && date.getUTCFullYear() === year ? date : null;
  }
  const name = (found.b ?? found.B)?.slice(0, 3).toLowerCase();
  const month = name === undefined ? number('m', 1) : MONTHS.indexOf(name) + 1;
  const day = number('d', 1);
  const date = fromParts({ year, month, day, ...clock });
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day ? date : null;
}

/** How far the text's own zone is ahead of UTC, in milliseconds. */
function offsetOf({ z, Z }: Readonly<Record<string, string>>): number | null {
  if (Z !== undefined) return Number(Z) * 60_000;
  if (z === undefined) return null;
  return /z/i.test(z) ? 0 : zoneOffset(0, z);
}
