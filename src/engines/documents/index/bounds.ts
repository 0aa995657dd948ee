/** The ranges of an index that a condition needs (manual, "Multikey Index Bounds", explain's `indexBounds`). */
import type { FieldCondition } from '../query/condition.ts';
import type { Collation } from '../values/collation.ts';
import { BRACKET, bracketOf, compare } from '../values/compare.ts';
import { describe } from '../values/describe.ts';
import { isNaNValue } from '../values/numbers.ts';
import {
  BSONRegExp,
  docOf,
  isNumeric,
  MaxKey,
  type Maybe,
  MinKey,
  ObjectId,
  type Value,
} from '../values/types.ts';

export interface Interval {
  low: Maybe;
  lowInclusive: boolean;
  high: Maybe;
  highInclusive: boolean;
}

const MIN = new MinKey();
const MAX = new MaxKey();

/** Everything. */
export const ALL: Interval = { low: MIN, lowInclusive: true, high: MAX, highInclusive: true };

export function point(value: Maybe): Interval {
  return { low: value, lowInclusive: true, high: value, highInclusive: true };
}

export function isPoint(interval: Interval): boolean {
  return (
    interval.lowInclusive && interval.highInclusive && compare(interval.low, interval.high) === 0
  );
}

/** The whole bracket of a type, where it has ends. */
function bracketInterval(value: Value): Interval | null {
  switch (bracketOf(value)) {
    case BRACKET.number:
      return { low: -Infinity, lowInclusive: true, high: Infinity, highInclusive: true };
    case BRACKET.string:
      return { low: '', lowInclusive: true, high: docOf([]), highInclusive: false };
    case BRACKET.object:
      return { low: docOf([]), lowInclusive: true, high: [], highInclusive: false };
    case BRACKET.bool:
      return { low: false, lowInclusive: true, high: true, highInclusive: true };
    case BRACKET.date:
      return {
        low: new Date(-8.64e15),
        lowInclusive: true,
        high: new Date(8.64e15),
        highInclusive: true,
      };
    case BRACKET.objectId:
      return {
        low: new ObjectId('0'.repeat(24)),
        lowInclusive: true,
        high: new ObjectId('f'.repeat(24)),
        highInclusive: true,
      };
    default:
      return null;
  }
}

/** Strings beginning with a regular expression's literal prefix. */
function prefixInterval(regex: BSONRegExp): Interval | null {
  if (regex.options !== '') return null;
  const literal = /^\^([\p{L}\p{N} _@/:,;-]+)/u.exec(regex.pattern);
  if (!literal) return null;
  const next = regex.pattern[literal[0].length] ?? '';
  if (regex.pattern.includes('|')) return null;
  const prefix = '?*+{'.includes(next) && next !== '' ? literal[1]!.slice(0, -1) : literal[1]!;
  if (prefix === '') return null;
  const last = prefix.charCodeAt(prefix.length - 1);
  if (last >= 0xd7ff) return null;
  return {
    low: prefix,
    lowInclusive: true,
    high: prefix.slice(0, -1) + String.fromCharCode(last + 1),
    highInclusive: false,
  };
}

function usesStrings(value: Value): boolean {
  return [BRACKET.string, BRACKET.object, BRACKET.array].includes(bracketOf(value) as 15);
}

/**
 * The intervals that hold every match of a condition, or `null` if an index is of no use for it.
 *
 * @param sameCollation whether strings in the index are in the order of the query.
 */
export function intervalsOf(
  { operator, operand }: FieldCondition,
  sparse: boolean,
  sameCollation: boolean,
): Interval[] | null {
  if (
    !sameCollation &&
    (usesStrings(operand) || (Array.isArray(operand) && operand.some(usesStrings)))
  ) {
    return null;
  }
  switch (operator) {
    case '$eq':
      if (Array.isArray(operand) || (operand === null && sparse)) return null;
      return [point(operand)];
    case '$in':
      return Array.isArray(operand) ? inIntervals(operand, sparse) : null;
    case '$regex': {
      const interval = operand instanceof BSONRegExp ? prefixInterval(operand) : null;
      return interval && sameCollation ? [interval] : null;
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      if (isNumeric(operand) && isNaNValue(operand)) return null;
      const bracket = bracketInterval(operand);
      if (!bracket) return null;
      const inclusive = operator.endsWith('e');
      return operator.startsWith('$g')
        ? [{ ...bracket, low: operand, lowInclusive: inclusive }]
        : [{ ...bracket, high: operand, highInclusive: inclusive }];
    }
    default:
      return null;
  }
}

function inIntervals(operand: Value[], sparse: boolean): Interval[] | null {
  if (
    operand.some(
      (item) => item instanceof BSONRegExp || Array.isArray(item) || (item === null && sparse),
    )
  ) {
    return null;
  }
  const sorted = [...operand].sort((a, b) => compare(a, b));
  return sorted.filter((item, i) => i === 0 || compare(item, sorted[i - 1]) !== 0).map(point);
}

/** What is in both lists of intervals. */
export function intersect(a: Interval[], b: Interval[], { strings }: Collation): Interval[] {
  return a.flatMap((x) =>
    b.flatMap((y) => {
      const lows = compare(x.low, y.low, strings);
      const highs = compare(x.high, y.high, strings);
      const both: Interval = {
        low: lows >= 0 ? x.low : y.low,
        lowInclusive:
          lows === 0
            ? x.lowInclusive && y.lowInclusive
            : lows > 0
              ? x.lowInclusive
              : y.lowInclusive,
        high: highs <= 0 ? x.high : y.high,
        highInclusive:
          highs === 0
            ? x.highInclusive && y.highInclusive
            : highs < 0
              ? x.highInclusive
              : y.highInclusive,
      };
      const order = compare(both.low, both.high, strings);
      return order < 0 || (order === 0 && both.lowInclusive && both.highInclusive) ? [both] : [];
    }),
  );
}

export function contains(interval: Interval, value: Maybe, { strings }: Collation): boolean {
  const low = compare(value, interval.low, strings);
  if (low < 0 || (low === 0 && !interval.lowInclusive)) return false;
  const high = compare(value, interval.high, strings);
  return high < 0 || (high === 0 && interval.highInclusive);
}

/** `(100, inf.0]`, as explain prints it; from high to low if the scan runs that way. */
export function describeInterval(interval: Interval, reversed: boolean): string {
  const low = interval.low === -Infinity ? '-inf.0' : describe(interval.low);
  const high = describe(interval.high);
  return reversed
    ? `${interval.highInclusive ? '[' : '('}${high}, ${low}${interval.lowInclusive ? ']' : ')'}`
    : `${interval.lowInclusive ? '[' : '('}${low}, ${high}${interval.highInclusive ? ']' : ')'}`;
}
