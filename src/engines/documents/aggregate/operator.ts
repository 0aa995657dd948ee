/** What an expression operator is, and the ways of reading its arguments that operators share. */
import { fail } from '../errors.ts';
import type { StringOrder } from '../values/compare.ts';
import { describe } from '../values/describe.ts';
import { type Doc, isDoc, type Maybe, typeOf, type Value } from '../values/types.ts';

/** What an expression sees while it runs. */
export interface Scope {
  /** What field paths begin at. */
  root: Doc;
  /** What `$$ROOT` is, where that is another: inside of a document that `$redact` looks at. */
  top?: Doc | undefined;
  variables: Variables | null;
}

/** Variables of `$let`, `$map` and their like: the innermost first. */
export interface Variables {
  name: string;
  value: Maybe;
  outer: Variables | null;
}

export type Evaluator = (scope: Scope) => Maybe;

/** The compiler, as an operator sees it. */
export interface Compiler {
  compile(expression: Value, variables?: readonly string[]): Evaluator;
  strings: StringOrder;
  now: Date;
}

/** Makes the evaluator of `{$operator: operand}`. */
export type Operator = (operand: Value, compiler: Compiler, name: string) => Evaluator;

/** An operator of a fixed number of arguments (or between two numbers), evaluated first. */
export function operator(
  arity: number | readonly [number, number],
  apply: (values: Maybe[], name: string, compiler: Compiler) => Maybe,
): Operator {
  const [least, most] = typeof arity === 'number' ? [arity, arity] : arity;
  return (operand, compiler, name) => {
    const args = Array.isArray(operand) ? operand : [operand];
    if (args.length < least || args.length > most) {
      fail(16020, arityMessage(name, args.length, least, most));
    }
    const evaluators = args.map((arg) => compiler.compile(arg));
    const [first, second] = evaluators;
    if (evaluators.length === 1) return (scope) => apply([first!(scope)], name, compiler);
    if (evaluators.length === 2) {
      return (scope) => apply([first!(scope), second!(scope)], name, compiler);
    }
    return (scope) =>
      apply(
        evaluators.map((evaluate) => evaluate(scope)),
        name,
        compiler,
      );
  };
}

function arityMessage(name: string, given: number, least: number, most: number): string {
  return least === most
    ? `Expression ${name} takes exactly ${String(least)} arguments. ${String(given)} were passed in.`
    : `Expression ${name} takes at least ${String(least)} arguments, and at most ${String(most)}, but ${String(given)} were passed in.`;
}

/** Any number of arguments. */
export const ANY: readonly [number, number] = [0, Number.MAX_SAFE_INTEGER];

/** An operator with named arguments: `{$filter: {input, as, cond}}`. */
export function namedOperator(
  parameters: { required: readonly string[]; optional: readonly string[] },
  build: (
    args: Readonly<Record<string, Value | undefined>>,
    compiler: Compiler,
    name: string,
  ) => Evaluator,
): Operator {
  return (operand, compiler, name) => {
    if (!isDoc(operand)) {
      fail(28646, `${name} only supports an object as its argument`);
    }
    for (const field in operand) {
      if (!parameters.required.includes(field) && !parameters.optional.includes(field)) {
        fail(28647, `Unrecognized parameter to ${name}: ${field}`);
      }
    }
    for (const field of parameters.required) {
      if (operand[field] === undefined) fail(28648, `Missing '${field}' parameter to ${name}`);
    }
    return build(operand, compiler, name);
  };
}

/** Whether an expression speaks of no field: then it has the same value for every document. */
export function isConstant(expression: Value): boolean {
  if (typeof expression === 'string')
    return !expression.startsWith('$') || /^\$\$(NOW|REMOVE)$/.test(expression);
  if (Array.isArray(expression)) return expression.every(isConstant);
  if (!isDoc(expression) || expression.$literal !== undefined) return true;
  return Object.values(expression).every(isConstant);
}

/** Binds a variable for an inner expression. */
export function bind(scope: Scope, name: string, value: Maybe): Scope {
  return { root: scope.root, top: scope.top, variables: { name, value, outer: scope.variables } };
}

export function isNullish(value: Maybe): value is null | undefined {
  return value === null || value === undefined;
}

/** The type of a value as error messages of expressions name it. */
export function typeName(value: Maybe): string {
  return typeOf(value);
}

export { describe, fail };
