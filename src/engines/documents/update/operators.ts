/** Update operators on fields (manual, "Field Update Operators", "Bitwise Update Operator"). */
import { fail } from '../errors.ts';
import type { FilterContext } from '../query/condition.ts';
import { compare, identical } from '../values/compare.ts';
import { describe } from '../values/describe.ts';
import {
  arithmetic,
  LONG_MAX,
  LONG_MIN,
  type Numeric,
  numericType,
  toNumber,
} from '../values/numbers.ts';
import {
  type Doc,
  isDoc,
  isNumeric,
  Long,
  type Maybe,
  Timestamp,
  typeOf,
  type Value,
} from '../values/types.ts';
import { ARRAY_OPERATORS } from './array-operators.ts';
import { nameOf } from './path.ts';

export interface OperatorInput {
  operand: Value;
  /** The dotted path. */
  path: string;
  context: FilterContext;
}

/** An operator of `{$operator: {path: operand}}`. */
export interface UpdateOperator {
  /** Whether missing documents on the way are made. */
  creates: boolean;
  /** Checks the operand and makes the change of the value. `undefined`: no value. */
  make: (input: OperatorInput) => (old: Maybe, doc: Doc) => Maybe;
}

function arithmeticOperator(
  name: '$inc' | '$mul',
  verb: string,
  operation: 'add' | 'multiply',
): UpdateOperator {
  return {
    creates: true,
    make: ({ operand, path }) => {
      if (!isNumeric(operand)) {
        return fail(
          14,
          `Cannot ${verb} with non-numeric argument: {${path}: ${describe(operand)}}`,
        );
      }
      return (old, doc) => {
        if (old === undefined)
          return name === '$inc' ? operand : arithmetic('multiply', operand, 0);
        if (!isNumeric(old)) {
          return fail(
            14,
            `Cannot apply ${name} to a value of non-numeric type. ${nameOf(doc)} has the field '${path.split('.').at(-1)!}' of non-numeric type ${typeOf(old)}`,
          );
        }
        const result = arithmetic(operation, old, operand);
        if (overflowed(old, operand, result)) {
          return fail(
            2,
            `Failed to apply ${name} operations to current value ((NumberLong)${String(old)}) for document ${nameOf(doc)}`,
          );
        }
        return result;
      };
    },
  };
}

/** Two integers that gave a double: the sum or product is beyond 64 bits. */
function overflowed(a: Numeric, b: Numeric, result: Numeric): boolean {
  const whole = (n: Numeric) => ['int', 'long'].includes(numericType(n));
  return whole(a) && whole(b) && !whole(result);
}

function extreme(direction: 1 | -1): UpdateOperator {
  return {
    creates: true,
    make:
      ({ operand, context }) =>
      (old) =>
        old === undefined || direction * compare(operand, old, context.collation.strings) > 0
          ? operand
          : old,
  };
}

const $set: UpdateOperator = {
  creates: true,
  make:
    ({ operand }) =>
    (old) =>
      identical(old, operand) ? old : operand,
};

const $currentDate: UpdateOperator = {
  creates: true,
  make: ({ operand, context }) => {
    const type = isDoc(operand) ? operand.$type : operand === true ? 'date' : undefined;
    if (typeof operand === 'boolean' || type === 'date') return () => context.now;
    if (type !== 'timestamp') {
      return fail(
        2,
        isDoc(operand)
          ? "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}"
          : `${typeOf(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
      );
    }
    return () => new Timestamp({ t: Math.floor(context.now.getTime() / 1000), i: 1 });
  },
};

const BITS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

const $bit: UpdateOperator = {
  creates: true,
  make: ({ operand, path }) => {
    if (!isDoc(operand)) {
      return fail(
        2,
        `The $bit modifier is not compatible with a ${typeOf(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
      );
    }
    const steps = Object.keys(operand).map((name): ((old: bigint) => bigint) => {
      const apply = Object.hasOwn(BITS, name)
        ? BITS[name]!
        : fail(
            2,
            `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${describe(operand[name])}}`,
          );
      const mask = operand[name]!;
      if (!isNumeric(mask) || !['int', 'long'].includes(numericType(mask))) {
        return fail(
          2,
          `The $bit modifier field must be an Integer(32/64 bit); a '${typeOf(mask)}' is not supported here: {${name}: ${describe(mask)}}`,
        );
      }
      const bits = mask instanceof Long ? mask.toBigInt() : BigInt(toNumber(mask));
      return (old) => apply(old, bits);
    });
    return (old, doc) => {
      const start: Maybe = old ?? 0;
      if (!isNumeric(start) || !['int', 'long'].includes(numericType(start))) {
        return fail(
          2,
          `Cannot apply $bit to a value of non-integral type.${nameOf(doc)} has the field ${path} of non-integer type ${typeOf(old)}`,
        );
      }
      const bits = steps.reduce(
        (value, step) => step(value),
        start instanceof Long ? start.toBigInt() : BigInt(toNumber(start)),
      );
      return start instanceof Long || bits > 2147483647n || bits < -2147483648n
        ? Long.fromBigInt(bits < LONG_MIN ? LONG_MIN : bits > LONG_MAX ? LONG_MAX : bits)
        : Number(bits);
    };
  },
};

/** Every operator but `$rename` and `$setOnInsert`, which the parser takes care of. */
export const FIELD_UPDATE_OPERATORS: Readonly<Record<string, UpdateOperator>> = {
  $set,
  $unset: { creates: false, make: () => () => undefined },
  $inc: arithmeticOperator('$inc', 'increment', 'add'),
  $mul: arithmeticOperator('$mul', 'multiply', 'multiply'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate,
  $bit,
  ...ARRAY_OPERATORS,
};

export const UPDATE_OPERATORS = [...Object.keys(FIELD_UPDATE_OPERATORS), '$rename', '$setOnInsert'];
