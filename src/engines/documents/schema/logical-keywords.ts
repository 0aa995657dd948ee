/** Keywords that combine schemas, and `enum`. */
import { fail } from '../errors.ts';
import { equal } from '../values/compare.ts';
import type { Value } from '../values/types.ts';
import type { Keyword } from './json-schema.ts';
import { detail, explainRules, leafDetail, satisfies, type Schema } from './rule.ts';

function schemasOf(operand: Value, keyword: string, compile: Parameters<Keyword>[2]): Schema[] {
  if (!Array.isArray(operand)) return fail(14, `$jsonSchema keyword '${keyword}' must be an array`);
  if (operand.length === 0)
    return fail(2, `$jsonSchema keyword '${keyword}' must be a non-empty array`);
  return operand.map((schema) => compile(schema, keyword));
}

function unsatisfied(schemas: Schema[], value: Value) {
  return schemas.flatMap((schema, index) =>
    satisfies(schema, value)
      ? []
      : [
          detail({
            index,
            title: schema.title,
            description: schema.description,
            details: explainRules(schema, value),
          }),
        ],
  );
}

function combination(
  keyword: 'allOf' | 'anyOf' | 'oneOf',
  accept: (matching: number, all: number) => boolean,
): Keyword {
  return (operand, _schema, compile) => {
    const schemas = schemasOf(operand, keyword, compile);
    const matching = (value: Value) =>
      schemas.flatMap((schema, i) => (satisfies(schema, value) ? [i] : []));
    return {
      keyword,
      test: (value) => accept(matching(value).length, schemas.length),
      explain: (value) => {
        const indexes = matching(value);
        if (keyword === 'oneOf' && indexes.length > 1) {
          return detail({
            operatorName: keyword,
            reason: 'more than one subschema matched',
            matchingSchemaIndexes: indexes,
          });
        }
        return detail({ operatorName: keyword, schemasNotSatisfied: unsatisfied(schemas, value) });
      },
    };
  };
}

const not: Keyword = (operand, _schema, compile) => {
  const schema = compile(operand, 'not');
  return {
    keyword: 'not',
    test: (value) => !satisfies(schema, value),
    explain: () => detail({ operatorName: 'not', reason: 'child expression matched' }),
  };
};

const enumeration: Keyword = (operand) => {
  if (!Array.isArray(operand)) return fail(14, "$jsonSchema keyword 'enum' must be an array");
  if (operand.length === 0) fail(9, "$jsonSchema keyword 'enum' cannot be an empty array");
  return {
    keyword: 'enum',
    test: (value) => operand.some((item) => equal(item, value)),
    explain: (value) => leafDetail('enum', { enum: operand }, 'value was not found in enum', value),
  };
};

export const LOGICAL_KEYWORDS: Readonly<Record<string, Keyword>> = {
  allOf: combination('allOf', (matching, all) => matching === all),
  anyOf: combination('anyOf', (matching) => matching > 0),
  oneOf: combination('oneOf', (matching) => matching === 1),
  not,
  enum: enumeration,
};
