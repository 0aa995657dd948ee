/** Stages that read other collections: `$lookup`, `$unionWith`; and `$facet`. */
import { fail } from '../../errors.ts';
import { describe } from '../../values/describe.ts';
import { fieldPath, getMapped, pathOf, setAt } from '../../values/paths.ts';
import { type Doc, docOf, isDoc, type Maybe, typeOf, type Value } from '../../values/types.ts';
import { compileEvaluator } from '../expression.ts';
import { compilePipeline } from '../pipeline.ts';
import type { MakeStage, PipelineContext, Stage } from '../stage.ts';

/** A field that has to be text. */
export function text(spec: Doc, name: string, stage: string): string {
  const value = spec[name];
  if (typeof value === 'string') return value;
  return fail(
    9,
    value === undefined
      ? `must specify '${name}' field for a ${stage}`
      : `${stage} argument '${name}: ${describe(value)}' must be a string, is type ${typeOf(value)}`,
  );
}

/** Values a document is joined by: the elements of an array count each for itself. */
export function joinValues(doc: Doc, field: string): Value[] {
  const value = getMapped(doc, pathOf(field));
  if (Array.isArray(value)) return value;
  return [value ?? null];
}

const $lookup: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    return fail(9, `the $lookup stage specification must be an object, but found ${typeOf(spec)}`);
  for (const field in spec) {
    if (!['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'].includes(field))
      fail(9, `unknown argument to $lookup: ${field}`);
  }
  const from = bringsDocuments(spec.pipeline) ? '' : text(spec, 'from', '$lookup');
  const as = fieldPath(text(spec, 'as', '$lookup'));
  const { localField, foreignField, pipeline } = spec;
  if ((localField === undefined) !== (foreignField === undefined)) {
    fail(9, "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  }
  if (localField === undefined && pipeline === undefined) {
    fail(
      9,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  const local = localField === undefined ? null : text(spec, 'localField', '$lookup');
  const foreign = foreignField === undefined ? null : text(spec, 'foreignField', '$lookup');
  for (const field of [local, foreign]) if (field !== null) fieldPath(field);
  const run = pipeline === undefined ? null : subPipeline(pipeline, spec.let, context, '$lookup');
  return (docs) => {
    const find = foreign === null ? null : context.lookup(from, foreign);
    const all = find || from === '' ? [] : context.collection(from);
    return docs.map((doc) => {
      const joined = find && local !== null ? distinctDocs(joinValues(doc, local).map(find)) : all;
      return setAt(doc, as, run ? run(doc, joined) : joined);
    });
  };
};

function distinctDocs(lists: Doc[][]): Doc[] {
  return lists.length === 1 ? lists[0]! : [...new Set(lists.flat())];
}

/** A pipeline that is run for each document, with variables of that document. */
function subPipeline(
  pipeline: Value,
  variables: Maybe,
  context: PipelineContext,
  stage: string,
): (doc: Doc, docs: Doc[]) => Doc[] {
  if (!Array.isArray(pipeline)) return fail(14, `${stage} 'pipeline' option must be an array`);
  const names = isDoc(variables!) ? Object.keys(variables) : [];
  const values = names.map((name) => compileEvaluator((variables as Doc)[name]!, context));
  const compileFor = (doc: Doc | null) => {
    const bound = Object.fromEntries(
      names.map((name, i) => [name, doc ? values[i]!({ root: doc, variables: null }) : null]),
      // A variable may be missing, as a field may.
    ) as Record<string, Value>;
    return compilePipeline(pipeline, { ...context, variables: { ...context.variables, ...bound } });
  };
  const checked = compileFor(null);
  return (doc, docs) => (names.length === 0 ? checked(docs) : compileFor(doc)(docs));
}

/** Whether a pipeline brings its documents along, and needs no collection. */
function bringsDocuments(pipeline: Maybe): boolean {
  const first = Array.isArray(pipeline) ? pipeline[0] : undefined;
  return isDoc(first) && first.$documents !== undefined;
}

const $unionWith: MakeStage = (spec, context) => {
  if (typeof spec !== 'string' && !isDoc(spec))
    return fail(
      9,
      `the $unionWith stage specification must be an object or string, but found ${typeOf(spec)}`,
    );
  const pipeline = isDoc(spec) ? spec.pipeline : undefined;
  const alone = isDoc(spec) && spec.coll === undefined && bringsDocuments(pipeline);
  const name = typeof spec === 'string' ? spec : alone ? null : text(spec, 'coll', '$unionWith');
  const run =
    pipeline === undefined ? null : subPipeline(pipeline, undefined, context, '$unionWith');
  return (docs) => {
    const others = name === null ? [] : context.collection(name);
    return [...docs, ...(run ? run(docOf([]), others) : others)];
  };
};

const $facet: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    return fail(
      40169,
      `the $facet specification must be a non-empty object, but found: ${describe(spec)}`,
    );
  const facets = Object.keys(spec).map((name): [string, Stage] => {
    const pipeline = spec[name]!;
    if (!Array.isArray(pipeline))
      return fail(40170, `arguments to $facet must be arrays, ${name} is type ${typeOf(pipeline)}`);
    for (const stage of pipeline) {
      const stageName = isDoc(stage) ? Object.keys(stage)[0] : undefined;
      if (['$facet', '$out', '$merge'].includes(stageName ?? ''))
        fail(40600, `${stageName!} is not allowed to be used within a $facet stage`);
    }
    return [name, compilePipeline(pipeline, context)];
  });
  if (facets.length === 0)
    fail(40169, 'the $facet specification must be a non-empty object, but found: {}');
  return (docs) => [docOf(facets.map(([name, run]) => [name, run(docs)] as const))];
};

export const JOINING: Readonly<Record<string, MakeStage>> = {
  $lookup,
  $unionWith,
  $facet,
};
