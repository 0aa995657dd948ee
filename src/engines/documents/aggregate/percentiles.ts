/** `$median` and `$percentile` (manual), of a group, of a window and of an array. */
import { fail } from '../errors.ts';
import { describe } from '../values/describe.ts';
import { toNumber } from '../values/numbers.ts';
import { docOf, double, isDoc, isNumeric, type Maybe, type Value } from '../values/types.ts';
import type { Make } from './accumulators.ts';
import type { Compiler, Evaluator, Operator } from './operator.ts';

/** What is asked of sorted numbers. */
export interface Percentiles {
  input: Evaluator;
  /** @param at the number at a place of the sorted ones. */
  answer(count: number, at: (place: number) => number): Value;
}

/** @throws MongoServerError in the server's words, if the specification is not well formed. */
export function parsePercentiles(spec: Value, compiler: Compiler, name: string): Percentiles {
  if (!isDoc(spec))
    return fail(
      name === '$median' ? 7436100 : 7429703,
      `specification must be an object; found ${name}: ${describe(spec)}`,
    );
  const fields = name === '$median' ? ['input', 'method'] : ['input', 'p', 'method'];
  for (const field in spec)
    if (!fields.includes(field)) fail(40415, `BSON field '${name}.${field}' is an unknown field.`);
  for (const field of fields)
    if (spec[field] === undefined)
      fail(40414, `BSON field '${name}.${field}' is missing but a required field`);
  if (spec.method !== 'approximate')
    fail(2, "Currently only 'approximate' can be used as percentile 'method'.");
  const input = compiler.compile(spec.input!);
  if (name === '$median')
    return { input, answer: (count, at) => (count === 0 ? null : double(at(placeOf(0.5, count)))) };
  const wanted = percentsOf(spec.p!, compiler);
  return {
    input,
    answer: (count, at) => wanted.map((p) => (count === 0 ? null : double(at(placeOf(p, count))))),
  };
}

/** The smallest of the numbers that at least that part of them is not above. */
const placeOf = (p: number, count: number): number =>
  Math.min(count - 1, Math.max(0, Math.ceil(p * count) - 1));

function percentsOf(p: Value, compiler: Compiler): number[] {
  const list = compiler.compile(p)({ root: docOf([]), variables: null });
  const message =
    "The $percentile 'p' field must be an array of numbers from [0.0, 1.0], but found: ";
  if (!Array.isArray(list) || list.length === 0) return fail(7750301, message + describe(list));
  return list.map((item) => {
    if (!isNumeric(item)) return fail(7750302, message + describe(item));
    const n = toNumber(item);
    return n >= 0 && n <= 1 ? n : fail(7750303, message + describe(item));
  });
}

const numbersOf = (values: readonly Maybe[]): Float64Array =>
  Float64Array.from(values.filter(isNumeric), toNumber).sort();

const accumulator: Make = (spec, compiler, name) => {
  const { input, answer } = parsePercentiles(spec, compiler, name);
  return () => {
    const values: Maybe[] = [];
    return {
      add: (scope) => values.push(input(scope)),
      result: () => {
        const numbers = numbersOf(values);
        return answer(numbers.length, (place) => numbers[place]!);
      },
    };
  };
};

const expression: Operator = (spec, compiler, name) => {
  const { input, answer } = parsePercentiles(spec, compiler, name);
  return (scope) => {
    const value = input(scope);
    const numbers = numbersOf(Array.isArray(value) ? value : [value]);
    return answer(numbers.length, (place) => numbers[place]!);
  };
};

export const PERCENTILE_ACCUMULATORS: Readonly<Record<string, Make>> = {
  $median: accumulator,
  $percentile: accumulator,
};

export const PERCENTILE_EXPRESSIONS: Readonly<Record<string, Operator>> = {
  $median: expression,
  $percentile: expression,
};
