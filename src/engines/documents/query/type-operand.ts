/** The operand of `$type` and `bsonType`: which types it names. */
import { fail } from '../errors.ts';
import {
  isNumeric,
  type Maybe,
  TYPE_NUMBERS,
  type TypeName,
  typeOf,
  type Value,
} from '../values/types.ts';
import { toNumber } from '../values/numbers.ts';

const NUMBERS: TypeName[] = ['int', 'long', 'double', 'decimal'];
const ALIASES: Readonly<Record<string, TypeName[]>> = {
  ...Object.fromEntries(Object.keys(TYPE_NUMBERS).map((name) => [name, [name as TypeName]])),
  number: NUMBERS,
  javascriptWithScope: ['javascript'],
};
const BY_NUMBER = new Map(
  Object.entries(TYPE_NUMBERS).map(([name, number]) => [number, name as TypeName]),
);

/** A test for `{$type: operand}`. @throws MongoServerError BadValue for a type there is not. */
export function typeTest(operand: Value): (value: Maybe) => boolean {
  const names = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typesOf));
  return (value) => value !== undefined && names.has(typeOf(value));
}

function typesOf(operand: Value): TypeName[] {
  if (typeof operand === 'string') {
    return Object.hasOwn(ALIASES, operand)
      ? ALIASES[operand]!
      : fail(2, `Unknown type name alias: ${operand}`);
  }
  if (!isNumeric(operand)) fail(14, 'type must be represented as a number or a string');
  const number = toNumber(operand);
  const name = BY_NUMBER.get(number);
  return name ? [name] : fail(2, `Invalid numerical type code: ${String(number)}`);
}
