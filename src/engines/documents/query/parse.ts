/** Parses filters. Every error has the code and the text the server answers with. */
import { compileExpression } from '../aggregate/expression.ts';
import { refuseAbsent } from '../absent.ts';
import { fail } from '../errors.ts';
import { brought } from '../parts/brought.ts';
import { type Path, pathOf, someLeaf, someValue } from '../values/paths.ts';
import { BSONRegExp, type Doc, docOf, isDoc, type Maybe, type Value } from '../values/types.ts';
import {
  and,
  type Condition,
  type FieldCondition,
  type FilterContext,
  nor,
  or,
  type Predicate,
} from './condition.ts';
import {
  equalityTest,
  FIELD_OPERATORS,
  type FieldOperator,
  regexTest,
  truthy,
  type ValueTest,
} from './field-operators.ts';

/** Operators that combine filters or test the document as a whole. */
export const TOP_LEVEL_OPERATORS = [
  '$and',
  '$or',
  '$nor',
  '$expr',
  '$jsonSchema',
  '$text',
  '$comment',
] as const;

/** Operators on a field that contain filters, or are several of the simple ones. */
export const COMPOSED_OPERATORS = [
  '$ne',
  '$nin',
  '$not',
  '$all',
  '$elemMatch',
  '$regex',
  '$options',
] as const;

/** Parses a filter. @throws MongoServerError if it is not well formed. */
export function parseFilter(filter: Doc, context: FilterContext): Condition {
  const conditions: Condition[] = [];
  for (const field in filter) {
    const operand = filter[field]!;
    if (field.startsWith('$')) {
      const condition = parseTopLevel(field, operand, context);
      if (condition) conditions.push(condition);
    } else {
      conditions.push(...parseField(field, operand, context));
    }
  }
  return and(conditions);
}

function parseTopLevel(operator: string, operand: Value, context: FilterContext): Condition | null {
  switch (operator) {
    case '$and':
      return and(parseList(operator, operand, context));
    case '$or':
      return or(parseList(operator, operand, context));
    case '$nor':
      return nor(parseList(operator, operand, context));
    case '$comment':
      return null;
    case '$expr': {
      const expression = compileExpression(operand, context);
      return {
        kind: 'document',
        operator,
        operand,
        match: (doc) => truthy(expression.evaluate(doc)),
      };
    }
    case '$jsonSchema': {
      if (!isDoc(operand)) fail(14, '$jsonSchema must be an object');
      const schema = brought('compileJsonSchema', operator)(operand);
      return { kind: 'document', operator, operand, match: (doc) => schema.matches(doc) };
    }
    case '$text':
      return brought('textCondition', operator)(operand, context);
    default:
      refuseAbsent('query', operator);
      return fail(
        2,
        `unknown top level operator: ${operator}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function parseList(operator: string, operand: Value, context: FilterContext): Condition[] {
  if (!Array.isArray(operand)) fail(2, `${operator} must be an array`);
  if (operand.length === 0) fail(2, '$and/$or/$nor must be a nonempty array');
  return operand.map((filter) =>
    isDoc(filter)
      ? parseFilter(filter, context)
      : fail(2, '$or/$and/$nor entries need to be full objects'),
  );
}

/** Whether a document is made of operators. A DBRef (`$ref`, `$id`) is a value. */
export function isOperatorDoc(value: Value): value is Doc {
  if (!isDoc(value)) return false;
  const first = Object.keys(value)[0];
  return first !== undefined && first.startsWith('$') && !['$ref', '$id', '$db'].includes(first);
}

function parseField(field: string, operand: Value, context: FilterContext): Condition[] {
  if (operand instanceof BSONRegExp) {
    const test = regexTest(operand.pattern, operand.options);
    return [condition(field, '$regex', operand, 'leaf', test)];
  }
  if (!isOperatorDoc(operand)) {
    return [condition(field, '$eq', operand, 'leaf', equalityTest(operand, context.collation))];
  }
  const conditions: Condition[] = [];
  for (const operator in operand) {
    if (operator === '$options') {
      if (operand.$regex === undefined) fail(2, '$options needs a $regex');
      continue;
    }
    conditions.push(parseOperator(field, operator, operand[operator]!, operand, context));
  }
  return conditions;
}

function parseOperator(
  field: string,
  operator: string,
  operand: Value,
  siblings: Doc,
  context: FilterContext,
): Condition {
  const simple = Object.hasOwn(FIELD_OPERATORS, operator) ? FIELD_OPERATORS[operator] : undefined;
  if (simple) return parseSimple(field, operator, operand, simple, context);
  switch (operator) {
    case '$ne':
      if (operand instanceof BSONRegExp) fail(2, "Can't have regex as arg to $ne.");
      return negated(field, '$ne', operand, [
        condition(field, '$eq', operand, 'leaf', equalityTest(operand, context.collation)),
      ]);
    case '$nin': {
      if (!Array.isArray(operand)) fail(2, '$nin needs an array');
      const test = FIELD_OPERATORS.$in!.test(operand, context.collation);
      return negated(field, '$nin', operand, [condition(field, '$in', operand, 'leaf', test)]);
    }
    case '$regex':
      return parseRegex(field, operand, siblings.$options);
    case '$not':
      return parseNot(field, operand, context);
    case '$all':
      return parseAll(field, operand, context);
    case '$elemMatch':
      return condition(field, operator, operand, 'value', ...elemMatch(operand, context));
    default:
      refuseAbsent('query', operator);
      return fail(2, `unknown operator: ${operator}`);
  }
}

function parseSimple(
  field: string,
  operator: string,
  operand: Value,
  definition: FieldOperator,
  context: FilterContext,
): Condition {
  if (operator === '$exists' && !truthy(operand)) {
    return negated(field, operator, operand, [
      condition(field, operator, true, 'value', (value) => value !== undefined),
    ]);
  }
  const test = definition.test(operand, context.collation);
  return condition(field, operator, operand, definition.scope, test);
}

function parseRegex(field: string, operand: Value, options: Maybe): Condition {
  if (options !== undefined && typeof options !== 'string') fail(2, '$options has to be a string');
  if (operand instanceof BSONRegExp) {
    if (options !== undefined && operand.options) {
      fail(51075, 'options set in both $regex and $options');
    }
    const test = regexTest(operand.pattern, options ?? operand.options);
    return condition(field, '$regex', operand, 'leaf', test);
  }
  if (typeof operand !== 'string') fail(2, '$regex has to be a string');
  return condition(field, '$regex', operand, 'leaf', regexTest(operand, options ?? ''));
}

function parseNot(field: string, operand: Value, context: FilterContext): Condition {
  if (operand instanceof BSONRegExp) {
    return negated(field, '$not', operand, parseField(field, operand, context));
  }
  if (!isDoc(operand)) fail(2, '$not needs a regex or a document');
  if (Object.keys(operand).length === 0) fail(2, '$not cannot be empty');
  if (!isOperatorDoc(operand)) fail(2, `unknown operator: ${Object.keys(operand)[0]!}`);
  return negated(field, '$not', operand, parseField(field, operand, context));
}

function parseAll(field: string, operand: Value, context: FilterContext): Condition {
  if (!Array.isArray(operand)) fail(2, '$all needs an array');
  const parts = operand.map((item): Condition => {
    if (item instanceof BSONRegExp) {
      return condition(field, '$regex', item, 'leaf', regexTest(item.pattern, item.options));
    }
    if (isDoc(item) && item.$elemMatch !== undefined) {
      return condition(field, '$elemMatch', item, 'value', ...elemMatch(item.$elemMatch, context));
    }
    if (isOperatorDoc(item)) fail(2, 'no $ expressions in $all');
    return condition(field, '$eq', item, 'leaf', equalityTest(item, context.collation));
  });
  if (parts.length === 0) return condition(field, '$all', operand, 'leaf', () => false);
  return and(parts);
}

/** `$elemMatch`: the test of the array, and the test of one element. */
export function elemMatch(operand: Value, context: FilterContext): [ValueTest, ValueTest] {
  if (!isDoc(operand)) fail(2, '$elemMatch needs an Object');
  let element: ValueTest;
  const first = Object.keys(operand)[0];
  const onValues =
    isOperatorDoc(operand) && !['$and', '$or', '$nor', '$expr', '$where'].includes(first!);
  if (onValues) {
    const conditions = parseField('', operand, context);
    element = (value) => conditions.every((part) => onElement(part, value));
  } else {
    const filter = parseFilter(operand, context);
    element = (value) => {
      if (isDoc(value)) return filter.match(value);
      // An array in an array is looked at as a document of its indexes.
      if (!Array.isArray(value)) return false;
      return filter.match(docOf(value.map((item, i) => [String(i), item] as const)));
    };
  }
  return [(value) => Array.isArray(value) && value.some(element), element];
}

/** A condition that was parsed for a field, asked of an element of an array instead. */
function onElement(part: Condition, value: Maybe): boolean {
  if (part.kind === 'field') return part.own(value);
  if (part.kind === 'document') return false;
  const test = (inner: Condition) => onElement(inner, value);
  if (part.kind === 'and') return part.conditions.every(test);
  return part.kind === 'or' ? part.conditions.some(test) : !part.conditions.some(test);
}

function condition(
  field: string,
  operator: string,
  operand: Value,
  scope: 'leaf' | 'value',
  test: ValueTest,
  element: ValueTest = test,
): FieldCondition {
  return {
    kind: 'field',
    field,
    operator,
    operand,
    match: predicate(pathOf(field), scope, test),
    leaf: (value) =>
      scope === 'leaf' && Array.isArray(value) ? value.some(test) || test(value) : test(value),
    own: test,
    element,
  };
}

/** A field at the top of a document, which most are, is read without walking a path. */
function predicate(path: Path, scope: 'leaf' | 'value', test: ValueTest): Predicate {
  if (path.length > 1) {
    return scope === 'leaf'
      ? (doc) => someLeaf(doc, path, test)
      : (doc) => someValue(doc, path, test);
  }
  const field = path[0]!;
  if (scope === 'value') return (doc) => test(doc[field]);
  return (doc) => {
    const value = doc[field];
    if (typeof value === 'object' && Array.isArray(value) && value.some(test)) return true;
    return test(value);
  };
}

function negated(field: string, operator: string, operand: Value, parts: Condition[]): Condition {
  const inner = and(parts);
  return {
    kind: 'field',
    field,
    operator,
    operand,
    match: (doc) => !inner.match(doc),
    leaf: (value) => !onElement(inner, value),
    own: (value) => !onElement(inner, value),
    element: (value) => !onElement(inner, value),
  };
}
