/** Applies a change at a path of an update, positional parts included. */
import { fail } from '../errors.ts';
import { describe } from '../values/describe.ts';
import { isIndex } from '../values/paths.ts';
import {
  copyDoc,
  type Doc,
  Fields,
  isDoc,
  type Maybe,
  type Value,
  withoutField,
} from '../values/types.ts';

/** A change of one value. `undefined` in: there is none; `undefined` out: there shall be none. */
export interface Change {
  /** The path as written, for messages. */
  path: readonly string[];
  apply: (old: Maybe) => Maybe;
  /** Whether missing documents and elements on the way are made. */
  creates: boolean;
}

/** What the positional parts of a path stand for. */
export interface Positions {
  /** The index that `$` stands for. */
  matched: () => number;
  /** The test of an array filter. @throws if there is none of that name. */
  filter: (identifier: string, path: string) => (element: Value) => boolean;
}

/** How far the server fills an array up with null. */
const MAX_BACKFILL = 1_500_000;

/** The document with the change made; the same document if nothing changed. */
export function applyChange(doc: Doc, change: Change, positions: Positions): Doc {
  return at(doc, 0, change, positions) as Doc;
}

function at(value: Maybe, depth: number, change: Change, positions: Positions): Maybe {
  const { path } = change;
  if (depth === path.length) return change.apply(value);
  const part = path[depth]!;
  if (part === '$') positions.matched(); // refused before anything is made of the path
  if (isDoc(value)) return inDoc(value, depth, change, positions);
  if (Array.isArray(value)) return inArray(value, depth, change, positions);
  if (part.startsWith('$[')) {
    const where = path.slice(0, depth).join('.');
    if (value === undefined) {
      fail(2, `The path '${where}' must exist in the document in order to apply array updates.`);
    }
    fail(
      2,
      `Cannot apply array updates to non-array element ${path[depth - 1] ?? ''}: ${describe(value)}`,
    );
  }
  if (!change.creates) return value;
  if (value !== undefined) return notViable(value, depth, path);
  const created = new Fields();
  const inner = at(undefined, depth + 1, change, positions);
  if (inner === undefined) return undefined;
  created[part] = inner;
  return created;
}

function notViable(value: Value, depth: number, path: readonly string[]): never {
  return fail(
    28,
    `Cannot create field '${path[depth]!}' in element {${path[depth - 1] ?? ''}: ${describe(value)}}`,
  );
}

function inDoc(doc: Doc, depth: number, change: Change, positions: Positions): Doc {
  const part = change.path[depth]!;
  if (part.startsWith('$[')) {
    const where = change.path.slice(0, depth).join('.');
    fail(2, `Cannot apply array updates to non-array element ${where}: ${describe(doc)}`);
  }
  const old = doc[part === '$' ? String(positions.matched()) : part];
  const value = at(old, depth + 1, change, positions);
  if (value === old) return doc;
  const field = part === '$' ? String(positions.matched()) : part;
  if (value === undefined) return withoutField(doc, field);
  const copy = copyDoc(doc);
  copy[field] = value;
  return copy;
}

function inArray(array: Value[], depth: number, change: Change, positions: Positions): Value[] {
  const part = change.path[depth]!;
  if (part === '$[]') return each(array, () => true, depth, change, positions);
  if (part.startsWith('$[')) {
    const test = positions.filter(part.slice(2, -1), change.path.join('.'));
    return each(array, test, depth, change, positions);
  }
  if (part !== '$' && !isIndex(part)) {
    return change.creates ? notViable(array, depth, change.path) : array;
  }
  const index = part === '$' ? positions.matched() : Number(part);
  const old = array[index];
  const value = at(old, depth + 1, change, positions);
  if (value === old) return array;
  if (index > array.length + MAX_BACKFILL) {
    fail(2, `can't backfill more than to ${String(MAX_BACKFILL)} elements`);
  }
  const copy = array.slice();
  while (copy.length < index) copy.push(null);
  // An element cannot go: $unset leaves null in its place.
  copy[index] = value === undefined ? null : value;
  return copy;
}

function each(
  array: Value[],
  test: (element: Value) => boolean,
  depth: number,
  change: Change,
  positions: Positions,
): Value[] {
  let changed = false as boolean;
  const copy = array.map((element) => {
    if (!test(element)) return element;
    const value = at(element, depth + 1, change, positions) ?? null;
    changed ||= value !== element;
    return value;
  });
  return changed ? copy : array;
}

/** `{_id: 1}`, as messages name a document. */
export function nameOf(doc: Doc): string {
  return doc._id === undefined ? '{}' : `{_id: ${describe(doc._id)}}`;
}
