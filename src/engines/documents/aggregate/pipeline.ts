/** Pipelines: stages in order (manual, "Aggregation Stages"). */
import { refuseAbsent } from '../absent.ts';
import { fail } from '../errors.ts';
import { isDoc, type Value } from '../values/types.ts';
import type { MakeStage, PipelineContext, Stage } from './stage.ts';
import { GROUPING } from './stages/grouping.ts';
import { JOINING } from './stages/joining.ts';
import { SHAPING } from './stages/shaping.ts';
import { WRITING } from './stages/writing.ts';

const tables = (): Readonly<Record<string, MakeStage>> => ({
  ...SHAPING,
  ...GROUPING,
  ...JOINING,
  ...WRITING,
});

/** The names of the stages there are. */
export function stageNames(): string[] {
  return Object.keys(tables());
}

/** One stage of a pipeline: its name and what it is given. @throws MongoServerError. */
export function stageOf(stage: Value): { name: string; spec: Value } {
  if (!isDoc(stage)) return fail(14, "Each element of the 'pipeline' array must be an object");
  const names = Object.keys(stage);
  if (names.length !== 1) {
    return fail(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  const name = names[0]!;
  return { name, spec: stage[name]! };
}

/** Compiles a pipeline. @throws MongoServerError if a stage is not well formed. */
export function compilePipeline(pipeline: readonly Value[], context: PipelineContext): Stage {
  const known = tables();
  const stages = pipeline.map((stage, i) => {
    const { name, spec } = stageOf(stage);
    if (!Object.hasOwn(known, name)) {
      refuseAbsent('stage', name);
      fail(40324, `Unrecognized pipeline stage name: '${name}'`);
    }
    if (['$out', '$merge'].includes(name) && i !== pipeline.length - 1) {
      fail(40601, `${name} can only be the final stage in the pipeline`);
    }
    return known[name]!(spec, context);
  });
  return (docs) => stages.reduce((result, run) => run(result), docs);
}
