/** Stages that look at all documents: `$group`, `$bucket`, `$sortByCount`, `$sort`. */
import { fail } from '../../errors.ts';
import { parseSort, sortDocs } from '../../query/sort.ts';
import { bracketOf, byCodePoints, compare } from '../../values/compare.ts';
import { hashKey } from '../../values/hash.ts';
import {
  type Doc,
  docOf,
  Fields,
  isDoc,
  type Maybe,
  typeOf,
  type Value,
} from '../../values/types.ts';
import { type Accumulation, type Accumulator, parseAccumulator } from '../accumulators.ts';
import type { Evaluator, Scope } from '../operator.ts';
import { compilerOf, type MakeStage, type PipelineContext, type Stage } from '../stage.ts';

type Fold = readonly (readonly [string, Accumulator])[];

interface Group {
  id: Value;
  states: Accumulation[];
}

function accumulatorsOf(spec: Doc, except: readonly string[], context: PipelineContext): Fold {
  const compiler = compilerOf(context);
  return Object.keys(spec)
    .filter((field) => !except.includes(field))
    .map((field) => [field, parseAccumulator(field, spec[field]!, compiler)] as const);
}

/** Groups come in the order in which their first document came. */
function groupBy(id: Evaluator, fold: Fold, context: PipelineContext): Stage {
  const plain = context.collation.strings === byCodePoints;
  return (docs) => {
    const groups = new Map<unknown, Group>();
    const scope: Scope = { root: new Fields(), variables: null };
    for (const doc of docs) {
      scope.root = doc;
      const value = id(scope);
      let key: unknown = hashKey(value === undefined ? null : value);
      if (!plain && typeof value === 'string') {
        for (const known of groups.values()) {
          if (typeof known.id === 'string' && context.collation.strings(known.id, value) === 0) {
            key = hashKey(known.id);
          }
        }
      }
      let group = groups.get(key);
      if (!group) {
        group = { id: value ?? null, states: fold.map(([, start]) => start()) };
        groups.set(key, group);
      }
      for (const state of group.states) state.add(scope);
    }
    return [...groups.values()].map(({ id: value, states }) => finish(value, states, fold));
  };
}

function finish(id: Value, states: readonly Accumulation[], fold: Fold): Doc {
  const doc = new Fields();
  doc._id = id;
  fold.forEach(([field], i) => {
    doc[field] = states[i]!.result();
  });
  return doc;
}

const $group: MakeStage = (spec, context) => {
  if (!isDoc(spec)) return fail(15947, "a group's fields must be specified in an object");
  if (spec._id === undefined) return fail(15955, 'a group specification must include an _id');
  return groupBy(
    compilerOf(context).compile(spec._id),
    accumulatorsOf(spec, ['_id'], context),
    context,
  );
};

const $sort: MakeStage = (spec, context) => {
  if (!isDoc(spec)) return fail(15973, 'the $sort key specification must be an object');
  if (Object.keys(spec).length === 0) fail(15976, '$sort stage must have at least one sort key');
  const fields = parseSort(spec, context.scores);
  return (docs) => sortDocs(docs, fields, context.collation.strings);
};

const $sortByCount: MakeStage = (spec, context) => {
  if (!(typeof spec === 'string' && spec.startsWith('$')) && !isDoc(spec)) {
    fail(
      40148,
      `the sortByCount field must be defined as a $-prefixed path or an expression inside an object`,
    );
  }
  const counted = docOf([['count', docOf([['$sum', 1]])]]);
  const group = groupBy(
    compilerOf(context).compile(spec),
    accumulatorsOf(counted, [], context),
    context,
  );
  return (docs) => sortDocs(group(docs), parseSort(docOf([['count', -1]])), byCodePoints);
};

function boundariesOf(value: Maybe): Value[] {
  if (!Array.isArray(value))
    return fail(
      40200,
      `The $bucket 'boundaries' field must be an array, but found type: ${typeOf(value)}.`,
    );
  if (value.length < 2)
    fail(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${String(value.length)} value(s).`,
    );
  for (let i = 1; i < value.length; i += 1) {
    if (bracketOf(value[i]) !== bracketOf(value[i - 1])) {
      fail(
        40193,
        `All values in the the 'boundaries' option to $bucket must have the same type. Found conflicting types ${typeOf(value[i - 1])} and ${typeOf(value[i])}.`,
      );
    }
    if (compare(value[i - 1], value[i]) >= 0) {
      fail(
        40194,
        `The 'boundaries' option to $bucket must be sorted, but elements ${String(i - 1)} and ${String(i)} are not in ascending order (${String(value[i - 1])} is not less than ${String(value[i])}).`,
      );
    }
  }
  return value;
}

const $bucket: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    return fail(
      40201,
      `Argument to $bucket stage must be an object, but found type: ${typeOf(spec)}.`,
    );
  for (const field in spec) {
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(field))
      fail(40197, `Unrecognized option to $bucket: ${field}.`);
  }
  if (spec.groupBy === undefined || spec.boundaries === undefined) {
    return fail(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  const boundaries = boundariesOf(spec.boundaries);
  const value = compilerOf(context).compile(spec.groupBy);
  const output = isDoc(spec.output!) ? spec.output : docOf([['count', docOf([['$sum', 1]])]]);
  const bucket: Evaluator = (scope) => {
    const found = value(scope);
    const at = boundaries.findLastIndex((boundary) => compare(found, boundary) >= 0);
    if (at >= 0 && at < boundaries.length - 1) return boundaries[at];
    return (
      spec.default ??
      fail(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      )
    );
  };
  const group = groupBy(bucket, accumulatorsOf(output, [], context), context);
  return (docs) => sortDocs(group(docs), parseSort(docOf([['_id', 1]])), byCodePoints);
};

export const GROUPING: Readonly<Record<string, MakeStage>> = {
  $group,
  $sort,
  $sortByCount,
  $bucket,
};
