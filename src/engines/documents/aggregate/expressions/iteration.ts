/** `$map`, `$filter`, `$reduce`: an expression run for each element of an array. */
import { truthy } from '../../query/field-operators.ts';
import { isIntegral, toNumber } from '../../values/numbers.ts';
import { isNumeric, type Maybe, type Value } from '../../values/types.ts';
import { bind, fail, isNullish, namedOperator, type Operator, typeName } from '../operator.ts';

function variableName(value: Value | undefined): string {
  if (value === undefined) return 'this';
  if (typeof value !== 'string') return fail(14, `'as' must be a string`);
  if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(value)) {
    return fail(9, `'${value}' starts with an invalid character for a user variable name`);
  }
  return value;
}

function arrayOf(value: Maybe, name: string, code: number): Value[] | null {
  if (isNullish(value)) return null;
  return Array.isArray(value)
    ? value
    : fail(code, `input to ${name} must be an array not ${typeName(value)}`);
}

export const ITERATION: Readonly<Record<string, Operator>> = {
  $map: namedOperator({ required: ['input', 'in'], optional: ['as'] }, (args, compiler) => {
    const name = variableName(args.as);
    const input = compiler.compile(args.input!);
    const each = compiler.compile(args.in!, [name]);
    return (scope) => {
      const items = arrayOf(input(scope), '$map', 16883);
      return items && items.map((item) => each(bind(scope, name, item)) ?? null);
    };
  }),
  $filter: namedOperator(
    { required: ['input', 'cond'], optional: ['as', 'limit'] },
    (args, compiler) => {
      const name = variableName(args.as);
      const input = compiler.compile(args.input!);
      const condition = compiler.compile(args.cond!, [name]);
      const most = args.limit === undefined ? null : compiler.compile(args.limit);
      return (scope) => {
        const items = arrayOf(input(scope), '$filter', 28651);
        if (!items) return null;
        const kept = items.filter((item) => truthy(condition(bind(scope, name, item))));
        const limit = most?.(scope);
        if (isNullish(limit)) return kept;
        if (!isNumeric(limit) || !isIntegral(limit) || toNumber(limit) < 1) {
          return fail(327392, `$filter: limit must be greater than 0: ${String(limit)}`);
        }
        return kept.slice(0, toNumber(limit));
      };
    },
  ),
  $reduce: namedOperator(
    { required: ['input', 'initialValue', 'in'], optional: [] },
    (args, compiler) => {
      const input = compiler.compile(args.input!);
      const initial = compiler.compile(args.initialValue!);
      const each = compiler.compile(args.in!, ['this', 'value']);
      return (scope) => {
        const value = input(scope);
        if (isNullish(value)) return null;
        if (!Array.isArray(value)) {
          return fail(
            40080,
            `$reduce requires that 'input' be an array, found: ${typeName(value)}`,
          );
        }
        return value.reduce<Maybe>(
          (result, item) => each(bind(bind(scope, 'value', result), 'this', item)),
          initial(scope),
        );
      };
    },
  ),
};
