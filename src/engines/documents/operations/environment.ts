/** What every operation runs in. */
import { compileExpression } from '../aggregate/expression.ts';
import { isConstant } from '../aggregate/operator.ts';
import { fail } from '../errors.ts';
import type { FilterContext } from '../query/condition.ts';
import { brought } from '../parts/brought.ts';
import { type Access, notOnView } from '../storage/catalog.ts';
import type { CollectionData } from '../storage/collection-data.ts';
import { type Collation, collationOf } from '../values/collation.ts';
import { toStored } from '../values/convert.ts';
import { describe } from '../values/describe.ts';
import { type Doc, docOf, type Input, isDoc, type ObjectId, type Value } from '../values/types.ts';

/** What a store takes from outside: time and ids, so that runs can be repeated exactly. */
export interface Clock {
  now(): Date;
  newId(): ObjectId;
}

/** A collection by name, and the way to it. */
export interface Target {
  access: Access;
  clock: Clock;
  database: string;
  name: string;
}

export function namespaceOf({ database, name }: Target): string {
  return `${database}.${name}`;
}

/** The data of a collection; those of a view are made when they are asked for. */
export function dataOf(target: Target): CollectionData | null {
  const { access, database, name } = target;
  const view = access.view(database, name);
  if (view) return brought('viewData', 'createView')(target, view);
  const views = name === 'system.views' ? access.viewsOf(database) : null;
  if (views?.size) return brought('systemViews', 'createView')(database, views);
  return access.read(database, name);
}

/** @throws MongoServerError CommandNotSupportedOnView. */
export function refuseView({ access, database, name }: Target): void {
  if (access.view(database, name)) notOnView(database, name);
}

/** The collation of an operation: its own, or the collection's. */
export function collationFor(target: Target, given: Input | undefined): Collation {
  if (given) return collationOf(given);
  const { access, database, name } = target;
  const own = access.view(database, name) ?? access.read(database, name)?.options;
  return own?.collation ?? collationOf(undefined);
}

/** What filters and expressions are compiled under. */
export function contextOf(
  target: Target,
  options: {
    collation?: Input | undefined;
    let?: Input | undefined;
    scores?: WeakMap<Doc, Value> | undefined;
  },
): FilterContext {
  const text = target.access.read(target.database, target.name)?.text;
  const context: FilterContext = {
    ...(text ? { text, scores: options.scores ?? new WeakMap() } : {}),
    collation: collationFor(target, options.collation),
    now: target.clock.now(),
    variables: {},
  };
  return options.let ? { ...context, variables: variablesOf(options.let, context) } : context;
}

/** The values of `let`, which are expressions without fields. */
function variablesOf(input: Input, context: FilterContext): Readonly<Record<string, Value>> {
  const given = toStored(input);
  if (!isDoc(given)) return fail(14, "BSON field 'let' is the wrong type, expected type 'object'");
  const root = docOf([]);
  return docOf(
    Object.keys(given).map((name): [string, Value] => {
      const expression = given[name]!;
      if (!isConstant(expression))
        fail(
          4890500,
          `Command let Expression does not evaluate to a constant ${describe(expression)}`,
        );
      return [name, compileExpression(expression, context).evaluate(root)!];
    }),
  );
}

/** A document from what a caller wrote, an empty one if it is left out. */
export function docFrom(input: Input | undefined | null): Doc {
  const stored = input === undefined || input === null ? docOf([]) : toStored(input);
  return isDoc(stored) ? stored : docOf([]);
}
