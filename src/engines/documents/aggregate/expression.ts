/**
 * Expressions of the aggregation framework, compiled to functions of a document (manual,
 * "Expressions"). A missing value is `undefined`.
 */
import { refuseAbsent } from '../absent.ts';
import { fail, MongoServerError, notImplemented } from '../errors.ts';
import type { Collation } from '../values/collation.ts';
import { fieldPath as pathParts, getMapped } from '../values/paths.ts';
import { type Doc, Fields, isDoc, type Maybe, type Value } from '../values/types.ts';
import { comesLater } from '../parts/brought.ts';
import { LATER } from '../parts/names.ts';
import { ARITHMETIC } from './expressions/arithmetic.ts';
import { ARRAYS } from './expressions/arrays.ts';
import { COMPARISON } from './expressions/comparison.ts';
import { CONDITIONALS } from './expressions/conditionals.ts';
import { ITERATION } from './expressions/iteration.ts';
import { OBJECTS } from './expressions/objects.ts';
import { SUMMARIES } from './expressions/summaries.ts';
import type { Compiler, Evaluator, Operator, Scope } from './operator.ts';

/** What expressions are compiled under. */
export interface ExpressionContext {
  collation: Collation;
  now: Date;
  /** Variables of `let`. */
  variables: Readonly<Record<string, Value>>;
  /** Of a text search: what `$meta` tells. */
  scores?: WeakMap<Doc, Value>;
}

export interface Expression {
  /** The value for a document; `undefined` if it has none. */
  evaluate(doc: Doc): Maybe;
}

/** The operators by kind, for the documentation as well as for the compiler. */
export const EXPRESSION_OPERATORS: Record<string, Readonly<Record<string, Operator>>> = {
  Arithmetic: ARITHMETIC,
  Arrays: ARRAYS,
  'Iteration over arrays': ITERATION,
  'Comparison and logic': COMPARISON,
  Conditionals: CONDITIONALS,
  Objects: OBJECTS,
  Summaries: SUMMARIES,
};

const OPERATORS = new Map(
  Object.values(EXPRESSION_OPERATORS).flatMap((table) => Object.entries(table)),
);

/** Makes further operators known, under a heading of the documentation. */
export function addOperators(heading: string, operators: Readonly<Record<string, Operator>>): void {
  EXPRESSION_OPERATORS[heading] = { ...EXPRESSION_OPERATORS[heading], ...operators };
  for (const [name, make] of Object.entries(operators)) OPERATORS.set(name, make);
}

/** Compiles an expression. @throws MongoServerError if it is not well formed. */
export function compileExpression(expression: Value, context: ExpressionContext): Expression {
  const evaluate = compileEvaluator(expression, context);
  return { evaluate: (doc) => evaluate({ root: doc, variables: null }) };
}

/** Compiles an expression that may use variables beyond `let`'s. */
export function compileEvaluator(
  expression: Value,
  context: ExpressionContext,
  variables: readonly string[] = [],
): Evaluator {
  return compile(expression, context, [...Object.keys(context.variables), ...variables]);
}

function compile(
  expression: Value,
  context: ExpressionContext,
  known: readonly string[],
): Evaluator {
  if (typeof expression === 'string') {
    return expression.startsWith('$') ? fieldPath(expression, context, known) : () => expression;
  }
  if (Array.isArray(expression)) {
    const items = expression.map((item) => compile(item, context, known));
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDoc(expression)) return () => expression;
  const fields = Object.keys(expression);
  const first = fields[0];
  if (first?.startsWith('$')) {
    if (fields.length > 1) {
      fail(
        15983,
        `An object representing an expression must have exactly one field: ${fieldList(expression)}`,
      );
    }
    return compileOperator(first, expression[first]!, context, known);
  }
  const values = fields.map((field) => {
    checkFieldName(field);
    return [field, compile(expression[field]!, context, known)] as const;
  });
  return (scope) => {
    const doc = new Fields();
    for (const [field, evaluate] of values) {
      const value = evaluate(scope);
      if (value !== undefined) doc[field] = value;
    }
    return doc;
  };
}

function fieldList(doc: Doc): string {
  return `{ ${Object.keys(doc).join(', ')} }`;
}

function checkFieldName(field: string): void {
  if (field.startsWith('$'))
    fail(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  if (field.includes('.'))
    fail(
      16412,
      `FieldPath field names may not contain '.'. Consider using $getField or $setField.`,
    );
}

function compileOperator(
  name: string,
  operand: Value,
  context: ExpressionContext,
  known: readonly string[],
): Evaluator {
  if (name === '$meta') return metaOf(operand, context);
  const make = OPERATORS.get(name);
  if (!make && LATER.has(name)) return comesLater(name);
  if (!make) {
    refuseAbsent('expression', name);
    return fail(168, `Unrecognized expression '${name}'`);
  }
  const compiler: Compiler = {
    compile: (inner, variables = []) => compile(inner, context, [...variables, ...known]),
    strings: context.collation.strings,
    now: context.now,
  };
  return make(operand, compiler, name);
}

function metaOf(operand: Value, { scores }: ExpressionContext): Evaluator {
  if (operand !== 'textScore')
    return typeof operand === 'string'
      ? notImplemented(`{$meta: '${operand}'}`)
      : fail(17307, '$meta only supports string arguments');
  if (!scores) return fail(40218, 'query requires text score metadata, but it is not available');
  return ({ root }) => scores.get(root);
}

function fieldPath(text: string, context: ExpressionContext, known: readonly string[]): Evaluator {
  if (text.startsWith('$$')) return variablePath(text.slice(2), context, known);
  if (text === '$') fail(16872, "'$' by itself is not a valid FieldPath");
  const path = pathParts(text.slice(1));
  const field = path[0]!;
  if (path.length === 1) return (scope) => scope.root[field];
  return (scope) => getMapped(scope.root[field], path, 1);
}

function variablePath(
  text: string,
  context: ExpressionContext,
  known: readonly string[],
): Evaluator {
  const path = pathParts(text);
  const name = path[0]!;
  const base = variable(name, context, known);
  return path.length === 1 ? base : (scope) => getMapped(base(scope), path, 1);
}

function variable(name: string, context: ExpressionContext, known: readonly string[]): Evaluator {
  switch (name) {
    case 'ROOT':
      return (scope) => scope.top ?? scope.root;
    case 'CURRENT':
      return (scope) => scope.root;
    case 'REMOVE':
      return () => undefined;
    case 'NOW':
      return () => context.now;
    default:
  }
  if (!known.includes(name)) fail(17276, `Use of undefined variable: ${name}`);
  const constant = context.variables[name];
  return (scope: Scope) => {
    for (let bound = scope.variables; bound; bound = bound.outer) {
      if (bound.name === name) return bound.value;
    }
    return constant;
  };
}

/** Runs something, naming the stage or command in the error as the server does. */
export function inContext<T>(prefix: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof MongoServerError && !error.message.includes(' :: caused by :: ')) {
      throw new MongoServerError(error.code, `${prefix} :: caused by :: ${error.message}`);
    }
    throw error;
  }
}
