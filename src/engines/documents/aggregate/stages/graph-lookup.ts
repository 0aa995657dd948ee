/** `$graphLookup` (manual): follows references from document to document. */
import { fail } from '../../errors.ts';
import { parseFilter } from '../../query/parse.ts';
import { describe } from '../../values/describe.ts';
import { hashKey } from '../../values/hash.ts';
import { isIntegral, toNumber } from '../../values/numbers.ts';
import { fieldPath, pathOf, setAt } from '../../values/paths.ts';
import {
  type Doc,
  isDoc,
  isNumeric,
  Long,
  type Maybe,
  typeOf,
  type Value,
} from '../../values/types.ts';
import { compileEvaluator } from '../expression.ts';
import type { MakeStage } from '../stage.ts';
import { joinValues, text } from './joining.ts';

/** The path of a field, as written. */
function fieldText(spec: Doc, name: string): string {
  const field = text(spec, name, '$graphLookup');
  fieldPath(field);
  return field;
}

interface GraphLookup {
  from: string;
  as: readonly string[];
  connectTo: string;
  connectFrom: string;
  maxDepth: number;
  depthField: string | null;
}

const $graphLookup: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    return fail(
      40327,
      `the $graphLookup stage specification must be an object, but found ${typeOf(spec)}`,
    );
  const depth = spec.maxDepth;
  if (depth !== undefined && (!isNumeric(depth) || !isIntegral(depth) || toNumber(depth) < 0)) {
    fail(40101, `maxDepth requires a nonnegative argument, found: ${describe(depth)}`);
  }
  const options: GraphLookup = {
    from: text(spec, 'from', '$graphLookup'),
    as: fieldPath(text(spec, 'as', '$graphLookup')),
    connectTo: fieldText(spec, 'connectToField'),
    connectFrom: fieldText(spec, 'connectFromField'),
    maxDepth: depth === undefined ? Infinity : toNumber(depth as number),
    depthField: spec.depthField === undefined ? null : fieldText(spec, 'depthField'),
  };
  const start = compileEvaluator(
    spec.startWith ?? fail(40105, "must specify 'startWith' field for a $graphLookup"),
    context,
  );
  const restrict = isDoc(spec.restrictSearchWithMatch!)
    ? parseFilter(spec.restrictSearchWithMatch, context).match
    : () => true;
  return (docs) => {
    const find = context.lookup(options.from, options.connectTo);
    return docs.map((doc) =>
      setAt(doc, options.as, walk(start({ root: doc, variables: null }), find, restrict, options)),
    );
  };
};

/** Breadth first, each document once. */
function walk(
  start: Maybe,
  find: (value: Value) => Doc[],
  restrict: (doc: Doc) => boolean,
  { connectFrom, maxDepth, depthField }: GraphLookup,
): Doc[] {
  const found = new Map<unknown, Doc>();
  let frontier: Value[] = Array.isArray(start) ? start : start === undefined ? [] : [start];
  for (let depth = 0; depth <= maxDepth && frontier.length > 0; depth += 1) {
    const next: Value[] = [];
    for (const value of frontier) {
      for (const doc of find(value)) {
        const key = hashKey(doc._id);
        if (found.has(key) || !restrict(doc)) continue;
        found.set(
          key,
          depthField === null ? doc : setAt(doc, pathOf(depthField), Long.fromNumber(depth)),
        );
        next.push(...joinValues(doc, connectFrom).filter((item) => item !== null));
      }
    }
    frontier = next;
  }
  return [...found.values()];
}

export const GRAPH_LOOKUP: Readonly<Record<string, MakeStage>> = { $graphLookup };
