/** Aggregation over a collection: what a pipeline begins with is answered by the planner. */
import { inContext } from '../aggregate/expression.ts';
import { compilePipeline, stageOf } from '../aggregate/pipeline.ts';
import type { PipelineContext } from '../aggregate/stage.ts';
import { countOf } from '../aggregate/stages/shaping.ts';
import { fail } from '../errors.ts';
import type { IndexDefinition } from '../index/index.ts';
import { brought } from '../parts/brought.ts';
import { countExamined } from '../storage/metrics.ts';
import { SIMPLE } from '../values/collation.ts';
import { docToResult, toStored } from '../values/convert.ts';
import { equal } from '../values/compare.ts';
import { hashKey } from '../values/hash.ts';
import { type Doc, docOf, type Input, isDoc, type Value } from '../values/types.ts';
import { keysOf } from '../index/keys.ts';
import { pathOf } from '../values/paths.ts';
import { collationFor, contextOf, dataOf, namespaceOf, type Target } from './environment.ts';
import { type FindOptions, prepare, type Query, run } from './find.ts';
import { insertDoc, prepareInsert } from './write.ts';

export interface AggregateOptions {
  collation?: Input;
  hint?: Input | string;
  let?: Input;
}

/** A pipeline, cut into what the planner answers and the stages after it. */
export interface PreparedPipeline {
  /** The leading `$match`, `$sort`, `$skip` and `$limit`, as a query. */
  query: Query;
  rest: Value[];
  run: (docs: Doc[]) => Doc[];
}

export function prepareAggregate(
  target: Target,
  pipeline: unknown,
  options: AggregateOptions,
): PreparedPipeline {
  const given = toStored(pipeline);
  if (!Array.isArray(given)) return fail(14, "'pipeline' option must be specified as an array");
  if (target.access.view(target.database, target.name)) {
    const { target: base, pipeline: before } = brought('resolveView', 'createView')(target);
    // A view's own collation goes for what is asked of it.
    const { spec } = collationFor(target, options.collation);
    const own = spec ? { ...options, collation: { ...spec } as Input } : options;
    return prepareStages(base, [...before, ...given], own);
  }
  return prepareStages(target, given, options);
}

function prepareStages(
  target: Target,
  stages: Value[],
  options: AggregateOptions,
): PreparedPipeline {
  const own = contextOf(target, options);
  const context: PipelineContext = { ...own, ...reach(target, own.collation === SIMPLE) };
  // Compiled as a whole first: an error in the last stage comes before any work.
  compilePipeline(stages, context);
  const { find, rest } = leading(stages);
  const { scores } = own;
  const query = prepare(target, find.filter, {
    ...find.options,
    ...options,
    ...(scores && { scores }),
  });
  return { query, rest, run: compilePipeline(rest, context) };
}

/** Runs a pipeline. @throws MongoServerError. */
export function aggregate(target: Target, pipeline: unknown, options: AggregateOptions): Doc[] {
  const { query, run: rest } = prepareAggregate(target, pipeline, options);
  const namespace = namespaceOf(target);
  return inContext(`Executor error during aggregate command on namespace: ${namespace}`, () =>
    rest(run(query, namespace, 'aggregate').docs),
  );
}

/** How much of a pipeline's beginning is a query: `$match` … `$sort` … `$skip`, `$limit`. */
function leading(stages: Value[]): {
  find: { filter: Input; options: FindOptions };
  rest: Value[];
} {
  const filters: Doc[] = [];
  const options: FindOptions = {};
  let at = 0;
  for (; at < stages.length; at += 1) {
    const { name, spec } = stageOf(stages[at]!);
    if (name === '$match' && options.sort === undefined && isDoc(spec)) filters.push(spec);
    else if (name === '$sort' && options.sort === undefined && isDoc(spec)) options.sort = spec;
    else break;
  }
  const next = at < stages.length ? stageOf(stages[at]!) : null;
  if (next?.name === '$limit') {
    options.limit = countOf(next.spec, '$limit', 1);
    at += 1;
  }
  const filter =
    filters.length === 1 ? filters[0]! : filters.length ? docOf([['$and', filters]]) : docOf([]);
  return { find: { filter, options }, rest: stages.slice(at) };
}

/**
 * What stages reach: other collections of the database, through the same session.
 *
 * @param simple whether strings are compared as indexes compare them.
 */
function reach(
  target: Target,
  simple: boolean,
): Pick<PipelineContext, 'collection' | 'lookup' | 'replaceCollection' | 'merge'> {
  const { access, database } = target;
  const sibling = (db: string | null, name: string): Target => ({
    ...target,
    database: db ?? database,
    name,
  });
  return {
    collection: (name) => {
      const docs = dataOf(sibling(null, name))?.docs() ?? [];
      countExamined(access.metrics, 0, docs.length);
      return docs;
    },
    lookup: (name, field) => lookup(sibling(null, name), field, simple),
    replaceCollection: (db, name, docs) => {
      const { database: into } = sibling(db, name);
      const writer = access.write(into, name);
      writer.data.slots.forEach((doc, slot) => {
        if (doc) writer.remove(slot);
      });
      for (const doc of docs) writer.insert(doc);
      access.metrics.document.inserted += docs.length;
    },
    merge: {
      requireUnique: (db, name, fields) => {
        if (fields.length === 1 && fields[0] === '_id') return;
        const indexes = access.read(db ?? database, name)?.indexes ?? [];
        const unique = indexes.some(
          ({ definition }) =>
            definition.unique &&
            definition.fields.length === fields.length &&
            fields.every((field) => definition.fields.includes(field)),
        );
        if (!unique) fail(51183, 'Cannot find index to verify that join fields will be unique');
      },
      find: (db, name, fields) =>
        run(prepare(sibling(db, name), fields, { limit: 1 }), name).docs[0] ?? null,
      insert: (db, name, doc) => {
        insertDoc(sibling(db, name), prepareInsert(sibling(db, name), docToResult(doc)));
      },
      replace: (db, name, old, doc) => {
        const writer = access.write(db ?? database, name);
        const slot = writer.data.slots.findIndex(
          (stored) => stored !== undefined && equal(stored._id, old._id),
        );
        writer.replace(slot, doc);
        access.metrics.document.updated += 1;
      },
    },
  };
}

/** Finding by equality, again and again: by an index, or by a table that is made once. */
function lookup(target: Target, field: string, simple: boolean): (value: Value) => Doc[] {
  const data = dataOf(target);
  if (!data) return () => [];
  const { metrics } = target.access;
  const idIndex = data.indexes.find((index) => index.isIdIndex);
  if (field === '_id' && idIndex) {
    return (value) => {
      const slot = idIndex.slotOfId(value);
      if (slot === undefined) return [];
      countExamined(metrics, 1, 1);
      return [data.slots[slot]!];
    };
  }
  const namespace = namespaceOf(target);
  if (simple && data.indexes.some(({ definition }) => serves(definition, field)))
    return (value) =>
      run(prepare(target, { [field]: { $eq: value } }, {}), namespace, 'aggregate').docs;
  countExamined(metrics, 0, data.size);
  const table = new Map<unknown, Doc[]>();
  const path = pathOf(field);
  for (const doc of data.slots) {
    if (!doc) continue;
    for (const [value] of keysOf(doc, [path]).keys) {
      const key = hashKey(value ?? null);
      const docs = table.get(key);
      if (docs) docs.push(doc);
      else table.set(key, [doc]);
    }
  }
  return (value) => table.get(hashKey(value)) ?? [];
}

/** Whether an index finds every document by a field, null and missing included. */
const serves = ({ fields, sparse, partial, collation }: IndexDefinition, field: string): boolean =>
  fields[0] === field && !sparse && partial === null && collation === SIMPLE;
