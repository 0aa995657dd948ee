/**
 * `$jsonSchema` (manual, "$jsonSchema"): draft 4 with `bsonType`, without `$ref`, `format` and
 * `integer`, as the server has it. Explanations have the form of the server's `errInfo.details`.
 */
import { fail } from '../errors.ts';
import { type Doc, isDoc, type Value } from '../values/types.ts';
import { ARRAY_KEYWORDS } from './array-keywords.ts';
import { LOGICAL_KEYWORDS } from './logical-keywords.ts';
import { OBJECT_KEYWORDS } from './object-keywords.ts';
import { detail, explainRules, type Rule, satisfies, type Schema } from './rule.ts';
import { SCALAR_KEYWORDS } from './scalar-keywords.ts';

export interface DocumentSchema {
  matches(doc: Doc): boolean;
  /** What a document that does not match breaks. */
  explain(doc: Doc): Doc;
}

/** Makes the rule of a keyword, or `null` if it has nothing to test. */
export type Keyword = (
  operand: Value,
  schema: Doc,
  compile: (schema: Value, keyword: string) => Schema,
) => Rule | null;

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  ...SCALAR_KEYWORDS,
  ...ARRAY_KEYWORDS,
  ...OBJECT_KEYWORDS,
  ...LOGICAL_KEYWORDS,
};

/** The keywords that test something, in the order they are explained in. */
export const SCHEMA_KEYWORDS = Object.keys(KEYWORDS);

const WITHOUT_RULE = new Set([
  'title',
  'description',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'additionalItems',
]);
const UNSUPPORTED = new Set(['$ref', '$schema', 'default', 'definitions', 'format', 'id']);

/** Compiles a schema. @throws MongoServerError FailedToParse, TypeMismatch. */
export function compileJsonSchema(input: Doc): DocumentSchema {
  const schema = compile(input, '$jsonSchema');
  return {
    matches: (doc) => satisfies(schema, doc),
    explain: (doc) =>
      detail({
        operatorName: '$jsonSchema',
        title: schema.title,
        description: schema.description,
        schemaRulesNotSatisfied: explainRules(schema, doc),
      }),
  };
}

function compile(input: Value, keyword: string): Schema {
  if (!isDoc(input)) return fail(14, `$jsonSchema keyword '${keyword}' must be an object`);
  for (const name in input) {
    if (UNSUPPORTED.has(name)) fail(9, `$jsonSchema keyword '${name}' is not currently supported`);
    if (!Object.hasOwn(KEYWORDS, name) && !WITHOUT_RULE.has(name)) {
      fail(9, `Unknown $jsonSchema keyword: ${name}`);
    }
  }
  if (input.type !== undefined && input.bsonType !== undefined) {
    fail(9, "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
  }
  const rules: Rule[] = [];
  for (const name of SCHEMA_KEYWORDS) {
    const operand = input[name];
    if (operand === undefined) continue;
    const rule = KEYWORDS[name]!(operand, input, compile);
    if (rule) rules.push(rule);
  }
  return { title: textOf(input, 'title'), description: textOf(input, 'description'), rules };
}

function textOf(schema: Doc, keyword: string): string | undefined {
  const value = schema[keyword];
  if (value === undefined || typeof value === 'string') return value;
  return fail(14, `$jsonSchema keyword '${keyword}' must be of type string`);
}
