/** Keywords on single values: types, ranges, lengths, patterns. Each tests only values of its type. */
import { fail } from '../errors.ts';
import { regexOf } from '../query/regex.ts';
import { typeTest } from '../query/type-operand.ts';
import { compare } from '../values/compare.ts';
import { isIntegral, isZero, remainder, toNumber } from '../values/numbers.ts';
import { isNumeric, type Value } from '../values/types.ts';
import type { Keyword } from './json-schema.ts';
import { leafDetail } from './rule.ts';

/** Names of JSON Schema's own types, as BSON's. */
const JSON_TYPES: Readonly<Record<string, string>> = {
  array: 'array',
  boolean: 'bool',
  null: 'null',
  number: 'number',
  object: 'object',
  string: 'string',
};

function typeKeyword(keyword: 'type' | 'bsonType'): Keyword {
  return (operand) => {
    const names = Array.isArray(operand) ? operand : [operand];
    if (names.length === 0) fail(9, `$jsonSchema keyword '${keyword}' must name at least one type`);
    const aliases = names.map((name): string => {
      if (typeof name !== 'string') {
        return fail(
          14,
          `$jsonSchema keyword '${keyword}' must be either a string or an array of strings`,
        );
      }
      if (keyword === 'bsonType') return name;
      if (name === 'integer')
        return fail(9, "$jsonSchema type 'integer' is not currently supported.");
      return JSON_TYPES[name] ?? fail(2, `Unknown type name alias: ${name}`);
    });
    return {
      keyword,
      test: typeTest(aliases),
      explain: (value) =>
        leafDetail(keyword, { [keyword]: operand }, 'type did not match', value, true),
    };
  };
}

function limit(keyword: 'minimum' | 'maximum'): Keyword {
  const exclusiveName = keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  const sign = keyword === 'minimum' ? 1 : -1;
  return (operand, schema) => {
    if (!isNumeric(operand)) fail(14, `$jsonSchema keyword '${keyword}' must be a number`);
    const exclusive = schema[exclusiveName];
    if (exclusive !== undefined && typeof exclusive !== 'boolean') {
      fail(14, `$jsonSchema keyword '${exclusiveName}' must be a boolean`);
    }
    return {
      keyword,
      test: (value) => {
        if (!isNumeric(value)) return true;
        const order = sign * compare(value, operand);
        return exclusive ? order > 0 : order >= 0;
      },
      explain: (value) =>
        leafDetail(
          keyword,
          { [keyword]: operand, [exclusiveName]: exclusive },
          'comparison failed',
          value,
        ),
    };
  };
}

/** A keyword's operand that counts something. @throws MongoServerError if it is no count. */
export function countOf(operand: Value, keyword: string): number {
  if (!isNumeric(operand)) return fail(14, `$jsonSchema keyword '${keyword}' must be a number`);
  if (!isIntegral(operand)) return fail(9, `Expected an integer in: ${keyword}`);
  const n = toNumber(operand);
  return n >= 0 ? n : fail(9, `Expected a non-negative number in: ${keyword}`);
}

function length(keyword: 'minLength' | 'maxLength'): Keyword {
  return (operand) => {
    const n = countOf(operand, keyword);
    return {
      keyword,
      test: (value) => {
        if (typeof value !== 'string') return true;
        const characters = [...value].length;
        return keyword === 'minLength' ? characters >= n : characters <= n;
      },
      explain: (value) =>
        leafDetail(
          keyword,
          { [keyword]: operand },
          'specified string length was not satisfied',
          value,
        ),
    };
  };
}

const pattern: Keyword = (operand) => {
  if (typeof operand !== 'string')
    return fail(14, "$jsonSchema keyword 'pattern' must be a string");
  const regex = regexOf(operand, '');
  return {
    keyword: 'pattern',
    test: (value) => typeof value !== 'string' || regex.test(value),
    explain: (value) =>
      leafDetail('pattern', { pattern: operand }, 'regular expression did not match', value),
  };
};

const multipleOf: Keyword = (operand) => {
  if (!isNumeric(operand)) return fail(14, "$jsonSchema keyword 'multipleOf' must be a number");
  if (toNumber(operand) <= 0)
    fail(9, "$jsonSchema keyword 'multipleOf' must have a positive value");
  return {
    keyword: 'multipleOf',
    test: (value) => !isNumeric(value) || isZero(remainder(value, operand)),
    explain: (value) =>
      leafDetail(
        'multipleOf',
        { multipleOf: operand },
        'considered value is not a multiple of the specified value',
        value,
      ),
  };
};

export const SCALAR_KEYWORDS: Readonly<Record<string, Keyword>> = {
  maximum: limit('maximum'),
  minimum: limit('minimum'),
  maxLength: length('maxLength'),
  minLength: length('minLength'),
  pattern,
  multipleOf,
  bsonType: typeKeyword('bsonType'),
  type: typeKeyword('type'),
};
