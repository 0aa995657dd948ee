/** `$bucketAuto` (manual): as many documents in each bucket, or bounds from a series of preferred numbers. */
import { fail } from '../../errors.ts';
import { compare, equal } from '../../values/compare.ts';
import { describe } from '../../values/describe.ts';
import { isIntegral, toNumber } from '../../values/numbers.ts';
import {
  type Doc,
  docOf,
  isDoc,
  isInt32,
  isNumeric,
  typeOf,
  type Value,
} from '../../values/types.ts';
import { parseAccumulator } from '../accumulators.ts';
import { compilerOf, type MakeStage } from '../stage.ts';
import { type Rounder, rounderOf } from './granularity.ts';

interface Entry {
  key: Value;
  doc: Doc;
}

const $bucketAuto: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    return fail(
      40240,
      `The argument to $bucketAuto must be an object, but found type: ${typeOf(spec)}`,
    );
  for (const field in spec)
    if (!['groupBy', 'buckets', 'output', 'granularity'].includes(field))
      fail(40245, `Unrecognized option to $bucketAuto: ${field}`);
  const { groupBy, output, granularity } = spec;
  if (groupBy === undefined || spec.buckets === undefined)
    return fail(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified");
  if (!(typeof groupBy === 'string' && groupBy.startsWith('$')) && !isDoc(groupBy))
    fail(
      40239,
      `The $bucketAuto 'groupBy' field must be defined as a $-prefixed path or an expression object, but found: ${describe(groupBy)}`,
    );
  const buckets = bucketsOf(spec.buckets);
  if (output !== undefined && !isDoc(output))
    return fail(
      40244,
      `The $bucketAuto 'output' field must be an object, but found type: ${typeOf(output)}`,
    );
  const compiler = compilerOf(context);
  const asked =
    output && Object.keys(output).length ? output : docOf([['count', docOf([['$sum', 1]])]]);
  const fold = Object.keys(asked).map(
    (field) => [field, parseAccumulator(field, asked[field]!, compiler)] as const,
  );
  const rounder = granularity === undefined ? null : rounderOf(granularity);
  const evaluate = compiler.compile(groupBy);
  return (docs) => {
    const entries = docs.map((doc): Entry => {
      const key = evaluate({ root: doc, variables: null }) ?? null;
      if (rounder) checkNumber(key);
      return { key, doc };
    });
    entries.sort((a, b) => compare(a.key, b.key, context.collation.strings));
    return cut(entries, buckets, rounder).map(({ min, max, from, to }) => {
      const states = fold.map(([, start]) => start());
      for (const { doc } of entries.slice(from, to))
        for (const state of states) state.add({ root: doc, variables: null });
      return docOf([
        [
          '_id',
          docOf([
            ['min', min],
            ['max', max],
          ]),
        ],
        ...fold.map(([field], i) => [field, states[i]!.result()] as const),
      ]);
    });
  };
};

function bucketsOf(value: Value): number {
  if (!isNumeric(value))
    return fail(
      40241,
      `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${typeOf(value)}`,
    );
  const n = toNumber(value);
  if (!isIntegral(value) || !isInt32(n))
    return fail(
      40242,
      `The $bucketAuto 'buckets' field must be representable as a 32-bit integer, but found ${String(n)}`,
    );
  return n > 0
    ? n
    : fail(
        40243,
        `The $bucketAuto 'buckets' field must be greater than 0, but found: ${String(n)}`,
      );
}

function checkNumber(key: Value): void {
  if (!isNumeric(key))
    return fail(
      40258,
      `$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a value with type: ${typeOf(key)}`,
    );
  const n = toNumber(key);
  if (Number.isNaN(n))
    fail(
      40259,
      "$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a NaN",
    );
  if (n < 0)
    fail(
      40260,
      "$bucketAuto can specify a 'granularity' with non-negative numbers only, but found a negative number",
    );
}

interface Bucket {
  min: Value;
  max: Value;
  /** Its documents; the one at `to` does not belong to it. */
  from: number;
  to: number;
}

function cut(entries: readonly Entry[], buckets: number, rounder: Rounder | null): Bucket[] {
  const size = Math.max(1, Math.round(entries.length / buckets));
  const made: Bucket[] = [];
  for (let from = 0; from < entries.length;) {
    let to = made.length === buckets - 1 ? entries.length : Math.min(from + size, entries.length);
    let max = entries[to - 1]!.key;
    const min = rounder
      ? (made.at(-1)?.max ?? rounder.down(entries[from]!.key))
      : entries[from]!.key;
    if (rounder) {
      const bound = rounder.up(max);
      while (to < entries.length) {
        const next = entries[to]!.key;
        if (compare(bound, next) <= 0 && !equal(max, next)) break;
        max = next;
        to += 1;
      }
      // A bucket of nothing but zeros ends where the next one's numbers begin.
      const zero = isNumeric(bound) && toNumber(bound) === 0;
      max = zero && to < entries.length ? rounder.down(entries[to]!.key) : bound;
    } else {
      while (to < entries.length && equal(max, entries[to]!.key)) to += 1;
      if (to < entries.length) max = entries[to]!.key;
    }
    made.push({ min, max, from, to });
    from = to;
  }
  return made;
}

export const BUCKET_AUTO: Readonly<Record<string, MakeStage>> = { $bucketAuto };
