/**
 * Updates: documents of operators, pipelines, replacements. Parsed once, applied to each document;
 * the stored document is never changed, a new one comes of it.
 */
import { compilePipelineUpdate } from '../aggregate/pipeline-update.ts';
import { refuseAbsent } from '../absent.ts';
import { fail } from '../errors.ts';
import type { Condition, FilterContext } from '../query/condition.ts';
import { matchedIndex } from '../query/matched-index.ts';
import { compare, equal } from '../values/compare.ts';
import { describe } from '../values/describe.ts';
import { get, isIndex, pathOf } from '../values/paths.ts';
import { type Doc, docOf, isDoc, type Value } from '../values/types.ts';
import { parseArrayFilters } from './array-filters.ts';
import { FIELD_UPDATE_OPERATORS } from './operators.ts';
import { applyChange, type Change, type Positions } from './path.ts';

export interface Update {
  kind: 'operators' | 'pipeline' | 'replacement';
  /**
   * The document as it shall be.
   *
   * @param inserting whether the document is one that an upsert makes.
   * @throws MongoServerError if an operator does not fit the document.
   */
  apply(doc: Doc, inserting: boolean): Doc;
}

interface Operation {
  operator: string;
  path: readonly string[];
  change: (doc: Doc, positions: Positions) => Doc;
  onlyOnInsert: boolean;
}

/** Parses an update. @throws MongoServerError if it is not well formed. */
export function parseUpdate(
  update: Value,
  filter: Condition,
  arrayFilters: readonly Doc[],
  context: FilterContext,
): Update {
  if (Array.isArray(update)) {
    const apply = compilePipelineUpdate(update, context);
    return { kind: 'pipeline', apply: (doc) => keepId(doc, apply(doc)) };
  }
  if (!isDoc(update)) return fail(9, `Update argument must be either an object or an array`);
  if (!Object.keys(update).some((name) => name.startsWith('$'))) {
    return { kind: 'replacement', apply: (doc) => replace(doc, update) };
  }
  return parseOperators(update, filter, arrayFilters, context);
}

/** A replacement keeps the document's `_id`. */
function replace(doc: Doc, replacement: Doc): Doc {
  const id = replacement._id === undefined ? doc._id : replacement._id;
  const rest = Object.keys(replacement).filter((field) => field !== '_id');
  const fields = rest.map((field) => [field, replacement[field]!] as const);
  return keepId(doc, docOf(id === undefined ? fields : [['_id', id], ...fields]));
}

function keepId(old: Doc, doc: Doc): Doc {
  if (old._id !== undefined && doc._id === undefined) {
    return docOf([
      ['_id', old._id],
      ...Object.keys(doc).map((field) => [field, doc[field]!] as const),
    ]);
  }
  if (old._id !== undefined && !equal(old._id, doc._id)) {
    fail(
      66,
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${describe(doc._id)}`,
    );
  }
  return doc;
}

function parseOperators(
  update: Doc,
  filter: Condition,
  arrayFilters: readonly Doc[],
  context: FilterContext,
): Update {
  const operations: Operation[] = [];
  for (const operator in update) {
    const operand = update[operator]!;
    if (
      !Object.hasOwn(FIELD_UPDATE_OPERATORS, operator) &&
      !['$rename', '$setOnInsert'].includes(operator)
    ) {
      refuseAbsent('update', operator);
      fail(
        9,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(operand)) {
      return fail(
        9,
        `Modifiers operate on fields but we found type ${describeType(operand)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${describe(operand)}}`,
      );
    }
    for (const path in operand)
      operations.push(...parseOperation(operator, path, operand[path]!, context));
  }
  refuseConflicts(operations);
  // New fields come in the order of their names, not of the update (manual, "Update Operators Behavior").
  operations.sort((a, b) => comparePaths(a.path, b.path));
  const filters = parseArrayFilters(
    arrayFilters,
    operations.map(({ path }) => path),
    update,
    context,
  );
  return {
    kind: 'operators',
    apply: (doc, inserting) => {
      const positions: Positions = {
        matched: () =>
          matchedIndex(filter, doc) ??
          fail(2, 'The positional operator did not find the match needed from the query.'),
        filter: filters,
      };
      return operations.reduce(
        (result, operation) =>
          operation.onlyOnInsert && !inserting ? result : operation.change(result, positions),
        doc,
      );
    },
  };
}

function describeType(value: Value): string {
  return Array.isArray(value)
    ? 'array'
    : value === null
      ? 'null'
      : typeof value === 'number'
        ? 'int'
        : typeof value;
}

function checkPath(path: string, operator: string): readonly string[] {
  if (path === '') fail(56, 'An empty update path is not valid.');
  const parts = pathOf(path);
  for (const part of parts) {
    if (part === '')
      fail(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
    if (part.startsWith('$') && part !== '$' && !/^\$\[[a-zA-Z0-9]*\]$/.test(part)) {
      fail(
        52,
        `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
  if (parts[0]!.startsWith('$')) {
    fail(2, `Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
  }
  if (parts[0] === '_id' && operator !== '$setOnInsert' && operator !== '$set') refuseId(path);
  return parts;
}

function refuseId(path: string): never {
  return fail(
    66,
    `Performing an update on the path '${path}' would modify the immutable field '_id'`,
  );
}

function parseOperation(
  operator: string,
  path: string,
  operand: Value,
  context: FilterContext,
): Operation[] {
  const parts = checkPath(path, operator);
  if (operator === '$rename') return parseRename(path, parts, operand);
  const onlyOnInsert = operator === '$setOnInsert';
  const definition = FIELD_UPDATE_OPERATORS[onlyOnInsert ? '$set' : operator]!;
  const apply = definition.make({ operand, path, context });
  return [
    {
      operator,
      path: parts,
      onlyOnInsert,
      change: (doc, positions) => {
        const change: Change = {
          path: parts,
          creates: definition.creates,
          apply: (old) => apply(old, doc),
        };
        const changed = applyChange(doc, change, positions);
        if (parts[0] === '_id' && doc._id !== undefined && !equal(doc._id, changed._id))
          refuseId(path);
        return changed;
      },
    },
  ];
}

function parseRename(from: string, fromPath: readonly string[], operand: Value): Operation[] {
  if (typeof operand !== 'string') {
    return fail(2, `The 'to' field for $rename must be a string: ${from}: ${describe(operand)}`);
  }
  const toPath = checkPath(operand, '$rename');
  if (from === operand)
    fail(2, `The source and target field for $rename must differ: ${from}: "${operand}"`);
  if ([...fromPath, ...toPath].some((part) => part.startsWith('$'))) {
    fail(2, `The source field for $rename may not be dynamic: ${from}`);
  }
  const none: Positions = { matched: () => fail(2, ''), filter: () => fail(2, '') };
  const onEnds = (doc: Doc, path: readonly string[], end: 'source' | 'destination') => {
    for (let i = 1; i < path.length; i += 1) {
      if (Array.isArray(get(doc, path.slice(0, i)))) {
        fail(
          2,
          `The ${end} field cannot be an array element, '${path.join('.')}' in doc with _id: ${describe(doc._id)} has an array field called '${path[i - 1]!}'`,
        );
      }
    }
  };
  return [
    {
      operator: '$rename',
      path: toPath,
      onlyOnInsert: false,
      change: (doc) => {
        onEnds(doc, fromPath, 'source');
        const value = get(doc, fromPath);
        if (value === undefined) return doc;
        onEnds(doc, toPath, 'destination');
        const removed = applyChange(
          doc,
          { path: fromPath, creates: false, apply: () => undefined },
          none,
        );
        // The new field goes to the end, even over an old one of that name.
        const cleared = applyChange(
          removed,
          { path: toPath, creates: false, apply: () => undefined },
          none,
        );
        return applyChange(cleared, { path: toPath, creates: true, apply: () => value }, none);
      },
    },
    { operator: '$rename', path: fromPath, onlyOnInsert: false, change: (doc) => doc },
  ];
}

/** Two operators on one path, or on a path and a part of it. */
function refuseConflicts(operations: Operation[]): void {
  operations.forEach(({ path }, i) => {
    for (const other of operations.slice(0, i)) {
      const shorter = Math.min(path.length, other.path.length);
      if (path.slice(0, shorter).every((part, k) => part === other.path[k])) {
        fail(
          40,
          `Updating the path '${path.join('.')}' would create a conflict at '${path.slice(0, shorter).join('.')}'`,
        );
      }
    }
  });
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [x, y] = [a[i]!, b[i]!];
    if (x === y) continue;
    return isIndex(x) && isIndex(y) ? Number(x) - Number(y) : compare(x, y);
  }
  return a.length - b.length;
}
