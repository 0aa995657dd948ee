/** Keywords on arrays. */
import { fail } from '../errors.ts';
import { hashKey } from '../values/hash.ts';
import type { Value } from '../values/types.ts';
import type { Keyword } from './json-schema.ts';
import { detail, explainRules, leafDetail, type Rule, satisfies } from './rule.ts';
import { countOf } from './scalar-keywords.ts';

function size(keyword: 'minItems' | 'maxItems'): Keyword {
  return (operand) => {
    const n = countOf(operand, keyword);
    return {
      keyword,
      test: (value) =>
        !Array.isArray(value) || (keyword === 'minItems' ? value.length >= n : value.length <= n),
      explain: (value) =>
        leafDetail(keyword, { [keyword]: operand }, 'array did not match specified length', value),
    };
  };
}

function duplicate(items: Value[]): Value | undefined {
  const seen = new Set<unknown>();
  return items.find((item) => {
    const key = hashKey(item);
    const known = seen.has(key);
    seen.add(key);
    return known;
  });
}

const uniqueItems: Keyword = (operand) => {
  if (typeof operand !== 'boolean')
    return fail(14, "$jsonSchema keyword 'uniqueItems' must be a boolean");
  if (!operand) return null;
  return {
    keyword: 'uniqueItems',
    test: (value) => !Array.isArray(value) || duplicate(value) === undefined,
    explain: (value) =>
      detail({
        operatorName: 'uniqueItems',
        specifiedAs: detail({ uniqueItems: true }),
        reason: 'found a duplicate item',
        consideredValue: value,
        duplicatedValue: Array.isArray(value) ? duplicate(value) : undefined,
      }),
  };
};

const items: Keyword = (operand, schema, compile): Rule => {
  if (Array.isArray(operand)) return tuple(operand, schema.additionalItems, compile);
  const each = compile(operand, 'items');
  const failing = (value: Value) =>
    Array.isArray(value) ? value.findIndex((item) => !satisfies(each, item)) : -1;
  return {
    keyword: 'items',
    test: (value) => failing(value) < 0,
    explain: (value) =>
      detail({
        operatorName: 'items',
        title: each.title,
        description: each.description,
        reason: 'At least one item did not match the sub-schema',
        itemIndex: failing(value),
        details: explainRules(each, (value as Value[])[failing(value)]!),
      }),
  };
};

/** `items` as an array: a schema for each place, and `additionalItems` for the rest. */
function tuple(
  operand: Value[],
  additional: Value | undefined,
  compile: Parameters<Keyword>[2],
): Rule {
  const places = operand.map((schema) => compile(schema, 'items'));
  const rest = additional === undefined || additional === true ? null : additional;
  const others = rest === null || rest === false ? null : compile(rest, 'additionalItems');
  const failingAt = (value: Value): number[] => {
    if (!Array.isArray(value)) return [];
    return value.flatMap((item, i) => {
      const place = places[i] ?? others;
      if (place) return satisfies(place, item) ? [] : [i];
      return rest === false ? [i] : [];
    });
  };
  return {
    keyword: 'items',
    test: (value) => failingAt(value).length === 0,
    explain: (value) => {
      const failing = failingAt(value);
      const inPlaces = failing.filter((i) => i < places.length);
      if (inPlaces.length === 0) {
        return detail({
          operatorName: 'additionalItems',
          specifiedAs: detail({ additionalItems: rest }),
          reason: 'found additional items',
          additionalItems: failing.map((i) => (value as Value[])[i]!),
        });
      }
      return detail({
        operatorName: 'items',
        details: inPlaces.map((i) =>
          detail({ itemIndex: i, details: explainRules(places[i]!, (value as Value[])[i]!) }),
        ),
      });
    },
  };
}

export const ARRAY_KEYWORDS: Readonly<Record<string, Keyword>> = {
  minItems: size('minItems'),
  maxItems: size('maxItems'),
  uniqueItems,
  items,
};
