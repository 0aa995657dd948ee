/**
 * `$sum`, `$avg`, `$min`, `$max`, `$stdDevPop`, `$stdDevSamp` as expressions: over their arguments, or
 * over the elements of their one array. Other types are passed over.
 */
import { compare } from '../../values/compare.ts';
import { divide, Sum, toNumber } from '../../values/numbers.ts';
import { double, isNumeric, type Maybe, type Value } from '../../values/types.ts';
import { isNullish, type Operator } from '../operator.ts';

/** The sum of the numbers among values. */
export function sumOf(values: readonly Maybe[]): Value {
  const sum = new Sum();
  for (const value of values) if (isNumeric(value)) sum.add(value);
  return sum.value();
}

/** The mean of the numbers among values, `null` if there is none. */
export function averageOf(values: readonly Maybe[]): Value {
  const numbers = values.filter(isNumeric);
  const sum = new Sum();
  numbers.forEach((n) => {
    sum.add(n);
  });
  return numbers.length === 0 ? null : divide(sum.value(), numbers.length);
}

/** The standard deviation of a sample or of the whole population (Welford's method). */
export function deviationOf(values: readonly Maybe[], sample: boolean): Value {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (!isNumeric(value)) continue;
    const n = toNumber(value);
    count += 1;
    const delta = n - mean;
    mean += delta / count;
    squares += delta * (n - mean);
  }
  const divisor = sample ? count - 1 : count;
  return divisor < 1 ? null : double(Math.sqrt(squares / divisor));
}

/** The first in an order, null and missing aside. */
export function extremeOf(values: readonly Maybe[], direction: 1 | -1): Value {
  let best: Value = null;
  for (const value of values) {
    if (isNullish(value)) continue;
    if (best === null || direction * compare(value, best) > 0) best = value;
  }
  return best;
}

function summary(apply: (values: readonly Maybe[]) => Value): Operator {
  return (operand, compiler) => {
    if (Array.isArray(operand) && operand.length !== 1) {
      const parts = operand.map((part) => compiler.compile(part));
      return (scope) => apply(parts.map((part) => part(scope)));
    }
    const only = compiler.compile(Array.isArray(operand) ? operand[0]! : operand);
    return (scope) => {
      const value = only(scope);
      return apply(Array.isArray(value) ? value : [value]);
    };
  };
}

export const SUMMARIES: Readonly<Record<string, Operator>> = {
  $sum: summary(sumOf),
  $avg: summary(averageOf),
  $min: summary((values) => extremeOf(values, -1)),
  $max: summary((values) => extremeOf(values, 1)),
  $stdDevPop: summary((values) => deviationOf(values, false)),
  $stdDevSamp: summary((values) => deviationOf(values, true)),
};
