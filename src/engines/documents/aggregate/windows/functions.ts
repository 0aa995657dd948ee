/** The functions of `$setWindowFields` that look at a window (manual, "Window Operators"). */
import { fail } from '../../errors.ts';
import { parseSort, type SortField, sortKey } from '../../query/sort.ts';
import { compare } from '../../values/compare.ts';
import { describe } from '../../values/describe.ts';
import { arithmetic, divide, isZero, type Numeric, toNumber } from '../../values/numbers.ts';
import { getMapped } from '../../values/paths.ts';
import { type Doc, isDoc, isNumeric, type Maybe, typeOf, type Value } from '../../values/types.ts';
import { countOf } from '../accumulators.ts';
import { subtract } from '../expressions/arithmetic.ts';
import type { Compiler, Evaluator } from '../operator.ts';
import { parsePercentiles } from '../percentiles.ts';
import { MILLISECONDS, unitOf } from '../time-units.ts';
import type { Frames, Partition, Window } from './frames.ts';
import {
  OrderedWindow,
  type Placed,
  RunningCovariance,
  RunningDeviation,
  RunningExtreme,
  RunningMean,
  RunningSet,
  RunningSum,
  type Sliding,
} from './sliding.ts';

/** What a function is made under. */
export interface Setting {
  name: string;
  compiler: Compiler;
  sortBy: readonly SortField[] | null;
  window: Window;
  /** Whether the window was written down: some functions want it so, some do not bear it. */
  explicit: boolean;
}

/** A value for each document of a partition. */
export type WindowFunction = (partition: Partition) => Value[];

/** @throws MongoServerError if it is not well formed. */
export type MakeWindowFunction = (operand: Value, setting: Setting) => WindowFunction;

const inputs = ({ docs }: Partition, evaluate: Evaluator): Maybe[] =>
  docs.map((doc) => evaluate({ root: doc, variables: null }));

/** Moves a window over a partition, and asks for a value wherever it has changed. */
function slide(
  { from, to }: Frames,
  add: (i: number) => void,
  remove: (i: number) => void,
  value: (from: number, to: number) => Value,
): Value[] {
  const values: Value[] = [];
  let [first, end] = [0, 0];
  for (let i = 0; i < from.length; i += 1) {
    const changed = i === 0 || from[i] !== from[i - 1] || to[i] !== to[i - 1];
    for (; end < to[i]!; end += 1) add(end);
    for (; first < from[i]!; first += 1) remove(first);
    values.push(changed ? value(first, end) : values[i - 1]!);
  }
  return values;
}

/** Functions whose state a value can leave again. */
function sliding(start: (setting: Setting) => Sliding): MakeWindowFunction {
  return (operand, setting) => {
    const evaluate = setting.compiler.compile(operand);
    return (partition) => {
      const values = inputs(partition, evaluate);
      const state = start(setting);
      return slide(
        partition.framesOf(setting.window),
        (i) => {
          state.add(values[i]);
        },
        (i) => {
          state.remove(values[i]);
        },
        () => state.value(),
      );
    };
  };
}

const nothing = () => undefined;

/** Functions that take their values from the window's ends, or all of them in order. */
function ofFrame(pick: (values: Maybe[], from: number, to: number) => Value): MakeWindowFunction {
  return (operand, { compiler, window }) => {
    const evaluate = compiler.compile(operand);
    return (partition) => {
      const values = inputs(partition, evaluate);
      return slide(partition.framesOf(window), nothing, nothing, (from, to) =>
        pick(values, from, to),
      );
    };
  };
}

const $count: MakeWindowFunction = (operand, { window }) => {
  if (!isDoc(operand) || Object.keys(operand).length > 0)
    fail(9, '$count only accepts an empty object as input');
  return (partition) =>
    slide(partition.framesOf(window), nothing, nothing, (from, to) => to - from);
};

function several(last: boolean): MakeWindowFunction {
  return (operand, { compiler, window, name }) => {
    if (!isDoc(operand) || operand.input === undefined)
      return fail(5787900, `specification must be an object; found ${name}`);
    const n = countOf(operand, compiler, name);
    const evaluate = compiler.compile(operand.input);
    return (partition) => {
      const values = inputs(partition, evaluate).map((value) => value ?? null);
      return slide(partition.framesOf(window), nothing, nothing, (from, to) =>
        last
          ? values.slice(Math.max(from, to - n), to)
          : values.slice(from, Math.min(to, from + n)),
      );
    };
  };
}

/** Functions that answer from the values of the window in an order. */
function ordered<T>(
  make: (
    operand: Value,
    setting: Setting,
  ) => {
    /** What of a document is put in order; nothing leaves it out. */
    take: (doc: Doc) => T | undefined;
    order: (a: T, b: T) => number;
    value: (sorted: readonly Placed<T>[]) => Value;
  },
): MakeWindowFunction {
  return (operand, setting) => {
    const { take, order, value } = make(operand, setting);
    return (partition) => {
      const taken = partition.docs.map(take);
      const state = new OrderedWindow(order);
      return slide(
        partition.framesOf(setting.window),
        (i) => {
          if (taken[i] !== undefined) state.add(taken[i], i);
        },
        (i) => {
          if (taken[i] !== undefined) state.remove(taken[i], i);
        },
        () => value(state.sorted()),
      );
    };
  };
}

const extremes = (direction: 1 | -1): MakeWindowFunction =>
  ordered<Value>((operand, { compiler, name }) => {
    if (!isDoc(operand) || operand.input === undefined)
      return fail(5787900, `specification must be an object; found ${name}`);
    const n = countOf(operand, compiler, name);
    const evaluate = compiler.compile(operand.input);
    return {
      take: (doc) => evaluate({ root: doc, variables: null }) ?? undefined,
      order: (a, b) => direction * compare(a, b, compiler.strings),
      value: (sorted) => sorted.slice(0, n).map(({ value }) => value),
    };
  });

interface Ranked {
  keys: Maybe[];
  output: Value;
}

const ranked = (last: boolean): MakeWindowFunction =>
  ordered<Ranked>((operand, { compiler, name }) => {
    if (!isDoc(operand)) return fail(5788001, `specification must be an object; found ${name}`);
    if (operand.sortBy === undefined) return fail(5788005, "Missing value for 'sortBy'");
    if (operand.output === undefined) return fail(5788004, "Missing value for 'output'");
    const many = name.endsWith('N');
    const n = many ? countOf(operand, compiler, name) : 1;
    const fields = parseSort(operand.sortBy);
    const output = compiler.compile(operand.output);
    return {
      take: (doc) => ({
        keys: fields.map((field) => sortKey(doc, field, compiler.strings)),
        output: output({ root: doc, variables: null }) ?? null,
      }),
      order: (a, b) => {
        for (const [i, { direction }] of fields.entries()) {
          const order = compare(a.keys[i], b.keys[i], compiler.strings);
          if (order !== 0) return direction * order;
        }
        return 0;
      },
      value: (sorted) => {
        const kept = last ? sorted.slice(-n) : sorted.slice(0, n);
        return many ? kept.map(({ value }) => value.output) : (kept[0]?.value.output ?? null);
      },
    };
  });

const percentiles: MakeWindowFunction = ordered<number>((operand, { compiler, name }) => {
  const { input, answer } = parsePercentiles(operand, compiler, name);
  return {
    take: (doc) => {
      const value = input({ root: doc, variables: null });
      return isNumeric(value) ? toNumber(value) : undefined;
    },
    order: (a, b) => a - b,
    value: (sorted) => answer(sorted.length, (place) => sorted[place]!.value),
  };
});

/** `{input, unit}` of `$derivative` and `$integral`, which go by the field of the sort. */
function overTime(
  operand: Value,
  { name, compiler, sortBy }: Setting,
): { input: Evaluator; unit: number | null; field: SortField } {
  if (!sortBy) return fail(9, `${name} requires a sortBy`);
  if (sortBy.length !== 1) fail(9, `${name} requires a non-compound sortBy`);
  if (!isDoc(operand))
    return fail(9, `${name} expects an object, but got a ${typeOf(operand)}: ${describe(operand)}`);
  for (const field in operand)
    if (field !== 'input' && field !== 'unit') fail(9, `${name} got unexpected argument: ${field}`);
  if (operand.input === undefined) return fail(9, `${name} requires an 'input' expression`);
  let unit: number | null = null;
  if (operand.unit !== undefined) {
    if (typeof operand.unit !== 'string')
      fail(9, `unit' must be a string, but got ${typeOf(operand.unit)}`);
    unit =
      MILLISECONDS[unitOf(operand.unit, name)] ?? fail(5490710, "unit must be 'week' or smaller");
  }
  return { input: compiler.compile(operand.input), unit, field: sortBy[0]! };
}

const $derivative: MakeWindowFunction = (operand, setting) => {
  const { input, unit, field } = overTime(operand, setting);
  if (!setting.explicit) fail(9, '$derivative requires explicit window bounds');
  return (partition) => {
    const values = inputs(partition, input);
    const times = partition.docs.map((doc) => getMapped(doc, field.path));
    return slide(partition.framesOf(setting.window), nothing, nothing, (from, to) => {
      if (from === to) return null;
      const [left, right] = [times[from], times[to - 1]];
      if (unit !== null) {
        if (!(left instanceof Date && right instanceof Date))
          fail(5624900, "$derivative with 'unit' expects the sortBy field to be a Date");
      } else if (left instanceof Date || right instanceof Date)
        fail(5624901, "$derivative where the sortBy is a Date requires an 'unit'");
      else if (!isNumeric(left) || !isNumeric(right))
        fail(5624902, "$derivative (with no 'unit') expects the sortBy field to be numeric");
      const run = subtract(right, left) as Numeric;
      const rise = subtract(values[to - 1], values[from]);
      if (!isNumeric(rise)) return fail(5624903, '$derivative input must not be null or missing');
      if (isZero(run)) return null;
      const slope = divide(rise, run);
      return unit === null ? slope : arithmetic('multiply', slope, unit);
    });
  };
};

const $integral: MakeWindowFunction = (operand, setting) => {
  const { input, unit, field } = overTime(operand, setting);
  return (partition) => {
    const heights = inputs(partition, input);
    const times = partition.docs.map((doc) => getMapped(doc, field.path));
    times.forEach((time, i) => {
      if (!isNumeric(heights[i]) || !(isNumeric(time) || time instanceof Date))
        fail(
          5423900,
          'The input value of $integral window function must be a vector of 2 value, the first value must be numeric or date type and the second must be numeric.',
        );
      if (unit !== null && !(time instanceof Date))
        fail(5423901, "$integral with 'outputUnit' expects the sortBy field to be a Date");
      if (unit === null && time instanceof Date)
        fail(5423902, "$integral (with no 'outputUnit') expects the sortBy field to be numeric");
    });
    /** The area between a document and the next. */
    const area = (i: number): Value => {
      const width = subtract(times[i + 1], times[i]) as Numeric;
      const sum = arithmetic('add', heights[i] as Numeric, heights[i + 1] as Numeric);
      return divide(arithmetic('multiply', sum, width), 2);
    };
    const areas = new RunningSum();
    let [first, end] = [0, 0];
    return slide(
      partition.framesOf(setting.window),
      (i) => {
        if (end > first) areas.add(area(i - 1));
        end = i + 1;
      },
      (i) => {
        first = i + 1;
        if (end > first) areas.remove(area(i));
      },
      () => {
        const sum = areas.value();
        return unit === null ? sum : divide(sum, unit);
      },
    );
  };
};

export const WINDOWED: Readonly<Record<string, MakeWindowFunction>> = {
  $sum: sliding(() => new RunningSum()),
  $avg: sliding(() => new RunningMean()),
  $min: sliding(({ compiler }) => new RunningExtreme(-1, compiler.strings)),
  $max: sliding(({ compiler }) => new RunningExtreme(1, compiler.strings)),
  $count,
  $push: ofFrame((values, from, to) =>
    values.slice(from, to).filter((value) => value !== undefined),
  ),
  $addToSet: sliding(() => new RunningSet()),
  $first: ofFrame((values, from, to) => (from < to ? (values[from] ?? null) : null)),
  $last: ofFrame((values, from, to) => (from < to ? (values[to - 1] ?? null) : null)),
  $firstN: several(false),
  $lastN: several(true),
  $minN: extremes(1),
  $maxN: extremes(-1),
  $top: ranked(false),
  $topN: ranked(false),
  $bottom: ranked(true),
  $bottomN: ranked(true),
  $median: percentiles,
  $percentile: percentiles,
  $stdDevPop: sliding(() => new RunningDeviation(false)),
  $stdDevSamp: sliding(() => new RunningDeviation(true)),
  $covariancePop: sliding(() => new RunningCovariance(false)),
  $covarianceSamp: sliding(() => new RunningCovariance(true)),
  $derivative,
  $integral,
};
