/** Keywords on documents. */
import { fail } from '../errors.ts';
import { regexOf } from '../query/regex.ts';
import { type Doc, isDoc, type Value } from '../values/types.ts';
import type { Keyword } from './json-schema.ts';
import { detail, explainRules, satisfies, type Schema } from './rule.ts';
import { countOf } from './scalar-keywords.ts';

function schemasOf(
  operand: Value,
  keyword: string,
  compile: Parameters<Keyword>[2],
): [string, Schema][] {
  if (!isDoc(operand)) return fail(14, `$jsonSchema keyword '${keyword}' must be an object`);
  return Object.keys(operand).map((name) => {
    if (!isDoc(operand[name]!)) {
      return fail(14, `Nested schema for $jsonSchema property '${name}' must be an object`);
    }
    return [name, compile(operand[name], keyword)];
  });
}

function stringsOf(operand: Value, keyword: string): string[] {
  if (!Array.isArray(operand)) return fail(14, `$jsonSchema keyword '${keyword}' must be an array`);
  if (operand.length === 0)
    return fail(9, `$jsonSchema keyword '${keyword}' cannot be an empty array`);
  return operand.map((name) =>
    typeof name === 'string'
      ? name
      : fail(14, `$jsonSchema keyword '${keyword}' must be an array of strings`),
  );
}

const properties: Keyword = (operand, _schema, compile) => {
  const schemas = schemasOf(operand, 'properties', compile);
  const failing = (doc: Doc) =>
    schemas.filter(([name, schema]) => doc[name] !== undefined && !satisfies(schema, doc[name]));
  return {
    keyword: 'properties',
    test: (value) => !isDoc(value) || failing(value).length === 0,
    explain: (value) =>
      detail({
        operatorName: 'properties',
        propertiesNotSatisfied: failing(value as Doc).map(([name, schema]) =>
          detail({
            propertyName: name,
            title: schema.title,
            description: schema.description,
            details: explainRules(schema, (value as Doc)[name]!),
          }),
        ),
      }),
  };
};

const patternProperties: Keyword = (operand, _schema, compile) => {
  const schemas = schemasOf(operand, 'patternProperties', compile);
  const failing = (doc: Doc) =>
    schemas.flatMap(([pattern, schema]) =>
      Object.keys(doc)
        .filter((name) => regexOf(pattern, '').test(name) && !satisfies(schema, doc[name]!))
        .map((name) => ({ name, pattern, schema })),
    );
  return {
    keyword: 'patternProperties',
    test: (value) => !isDoc(value) || failing(value).length === 0,
    explain: (value) =>
      detail({
        operatorName: 'patternProperties',
        details: failing(value as Doc).map(({ name, pattern, schema }) =>
          detail({
            propertyName: name,
            regexMatched: pattern,
            title: schema.title,
            description: schema.description,
            details: explainRules(schema, (value as Doc)[name]!),
          }),
        ),
      }),
  };
};

const additionalProperties: Keyword = (operand, schema, compile) => {
  if (operand === true) return null;
  if (operand !== false && !isDoc(operand)) {
    return fail(14, "$jsonSchema keyword 'additionalProperties' must be an object or a boolean");
  }
  const rest = operand === false ? null : compile(operand, 'additionalProperties');
  const named = new Set(isDoc(schema.properties!) ? Object.keys(schema.properties) : []);
  const patterns = isDoc(schema.patternProperties!) ? Object.keys(schema.patternProperties) : [];
  const failing = (doc: Doc) =>
    Object.keys(doc).filter(
      (name) =>
        !named.has(name) &&
        !patterns.some((pattern) => regexOf(pattern, '').test(name)) &&
        !(rest && satisfies(rest, doc[name]!)),
    );
  return {
    keyword: 'additionalProperties',
    test: (value) => !isDoc(value) || failing(value).length === 0,
    explain: (value) => {
      const names = failing(value as Doc);
      if (!rest) {
        return detail({
          operatorName: 'additionalProperties',
          specifiedAs: detail({ additionalProperties: false }),
          additionalProperties: names,
        });
      }
      return detail({
        operatorName: 'additionalProperties',
        title: rest.title,
        description: rest.description,
        reason: 'at least one additional property did not match the subschema',
        failingProperty: names[0],
        details: explainRules(rest, (value as Doc)[names[0]!]!),
      });
    },
  };
};

const required: Keyword = (operand) => {
  const names = stringsOf(operand, 'required');
  return {
    keyword: 'required',
    test: (value) => !isDoc(value) || names.every((name) => value[name] !== undefined),
    explain: (value) =>
      detail({
        operatorName: 'required',
        specifiedAs: detail({ required: operand }),
        missingProperties: names.filter((name) => (value as Doc)[name] === undefined),
      }),
  };
};

function count(keyword: 'minProperties' | 'maxProperties'): Keyword {
  return (operand) => {
    const n = countOf(operand, keyword);
    const size = (value: Value) => Object.keys(value as Doc).length;
    return {
      keyword,
      test: (value) =>
        !isDoc(value) || (keyword === 'minProperties' ? size(value) >= n : size(value) <= n),
      explain: (value) =>
        detail({
          operatorName: keyword,
          specifiedAs: detail({ [keyword]: operand }),
          reason: 'specified number of properties was not satisfied',
          numberOfProperties: size(value),
        }),
    };
  };
}

const dependencies: Keyword = (operand, _schema, compile) => {
  if (!isDoc(operand)) return fail(14, "$jsonSchema keyword 'dependencies' must be an object");
  const rules = Object.keys(operand).map((name) => {
    const dependency = operand[name]!;
    return Array.isArray(dependency)
      ? { name, needs: stringsOf(dependency, 'dependencies'), schema: null }
      : { name, needs: [], schema: compile(dependency, 'dependencies') };
  });
  const failing = (doc: Doc) =>
    rules.filter(
      ({ name, needs, schema }) =>
        doc[name] !== undefined &&
        (needs.some((need) => doc[need] === undefined) ||
          (schema !== null && !satisfies(schema, doc))),
    );
  return {
    keyword: 'dependencies',
    test: (value) => !isDoc(value) || failing(value).length === 0,
    explain: (value) =>
      detail({
        operatorName: 'dependencies',
        failingDependencies: failing(value as Doc).map(({ name, needs, schema }) =>
          detail({
            conditionalProperty: name,
            missingProperties: schema
              ? undefined
              : needs.filter((need) => (value as Doc)[need] === undefined),
            details: schema ? explainRules(schema, value) : undefined,
          }),
        ),
      }),
  };
};

export const OBJECT_KEYWORDS: Readonly<Record<string, Keyword>> = {
  properties,
  patternProperties,
  additionalProperties,
  required,
  minProperties: count('minProperties'),
  maxProperties: count('maxProperties'),
  dependencies,
};
