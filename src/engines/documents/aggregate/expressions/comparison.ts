/** `$eq`, `$cmp` and their like (over all types, by BSON order), `$and`, `$or`, `$not`. */
import { truthy } from '../../query/field-operators.ts';
import { compare } from '../../values/compare.ts';
import { operator, type Operator } from '../operator.ts';

function comparison(accept: (order: number) => boolean): Operator {
  return operator(2, ([a, b], _name, { strings }) => accept(compare(a, b, strings)));
}

export const COMPARISON: Readonly<Record<string, Operator>> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: operator(2, ([a, b], _name, { strings }) => Math.sign(compare(a, b, strings))),
  $and: (operand, compiler) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((part) =>
      compiler.compile(part),
    );
    return (scope) => parts.every((part) => truthy(part(scope)));
  },
  $or: (operand, compiler) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((part) =>
      compiler.compile(part),
    );
    return (scope) => parts.some((part) => truthy(part(scope)));
  },
  $not: operator(1, ([value]) => !truthy(value)),
};
