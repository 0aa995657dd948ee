/** A collection's validator: any filter, and why a document does not pass it (`errInfo`). */
import type { Condition, FieldCondition } from '../query/condition.ts';
import { parseFilter } from '../query/parse.ts';
import { SIMPLE } from '../values/collation.ts';
import { pathOf, someValue } from '../values/paths.ts';
import { type Doc, docOf, isDoc, type Maybe, type Value } from '../values/types.ts';
import { compileJsonSchema } from './json-schema.ts';
import { detail } from './rule.ts';

export interface Validator {
  /** As it was given. */
  filter: Doc;
  passes(doc: Doc): boolean;
  /** The server's `errInfo` for a document that does not pass. */
  errInfo(doc: Doc): Doc;
}

/** Compiles a validator. @throws MongoServerError if the filter is not well formed. */
export function compileValidator(filter: Doc, now: Date): Validator {
  const condition = parseFilter(filter, { collation: SIMPLE, now, variables: {} });
  return {
    filter,
    passes: (doc) => condition.match(doc),
    errInfo: (doc) =>
      detail({ failingDocumentId: doc._id ?? null, details: explain(condition, doc) }),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  $in: 'no matching value found in array',
  $nin: 'matching value found in array',
  $type: 'type did not match',
  $regex: 'regular expression did not match',
  $size: 'array length was not equal to given size',
  $mod: '$mod did not evaluate to expected remainder',
  $elemMatch: 'array did not satisfy the child predicate',
  $not: 'child expression matched',
};

function explain(condition: Condition, doc: Doc): Doc {
  switch (condition.kind) {
    case 'field':
      return explainField(condition, doc);
    case 'document':
      if (condition.operator === '$jsonSchema' && isDoc(condition.operand)) {
        return compileJsonSchema(condition.operand).explain(doc);
      }
      return detail({
        operatorName: condition.operator,
        specifiedAs: docOf([[condition.operator, condition.operand]]),
        reason: 'expression did not match',
        expressionResult: false,
      });
    default: {
      const clauses = condition.conditions.flatMap((part, index) =>
        part.match(doc) === (condition.kind === 'nor')
          ? [detail({ index, details: explain(part, doc) })]
          : [],
      );
      const name = `$${condition.kind}`;
      return condition.kind === 'nor'
        ? detail({ operatorName: name, clausesSatisfied: clauses })
        : detail({ operatorName: name, clausesNotSatisfied: clauses });
    }
  }
}

function explainField({ field, operator, operand }: FieldCondition, doc: Doc): Doc {
  const values: Value[] = [];
  someValue(doc, pathOf(field), (value: Maybe) => {
    if (value !== undefined) values.push(value);
    return false;
  });
  const specifiedAs = docOf([[field, operator === '$eq' ? operand : docOf([[operator, operand]])]]);
  if (operator === '$exists') {
    const reason = values.length ? 'path does exist' : 'path does not exist';
    return detail({ operatorName: operator, specifiedAs, reason });
  }
  if (values.length === 0) {
    return detail({ operatorName: operator, specifiedAs, reason: 'field was missing' });
  }
  return detail({
    operatorName: operator,
    specifiedAs,
    reason: REASONS[operator] ?? 'comparison failed',
    ...(values.length === 1 ? { consideredValue: values[0] } : { consideredValues: values }),
  });
}
