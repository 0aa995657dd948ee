/** A filter, parsed: what it tests, in a form that can be run and that a planner can read. */
import type { Collation } from '../values/collation.ts';
import type { TextIndex } from '../text/text-index.ts';
import type { Doc, Maybe, Value } from '../values/types.ts';

export type Predicate = (doc: Doc) => boolean;

/** What a filter is parsed under. */
export interface FilterContext {
  collation: Collation;
  /** The time of the command: `$$NOW`. */
  now: Date;
  /** Variables of `let`, for `$expr`. */
  variables: Readonly<Record<string, Value>>;
  /** What `$text` searches, if the collection has a text index. */
  text?: TextIndex | null;
  /** How well the documents fit that `$text` has found: `{$meta: 'textScore'}`. */
  scores?: WeakMap<Doc, Value>;
}

/** One operator on one field. */
export interface FieldCondition {
  kind: 'field';
  /** The dotted path as it was written. */
  field: string;
  /** `$eq` for a plain value. */
  operator: string;
  operand: Value;
  match: Predicate;
  /** The same test on a value found at the end of the path; an array's elements count as well. */
  leaf: (value: Maybe) => boolean;
  /** The same test on a value as it is: for the elements that `$elemMatch` looks at. */
  own: (value: Maybe) => boolean;
  /** Whether an array's element passes: for the positional operator. */
  element: (value: Value) => boolean;
}

export interface LogicalCondition {
  kind: 'and' | 'or' | 'nor';
  conditions: Condition[];
  match: Predicate;
}

/** A test of the whole document: `$expr`, `$jsonSchema`. */
export interface DocumentCondition {
  kind: 'document';
  operator: string;
  operand: Value;
  match: Predicate;
}

export type Condition = FieldCondition | LogicalCondition | DocumentCondition;

export function and(conditions: Condition[]): Condition {
  if (conditions.length === 1) return conditions[0]!;
  const [first, second] = conditions;
  let match: Predicate;
  if (!first || !second) match = () => true;
  else if (conditions.length === 2) match = numberRange(first, second) ?? both(first, second);
  else match = (doc) => conditions.every((condition) => condition.match(doc));
  return { kind: 'and', conditions, match };
}

function both({ match: first }: Condition, { match: second }: Condition): Predicate {
  return (doc) => first(doc) && second(doc);
}

/** `{$gte: 500, $lt: 505}` on a number, the usual range: the field is read once. */
function numberRange(first: Condition, second: Condition): Predicate | null {
  if (first.kind !== 'field' || second.kind !== 'field') return null;
  const { field } = first;
  if (second.field !== field || field.includes('.')) return null;
  const [from, to] = first.operator.startsWith('$g') ? [first, second] : [second, first];
  const [low, high] = [from.operand, to.operand];
  if (typeof low !== 'number' || typeof high !== 'number') return null;
  const others = both(first, second);
  switch (`${from.operator} ${to.operator}`) {
    case '$gte $lt':
      return (doc) => {
        const value = doc[field];
        return typeof value === 'number' ? value >= low && value < high : others(doc);
      };
    case '$gte $lte':
      return (doc) => {
        const value = doc[field];
        return typeof value === 'number' ? value >= low && value <= high : others(doc);
      };
    case '$gt $lt':
      return (doc) => {
        const value = doc[field];
        return typeof value === 'number' ? value > low && value < high : others(doc);
      };
    case '$gt $lte':
      return (doc) => {
        const value = doc[field];
        return typeof value === 'number' ? value > low && value <= high : others(doc);
      };
    default:
      return null;
  }
}

export function or(conditions: Condition[]): Condition {
  return {
    kind: 'or',
    conditions,
    match: (doc) => conditions.some((condition) => condition.match(doc)),
  };
}

export function nor(conditions: Condition[]): Condition {
  return {
    kind: 'nor',
    conditions,
    match: (doc) => !conditions.some((condition) => condition.match(doc)),
  };
}
