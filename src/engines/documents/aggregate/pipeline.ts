/** Pipelines: stages in order (manual, "Aggregation Stages"). */
import { refuseAbsent } from '../absent.ts';
import { fail } from '../errors.ts';
import { isDoc, type Value } from '../values/types.ts';
import { comesLater } from '../parts/brought.ts';
import { LATER } from '../parts/names.ts';
import type { MakeStage, PipelineContext, Stage } from './stage.ts';
import { GROUPING } from './stages/grouping.ts';
import { JOINING } from './stages/joining.ts';
import { SHAPING } from './stages/shaping.ts';

/** What rarely used parts have brought along. */
const added: Record<string, MakeStage> = {};

/** Makes further stages known. */
export function addStages(stages: Readonly<Record<string, MakeStage>>): void {
  Object.assign(added, stages);
}

const tables = (): Readonly<Record<string, MakeStage>> => ({
  ...SHAPING,
  ...GROUPING,
  ...JOINING,
  ...added,
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
    if (LATER.has(name) && !Object.hasOwn(known, name)) comesLater(name);
    if (!Object.hasOwn(known, name)) {
      refuseAbsent('stage', name);
      fail(40324, `Unrecognized pipeline stage name: '${name}'`);
    }
    if (i > 0 && name === '$match' && isDoc(spec) && spec.$text !== undefined)
      fail(17313, '$match with $text is only allowed as the first pipeline stage');
    if (i > 0 && name === '$documents')
      fail(40602, '$documents is only valid as the first stage in a pipeline.');
    if (['$out', '$merge'].includes(name) && i !== pipeline.length - 1) {
      fail(40601, `${name} can only be the final stage in the pipeline`);
    }
    return known[name]!(spec, context);
  });
  return (docs) => stages.reduce((result, run) => run(result), docs);
}
