/** `arrayFilters`: which elements `$[identifier]` stands for (manual, "$[<identifier>]"). */
import { fail } from '../errors.ts';
import type { FilterContext } from '../query/condition.ts';
import { parseFilter } from '../query/parse.ts';
import { describe } from '../values/describe.ts';
import { type Doc, docOf, isDoc, type Value } from '../values/types.ts';
import type { Positions } from './path.ts';

const NO_NAME = 'Cannot use an expression without a top-level field name in arrayFilters';

/** The identifiers that a filter speaks of: the first parts of its paths, those in `$and` and its kin too. */
function* identifiersIn(filter: Doc): Generator<string> {
  for (const name in filter) {
    if (name === '$expr') fail(224, '$expr is not allowed in this context');
    if (!name.startsWith('$')) yield name.split('.')[0]!;
    else if (Array.isArray(filter[name]))
      for (const part of filter[name]) if (isDoc(part)) yield* identifiersIn(part);
  }
}

/** The one identifier that an array filter is about. */
function identifierOf(filter: Doc): string {
  const [first, ...others] = identifiersIn(filter);
  if (first === undefined) return fail(9, NO_NAME);
  const other = others.find((name) => name !== first);
  if (other !== undefined)
    fail(
      9,
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${first}' and '${other}'`,
    );
  return first;
}

/**
 * The tests of the array filters of an update, by their identifiers.
 *
 * @param paths the paths of the update.
 * @throws MongoServerError if one is not used, or one is missing.
 */
export function parseArrayFilters(
  arrayFilters: readonly Doc[],
  paths: readonly (readonly string[])[],
  update: Doc,
  context: FilterContext,
): Positions['filter'] {
  const tests = new Map<string, (element: Value) => boolean>();
  for (const filter of arrayFilters) {
    const identifier = identifierOf(filter);
    if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
      fail(
        2,
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
      );
    }
    if (tests.has(identifier))
      fail(9, `Found multiple array filters with the same top-level field name ${identifier}`);
    if (!paths.some((path) => path.includes(`$[${identifier}]`))) {
      fail(
        9,
        `The array filter for identifier '${identifier}' was not used in the update ${describe(update)}`,
      );
    }
    const condition = parseFilter(filter, context);
    // The element takes the place of a field of that name.
    tests.set(identifier, (element) => condition.match(docOf([[identifier, element]])));
  }
  for (const path of paths) {
    for (const part of path) {
      const identifier = /^\$\[(.+)\]$/.exec(part)?.[1];
      if (identifier && !tests.has(identifier)) {
        fail(2, `No array filter found for identifier '${identifier}' in path '${path.join('.')}'`);
      }
    }
  }
  return (identifier) => tests.get(identifier)!;
}
