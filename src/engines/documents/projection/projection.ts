/**
 * Projections (manual, "Project Fields to Return from Query" and "$project"): inclusion, exclusion,
 * `$slice`, `$elemMatch`, the positional `$`, and expressions.
 */
import { compileEvaluator, type ExpressionContext } from '../aggregate/expression.ts';
import { fail } from '../errors.ts';
import { type Condition, type FilterContext } from '../query/condition.ts';
import { truthy } from '../query/field-operators.ts';
import { elemMatch } from '../query/parse.ts';
import { matchedIndex } from '../query/matched-index.ts';
import { isIntegral, toNumber } from '../values/numbers.ts';
import { type Doc, isDoc, isNumeric, type Maybe, type Value } from '../values/types.ts';
import { compute, exclude, include, type ProjectionScope } from './apply.ts';
import { place, type ProjectionNode, type ProjectionTree, tree } from './tree.ts';

export interface Projection {
  apply(doc: Doc): Doc;
  /** The top-level fields of an inclusion, if it is nothing else: what a covering index must hold. */
  fields: string[] | null;
}

/** The filter the documents were found with: the positional operator asks it. */
export interface FindProjection {
  kind: 'find';
  filter: Condition;
}

interface Parsing {
  root: ProjectionTree;
  context: FilterContext;
  find: FindProjection | null;
  mode: 'inclusion' | 'exclusion' | null;
  /** The field that set the mode is not needed: the server names the one that breaks it. */
  id: boolean | null;
  plain: boolean;
}

/** Parses a projection, of `find` or of `$project`. @throws MongoServerError as the server does. */
export function parseProjection(
  spec: Doc,
  context: FilterContext,
  find: FindProjection | null = null,
): Projection {
  const parsing: Parsing = { root: tree(), context, find, mode: null, id: null, plain: true };
  parseInto(parsing, spec, '');
  const { root, mode, id } = parsing;
  const inclusion = mode === null ? id === true : mode === 'inclusion';
  if (inclusion && id !== false && !root.children.has('_id')) {
    root.children.set('_id', { kind: 'include' });
  }
  if (inclusion && id === false) root.children.delete('_id');
  if (!inclusion && id === false) root.children.set('_id', { kind: 'exclude' });
  if (!inclusion && id === true) root.children.delete('_id');
  const run = inclusion ? include : exclude;
  return {
    apply: (doc) => run(doc, root, scopeOf(doc, find)),
    fields: inclusion && parsing.plain ? [...root.children.keys()] : null,
  };
}

function scopeOf(doc: Doc, find: FindProjection | null): ProjectionScope {
  return {
    root: doc,
    variables: null,
    matched: () => {
      const index = find ? matchedIndex(find.filter, doc) : undefined;
      return (
        index ??
        fail(51246, "positional operator '.$' couldn't find a matching element in the array")
      );
    },
  };
}

function parseInto(parsing: Parsing, spec: Doc, prefix: string): void {
  for (const name in spec) {
    const value = spec[name]!;
    const path = prefix + name;
    if (name.startsWith('$')) {
      fail(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
    if (parsing.find && (path.endsWith('.$') || path === '$')) parsePositional(parsing, path);
    else if (isNumeric(value) || typeof value === 'boolean')
      parseFlag(parsing, path, truthy(value));
    else parseValue(parsing, path, value);
  }
}

function parseFlag(parsing: Parsing, path: string, kept: boolean): void {
  if (path === '_id') {
    parsing.id = kept;
    return;
  }
  setMode(parsing, kept ? 'inclusion' : 'exclusion', path);
  if (path.includes('.')) parsing.plain = false;
  place(parsing.root, path, { kind: kept ? 'include' : 'exclude' });
}

function setMode(parsing: Parsing, mode: 'inclusion' | 'exclusion', path: string): void {
  if (parsing.mode && parsing.mode !== mode) {
    if (mode === 'exclusion')
      fail(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    fail(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  }
  parsing.mode = mode;
}

function parseValue(parsing: Parsing, path: string, value: Value): void {
  const operator = isDoc(value) ? Object.keys(value)[0] : undefined;
  parsing.plain = false;
  if (isDoc(value) && !operator?.startsWith('$')) {
    if (operator === undefined)
      fail(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    parseInto(parsing, value, `${path}.`);
    return;
  }
  if (parsing.find && isDoc(value) && operator === '$slice') {
    place(parsing.root, path, slice(value.$slice!));
    return;
  }
  if (parsing.find && isDoc(value) && operator === '$elemMatch') {
    if (path.includes('.')) fail(31275, 'Cannot use $elemMatch projection on a nested field.');
    setMode(parsing, 'inclusion', path);
    place(parsing.root, path, elemMatchNode(value.$elemMatch!, parsing.context));
    return;
  }
  if (parsing.find && operator === '$meta') {
    // Beside it, a document keeps all its fields.
    place(parsing.root, path, {
      kind: 'compute',
      evaluate: compileEvaluator(value, parsing.context),
    });
    return;
  }
  if (path === '_id') parsing.id = true;
  else if (parsing.mode === 'exclusion') {
    fail(31252, 'Cannot use expression other than $slice in exclusion projection');
  } else setMode(parsing, 'inclusion', path);
  const evaluate = compileEvaluator(value, parsing.context);
  place(parsing.root, path, { kind: 'compute', evaluate });
}

function parsePositional(parsing: Parsing, path: string): void {
  const field = path.slice(0, -2);
  setMode(parsing, 'inclusion', path);
  parsing.plain = false;
  place(parsing.root, field, {
    kind: 'reshape',
    apply: (value, { matched }) => {
      if (!Array.isArray(value)) return value;
      const item = value[matched()];
      return item === undefined ? [] : [item];
    },
  });
}

function elemMatchNode(operand: Value, context: FilterContext): ProjectionNode {
  const [, element] = elemMatch(operand, context);
  return {
    kind: 'reshape',
    apply: (value) => {
      const found = Array.isArray(value) ? value.find(element) : undefined;
      return found === undefined ? undefined : [found];
    },
  };
}

function slice(operand: Value): ProjectionNode {
  const [first, second] = Array.isArray(operand) ? operand : [operand];
  const integer = (value: Maybe): number => {
    if (!isNumeric(value) || !isIntegral(value))
      fail(
        28667,
        'Invalid $slice syntax. The given syntax { $slice: ... } did not match the find() syntax because :: $slice only supports numbers and [skip, limit] arrays',
      );
    return toNumber(value);
  };
  const count = integer(first);
  const limit = second === undefined ? null : integer(second);
  if (limit !== null && limit <= 0)
    fail(28724, 'First argument to $slice must be an array, but is of type: int');
  return {
    kind: 'reshape',
    apply: (value) => {
      if (!Array.isArray(value)) return value;
      if (limit === null) return count >= 0 ? value.slice(0, count) : value.slice(count);
      const start = count < 0 ? Math.max(0, value.length + count) : count;
      return value.slice(start, start + limit);
    },
  };
}

/** `$addFields` and `$set`: every field is computed, the rest stays as it is. */
export function parseAddFields(spec: Doc, context: ExpressionContext): (doc: Doc) => Doc {
  const root = tree();
  const parse = (fields: Doc, prefix: string) => {
    for (const name in fields) {
      if (name.startsWith('$'))
        fail(
          16410,
          `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
        );
      const value = fields[name]!;
      const path = prefix + name;
      const operator = isDoc(value) ? Object.keys(value)[0] : undefined;
      if (isDoc(value) && operator !== undefined && !operator.startsWith('$'))
        parse(value, `${path}.`);
      else place(root, path, { kind: 'compute', evaluate: compileEvaluator(value, context) });
    }
  };
  parse(spec, '');
  return (doc) => compute(doc, root, { root: doc, variables: null });
}

/** `$unset`: leaves out the fields. */
export function parseUnset(fields: readonly string[]): (doc: Doc) => Doc {
  const root = tree();
  for (const field of fields) place(root, field, { kind: 'exclude' });
  return (doc) => exclude(doc, root, scopeOf(doc, null));
}
