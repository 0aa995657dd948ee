/** Stages that look at one document at a time: `$match`, `$project`, `$addFields`, `$unwind`, … */
import { fail } from '../../errors.ts';
import { parseAddFields, parseProjection, parseUnset } from '../../projection/projection.ts';
import { parseFilter } from '../../query/parse.ts';
import { truthy } from '../../query/field-operators.ts';
import { fieldPath, get, setAt } from '../../values/paths.ts';
import { describe } from '../../values/describe.ts';
import { isIntegral, toNumber } from '../../values/numbers.ts';
import {
  type Doc,
  docOf,
  isDoc,
  isNumeric,
  Long,
  type Maybe,
  typeOf,
  type Value,
  withoutField,
} from '../../values/types.ts';
import { compileExpression, inContext } from '../expression.ts';
import type { MakeStage, Stage } from '../stage.ts';

const $match: MakeStage = (spec, context) => {
  if (!isDoc(spec)) return fail(15959, 'the match filter must be an expression in an object');
  const { match } = parseFilter(spec, context);
  return (docs) => docs.filter(match);
};

const $project: MakeStage = (spec, context) => {
  if (!isDoc(spec)) return fail(15969, '$project specification must be an object');
  if (Object.keys(spec).length === 0) {
    fail(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  }
  const projection = inContext('Invalid $project', () => parseProjection(spec, context));
  return (docs) => docs.map((doc) => projection.apply(doc));
};

function addFields(name: string): MakeStage {
  return (spec, context) => {
    if (!isDoc(spec))
      return fail(40272, `${name} specification stage must be an object, got ${typeOf(spec)}`);
    const apply = inContext(`Invalid ${name}`, () => parseAddFields(spec, context));
    return (docs) => docs.map(apply);
  };
}

const $unset: MakeStage = (spec) => {
  const fields = Array.isArray(spec) ? spec : [spec];
  const names = fields.map((field) =>
    typeof field === 'string' && field !== ''
      ? field
      : fail(
          31002,
          '$unset specification must be a string or an array containing only string values',
        ),
  );
  const apply = inContext('Invalid $unset', () => parseUnset(names));
  return (docs) => docs.map(apply);
};

function replaceRoot(name: '$replaceRoot' | '$replaceWith'): MakeStage {
  return (spec, context) => {
    let newRoot = spec;
    if (name === '$replaceRoot') {
      if (!isDoc(spec))
        return fail(
          40229,
          `expected an object as specification for $replaceRoot stage, got ${typeOf(spec)}`,
        );
      newRoot = spec.newRoot ?? fail(40231, 'no newRoot specified for the $replaceRoot stage');
    }
    const expression = compileExpression(newRoot, context);
    return (docs) =>
      docs.map((doc) => {
        const root = expression.evaluate(doc);
        if (isDoc(root!)) return root;
        const what = name === '$replaceRoot' ? "'newRoot' expression " : "'replacement document' ";
        return fail(
          40228,
          `${what} must evaluate to an object, but resulting value was: ${describe(root)}. Type of resulting value: '${typeOf(root)}'. Input document: ${describe(doc)}`,
        );
      });
  };
}

export function countOf(spec: Value, stage: string, least: number): number {
  if (!isNumeric(spec) || !isIntegral(spec)) {
    return fail(
      5107201,
      `invalid argument to ${stage} stage: Expected a number in: ${stage}: ${describe(spec)}`,
    );
  }
  const n = toNumber(spec);
  if (n < 0)
    fail(
      5107201,
      `invalid argument to ${stage} stage: Expected a non-negative number in: ${stage}: ${describe(spec)}`,
    );
  if (n < least) fail(15958, 'the limit must be positive');
  return n;
}

interface Unwind {
  path: readonly string[];
  index: string | null;
  keepEmpty: boolean;
}

function parseUnwind(spec: Value): Unwind {
  const given = isDoc(spec) ? spec : null;
  for (const field in given ?? {}) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(field)) {
      fail(28811, `unrecognized option to $unwind stage: ${field}`);
    }
  }
  const path = given ? given.path : spec;
  if (path === undefined) fail(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string') {
    return fail(28808, `expected a string as the path for $unwind stage, got ${typeOf(path)}`);
  }
  if (!path.startsWith('$'))
    fail(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const index: Maybe = given?.includeArrayIndex;
  if (index !== undefined && typeof index !== 'string') {
    return fail(
      28810,
      `expected a non-empty string for the includeArrayIndex option to $unwind stage, got ${typeOf(index)}`,
    );
  }
  return {
    path: fieldPath(path.slice(1)),
    index: index ?? null,
    keepEmpty: truthy(given?.preserveNullAndEmptyArrays),
  };
}

const $unwind: MakeStage = (spec) => {
  const { path, index, keepEmpty } = parseUnwind(spec);
  const counted = index === null ? [] : fieldPath(index);
  const numbered = (doc: Doc, n: number | null) => {
    if (index === null) return doc;
    return setAt(doc, counted, n === null ? null : Long.fromNumber(n));
  };
  const unwind = (doc: Doc): Doc[] => {
    const value = get(doc, path);
    if (Array.isArray(value)) {
      if (value.length > 0) return value.map((item, i) => numbered(setAt(doc, path, item), i));
      return keepEmpty ? [numbered(removeAt(doc, path), null)] : [];
    }
    if (value === undefined || value === null) return keepEmpty ? [numbered(doc, null)] : [];
    return [numbered(doc, null)];
  };
  return (docs) => docs.flatMap(unwind);
};

function removeAt(doc: Doc, path: readonly string[]): Doc {
  const parent = path.length === 1 ? doc : get(doc, path.slice(0, -1));
  if (!isDoc(parent!)) return doc;
  const without = withoutField(parent, path.at(-1)!);
  return path.length === 1 ? without : setAt(doc, path.slice(0, -1), without);
}

const $count: MakeStage = (spec) => {
  if (typeof spec !== 'string' || spec === '')
    return fail(40156, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) fail(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('.')) fail(40160, "the count field cannot contain '.'");
  return (docs) => (docs.length ? [docOf([[spec, docs.length]])] : []);
};

const $sample: MakeStage = (spec) => {
  if (!isDoc(spec)) return fail(28745, 'the $sample stage specification must be an object');
  const size = countOf(spec.size ?? fail(28749, '$sample stage must specify a size'), '$sample', 0);
  return (docs) => {
    const pool = docs.slice();
    const count = Math.min(size, pool.length);
    for (let i = 0; i < count; i += 1) {
      const other = i + Math.floor(Math.random() * (pool.length - i));
      [pool[i], pool[other]] = [pool[other]!, pool[i]!];
    }
    return pool.slice(0, count);
  };
};

const slice =
  (stage: '$limit' | '$skip'): MakeStage =>
  (spec): Stage => {
    const n = countOf(spec, stage, stage === '$limit' ? 1 : 0);
    return (docs) => (stage === '$limit' ? docs.slice(0, n) : docs.slice(n));
  };

export const SHAPING: Readonly<Record<string, MakeStage>> = {
  $match,
  $project,
  $addFields: addFields('$addFields'),
  $set: addFields('$set'),
  $unset: $unset,
  $replaceRoot: replaceRoot('$replaceRoot'),
  $replaceWith: replaceRoot('$replaceWith'),
  $unwind,
  $count,
  $limit: slice('$limit'),
  $skip: slice('$skip'),
  $sample,
};
