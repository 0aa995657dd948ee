/** Arrays as sets (manual, "Set Expression Operators"): duplicates and order do not count. */
import { truthy } from '../../query/field-operators.ts';
import { compare } from '../../values/compare.ts';
import { hashKey } from '../../values/hash.ts';
import type { Maybe, Value } from '../../values/types.ts';
import { ANY, fail, isNullish, operator, type Operator, typeName } from '../operator.ts';

type SetOf = Map<ReturnType<typeof hashKey>, Value>;

function setOf(value: Maybe, name: string, ordinal = ''): SetOf {
  if (!Array.isArray(value)) {
    return fail(
      17046,
      `${ordinal}${name} only supports array types, but one argument was of type: ${typeName(value)}`,
    );
  }
  return new Map(value.map((item) => [hashKey(item), item]));
}

/** The server gives sets in the order of their values. */
function sorted(values: Iterable<Value>): Value[] {
  return [...values].sort(compare as (a: Value, b: Value) => number);
}

const isSubset = (a: SetOf, b: SetOf) => [...a.keys()].every((key) => b.has(key));

export const SETS: Readonly<Record<string, Operator>> = {
  $setUnion: operator(ANY, (values, name) => {
    if (values.some(isNullish)) return null;
    return sorted(new Map(values.flatMap((value) => [...setOf(value, name)])).values());
  }),
  $setIntersection: operator(ANY, (values, name) => {
    if (values.some(isNullish)) return null;
    const sets = values.map((value) => setOf(value, name));
    const [first, ...rest] = sets;
    if (!first) return [];
    return sorted(
      [...first].flatMap(([key, item]) => (rest.every((set) => set.has(key)) ? [item] : [])),
    );
  }),
  $setDifference: operator(2, ([a, b], name) => {
    if (isNullish(a) || isNullish(b)) return null;
    const taken = setOf(b, name);
    return [...setOf(a, name)].flatMap(([key, item]) => (taken.has(key) ? [] : [item]));
  }),
  $setEquals: operator([2, 1000], (values, name) => {
    const [first, ...rest] = values.map((value) => setOf(value, name));
    return rest.every((set) => set.size === first!.size && isSubset(set, first!));
  }),
  $setIsSubset: operator(2, ([a, b], name) => isSubset(setOf(a, name), setOf(b, name))),
  $anyElementTrue: operator(1, ([value], name) => [...setOf(value, name).values()].some(truthy)),
  $allElementsTrue: operator(1, ([value], name) => [...setOf(value, name).values()].every(truthy)),
};
