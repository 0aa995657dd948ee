/** Updates that are pipelines (manual, "Updates with Aggregation Pipeline"). */
import { fail } from '../errors.ts';
import type { FilterContext } from '../query/condition.ts';
import type { Doc, Value } from '../values/types.ts';
import { compilePipeline, stageOf } from './pipeline.ts';
import type { PipelineContext } from './stage.ts';

const ALLOWED = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'];

/** A pipeline of one document. @throws MongoServerError if a stage is not allowed in updates. */
export function compilePipelineUpdate(
  pipeline: readonly Value[],
  context: FilterContext,
): (doc: Doc) => Doc {
  for (const stage of pipeline) {
    const { name } = stageOf(stage);
    if (!ALLOWED.includes(name)) fail(72, `${name} is not allowed to be used within an update`);
  }
  const run = compilePipeline(pipeline, isolated(context));
  return (doc) => run([doc])[0]!;
}

/** A context that reaches no other collection: no stage that is allowed here asks for one. */
export function isolated(context: FilterContext): PipelineContext {
  const refuse = (): never => fail(20, 'This cannot reach other collections');
  return {
    ...context,
    collection: refuse,
    lookup: refuse,
    replaceCollection: refuse,
    merge: { requireUnique: refuse, find: refuse, insert: refuse, replace: refuse },
  };
}
