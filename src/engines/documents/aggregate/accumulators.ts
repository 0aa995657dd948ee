/** Accumulators of `$group` and `$bucket` (manual, "Accumulators"). */
import { refuseAbsent } from '../absent.ts';
import { fail } from '../errors.ts';
import { compareBy, parseSort } from '../query/sort.ts';
import { compare } from '../values/compare.ts';
import { hashKey } from '../values/hash.ts';
import { divide, integer, isIntegral, Sum, toNumber } from '../values/numbers.ts';
import { type Doc, isDoc, isNumeric, type Maybe, type Value } from '../values/types.ts';
import { comesLater } from '../parts/brought.ts';
import { LATER } from '../parts/names.ts';
import { mergeObjects } from './expressions/objects.ts';
import { deviationOf } from './expressions/summaries.ts';
import type { Compiler, Evaluator, Scope } from './operator.ts';

/** The state of one accumulator in one group. */
export interface Accumulation {
  add(scope: Scope): void;
  result(): Value;
}

/** Starts the state for a new group. */
export type Accumulator = () => Accumulation;

/** Makes the accumulator of `{$operator: operand}`. */
export type Make = (operand: Value, compiler: Compiler, name: string) => Accumulator;

function over(start: () => { add: (value: Maybe) => void; result: () => Value }): Make {
  return (operand, compiler, name) => {
    if (Array.isArray(operand)) {
      fail(40237, `The ${name} accumulator is a unary operator`);
    }
    const evaluate = compiler.compile(operand);
    return () => {
      const state = start();
      return {
        add: (scope) => {
          state.add(evaluate(scope));
        },
        result: state.result,
      };
    };
  };
}

const $sum = over(() => {
  const sum = new Sum();
  return {
    add: (value) => {
      if (isNumeric(value)) sum.add(value);
    },
    result: () => sum.value(),
  };
});

const $avg = over(() => {
  const sum = new Sum();
  let count = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      sum.add(value);
      count += 1;
    },
    result: () => (count === 0 ? null : divide(sum.value(), count)),
  };
});

function extreme(direction: 1 | -1): Make {
  return over(() => {
    let best: Maybe;
    return {
      add: (value) => {
        if (value === undefined || value === null) return;
        if (best === undefined || direction * compare(value, best) > 0) best = value;
      },
      result: () => best ?? null,
    };
  });
}

function collected(finish: (values: Maybe[]) => Value): Make {
  return over(() => {
    const values: Maybe[] = [];
    return { add: (value) => values.push(value), result: () => finish(values) };
  });
}

const $addToSet = over(() => {
  const values = new Map<unknown, Value>();
  return {
    add: (value) => {
      if (value !== undefined && !values.has(hashKey(value))) values.set(hashKey(value), value);
    },
    result: () => [...values.values()],
  };
});

const $count: Make = (operand, _compiler, name) => {
  if (!isDoc(operand) || Object.keys(operand).length > 0)
    fail(14, `${name} takes no arguments, i.e. ${name}:{}`);
  return () => {
    let count = 0n;
    return { add: () => (count += 1n), result: () => integer(count) };
  };
};

/** The `n` of `$firstN` and its like, which may depend on nothing but constants. */
export function countOf(operand: Doc, compiler: Compiler, name: string): number {
  if (operand.n === undefined) return fail(5787906, `Missing value for 'n'`);
  const n = compiler.compile(operand.n)({ root: operand, variables: null });
  if (!isNumeric(n) || !isIntegral(n))
    return fail(5787902, `Value for 'n' must be of integral type, but found ${String(n)}`);
  if (toNumber(n) <= 0) return fail(5787908, `'n' must be greater than 0, found ${String(n)}`);
  return name.endsWith('N') ? toNumber(n) : 1;
}

function several(finish: (values: Value[], n: number) => Value[]): Make {
  return (operand, compiler, name) => {
    if (!isDoc(operand) || operand.input === undefined)
      return fail(5787900, `specification must be an object; found ${name}`);
    const n = countOf(operand, compiler, name);
    const evaluate = compiler.compile(operand.input);
    return () => {
      const values: Value[] = [];
      return {
        add: (scope) => values.push(evaluate(scope) ?? null),
        result: () => finish(values, n),
      };
    };
  };
}

/** `$top`, `$bottom`, `$topN`, `$bottomN`: `{sortBy, output}` with the documents' own order. */
function ranked(last: boolean): Make {
  return (operand, compiler, name) => {
    if (!isDoc(operand)) return fail(5788001, `specification must be an object; found ${name}`);
    if (operand.sortBy === undefined) return fail(5788005, "Missing value for 'sortBy'");
    if (operand.output === undefined) return fail(5788004, "Missing value for 'output'");
    const n = name.endsWith('N') ? countOf(operand, compiler, name) : 1;
    const output: Evaluator = compiler.compile(operand.output);
    const order = compareBy(parseSort(operand.sortBy), compiler.strings);
    return () => {
      const rows: { doc: Doc; value: Value }[] = [];
      return {
        add: (scope) => rows.push({ doc: scope.root, value: output(scope) ?? null }),
        result: () => {
          const sorted = rows.toSorted((a, b) => order(a.doc, b.doc)).map(({ value }) => value);
          const kept = last ? sorted.slice(-n) : sorted.slice(0, n);
          return name.endsWith('N') ? kept : (kept[0] ?? null);
        },
      };
    };
  };
}

const present = (values: Value[]) => values.filter((value) => value !== null);

export const ACCUMULATORS: Record<string, Make> = {
  $sum,
  $avg,
  $min: extreme(-1),
  $max: extreme(1),
  $first: over(() => {
    let first: Maybe;
    let any = false;
    return {
      add: (value) => {
        if (!any) first = value;
        any = true;
      },
      result: () => first ?? null,
    };
  }),
  $last: over(() => {
    let last: Maybe;
    return { add: (value) => (last = value), result: () => last ?? null };
  }),
  $push: collected((values) => values.filter((value) => value !== undefined)),
  $addToSet,
  $count,
  $mergeObjects: collected((values) => mergeObjects(values) ?? null),
  $stdDevPop: collected((values) => deviationOf(values, false)),
  $stdDevSamp: collected((values) => deviationOf(values, true)),
  $firstN: several((values, n) => values.slice(0, n)),
  $lastN: several((values, n) => values.slice(-n)),
  $maxN: several((values, n) =>
    present(values)
      .sort((a, b) => compare(b, a))
      .slice(0, n),
  ),
  $minN: several((values, n) => present(values).sort(compare).slice(0, n)),
  $top: ranked(false),
  $topN: ranked(false),
  $bottom: ranked(true),
  $bottomN: ranked(true),
};

/** The accumulator of `{field: {$sum: '$price'}}`. @throws MongoServerError if it is none. */
export function parseAccumulator(field: string, spec: Value, compiler: Compiler): Accumulator {
  if (field.includes('.')) fail(40235, `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$')) fail(40236, `The field name '${field}' cannot be an operator name`);
  const names = isDoc(spec) ? Object.keys(spec) : [];
  if (!isDoc(spec) || names.length === 0 || !names[0]!.startsWith('$')) {
    return fail(40234, `The field '${field}' must be an accumulator object`);
  }
  if (names.length > 1) fail(40238, `The field '${field}' must specify one accumulator`);
  const name = names[0]!;
  if (LATER.has(name) && !Object.hasOwn(ACCUMULATORS, name)) comesLater(name);
  if (!Object.hasOwn(ACCUMULATORS, name)) {
    refuseAbsent('accumulator', name);
    fail(15952, `unknown group operator '${name}'`);
  }
  return ACCUMULATORS[name]!(spec[name]!, compiler, name);
}

/** Makes further accumulators known. */
export function addAccumulators(accumulators: Readonly<Record<string, Make>>): void {
  Object.assign(ACCUMULATORS, accumulators);
}
