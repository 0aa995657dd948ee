/** A keyword of a schema, compiled: what it tests, and how it explains a failure. */
import { docOf, type Doc, type Maybe, typeOf, type Value } from '../values/types.ts';

export interface Rule {
  keyword: string;
  test: (value: Value) => boolean;
  /** The server's explanation of a value that failed. */
  explain: (value: Value) => Doc;
}

/** A compiled schema. */
export interface Schema {
  title: string | undefined;
  description: string | undefined;
  /** In the order in which the server explains them. */
  rules: Rule[];
}

export function satisfies(schema: Schema, value: Value): boolean {
  return schema.rules.every((rule) => rule.test(value));
}

/** Explanations of the rules that a value breaks. */
export function explainRules(schema: Schema, value: Value): Doc[] {
  return schema.rules.filter((rule) => !rule.test(value)).map((rule) => rule.explain(value));
}

/** A document from fields, without those that are undefined. */
export function detail(fields: Readonly<Record<string, Maybe>>): Doc {
  return docOf(
    Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}

/** The form most keywords explain themselves in. */
export function leafDetail(
  keyword: string,
  specified: Readonly<Record<string, Maybe>>,
  reason: string,
  value: Value,
  withType = false,
): Doc {
  return detail({
    operatorName: keyword,
    specifiedAs: detail(specified),
    reason,
    consideredValue: value,
    consideredType: withType ? typeOf(value) : undefined,
  });
}
