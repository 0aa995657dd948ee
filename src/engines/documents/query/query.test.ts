/** Filters: what each operator selects. Sources are named with each group. */
import { Double } from 'bson';
import { beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../api/store.ts';
import { MongoServerError } from '../errors.ts';
import type { Input } from '../values/types.ts';
import {
  ARRAYS,
  COMPARISONS,
  INVENTORY,
  LOGICAL,
  NULL_FILTERS,
  NULLS,
  PRODUCTS,
  REFUSED_FILTERS,
} from './behavior.ts';
import { loadEveryPart } from '../parts/parts.ts';

beforeAll(loadEveryPart);

/** The `_id`s that a filter selects. */
function select(docs: Input[], filter: Input, options: Input = {}): unknown[] {
  const collection = createStore().db('test').collection('docs');
  collection.insertMany(docs);
  return collection
    .find(filter, options)
    .map((doc) => doc._id as unknown)
    .toArray();
}

function refused(filter: Input): [number, string] {
  try {
    select([{ _id: 1 }], filter);
  } catch (error) {
    if (error instanceof MongoServerError) return [error.code, error.message];
    throw error;
  }
  throw new Error('The filter was accepted');
}

describe('comparison operators (manual: "Comparison Query Predicate Operators")', () => {
  it.each(COMPARISONS)('%j selects %j', (filter, ids) => {
    expect(select(PRODUCTS, filter)).toEqual(ids);
  });
});

describe('logical and element operators (manual: "Logical …", "Element Query Predicate Operators")', () => {
  it.each(LOGICAL)('%j selects %j', (filter, ids) => {
    expect(select(PRODUCTS, filter)).toEqual(ids);
  });
});

describe('arrays (manual: "Query an Array", "Query an Array of Embedded Documents")', () => {
  it.each(ARRAYS)('%j selects %j', (filter, ids) => {
    expect(select(INVENTORY, filter)).toEqual(ids);
  });
});

describe('null and missing (server test: jstests/core/query/null_query_semantics.js)', () => {
  it.each(NULL_FILTERS)('%j selects %j', (filter, ids) => {
    expect(select(NULLS, filter)).toEqual(ids);
  });
});

describe('fields with names of their own', () => {
  it('finds fields that JavaScript objects inherit only where they are', () => {
    expect(
      select([{ _id: 1 }, { _id: 2, constructor: 'x', toString: 1 }], {
        constructor: { $exists: true },
      }),
    ).toEqual([2]);
    expect(
      select(
        [{ _id: 1 }, JSON.parse('{"_id": 2, "__proto__": 5}') as Input],
        JSON.parse('{"__proto__": 5}') as Input,
      ),
    ).toEqual([2]);
  });

  it('tells the double that a script asked for from an int', () => {
    expect(
      select(
        [
          { _id: 1, n: new Double(5) },
          { _id: 2, n: 5 },
        ],
        { n: { $type: 'double' } },
      ),
    ).toEqual([1]);
  });
});

describe('collation (manual: "Collation")', () => {
  const docs = ['cafe', 'Cafe', 'café', 'Café'].map((name, i) => ({ _id: i, name }));
  it.each<[number, number[]]>([
    [1, [0, 1, 2, 3]],
    [2, [0, 1]],
    [3, [0]],
  ])('strength %d selects %j', (strength, ids) => {
    expect(select(docs, { name: 'cafe' }, { collation: { locale: 'en', strength } })).toEqual(ids);
  });

  it('sorts by the rules of the language', () => {
    const sorted = select(
      ['b', 'A', 'a', 'B'].map((_id) => ({ _id })),
      {},
      { sort: { _id: 1 }, collation: { locale: 'en' } },
    );
    expect(sorted).toEqual(['a', 'A', 'b', 'B']);
  });
});

describe('sorting (manual: "Comparison/Sort Order")', () => {
  it('orders mixed types by bracket, an array by its smallest or largest element', () => {
    const docs: Input[] = [
      { _id: 1, v: 'a' },
      { _id: 2, v: [5, 20] },
      { _id: 3, v: 10 },
      { _id: 4 },
      { _id: 5, v: [] },
      { _id: 6, v: null },
    ];
    expect(select(docs, {}, { sort: { v: 1 } })).toEqual([5, 4, 6, 2, 3, 1]);
    expect(select(docs, {}, { sort: { v: -1 } })).toEqual([1, 2, 3, 4, 6, 5]);
  });

  it('keeps the order of insertion among equals, with a limit too', () => {
    const docs = [3, 1, 2, 1, 3].map((v, _id) => ({ _id, v }));
    expect(select(docs, {}, { sort: { v: 1 } })).toEqual([1, 3, 2, 0, 4]);
    expect(select(docs, {}, { sort: { v: 1 }, limit: 2 })).toEqual([1, 3]);
    expect(select(docs, {}, { sort: { v: 1 }, skip: 1, limit: 3 })).toEqual([3, 2, 0]);
  });
});

describe('refusals (texts: src/mongo/db/matcher/expression_parser.cpp)', () => {
  it.each(REFUSED_FILTERS)('%j: %d %s', (filter, code, message) => {
    expect(refused(filter)).toEqual([code, message]);
  });
});
