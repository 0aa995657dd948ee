/**
 * Sorting (manual, "Ascending/Descending Sort"): by BSON order, missing as null; of an array the
 * smallest element counts ascending and the largest descending; an empty array comes before null.
 */
import { fail } from '../errors.ts';
import { compare, type StringOrder } from '../values/compare.ts';
import { describe } from '../values/describe.ts';
import { toNumber } from '../values/numbers.ts';
import { fieldPath, type Path, someValue } from '../values/paths.ts';
import { type Doc, isDoc, isNumeric, type Maybe, type Value } from '../values/types.ts';

export interface SortField {
  field: string;
  /** Of `{$meta: 'textScore'}`: the scores. */
  scores?: WeakMap<Doc, Value>;
  path: Path;
  direction: 1 | -1;
}

/**
 * Reads `{price: -1, name: 1}`.
 *
 * @param scores of a text search. @throws MongoServerError BadValue, FailedToParse.
 */
export function parseSort(sort: Value, scores?: WeakMap<Doc, Value>): SortField[] {
  if (!isDoc(sort)) return fail(14, `Expected field sort to be of type object`);
  const fields = Object.keys(sort);
  if (fields.length > 32) fail(13103, 'too many compound keys');
  return fields.map((field) => {
    const value = sort[field]!;
    if (isDoc(value)) {
      if (value.$meta === 'textScore') {
        if (!scores)
          return fail(40218, 'query requires text score metadata, but it is not available');
        return { field, path: [field], direction: -1, scores };
      }
      if (value.$meta !== undefined)
        fail(238, `sort by ${describe(value)} is not implemented in this document store`);
      return fail(15975, `Illegal key in $sort specification: ${field}: ${describe(value)}`);
    }
    if (!isNumeric(value)) {
      return fail(15974, `Illegal key in $sort specification: ${field}: ${describe(value)}`);
    }
    const direction = toNumber(value);
    if (direction !== 1 && direction !== -1) {
      return fail(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    return { field, path: fieldPath(field), direction };
  });
}

/** The value a document is sorted by. `undefined` (an empty array's) comes before null. */
export function sortKey(
  doc: Doc,
  { path, direction, scores }: SortField,
  strings: StringOrder,
): Maybe {
  if (scores) return scores.get(doc) ?? null;
  if (path.length === 1) {
    const value = doc[path[0]!];
    if (value === undefined) return null;
    if (typeof value !== 'object' || !Array.isArray(value)) return value;
  }
  let best: Maybe;
  let found = false as boolean;
  const consider = (value: Maybe) => {
    if (!found || direction * compare(value, best, strings) < 0) best = value;
    found = true;
  };
  someValue(doc, path, (value) => {
    if (!Array.isArray(value)) consider(value ?? null);
    else if (value.length === 0) consider(undefined);
    else value.forEach(consider);
    return false;
  });
  return found ? best : null;
}

/** A comparison of documents. */
export function compareBy(
  fields: readonly SortField[],
  strings: StringOrder,
): (a: Doc, b: Doc) => number {
  return (a, b) => {
    for (const field of fields) {
      const order = compare(sortKey(a, field, strings), sortKey(b, field, strings), strings);
      if (order !== 0) return field.direction * order;
    }
    return 0;
  };
}

interface Keyed {
  doc: Doc;
  keys: Maybe[];
  position: number;
}

/**
 * Sorts documents, stably; with a limit it keeps only so many at a time (a heap of that size), so
 * that the first ten of a million are found without sorting a million.
 */
export function sortDocs(
  docs: Iterable<Doc>,
  fields: readonly SortField[],
  strings: StringOrder,
  limit = Infinity,
): Doc[] {
  if (fields.length === 0) return [...docs];
  const order = (a: Keyed, b: Keyed) => {
    for (let i = 0; i < fields.length; i += 1) {
      const result = compare(a.keys[i], b.keys[i], strings);
      if (result !== 0) return fields[i]!.direction * result;
    }
    return a.position - b.position;
  };
  const kept: Keyed[] = [];
  const only = fields[0]!;
  let position = 0;
  for (const doc of docs) {
    if (kept.length === limit) {
      if (limit === 0) break;
      // The heap's root is the worst one kept: most documents are refused by one comparison.
      const key = sortKey(doc, only, strings);
      const first = only.direction * compare(key, kept[0]!.keys[0], strings);
      if (first > 0) continue;
      const keyed = keyedBy(doc, fields, strings, position++, key);
      if (order(keyed, kept[0]!) < 0) replaceRoot(kept, keyed, order);
      continue;
    }
    kept.push(keyedBy(doc, fields, strings, position++));
    if (kept.length === limit) heapify(kept, order);
  }
  return kept.sort(order).map(({ doc }) => doc);
}

function keyedBy(
  doc: Doc,
  fields: readonly SortField[],
  strings: StringOrder,
  position: number,
  first?: Maybe,
): Keyed {
  const keys = fields.map((field, i) =>
    i === 0 && first !== undefined ? first : sortKey(doc, field, strings),
  );
  return { doc, keys, position };
}

type Order = (a: Keyed, b: Keyed) => number;

function heapify(heap: Keyed[], order: Order): void {
  for (let i = heap.length >> 1; i >= 0; i -= 1) sink(heap, i, order);
}

function replaceRoot(heap: Keyed[], item: Keyed, order: Order): void {
  heap[0] = item;
  sink(heap, 0, order);
}

function sink(heap: Keyed[], from: number, order: Order): void {
  let at = from;
  for (;;) {
    let worst = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && order(heap[child]!, heap[worst]!) > 0) worst = child;
    }
    if (worst === at) return;
    [heap[at], heap[worst]] = [heap[worst]!, heap[at]!];
    at = worst;
  }
}
