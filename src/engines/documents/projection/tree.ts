/** What a projection does with each field: a tree along the dotted paths. */
import { fail } from '../errors.ts';
import { fieldPath } from '../values/paths.ts';
import type { Evaluator } from '../aggregate/operator.ts';
import type { Maybe } from '../values/types.ts';

export type ProjectionNode =
  | { kind: 'include' }
  | { kind: 'exclude' }
  /** A new value, from an expression over the whole document. */
  | { kind: 'compute'; evaluate: Evaluator }
  /** Another form of the array that is there: `$slice`, `$elemMatch`, the positional `$`. */
  | { kind: 'reshape'; apply: (value: Maybe, context: { matched: () => number }) => Maybe }
  | ProjectionTree;

export interface ProjectionTree {
  kind: 'tree';
  children: Map<string, ProjectionNode>;
}

export function tree(): ProjectionTree {
  return { kind: 'tree', children: new Map() };
}

/** Puts a node at a path. @throws MongoServerError if another path is in the way. */
export function place(root: ProjectionTree, dotted: string, node: ProjectionNode): void {
  const path = fieldPath(dotted);
  let at = root;
  for (const [i, part] of path.entries()) {
    const existing = at.children.get(part);
    if (i === path.length - 1) {
      if (existing) fail(31250, `Path collision at ${dotted}`);
      at.children.set(part, node);
      return;
    }
    if (existing && existing.kind !== 'tree') {
      fail(31249, `Path collision at ${dotted} remaining portion ${path.slice(i + 1).join('.')}`);
    }
    const next = (existing as ProjectionTree | undefined) ?? tree();
    at.children.set(part, next);
    at = next;
  }
}
