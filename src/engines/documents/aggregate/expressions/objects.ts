/** Documents: `$mergeObjects`, `$objectToArray`, `$arrayToObject`, `$getField`, `$setField`. */
import { bsonSize } from '../../values/convert.ts';
import {
  copyDoc,
  docOf,
  Fields,
  isDoc,
  type Maybe,
  type Value,
  withoutField,
} from '../../values/types.ts';
import {
  ANY,
  type Compiler,
  type Evaluator,
  fail,
  isConstant,
  isNullish,
  namedOperator,
  operator,
  type Operator,
  typeName,
} from '../operator.ts';

/** Later fields win; `null` and missing are passed over. */
export function mergeObjects(values: Maybe[]): Maybe {
  const merged = new Fields();
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value)) {
      return fail(
        40400,
        `$mergeObjects requires object inputs, but input ${typeName(value)} is of type ${typeName(value)}`,
      );
    }
    for (const field in value) merged[field] = value[field]!;
  }
  return merged;
}

function arrayToObject(value: Maybe): Maybe {
  if (isNullish(value)) return null;
  if (!Array.isArray(value))
    return fail(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
  return docOf(
    value.map((item): readonly [string, Value] => {
      if (Array.isArray(item) && item.length === 2 && typeof item[0] === 'string')
        return [item[0], item[1]!];
      if (isDoc(item) && typeof item.k === 'string' && item.v !== undefined)
        return [item.k, item.v];
      return fail(
        40392,
        '$arrayToObject requires an array of key-value pairs: two-element arrays, or objects with the fields k (a string) and v',
      );
    }),
  );
}

/** The codes of what is wrong with the name of a field, in the order of {@link constantName}. */
type NameCodes = readonly [path: number, computed: number, type: number];
const GET_FIELD: NameCodes = [5654600, 5654601, 5654602];
const SET_FIELD: NameCodes = [4161108, 4161106, 4161107];

/** The name of a field that an operator is given: any expression that speaks of no field and is a string. */
function constantName(
  operand: Value,
  compiler: Compiler,
  name: string,
  [path, computed, type]: NameCodes,
): string {
  if (typeof operand === 'string' && operand.startsWith('$'))
    fail(
      path,
      `A field path reference which is not allowed in this context. Did you mean {$literal: '${operand}'}?`,
    );
  if (!isConstant(operand))
    fail(
      computed,
      `${name} requires 'field' to evaluate to a constant, but got a non-constant argument`,
    );
  const value = compiler.compile(operand)({ root: docOf([]), variables: null });
  if (typeof value === 'string') return value;
  return fail(
    type,
    `${name} requires 'field' to evaluate to type String, but got ${typeName(value)}`,
  );
}

function setField(field: string, input: Evaluator, value: Evaluator): Evaluator {
  return (scope) => {
    const doc = input(scope);
    if (isNullish(doc)) return null;
    if (!isDoc(doc)) return fail(4161105, `$setField requires 'input' to evaluate to type Object`);
    const set = value(scope);
    if (set === undefined) return withoutField(doc, field);
    const copy = copyDoc(doc);
    copy[field] = set;
    return copy;
  };
}

const $getField: Operator = (operand, compiler, name) => {
  const named = isDoc(operand) && operand.field !== undefined;
  const field = constantName(named ? operand.field! : operand, compiler, name, GET_FIELD);
  const input = named && operand.input !== undefined ? compiler.compile(operand.input) : null;
  return (scope) => {
    const doc = input ? input(scope) : scope.root;
    return isDoc(doc) ? doc[field] : isNullish(doc) && doc !== undefined ? null : undefined;
  };
};

export const OBJECTS: Readonly<Record<string, Operator>> = {
  $mergeObjects: operator(ANY, (values) =>
    mergeObjects(values.length === 1 && Array.isArray(values[0]) ? values[0] : values),
  ),
  $objectToArray: operator(1, ([value]) => {
    if (isNullish(value)) return null;
    if (!isDoc(value))
      return fail(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
    return Object.keys(value).map((k) =>
      docOf([
        ['k', k],
        ['v', value[k]!],
      ]),
    );
  }),
  $arrayToObject: operator(1, ([value]) => arrayToObject(value)),
  $getField,
  $setField: namedOperator(
    { required: ['field', 'input', 'value'], optional: [] },
    (args, compiler, name) =>
      setField(
        constantName(args.field!, compiler, name, SET_FIELD),
        compiler.compile(args.input!),
        compiler.compile(args.value!),
      ),
  ),
  $unsetField: namedOperator(
    { required: ['field', 'input'], optional: [] },
    (args, compiler, name) =>
      setField(
        constantName(args.field!, compiler, name, SET_FIELD),
        compiler.compile(args.input!),
        () => undefined,
      ),
  ),
  $bsonSize: operator(1, ([value]) => {
    if (isNullish(value)) return null;
    if (!isDoc(value))
      return fail(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
    return bsonSize(value);
  }),
};
