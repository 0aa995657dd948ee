/** `$push`, `$addToSet`, `$pull`, `$pullAll`, `$pop` (manual, "Array Update Operators"). */
import { sortValues } from '../aggregate/sort-values.ts';
import { fail } from '../errors.ts';
import type { FilterContext } from '../query/condition.ts';
import { equalityTest, regexTest } from '../query/field-operators.ts';
import { elemMatch, isOperatorDoc, parseFilter } from '../query/parse.ts';
import { equal } from '../values/compare.ts';
import { describe } from '../values/describe.ts';
import { isIntegral, toNumber } from '../values/numbers.ts';
import { BSONRegExp, isDoc, isNumeric, type Maybe, typeOf, type Value } from '../values/types.ts';
import type { UpdateOperator } from './operators.ts';
import { nameOf } from './path.ts';

const MODIFIERS = ['$each', '$slice', '$sort', '$position'];

interface Push {
  items: Value[];
  position: number;
  sort: ((a: Value, b: Value) => number) | null;
  slice: number | null;
}

function integerOf(value: Maybe, fallback: number, clause: string): number {
  if (value === undefined) return fallback;
  if (!isNumeric(value) || !isIntegral(value)) {
    return fail(
      2,
      `The value for ${clause} must be an integer value but was given type: ${typeOf(value)}`,
    );
  }
  return toNumber(value);
}

function parsePush(operand: Value, context: FilterContext): Push {
  if (!isDoc(operand) || operand.$each === undefined) {
    return { items: [operand], position: Infinity, sort: null, slice: null };
  }
  for (const clause in operand) {
    if (!MODIFIERS.includes(clause)) fail(2, `Unrecognized clause in $push: ${clause}`);
  }
  const items = operand.$each;
  if (!Array.isArray(items)) {
    return fail(
      2,
      `The argument to $each in $push must be an array but it was of type: ${typeOf(items)}`,
    );
  }
  return {
    items,
    position: integerOf(operand.$position, Infinity, '$position'),
    sort: operand.$sort === undefined ? null : sortValues(operand.$sort, context.collation.strings),
    slice: operand.$slice === undefined ? null : integerOf(operand.$slice, 0, '$slice'),
  };
}

const $push: UpdateOperator = {
  creates: true,
  make: ({ operand, path, context }) => {
    const { items, position, sort, slice } = parsePush(operand, context);
    return (old, doc) => {
      if (old !== undefined && !Array.isArray(old)) {
        return fail(
          2,
          `The field '${path}' must be an array but is of type ${typeOf(old)} in document ${nameOf(doc)}`,
        );
      }
      let array = old ? old.slice() : [];
      array.splice(
        position < 0 ? Math.max(0, array.length + position) : Math.min(position, array.length),
        0,
        ...items,
      );
      if (sort) array = array.toSorted(sort);
      if (slice !== null) array = slice < 0 ? array.slice(slice) : array.slice(0, slice);
      return array;
    };
  },
};

const $addToSet: UpdateOperator = {
  creates: true,
  make: ({ operand, path, context }) => {
    let items = [operand];
    if (isDoc(operand) && operand.$each !== undefined) {
      for (const clause in operand) {
        if (clause !== '$each')
          fail(
            2,
            `Found unexpected fields after $each in $addToSet: { ${Object.keys(operand).join(', ')} }`,
          );
      }
      if (!Array.isArray(operand.$each)) {
        return fail(
          14,
          `The argument to $each in $addToSet must be an array but it was of type ${typeOf(operand.$each)}`,
        );
      }
      items = operand.$each;
    }
    const strings = context.collation.strings;
    return (old) => {
      if (old !== undefined && !Array.isArray(old)) {
        return fail(
          2,
          `Cannot apply $addToSet to non-array field. Field named '${path.split('.').at(-1)!}' has non-array type ${typeOf(old)}`,
        );
      }
      const array = old ? old.slice() : [];
      for (const item of items) {
        if (!array.some((present) => equal(present, item, strings))) array.push(item);
      }
      return old && array.length === old.length ? old : array;
    };
  },
};

/** Which elements `$pull` removes: a filter for documents, operators or a value for the others. */
function pullTest(operand: Value, context: FilterContext): (element: Value) => boolean {
  if (operand instanceof BSONRegExp) return regexTest(operand.pattern, operand.options);
  if (isOperatorDoc(operand) && !['$and', '$or', '$nor'].includes(Object.keys(operand)[0]!)) {
    return elemMatch(operand, context)[1];
  }
  if (!isDoc(operand)) return equalityTest(operand, context.collation);
  const filter = parseFilter(operand, context);
  return (element) => isDoc(element) && filter.match(element);
}

function without(old: Maybe, remove: (element: Value) => boolean, name: string): Maybe {
  if (old === undefined) return old;
  if (!Array.isArray(old)) return fail(2, `Cannot apply ${name} to a non-array value`);
  const kept = old.filter((element) => !remove(element));
  return kept.length === old.length ? old : kept;
}

const $pull: UpdateOperator = {
  creates: false,
  make: ({ operand, context }) => {
    const test = pullTest(operand, context);
    return (old) => without(old, test, '$pull');
  },
};

const $pullAll: UpdateOperator = {
  creates: false,
  make: ({ operand, context }) => {
    if (!Array.isArray(operand)) {
      return fail(2, `$pullAll requires an array argument but was given a ${typeOf(operand)}`);
    }
    const strings = context.collation.strings;
    return (old) =>
      without(old, (element) => operand.some((item) => equal(item, element, strings)), '$pullAll');
  },
};

const $pop: UpdateOperator = {
  creates: false,
  make: ({ operand, path }) => {
    if (!isNumeric(operand)) return fail(9, `Expected a number in: ${path}: ${describe(operand)}`);
    const end = toNumber(operand);
    if (end !== 1 && end !== -1) return fail(9, `$pop expects 1 or -1, found: ${String(end)}`);
    return (old) => {
      if (old === undefined) return old;
      if (!Array.isArray(old))
        return fail(14, `Path '${path}' contains an element of non-array type '${typeOf(old)}'`);
      if (old.length === 0) return old;
      return end === 1 ? old.slice(0, -1) : old.slice(1);
    };
  },
};

export const ARRAY_OPERATORS: Readonly<Record<string, UpdateOperator>> = {
  $push,
  $addToSet,
  $pull,
  $pullAll,
  $pop,
};
