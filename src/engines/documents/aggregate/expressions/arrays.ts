/** Arrays (manual, "Array Expression Operators"). */
import { sortValues } from '../sort-values.ts';
import { compare, equal } from '../../values/compare.ts';
import { isIntegral, toNumber } from '../../values/numbers.ts';
import { isNumeric, type Maybe, type Value } from '../../values/types.ts';
import {
  ANY,
  fail,
  isNullish,
  namedOperator,
  operator,
  type Operator,
  typeName,
} from '../operator.ts';
import { truthy } from '../../query/field-operators.ts';

function elementAt(array: Maybe, position: Maybe): Maybe {
  if (isNullish(array) || isNullish(position)) return null;
  if (!Array.isArray(array))
    return fail(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(array)}`);
  if (!isNumeric(position))
    return fail(
      28690,
      `$arrayElemAt's second argument must be a numeric value, but is ${typeName(position)}`,
    );
  if (!isIntegral(position))
    return fail(
      28691,
      `$arrayElemAt's second argument must be representable as a 32-bit integer: ${String(position)}`,
    );
  return array.at(toNumber(position));
}

function integerOf(value: Maybe, message: string, code: number): number {
  return isNumeric(value) && isIntegral(value) ? toNumber(value) : fail(code, message);
}

function end(last: boolean): Operator {
  return operator(1, ([value], name) => {
    if (isNullish(value)) return null;
    if (!Array.isArray(value))
      return fail(28689, `${name}'s argument must be an array, but is ${typeName(value)}`);
    return last ? value.at(-1) : value[0];
  });
}

/** `$firstN`, `$lastN`, `$maxN`, `$minN`: `{n, input}`. */
function several(pick: (items: Value[], n: number) => Value[]): Operator {
  return namedOperator({ required: ['n', 'input'], optional: [] }, (args, compiler, name) => {
    const [count, input] = [compiler.compile(args.n!), compiler.compile(args.input!)];
    return (scope) => {
      const n = integerOf(count(scope), `Value for 'n' must be of integral type`, 5787902);
      if (n <= 0) fail(5787908, `'n' must be greater than 0, found ${String(n)}`);
      const items = input(scope);
      return Array.isArray(items)
        ? pick(items, n)
        : fail(5788200, `Input must be an array for ${name}`);
    };
  });
}

const present = (items: Value[]) => items.filter((item) => item !== null);

function slice([array, first, second]: Maybe[]): Maybe {
  if (isNullish(array) || first === null || second === null) return null;
  if (!Array.isArray(array))
    return fail(
      28724,
      `First argument to $slice must be an array, but is of type: ${typeName(array)}`,
    );
  const from = integerOf(
    first,
    `Second argument to $slice must be a numeric value, but is of type: ${typeName(first)}`,
    28725,
  );
  if (second === undefined) return from >= 0 ? array.slice(0, from) : array.slice(from);
  const count = integerOf(
    second,
    `Third argument to $slice must be numeric, but is of type: ${typeName(second)}`,
    28727,
  );
  if (count <= 0) return fail(28729, `Third argument to $slice must be positive: ${String(count)}`);
  const start = from < 0 ? Math.max(0, array.length + from) : from;
  return array.slice(start, start + count);
}

function range([from, to, step]: Maybe[]): Maybe {
  const start = integerOf(
    from,
    `$range requires a numeric starting value, found value of type: ${typeName(from)}`,
    34443,
  );
  const stop = integerOf(
    to,
    `$range requires a numeric ending value, found value of type: ${typeName(to)}`,
    34445,
  );
  const by =
    step === undefined
      ? 1
      : integerOf(
          step,
          `$range requires a numeric step value, found value of type:${typeName(step)}`,
          34447,
        );
  if (by === 0) return fail(34449, '$range requires a non-zero step value');
  const values: number[] = [];
  for (let n = start; by > 0 ? n < stop : n > stop; n += by) values.push(n);
  return values;
}

const $zip = namedOperator(
  { required: ['inputs'], optional: ['useLongestLength', 'defaults'] },
  (args, compiler) => {
    if (!Array.isArray(args.inputs))
      return fail(34461, `inputs must be an array of expressions, found ${typeName(args.inputs)}`);
    const inputs = args.inputs.map((input) => compiler.compile(input));
    const longest =
      args.useLongestLength === undefined ? null : compiler.compile(args.useLongestLength);
    const defaults = args.defaults === undefined ? null : compiler.compile(args.defaults);
    return (scope) => {
      const arrays = inputs.map((input) => input(scope));
      if (arrays.some(isNullish)) return null;
      const lengths = arrays.map((array) =>
        Array.isArray(array)
          ? array.length
          : fail(34468, `$zip found a non-array expression in input: ${typeName(array)}`),
      );
      const length =
        longest && truthy(longest(scope)) ? Math.max(...lengths) : Math.min(...lengths);
      const fallback = defaults?.(scope);
      return Array.from({ length }, (_, i) =>
        arrays.map(
          (array, k) => (array as Value[])[i] ?? (Array.isArray(fallback) ? fallback[k]! : null),
        ),
      );
    };
  },
);

export const ARRAYS: Readonly<Record<string, Operator>> = {
  $arrayElemAt: operator(2, ([array, position]) => elementAt(array, position)),
  $first: end(false),
  $last: end(true),
  $firstN: several((items, n) => items.slice(0, n)),
  $lastN: several((items, n) => items.slice(-n)),
  $maxN: several((items, n) =>
    present(items)
      .sort((a, b) => compare(b, a))
      .slice(0, n),
  ),
  $minN: several((items, n) => present(items).sort(compare).slice(0, n)),
  $concatArrays: operator(ANY, (values) => {
    const joined: Value[] = [];
    for (const value of values) {
      if (isNullish(value)) return null;
      if (!Array.isArray(value))
        return fail(28664, `$concatArrays only supports arrays, not ${typeName(value)}`);
      joined.push(...value);
    }
    return joined;
  }),
  $in: operator(2, ([value, array], _name, { strings }) => {
    if (!Array.isArray(array))
      return fail(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
    return array.some((item) => equal(item, value, strings));
  }),
  $indexOfArray: operator([2, 4], ([array, value, from, to]) => {
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      return fail(
        40090,
        `$indexOfArray requires an array as a first argument, found: ${typeName(array)}`,
      );
    const start = from === undefined ? 0 : toNumber(from as number);
    const stop = to === undefined ? array.length : Math.min(array.length, toNumber(to as number));
    for (let i = start; i < stop; i += 1) if (equal(array[i], value)) return i;
    return -1;
  }),
  $isArray: operator(1, ([value]) => Array.isArray(value)),
  $range: operator([2, 3], range),
  $reverseArray: operator(1, ([value]) => {
    if (isNullish(value)) return null;
    return Array.isArray(value)
      ? value.toReversed()
      : fail(
          34435,
          `The argument to $reverseArray must be an array, but was of type: ${typeName(value)}`,
        );
  }),
  $size: operator(1, ([value]) =>
    Array.isArray(value)
      ? value.length
      : fail(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`),
  ),
  $slice: operator([2, 3], slice),
  $sortArray: namedOperator({ required: ['input', 'sortBy'], optional: [] }, (args, compiler) => {
    const input = compiler.compile(args.input!);
    const order = sortValues(args.sortBy!, compiler.strings);
    return (scope) => {
      const value = input(scope);
      if (isNullish(value)) return null;
      return Array.isArray(value)
        ? value.toSorted(order)
        : fail(
            2942504,
            `The input argument to $sortArray must be an array, but was of type: ${typeName(value)}`,
          );
    };
  }),
  $zip,
};
