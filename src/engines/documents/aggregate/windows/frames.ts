/**
 * Windows of `$setWindowFields`: which documents of a partition each of them sees (manual, "$setWindowFields",
 * "Documents Window" and "Range Window").
 */
import { fail } from '../../errors.ts';
import type { SortField } from '../../query/sort.ts';
import { addDecimals, compareDecimals, type Decimal } from '../../values/decimal.ts';
import { describe } from '../../values/describe.ts';
import {
  compareNumbers,
  isIntegral,
  type Numeric,
  toDecimal,
  toNumber,
} from '../../values/numbers.ts';
import { getMapped } from '../../values/paths.ts';
import {
  type Doc,
  docOf,
  isDoc,
  isNumeric,
  type Maybe,
  typeOf,
  type Value,
} from '../../values/types.ts';
import type { Compiler } from '../operator.ts';
import { addUnits, MILLISECONDS, type Unit, unitOf } from '../time-units.ts';

type Bound = 'unbounded' | 'current' | Numeric;

/** Both bounds belong to the window. */
export interface Window {
  kind: 'documents' | 'range';
  lower: Bound;
  upper: Bound;
  /** Of a range of dates. */
  unit: Unit | null;
}

/** The documents of a partition in their order. */
export interface Partition {
  docs: readonly Doc[];
  /** Where each document's window begins and ends; the end does not belong to it. */
  framesOf(window: Window): Frames;
}

export interface Frames {
  from: Int32Array;
  to: Int32Array;
}

export const WHOLE: Window = {
  kind: 'documents',
  lower: 'unbounded',
  upper: 'unbounded',
  unit: null,
};

/** @throws MongoServerError FailedToParse, and the server's own codes for bounds that cannot be. */
export function parseWindow(
  spec: Value,
  sortBy: readonly SortField[] | null,
  compiler: Compiler,
): Window {
  if (!isDoc(spec)) return fail(9, "'window' field must be an object");
  const { documents, range, unit } = spec;
  const fields = Object.keys(spec).length;
  if (documents !== undefined && range !== undefined)
    fail(9, "Window bounds can specify either 'documents' or 'unit', not both.");
  if (range === undefined && unit !== undefined)
    fail(9, "Window bounds can only specify 'unit' with range-based bounds.");
  if (documents !== undefined) {
    if (fields !== 1) fail(9, "'window' field that specifies documents cannot have other fields");
    const [lower, upper] = pairOf(documents, compiler, (n) =>
      isNumeric(n) && isIntegral(n)
        ? n
        : fail(9, 'Numeric document-based bounds must be an integer'),
    );
    if (!sortBy && !(lower === 'unbounded' && upper === 'unbounded'))
      fail(5339901, 'Document-based bounds require a sortBy');
    return { kind: 'documents', lower, upper, unit: null };
  }
  if (range === undefined) {
    if (fields > 0)
      fail(
        9,
        "'window' field can only contain 'documents' as the only argument or 'range' with an optional 'unit' field",
      );
    return WHOLE;
  }
  return rangeOf(range, unit, fields, sortBy, compiler);
}

function rangeOf(
  range: Value,
  unit: Maybe,
  fields: number,
  sortBy: readonly SortField[] | null,
  compiler: Compiler,
): Window {
  if (fields !== (unit === undefined ? 1 : 2))
    fail(9, "'window' field that specifies range cannot have other fields besides 'unit'");
  if (unit !== undefined && typeof unit !== 'string') fail(9, "'unit' must be a string");
  const [lower, upper] = pairOf(range, compiler, (n) => {
    if (!isNumeric(n)) return fail(9, 'Range-based bounds expression must be a number');
    if (unit !== undefined && !isIntegral(n))
      return fail(9, "With 'unit', range-based bounds must be an integer");
    return n;
  });
  if (sortBy?.length !== 1)
    return fail(5339902, 'Range-based bounds require sortBy a single field');
  if (sortBy[0]!.direction !== 1) fail(8947401, 'Range-based bounds require an ascending sortBy');
  return {
    kind: 'range',
    lower,
    upper,
    unit: unit === undefined ? null : unitOf(unit, '$setWindowFields'),
  };
}

const NO_DOC = docOf([]);

function pairOf(
  given: Value,
  compiler: Compiler,
  checked: (value: Maybe) => Numeric,
): [Bound, Bound] {
  if (!Array.isArray(given) || given.length !== 2)
    return fail(9, `Window bounds must be a 2-element array: ${describe(given)}`);
  const bounds = given.map((bound): Bound => {
    if (bound === 'unbounded' || bound === 'current') return bound;
    if (typeof bound === 'string')
      return fail(9, "Window bounds must be 'unbounded', 'current', or a number.");
    return checked(compiler.compile(bound)({ root: NO_DOC, variables: null }));
  }) as [Bound, Bound];
  const [lower, upper] = bounds.map((bound) => (bound === 'current' ? 0 : bound));
  if (lower !== 'unbounded' && upper !== 'unbounded' && compareNumbers(lower!, upper!) > 0)
    fail(
      5339900,
      `Lower bound must not exceed upper bound: [${describe(lower)}, ${describe(upper)}]`,
    );
  return bounds;
}

/** A partition whose windows are found once, however many outputs ask for them. */
export function partitionOf(docs: readonly Doc[], sortBy: readonly SortField[] | null): Partition {
  const known = new Map<string, Frames>();
  return {
    docs,
    framesOf(window) {
      const key = describe([window.kind, window.lower, window.upper, window.unit] as Value);
      let frames = known.get(key);
      if (!frames) {
        frames =
          window.kind === 'documents'
            ? documentFrames(docs.length, window)
            : rangeFrames(docs, sortBy![0]!, window);
        known.set(key, frames);
      }
      return frames;
    },
  };
}

const clamp = (n: number, count: number) => Math.max(0, Math.min(n, count));
const offset = (bound: Bound) => (bound === 'current' ? 0 : Number(bound));

function documentFrames(count: number, { lower, upper }: Window): Frames {
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const [low, high] = [offset(lower), offset(upper)];
  for (let i = 0; i < count; i += 1) {
    from[i] = lower === 'unbounded' ? 0 : clamp(i + low, count);
    to[i] = upper === 'unbounded' ? count : clamp(i + high + 1, count);
  }
  return { from, to };
}

/** Values that a range is made of. */
interface Ruler {
  /** A value as a number; `null` if it is of another type. */
  at: (value: Maybe) => Numeric | null;
  /** How other values lie to the one that is a bound away from this: negative, zero or positive. */
  away: (value: Numeric, bound: Numeric) => (other: Numeric) => number;
}

/** Doubles that lie further apart than this part of their size are told apart without decimals. */
const CLOSE = 1e-9;

const NUMBERS: Ruler = {
  at: (value) => (isNumeric(value) ? value : null),
  away: (value, bound) => {
    const about = toNumber(value) + toNumber(bound);
    const far = CLOSE * Math.max(1, Math.abs(about));
    let exact: Decimal | null = null;
    return (other) => {
      const distance = toNumber(other) - about;
      if (distance > far || distance < -far) return distance;
      // As decimals, so that 0.1 and 0.2 make 0.3.
      exact ??= addDecimals(toDecimal(value), toDecimal(bound));
      return compareDecimals(toDecimal(other), exact);
    };
  },
};

function datesBy(unit: Unit): Ruler {
  const fixed = MILLISECONDS[unit];
  return {
    at: (value) => (value instanceof Date ? value.getTime() : null),
    away: (value, bound) => {
      const [time, amount] = [toNumber(value), toNumber(bound)];
      const moved =
        fixed === undefined
          ? addUnits(new Date(time), unit, amount, 'UTC').getTime()
          : time + amount * fixed;
      return (other) => toNumber(other) - moved;
    },
  };
}

function rangeFrames(docs: readonly Doc[], { path }: SortField, window: Window): Frames {
  const { lower, upper, unit } = window;
  const ruler = unit ? datesBy(unit) : NUMBERS;
  const given = docs.map((doc) => getMapped(doc, path));
  const values = given.map((value) => ruler.at(value) ?? refuse(value, unit));
  const count = docs.length;
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  let [low, high] = [0, 0];
  for (let i = 0; i < count; i += 1) {
    if (lower === 'current') low = i;
    else if (lower !== 'unbounded') {
      const compare = ruler.away(values[i]!, lower);
      while (low < count && compare(values[low]!) < 0) low += 1;
    }
    if (upper === 'current') high = i + 1;
    else if (upper === 'unbounded') high = count;
    else {
      const compare = ruler.away(values[i]!, upper);
      while (high < count && compare(values[high]!) <= 0) high += 1;
    }
    from[i] = low;
    to[i] = Math.max(low, high);
  }
  return { from, to };
}

function refuse(value: Maybe, unit: Unit | null): never {
  if (unit)
    return fail(
      5429513,
      `Invalid range: Expected the sortBy field to be a Date, but it was ${typeOf(value)}`,
    );
  if (value instanceof Date)
    return fail(
      5429413,
      'Invalid range: For windows that involve date or time ranges, a unit must be provided.',
    );
  return fail(
    5429414,
    `Invalid range: Expected the sortBy field to be a number, but it was ${typeOf(value)}`,
  );
}
