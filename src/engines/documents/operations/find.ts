/** Finding: plan, execute, sort, skip, limit; projections are applied as results are read. */
import { inContext } from '../aggregate/expression.ts';
import { fail } from '../errors.ts';
import { type Counters, execute, executeSlots, type Found } from '../index/execute.ts';
import type { Index } from '../index/index.ts';
import { type IndexPlan, type Plan, plan } from '../index/planner.ts';
import { parseProjection, type Projection } from '../projection/projection.ts';
import type { Condition, FilterContext } from '../query/condition.ts';
import { parseFilter } from '../query/parse.ts';
import { parseSort, type SortField, sortDocs } from '../query/sort.ts';
import { type CollectionData } from '../storage/collection-data.ts';
import { countExamined, type Metrics } from '../storage/metrics.ts';
import { SIMPLE } from '../values/collation.ts';
import { compare, equal, type StringOrder } from '../values/compare.ts';
import { toStored } from '../values/convert.ts';
import { hashKey } from '../values/hash.ts';
import { toNumber } from '../values/numbers.ts';
import { fieldPath, type Path, someValue } from '../values/paths.ts';
import { type Doc, type Input, isDoc, isNumeric, ObjectId, type Value } from '../values/types.ts';
import { contextOf, dataOf, docFrom, namespaceOf, type Target } from './environment.ts';

export interface FindOptions {
  projection?: Input;
  sort?: Input;
  skip?: number;
  limit?: number;
  collation?: Input;
  hint?: Input | string;
  let?: Input;
  /** Of an aggregation, whose stages share them. */
  scores?: WeakMap<Doc, Value>;
}

/** A query that is ready to run. */
export interface Query {
  filter: Doc;
  condition: Condition;
  context: FilterContext;
  sort: SortField[];
  skip: number;
  /** `Infinity` for none. */
  limit: number;
  projection: Projection | null;
  data: CollectionData | null;
  /** Where running it is counted. */
  metrics: Metrics;
  /** How many indexes there were to choose from. */
  indexes: number | undefined;
  winner: Plan;
  rejected: IndexPlan[];
}

/** What running a query gave, and what it took. */
export interface Execution extends Counters {
  docs: Doc[];
  /** How many documents the plan found, before skipping and limiting. */
  found: number;
}

/** Parses and plans. @throws MongoServerError if any part is not well formed. */
export function prepare(
  target: Target,
  filterInput: Input | undefined,
  options: FindOptions,
): Query {
  const filter = checkedFilter(filterInput);
  const context = contextOf(target, options);
  const condition = parseFilter(filter, context);
  const sort = options.sort ? parseSortOption(options.sort, context) : [];
  const data = dataOf(target);
  const natural = options.sort ? naturalOf(options.sort) : null;
  const { winner, rejected } = plan({
    condition,
    sort: natural ? [] : sort,
    collation: context.collation,
    indexes: data?.indexes ?? [],
    hint: natural ? { natural } : hintOf(options.hint, data),
  });
  const projection = docFrom(options.projection);
  return {
    filter,
    condition,
    context,
    sort: natural ? [] : sort,
    skip: countOf(options.skip, 'skip'),
    limit: Math.abs(countOf(options.limit, 'limit')) || Infinity,
    projection: Object.keys(projection).length
      ? parseProjection(projection, context, { kind: 'find', filter: condition })
      : null,
    data,
    metrics: target.access.metrics,
    indexes: data?.indexes.length,
    winner,
    rejected,
  };
}

function checkedFilter(input: Input | null | undefined): Doc {
  if (input === undefined || input === null) return docFrom(undefined);
  const filter = toStored(input);
  if (isDoc(filter)) return filter;
  return fail(14, `Expected field filter to be of type object`);
}

function parseSortOption(sort: Input, { scores }: FilterContext): SortField[] {
  if (naturalOf(sort)) return [];
  return parseSort(toStored(sort), scores);
}

function naturalOf(sort: Input): 1 | -1 | null {
  const natural: unknown = sort.$natural;
  return natural === undefined ? null : Number(natural) < 0 ? -1 : 1;
}

function countOf(value: unknown, name: string): number {
  if (value === undefined || value === null) return 0;
  const stored = toStored(value);
  if (!isNumeric(stored))
    return fail(
      14,
      `BSON field '${name}' is the wrong type '${typeof value}', expected types '[long, int, decimal, double]'`,
    );
  const n = Math.trunc(toNumber(stored));
  if (n < 0 && name === 'skip')
    fail(51024, `BSON field 'skip' value must be >= 0, actual value '${String(n)}'`);
  return n;
}

/**
 * The document of an `_id`, without planning: for a filter that is an `_id` and nothing else, as the
 * server's express path has it. `undefined` if the filter is another.
 */
export function findById(target: Target, filter: Input | undefined): Doc | null | undefined {
  if (!filter) return undefined;
  for (const field in filter) if (field !== '_id') return undefined;
  const given: unknown = filter._id;
  const plain = typeof given === 'number' || typeof given === 'string' || given instanceof ObjectId;
  if (!plain) return undefined;
  const data = dataOf(target);
  if (!data) return null;
  if (data.indexes.length === 0) return undefined;
  if (typeof given === 'string' && data.options.collation !== SIMPLE) return undefined;
  const slot = data.indexes[0]?.slotOfId(given);
  if (slot === undefined) return null;
  countExamined(target.access.metrics, 1, 1);
  return data.slots[slot]!;
}

/** The index a hint names, by its name or its key. @throws MongoServerError BadValue if there is none. */
export function hintOf(
  hint: Input | string | undefined,
  data: CollectionData | null,
): Index | { natural: 1 | -1 } | null {
  if (hint === undefined) return null;
  if (typeof hint === 'object' && hint.$natural !== undefined) {
    return { natural: Number(hint.$natural) < 0 ? -1 : 1 };
  }
  if (!data) return null;
  const key = typeof hint === 'string' ? null : toStored(hint);
  const index = data.indexes.find(({ definition }) =>
    key ? equal(definition.key, key) : definition.name === hint,
  );
  return (
    index ??
    fail(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    )
  );
}

/** Runs a query. The documents are the stored ones, not yet projected. */
export function run(query: Query, namespace: string, command = 'find'): Execution {
  const counters: Counters = { keysExamined: 0, docsExamined: 0 };
  const { data, winner, condition, sort, skip, limit, context } = query;
  if (!data) return { docs: [], found: 0, ...counters };
  return inContext(`Executor error during ${command} command on namespace: ${namespace}`, () => {
    const sorted = winner.sorted;
    const enough = sorted ? skip + limit : Infinity;
    const docs = execute(winner, data.slots, condition.match, enough, counters);
    countExamined(query.metrics, counters.keysExamined, counters.docsExamined);
    const found = docs.length;
    const ordered = sorted ? docs : sortDocs(docs, sort, context.collation.strings, skip + limit);
    return {
      docs: skip > 0 || ordered.length > skip + limit ? ordered.slice(skip, skip + limit) : ordered,
      found,
      ...counters,
    };
  });
}

/** Finds what a write changes: the documents with their slots, in order. */
export function runForWrite(query: Query, namespace: string): Found[] {
  const { data, winner, condition, sort, limit, context } = query;
  if (!data) return [];
  return inContext(`Plan executor error during update :: ${namespace}`, () => {
    const enough = winner.sorted ? limit : Infinity;
    const counters: Counters = { keysExamined: 0, docsExamined: 0 };
    const found = executeSlots(winner, data.slots, condition.match, enough, counters);
    countExamined(query.metrics, counters.keysExamined, counters.docsExamined);
    if (winner.sorted || sort.length === 0) return found;
    const slots = new Map(found.map(({ doc, slot }) => [doc, slot]));
    return sortDocs(
      found.map(({ doc }) => doc),
      sort,
      context.collation.strings,
      limit,
    ).map((doc) => ({ doc, slot: slots.get(doc)! }));
  });
}

/** The distinct values of a field, arrays by their elements (manual, "distinct"). */
export function distinct(
  target: Target,
  field: string,
  filter: Input | undefined,
  options: FindOptions,
): Value[] {
  const query = prepare(target, filter, options);
  const { docs } = run(query, namespaceOf(target), 'distinct');
  return distinctValues(docs, fieldPath(field), query.context.collation.strings);
}

function distinctValues(docs: readonly Doc[], path: Path, strings: StringOrder): Value[] {
  const values = new Map<unknown, Value>();
  for (const doc of docs) {
    someValue(doc, path, (value) => {
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item !== undefined && !values.has(hashKey(item))) values.set(hashKey(item), item);
      }
      return false;
    });
  }
  // As mongosh shows them: in BSON order. Of values that a collation takes for equal, the first is there.
  return [...values.values()]
    .sort((a, b) => compare(a, b, strings))
    .filter((value, i, all) => i === 0 || compare(all[i - 1], value, strings) !== 0);
}
