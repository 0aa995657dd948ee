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
  type Evaluator,
  fail,
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

function setField(field: Value | undefined, input: Evaluator, value: Evaluator): Evaluator {
  if (typeof field !== 'string')
    return fail(4161107, "$setField requires 'field' to evaluate to a constant string");
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

const $getField: Operator = (operand, compiler) => {
  const named = isDoc(operand) && operand.field !== undefined;
  const fieldOperand = named ? operand.field! : operand;
  const literal =
    isDoc(fieldOperand) && fieldOperand.$literal !== undefined
      ? fieldOperand.$literal
      : fieldOperand;
  if (typeof literal !== 'string')
    return fail(5654602, "$getField requires 'field' to evaluate to type String");
  const input = named && operand.input !== undefined ? compiler.compile(operand.input) : null;
  return (scope) => {
    const doc = input ? input(scope) : scope.root;
    return isDoc(doc) ? doc[literal] : isNullish(doc) && doc !== undefined ? null : undefined;
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
    (args, compiler) =>
      setField(args.field, compiler.compile(args.input!), compiler.compile(args.value!)),
  ),
  $unsetField: namedOperator({ required: ['field', 'input'], optional: [] }, (args, compiler) =>
    setField(args.field, compiler.compile(args.input!), () => undefined),
  ),
  $bsonSize: operator(1, ([value]) => {
    if (isNullish(value)) return null;
    if (!isDoc(value))
      return fail(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
    return bsonSize(value);
  }),
};
