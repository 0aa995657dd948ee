/** Dotted paths, and the values they lead to through embedded documents and arrays. */
import { fail } from '../errors.ts';
import { type Doc, Fields, type Maybe, type Value } from './types.ts';

/** A path cut at its dots. */
export type Path = readonly string[];

const paths = new Map<string, Path>();

/** Cuts a dotted path. */
export function pathOf(dotted: string): Path {
  let path = paths.get(dotted);
  if (!path) {
    path = dotted.split('.');
    if (paths.size > 5000) paths.clear();
    paths.set(dotted, path);
  }
  return path;
}

/**
 * Cuts the path of a field that a stage, an expression or a sort names (`field_path.cpp`).
 *
 * @throws MongoServerError if no field can be called so.
 */
export function fieldPath(dotted: string): Path {
  const path = pathOf(dotted);
  if (dotted === '') fail(40352, 'FieldPath cannot be constructed with empty string');
  if (dotted.endsWith('.')) fail(40353, "FieldPath must not end with a '.'.");
  if (path.length > 200) fail(15, 'FieldPath is too long');
  for (const part of path) {
    if (part === '') fail(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$') && !DBREF.has(part))
      fail(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    if (part.includes('\0')) fail(16411, "FieldPath field names may not contain '\\0'.");
  }
  return path;
}

/** Names that a DBRef has. */
const DBREF = new Set(['$ref', '$id', '$db']);

/** Whether a part of a path can be an array's index. */
export function isIndex(part: string): boolean {
  return /^(0|[1-9]\d*)$/.test(part);
}

/**
 * Whether any value at the path passes the test. Arrays on the way are entered: a numeric part takes
 * that element, and every embedded document of the array is looked into as well. A missing field is
 * tested as `undefined`; an array without documents leads nowhere. The array a path ends in is
 * tested as it is: see {@link someLeaf} for its elements. (MongoDB manual, "Query an Array of
 * Embedded Documents"; server semantics: jstests/core/null_query_semantics.js.)
 */
export function someValue(
  value: Maybe,
  path: Path,
  test: (value: Maybe) => boolean,
  at = 0,
): boolean {
  if (at === path.length) return test(value);
  if (value instanceof Fields) return someValue(value[path[at]!], path, test, at + 1);
  if (!Array.isArray(value)) return test(undefined);
  const part = path[at]!;
  if (isIndex(part)) {
    const element = value[Number(part)];
    if (element !== undefined && someValue(element, path, test, at + 1)) return true;
  }
  for (const element of value) {
    if (element instanceof Fields && someValue(element, path, test, at)) return true;
  }
  return false;
}

/** As {@link someValue}; an array at the end of the path is tested by its elements, then as itself. */
export function someLeaf(value: Maybe, path: Path, test: (value: Maybe) => boolean): boolean {
  return someValue(value, path, (leaf) => (Array.isArray(leaf) && leaf.some(test)) || test(leaf));
}

/** The value at a path that enters documents only. */
export function get(doc: Maybe, path: Path): Maybe {
  let value = doc;
  for (const part of path) {
    if (!(value instanceof Fields)) return undefined;
    value = value[part];
  }
  return value;
}

/**
 * The value of a field path in an expression: an array on the way gives the array of its documents'
 * values (manual, "Field Paths"; numeric parts are field names there, never indexes).
 */
export function getMapped(value: Maybe, path: Path, at = 0): Maybe {
  if (at === path.length) return value;
  if (value instanceof Fields) return getMapped(value[path[at]!], path, at + 1);
  if (!Array.isArray(value)) return undefined;
  const values: Value[] = [];
  for (const element of value) {
    if (element instanceof Fields || Array.isArray(element)) {
      const mapped = getMapped(element, path, at);
      if (mapped !== undefined) values.push(mapped);
    }
  }
  return values;
}

/** A copy of a document with the value at a path of documents set; other values on the way give way. */
export function setAt(doc: Maybe, path: Path, value: Value, at = 0): Doc {
  const copy = new Fields();
  if (doc instanceof Fields) for (const field in doc) copy[field] = doc[field]!;
  const field = path[at]!;
  copy[field] = at === path.length - 1 ? value : setAt(copy[field], path, value, at + 1);
  return copy;
}
