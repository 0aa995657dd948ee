/** Views (manual, "Views"): a pipeline that is read as a collection is, and never written. */
import { fail } from '../errors.ts';
import type { ViewDefinition } from '../storage/catalog.ts';
import { CollectionData, defaultOptions } from '../storage/collection-data.ts';
import { toStored } from '../values/convert.ts';
import { docOf, isDoc, type Input, type Value } from '../values/types.ts';
import { aggregate, type AggregateOptions, prepareAggregate } from './aggregate.ts';
import type { Target } from './environment.ts';

/** Views of views of views. */
const DEEPEST = 20;

/** What a view stands on in the end, and the stages from there. */
export interface ResolvedView {
  target: Target;
  pipeline: Value[];
}

/** @throws MongoServerError ViewDepthLimitExceeded, for views that stand on themselves as well. */
export function resolveView(target: Target): ResolvedView {
  let { name } = target;
  let pipeline: Value[] = [];
  for (let depth = 0; ; depth += 1) {
    const view = target.access.view(target.database, name);
    if (!view) return { target: { ...target, name }, pipeline };
    if (depth === DEEPEST)
      fail(169, `View depth too deep or view cycle detected; maximum depth is ${String(DEEPEST)}`);
    name = view.viewOn;
    pipeline = [...view.pipeline, ...pipeline];
  }
}

/** The documents of a view, as data without indexes. */
export function viewData(target: Target, view: ViewDefinition): CollectionData {
  const { target: base, pipeline } = resolveView(target);
  const data = new CollectionData(`${target.database}.${target.name}`, {
    ...defaultOptions(),
    collation: view.collation,
  });
  data.indexes = [];
  data.slots = aggregate(base, pipeline, {});
  data.size = data.slots.length;
  return data;
}

/** What `createView` and `create` with `viewOn` are given. @throws MongoServerError if it is no view. */
export function viewOf(
  target: Target,
  options: Input,
  collation: ViewDefinition['collation'],
): ViewDefinition {
  const { viewOn, pipeline = [] } = options as { viewOn: unknown; pipeline?: unknown };
  if (typeof viewOn !== 'string')
    return fail(
      14,
      `BSON field 'create.viewOn' is the wrong type '${typeof viewOn}', expected type 'string'`,
    );
  if (viewOn === '') fail(2, "'viewOn' cannot be empty");
  const stages = toStored(pipeline);
  if (!Array.isArray(stages))
    return fail(
      14,
      `BSON field 'create.pipeline' is the wrong type '${typeof pipeline}', expected type 'array'`,
    );
  for (const stage of stages) {
    const name = isDoc(stage) ? Object.keys(stage)[0] : undefined;
    if (name === '$out' || name === '$merge')
      fail(167, `The aggregation stage ${name} cannot be used in a view definition`);
  }
  const checked: AggregateOptions = {};
  prepareAggregate({ ...target, name: viewOn }, stages, checked);
  return { viewOn, pipeline: stages, collation };
}

/** The documents of `system.views`. */
export function systemViews(
  database: string,
  views: ReadonlyMap<string, ViewDefinition>,
): CollectionData {
  const data = new CollectionData(`${database}.system.views`, defaultOptions());
  for (const [name, { viewOn, pipeline }] of views)
    data.insert(
      docOf([
        ['_id', `${database}.${name}`],
        ['viewOn', viewOn],
        ['pipeline', pipeline],
      ]),
    );
  return data;
}
