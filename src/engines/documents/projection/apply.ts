/** Applies projections. Fields keep the document's order; computed ones follow in the projection's. */
import type { Scope } from '../aggregate/operator.ts';
import {
  copyDoc,
  type Doc,
  Fields,
  isDoc,
  type Maybe,
  type Value,
  withoutField,
} from '../values/types.ts';
import type { ProjectionTree } from './tree.ts';

export interface ProjectionScope extends Scope {
  /** The index that the positional operator stands for. */
  matched: () => number;
}

/** Keeps the fields of the tree, and computes what it computes. */
export function include(doc: Doc, tree: ProjectionTree, scope: ProjectionScope): Doc {
  const result = new Fields();
  for (const field in doc) {
    const node = tree.children.get(field);
    if (!node) continue;
    const value = doc[field]!;
    if (node.kind === 'include') result[field] = value;
    else if (node.kind === 'tree') {
      const inner = includeInto(value, node, scope);
      if (inner !== undefined) result[field] = inner;
    } else if (node.kind === 'reshape') {
      const shaped = node.apply(value, scope);
      if (shaped !== undefined) result[field] = shaped;
    }
  }
  return compute(result, tree, scope);
}

/** Elements of an array each for itself; a value that is no document has none of the fields. */
function includeInto(value: Value, tree: ProjectionTree, scope: ProjectionScope): Maybe {
  if (isDoc(value)) return include(value, tree, scope);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item) => {
    const inner = includeInto(item, tree, scope);
    return inner === undefined ? [] : [inner];
  });
}

/** Leaves out the fields of the tree. */
export function exclude(doc: Doc, tree: ProjectionTree, scope: ProjectionScope): Doc {
  const result = new Fields();
  for (const field in doc) {
    const node = tree.children.get(field);
    const value = doc[field]!;
    if (!node) result[field] = value;
    else if (node.kind === 'tree') result[field] = excludeFrom(value, node, scope);
    else if (node.kind === 'reshape') {
      const shaped = node.apply(value, scope);
      if (shaped !== undefined) result[field] = shaped;
    }
  }
  return compute(result, tree, scope);
}

function excludeFrom(value: Value, tree: ProjectionTree, scope: ProjectionScope): Value {
  if (isDoc(value)) return exclude(value, tree, scope);
  return Array.isArray(value) ? value.map((item) => excludeFrom(item, tree, scope)) : value;
}

function computes(tree: ProjectionTree): boolean {
  for (const node of tree.children.values()) {
    if (node.kind === 'compute' || (node.kind === 'tree' && computes(node))) return true;
  }
  return false;
}

/** Sets the computed fields of the tree; a value that is missing takes the field away. */
export function compute(doc: Doc, tree: ProjectionTree, scope: Scope): Doc {
  let result = doc;
  const set = (field: string, value: Maybe) => {
    if (value === result[field]) return;
    if (value === undefined) {
      result = withoutField(result, field);
      return;
    }
    if (result === doc) result = copyDoc(doc);
    result[field] = value;
  };
  for (const [field, node] of tree.children) {
    if (node.kind === 'compute') set(field, node.evaluate(scope));
    else if (node.kind === 'tree' && computes(node))
      set(field, computeIn(result[field], node, scope));
  }
  return result;
}

function computeIn(value: Maybe, tree: ProjectionTree, scope: Scope): Value {
  if (Array.isArray(value)) return value.map((item) => computeIn(item, tree, scope));
  return compute(isDoc(value) ? value : new Fields(), tree, scope);
}
