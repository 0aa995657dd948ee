/** Which element of an array made a filter true. */
import { pathOf, someValue } from '../values/paths.ts';
import { type Doc, isDoc, type Maybe } from '../values/types.ts';
import type { Condition } from './condition.ts';

/**
 * The index that the positional operator `$` stands for: of the first element, in the first array on
 * the path of a condition, that makes the condition true. (Manual, "$ (update)".)
 */
export function matchedIndex(filter: Condition, doc: Doc): number | undefined {
  if (filter.kind === 'document' || filter.kind === 'nor') return undefined;
  if (filter.kind !== 'field') {
    let found: number | undefined;
    for (const part of filter.conditions) {
      if (filter.kind === 'or' && !part.match(doc)) continue;
      found = matchedIndex(part, doc) ?? found;
    }
    return found;
  }
  const path = pathOf(filter.field);
  let value: Maybe = doc;
  let at = 0;
  while (isDoc(value) && at < path.length) {
    value = value[path[at]!];
    at += 1;
  }
  if (!Array.isArray(value)) return undefined;
  const rest = path.slice(at);
  const index = value.findIndex((element) =>
    rest.length === 0
      ? filter.element(element)
      : isDoc(element) && someValue(element, rest, (leaf) => filter.leaf(leaf)),
  );
  if (index >= 0) return index;
  return /^\d+$/.test(rest[0] ?? '') ? Number(rest[0]) : undefined;
}
