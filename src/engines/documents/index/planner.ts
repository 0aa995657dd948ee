/** Chooses how to find the documents of a filter: by `_id`, by an index, or by looking at all. */
import type { Condition, FieldCondition } from '../query/condition.ts';
import type { SortField } from '../query/sort.ts';
import { type Collation, sameCollation, SIMPLE } from '../values/collation.ts';
import { compare, equal } from '../values/compare.ts';
import { type Doc, isDoc, type Value } from '../values/types.ts';
import { ALL, type Interval, intersect, intervalsOf, isPoint } from './bounds.ts';
import type { Index } from './index.ts';

export type Plan =
  | { stage: 'COLLSCAN'; sorted: boolean; direction: 1 | -1 }
  | { stage: 'IDHACK'; id: Value; sorted: true; index: Index }
  | IndexPlan
  | { stage: 'OR'; branches: IndexPlan[]; sorted: false };

export interface IndexPlan {
  stage: 'IXSCAN';
  index: Index;
  /** For each field of the index. */
  bounds: Interval[][];
  direction: 1 | -1;
  /** Whether the documents come in the order of the sort. */
  sorted: boolean;
  score: number;
}

export interface PlanRequest {
  condition: Condition;
  sort: readonly SortField[];
  collation: Collation;
  indexes: readonly Index[];
  /** An index the caller insists on; `{$natural: 1}` for none. */
  hint: Index | { natural: 1 | -1 } | null;
}

/** The plan for a query, and the index plans that lost to it. */
export function plan(request: PlanRequest): { winner: Plan; rejected: IndexPlan[] } {
  const { condition, sort, indexes, hint, collation } = request;
  const conditions = conditionsOf(condition);
  if (hint && 'natural' in hint) {
    return {
      winner: { stage: 'COLLSCAN', sorted: sort.length === 0, direction: hint.natural },
      rejected: [],
    };
  }
  const only = conditions.length === 1 ? conditions[0]! : null;
  const idIndex = indexes.find((index) => index.isIdIndex);
  if (
    !hint &&
    idIndex &&
    only?.kind === 'field' &&
    only.field === '_id' &&
    only.operator === '$eq' &&
    !Array.isArray(only.operand) &&
    (collation === SIMPLE || typeof only.operand !== 'string')
  ) {
    return {
      winner: { stage: 'IDHACK', id: only.operand, sorted: true, index: idIndex },
      rejected: [],
    };
  }
  const candidates = (hint ? [hint] : indexes)
    .map((index) => indexPlan(index, conditions, sort, collation, hint !== null))
    .filter((candidate) => candidate !== null)
    .sort((a, b) => b.score - a.score);
  const [winner, ...rejected] = candidates;
  if (winner) return { winner, rejected };
  const union = unionPlan(conditions, collation, indexes);
  return {
    winner: union ?? { stage: 'COLLSCAN', sorted: sort.length === 0, direction: 1 },
    rejected: [],
  };
}

/** The conditions that all have to hold. */
function conditionsOf(condition: Condition): Condition[] {
  return condition.kind === 'and' ? condition.conditions.flatMap(conditionsOf) : [condition];
}

function indexPlan(
  index: Index,
  conditions: readonly Condition[],
  sort: readonly SortField[],
  collation: Collation,
  forced: boolean,
): IndexPlan | null {
  const { fields, sparse, partial, directions, collation: own } = index.definition;
  const same = sameCollation(own, collation);
  if (partial && !implies(conditions, partial.filter)) return null;
  const bounds = fields.map((field, i) =>
    boundsOf(field, conditions, index.multikey[i]!, sparse, same, collation),
  );
  const order = sortDirection(index, bounds, sort, same);
  const usesBounds = bounds[0] !== null;
  if (!usesBounds && !forced && (order === null || sort.length === 0 || sparse)) return null;
  if (!usesBounds && sparse && order === null && !forced) return null;
  let score = 0;
  for (const [i, intervals] of bounds.entries()) {
    if (!intervals) break;
    const points = intervals.every(isPoint);
    // Equality narrows most, then a short list of values, then a range.
    score += points ? (intervals.length === 1 ? 100 : 80) : 40 + boundedEnds(intervals);
    if (points && index.definition.unique && i === fields.length - 1) score += 50;
    if (!points) break;
  }
  if (order !== null && sort.length > 0) score += 60;
  score -= fields.length;
  return {
    stage: 'IXSCAN',
    index,
    bounds: bounds.map((intervals, i) =>
      directions[i] === -1 ? (intervals ?? [ALL]).toReversed() : (intervals ?? [ALL]),
    ),
    direction: order ?? 1,
    sorted: sort.length === 0 || order !== null,
    score,
  };
}

/** A range with both ends is preferred to one that is open. */
function boundedEnds(intervals: readonly Interval[]): number {
  const [only] = intervals;
  const open = (value: unknown) => value === Infinity || value === -Infinity || isDoc(value);
  return only && !open(only.low) && !open(only.high) ? 10 : 0;
}

function boundsOf(
  field: string,
  conditions: readonly Condition[],
  multikey: boolean,
  sparse: boolean,
  same: boolean,
  collation: Collation,
): Interval[] | null {
  let bounds: Interval[] | null = null;
  for (const condition of conditions) {
    if (condition.kind !== 'field' || condition.field !== field) continue;
    const intervals = intervalsOf(condition, sparse, same);
    if (!intervals) continue;
    // Of an array, one element may meet one condition and another the other: no intersection.
    if (bounds && multikey) {
      if (intervals.every(isPoint) && !bounds.every(isPoint)) bounds = intervals;
    } else bounds = bounds ? intersect(bounds, intervals, collation) : intervals;
  }
  return bounds;
}

/** In which direction a scan gives the sort's order, or `null` if it does not. */
function sortDirection(
  index: Index,
  bounds: readonly (Interval[] | null)[],
  sort: readonly SortField[],
  same: boolean,
): 1 | -1 | null {
  if (sort.length === 0) return 1;
  if (index.isMultikey || !same) return null;
  const { fields, directions } = index.definition;
  const fixed = (i: number) => bounds[i]?.length === 1 && isPoint(bounds[i][0]!);
  let at = 0;
  let direction: 1 | -1 | null = null;
  for (const { field, direction: wanted, scores } of sort) {
    // How well a text fits is in no index.
    if (scores) return null;
    const fixedAt = fields.indexOf(field);
    if (fixedAt >= 0 && fixed(fixedAt)) continue;
    while (at < fields.length && fields[at] !== field && fixed(at)) at += 1;
    if (fields[at] !== field) return null;
    const needed = (wanted * directions[at]!) as 1 | -1;
    if (direction !== null && direction !== needed) return null;
    direction = needed;
    at += 1;
  }
  return direction ?? 1;
}

/** `$or` by an index for each of its branches. */
function unionPlan(
  conditions: readonly Condition[],
  collation: Collation,
  indexes: readonly Index[],
): Plan | null {
  for (const condition of conditions) {
    if (condition.kind !== 'or') continue;
    const branches = condition.conditions.map((branch) => {
      const candidates = indexes
        .map((index) => indexPlan(index, conditionsOf(branch), [], collation, false))
        .filter((candidate) => candidate !== null);
      return candidates.sort((a, b) => b.score - a.score)[0];
    });
    if (branches.every((branch) => branch !== undefined))
      return { stage: 'OR', branches, sorted: false };
  }
  return null;
}

/**
 * Whether the conditions let through only what a partial index holds. Of what could be inferred, this
 * infers the plain cases: the same condition, a narrower range, and `$exists` from any comparison.
 */
function implies(conditions: readonly Condition[], partial: Doc): boolean {
  return Object.keys(partial).every((field) => {
    const wanted = partial[field]!;
    const given = conditions.filter(
      (condition): condition is FieldCondition =>
        condition.kind === 'field' && condition.field === field,
    );
    const operators = isDoc(wanted) && Object.keys(wanted)[0]?.startsWith('$') ? wanted : null;
    if (!operators)
      return given.some(({ operator, operand }) => operator === '$eq' && equal(operand, wanted));
    return Object.keys(operators).every((name) =>
      given.some((condition) => impliesOne(condition, name, operators[name]!)),
    );
  });
}

function impliesOne({ operator, operand }: FieldCondition, name: string, wanted: Value): boolean {
  if (operator === name && equal(operand, wanted)) return true;
  if (name === '$exists')
    return ['$eq', '$gt', '$gte', '$lt', '$lte'].includes(operator) && operand !== null;
  const order = compare(operand, wanted);
  switch (name) {
    case '$gt':
      return (
        (['$gt'].includes(operator) && order >= 0) ||
        (['$gte', '$eq'].includes(operator) && order > 0)
      );
    case '$gte':
      return ['$gt', '$gte', '$eq'].includes(operator) && order >= 0;
    case '$lt':
      return (
        (['$lt'].includes(operator) && order <= 0) ||
        (['$lte', '$eq'].includes(operator) && order < 0)
      );
    case '$lte':
      return ['$lt', '$lte', '$eq'].includes(operator) && order <= 0;
    default:
      return false;
  }
}
