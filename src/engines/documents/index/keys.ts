/** The keys under which an index files a document (manual, "Multikey Indexes"). */
import { fail } from '../errors.ts';
import { hashKey } from '../values/hash.ts';
import { isIndex, type Path } from '../values/paths.ts';
import { type Doc, isDoc, type Maybe } from '../values/types.ts';

export interface Keys {
  /** One key or several, each with a value for each field of the index. */
  keys: Maybe[][];
  /** Fields through which an array was met. */
  multikey: boolean[];
  /** Whether the document has any of the fields. */
  present: boolean;
}

interface Found {
  values: Maybe[];
  array: boolean;
  present: boolean;
}

/** Missing is filed as null; an array by its elements, an empty one as undefined. */
function collect(value: Maybe, path: Path, at: number, found: Found): void {
  if (at === path.length) {
    if (value !== undefined) found.present = true;
    if (!Array.isArray(value)) {
      found.values.push(value === undefined ? null : value);
      return;
    }
    found.array = true;
    if (value.length === 0) found.values.push(undefined);
    else found.values.push(...value);
    return;
  }
  const part = path[at]!;
  if (isDoc(value)) {
    collect(value[part], path, at + 1, found);
  } else if (!Array.isArray(value)) {
    found.values.push(null);
  } else if (isIndex(part)) {
    collect(value[Number(part)], path, at + 1, found);
  } else {
    found.array = true;
    if (value.length === 0) found.values.push(null);
    for (const element of value) collect(isDoc(element) ? element : undefined, path, at, found);
  }
}

/** @throws MongoServerError if two fields of a compound index are arrays. */
export function keysOf(doc: Doc, paths: readonly Path[]): Keys {
  const only = paths[0]!;
  if (paths.length === 1 && only.length === 1) {
    const value = doc[only[0]!];
    if (typeof value !== 'object' || !Array.isArray(value)) {
      return {
        keys: [[value === undefined ? null : value]],
        multikey: [false],
        present: value !== undefined,
      };
    }
  }
  const found = paths.map((path) => {
    const result: Found = { values: [], array: false, present: false };
    collect(doc, path, 0, result);
    return result;
  });
  const arrays = paths.filter((_, i) => found[i]!.array);
  if (arrays.length > 1 && new Set(arrays.map((path) => path[0])).size > 1) {
    fail(171, `cannot index parallel arrays [${arrays[1]!.at(-1)!}] [${arrays[0]!.at(-1)!}]`);
  }
  let keys: Maybe[][] = [[]];
  for (const { values } of found) {
    keys = keys.flatMap((key) => distinct(values).map((value) => [...key, value]));
  }
  return {
    keys,
    multikey: found.map(({ array }) => array),
    present: found.some(({ present }) => present),
  };
}

function distinct(values: Maybe[]): Maybe[] {
  if (values.length < 2) return values;
  return [...new Map(values.map((value) => [hashKey(value), value])).values()];
}
