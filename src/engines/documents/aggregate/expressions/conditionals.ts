/** `$cond`, `$ifNull`, `$switch`, `$let`, `$literal`, `$rand`. */
import { truthy } from '../../query/field-operators.ts';
import { isDoc, type Maybe } from '../../values/types.ts';
import {
  bind,
  type Evaluator,
  fail,
  isNullish,
  namedOperator,
  type Operator,
} from '../operator.ts';

const condOf = (condition: Evaluator, yes: Evaluator, no: Evaluator): Evaluator => {
  return (scope) => (truthy(condition(scope)) ? yes(scope) : no(scope));
};

const $cond: Operator = (operand, compiler) => {
  if (Array.isArray(operand)) {
    if (operand.length !== 3) {
      fail(
        16020,
        `Expression $cond takes exactly 3 arguments. ${String(operand.length)} were passed in.`,
      );
    }
    const [condition, yes, no] = operand.map((part) => compiler.compile(part));
    return condOf(condition!, yes!, no!);
  }
  if (!isDoc(operand))
    return fail(16020, 'Expression $cond takes exactly 3 arguments. 1 were passed in.');
  for (const field in operand) {
    if (!['if', 'then', 'else'].includes(field))
      fail(17083, `Unrecognized parameter to $cond: ${field}`);
  }
  const part = (name: string, code: number) =>
    compiler.compile(operand[name] ?? fail(code, `Missing '${name}' parameter to $cond`));
  return condOf(part('if', 17080), part('then', 17080), part('else', 17082));
};

const $ifNull: Operator = (operand, compiler) => {
  if (!Array.isArray(operand) || operand.length < 2) {
    fail(
      1257300,
      `$ifNull needs at least two arguments, had: ${String(Array.isArray(operand) ? operand.length : 1)}`,
    );
  }
  const parts = operand.map((part) => compiler.compile(part));
  return (scope) => {
    let value: Maybe;
    for (const part of parts) {
      value = part(scope);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

const $switch: Operator = (operand, compiler) => {
  if (!isDoc(operand))
    return fail(40060, '$switch requires an object as an argument, found: ' + typeof operand);
  const { branches, default: otherwise } = operand;
  if (!Array.isArray(branches))
    return fail(40061, "$switch expected an array for 'branches', found: missing");
  if (branches.length === 0) fail(40068, '$switch requires at least one branch.');
  const cases = branches.map((branch) => {
    if (!isDoc(branch)) return fail(40062, '$switch expected each branch to be an object');
    return [
      compiler.compile(
        branch.case ?? fail(40064, "$switch requires each branch have a 'case' expression"),
      ),
      compiler.compile(
        branch.then ?? fail(40065, "$switch requires each branch have a 'then' expression."),
      ),
    ] as const;
  });
  const fallback = otherwise === undefined ? null : compiler.compile(otherwise);
  return (scope) => {
    for (const [condition, value] of cases) if (truthy(condition(scope))) return value(scope);
    if (fallback) return fallback(scope);
    return fail(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

const $let = namedOperator(
  { required: ['vars', 'in'], optional: [] },
  ({ vars, in: inner }, compiler) => {
    if (!isDoc(vars)) return fail(16876, 'invalid parameter: expected an object (vars)');
    const names = Object.keys(vars);
    const values = names.map((name) => compiler.compile(vars[name]!));
    const evaluate = compiler.compile(inner!, names);
    return (scope) => {
      let bound = scope;
      // Each value is taken in the outer scope: variables of one $let do not see one another.
      names.forEach((name, i) => {
        bound = bind(bound, name, values[i]!(scope));
      });
      return evaluate(bound);
    };
  },
);

export const CONDITIONALS: Readonly<Record<string, Operator>> = {
  $cond,
  $ifNull,
  $switch,
  $let,
  $literal: (operand) => () => operand,
  $rand: () => () => Math.random(),
};
