/** The order of `$sortArray` and of `$push`'s `$sort`: whole values by 1 or -1, or documents by fields. */
import { compareBy, parseSort } from '../query/sort.ts';
import { fail } from '../errors.ts';
import { compare, type StringOrder } from '../values/compare.ts';
import { toNumber } from '../values/numbers.ts';
import { docOf, isDoc, isNumeric, type Value } from '../values/types.ts';

/** A comparison of array elements. @throws MongoServerError if the specification is none. */
export function sortValues(sortBy: Value, strings: StringOrder): (a: Value, b: Value) => number {
  if (isNumeric(sortBy)) {
    const direction = toNumber(sortBy);
    if (direction !== 1 && direction !== -1)
      fail(2, 'The $sort element value must be either 1 or -1');
    return (a, b) => direction * compare(a, b, strings);
  }
  if (!isDoc(sortBy))
    return fail(
      2,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  const order = compareBy(parseSort(sortBy), strings);
  const empty = docOf([]);
  return (a, b) => order(isDoc(a) ? a : empty, isDoc(b) ? b : empty);
}
