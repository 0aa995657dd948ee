/** Filters: what each operator selects. Sources are named with each group. */
import { Decimal128, Double, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { createStore } from '../api/store.ts';
import { MongoServerError } from '../errors.ts';
import type { Input } from '../values/types.ts';

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

const PRODUCTS: Input[] = [
  {
    _id: 1,
    name: 'ThinkPad X1 Carbon',
    price: 1299.99,
    category: 'electronics',
    connectivity: ['wifi', 'bluetooth', 'usb-c'],
    screen: { size: 14, type: 'IPS' },
  },
  { _id: 2, name: 'Cotton Basic Tee', price: 29.99, category: 'clothing', sizes: ['S', 'M', 'L'] },
  { _id: 3, name: 'Python 101', price: 45, category: 'books', pages: 400, author: null },
  {
    _id: 4,
    name: 'USB Mouse',
    price: Long.fromNumber(25),
    category: 'electronics',
    connectivity: ['usb-a'],
  },
  { _id: 5, name: 'Gift card', price: '50', category: 'vouchers' },
];

describe('comparison operators (manual: "Comparison Query Predicate Operators")', () => {
  it.each<[Input, unknown[]]>([
    [{}, [1, 2, 3, 4, 5]],
    [{ category: 'electronics' }, [1, 4]],
    [{ price: { $gt: 29.99 } }, [1, 3]], // type bracketing: the string '50' is no number
    [{ price: { $gte: 25, $lt: 45 } }, [2, 4]],
    [{ price: 25 }, [4]],
    [{ price: Decimal128.fromString('25.0') }, [4]],
    [{ price: { $ne: 25 } }, [1, 2, 3, 5]],
    [{ price: { $in: [45, '50'] } }, [3, 5]],
    [{ category: { $nin: ['books', 'clothing'] } }, [1, 4, 5]],
    [{ name: { $in: [/^USB/, 'Python 101'] } }, [3, 4]],
    [{ 'screen.size': { $gt: 13 } }, [1]],
    [{ screen: { size: 14, type: 'IPS' } }, [1]],
    [{ screen: { type: 'IPS', size: 14 } }, []], // "Equality matches on embedded documents require … field order"
  ])('%j selects %j', (filter, ids) => {
    expect(select(PRODUCTS, filter)).toEqual(ids);
  });
});

describe('logical and element operators (manual: "Logical …", "Element Query Predicate Operators")', () => {
  it.each<[Input, unknown[]]>([
    [{ $or: [{ category: 'books' }, { price: { $lt: 30 } }] }, [2, 3, 4]],
    [{ $nor: [{ category: 'books' }, { price: { $lt: 30 } }] }, [1, 5]],
    [{ $and: [{ price: { $gt: 20 } }, { price: { $lt: 30 } }] }, [2, 4]],
    [{ price: { $not: { $gt: 29.99 } } }, [2, 4, 5]], // also documents whose field is of another type
    [{ author: { $exists: true } }, [3]],
    [{ author: { $exists: false } }, [1, 2, 4, 5]],
    [{ author: null }, [1, 2, 3, 4, 5]],
    [{ price: { $type: 'double' } }, [1, 2]],
    [{ price: { $type: 'number' } }, [1, 2, 3, 4]],
    [{ price: { $type: ['string', 'long'] } }, [4, 5]],
    [{ connectivity: { $type: 'array' } }, [1, 4]],
    [{ $expr: { $gt: ['$price', { $multiply: ['$pages', 0.1] }] } }, [1, 2, 3, 4, 5]],
    [{ price: { $mod: [5, 0] } }, [3, 4]],
    [{ name: /usb/i }, [4]],
    [{ name: { $regex: 'carbon$', $options: 'i' } }, [1]],
  ])('%j selects %j', (filter, ids) => {
    expect(select(PRODUCTS, filter)).toEqual(ids);
  });
});

describe('arrays (manual: "Query an Array", "Query an Array of Embedded Documents")', () => {
  const inventory: Input[] = [
    {
      _id: 1,
      tags: ['blank', 'red'],
      dim: [14, 21],
      instock: [
        { warehouse: 'A', qty: 5 },
        { warehouse: 'C', qty: 15 },
      ],
    },
    { _id: 2, tags: ['red', 'blank'], dim: [14, 21], instock: [{ warehouse: 'C', qty: 5 }] },
    {
      _id: 3,
      tags: ['red', 'blank', 'plain'],
      dim: [14, 21],
      instock: [
        { warehouse: 'A', qty: 60 },
        { warehouse: 'B', qty: 15 },
      ],
    },
    {
      _id: 4,
      tags: ['blank', 'red'],
      dim: [22.85, 30],
      instock: [
        { warehouse: 'A', qty: 40 },
        { warehouse: 'B', qty: 5 },
      ],
    },
    {
      _id: 5,
      tags: ['blue'],
      dim: [10, 15.25],
      instock: [
        { warehouse: 'B', qty: 15 },
        { warehouse: 'C', qty: 35 },
      ],
    },
  ];
  it.each<[Input, unknown[]]>([
    [{ tags: ['red', 'blank'] }, [2]],
    [{ tags: { $all: ['red', 'blank'] } }, [1, 2, 3, 4]],
    [{ tags: 'red' }, [1, 2, 3, 4]],
    [{ dim: { $gt: 25 } }, [4]],
    [{ dim: { $gt: 15, $lt: 20 } }, [1, 2, 3, 5]], // one element meets one condition, another the other
    [{ dim: { $elemMatch: { $gt: 22, $lt: 30 } } }, [4]],
    [{ 'dim.1': { $gt: 25 } }, [4]],
    [{ tags: { $size: 3 } }, [3]],
    [{ instock: { warehouse: 'A', qty: 5 } }, [1]],
    [{ instock: { qty: 5, warehouse: 'A' } }, []],
    [{ 'instock.0.qty': { $lte: 20 } }, [1, 2, 5]],
    [{ 'instock.qty': { $lte: 20 } }, [1, 2, 3, 4, 5]],
    [{ instock: { $elemMatch: { qty: 5, warehouse: 'A' } } }, [1]],
    [{ instock: { $elemMatch: { qty: { $gt: 10, $lte: 20 } } } }, [1, 3, 5]],
    [{ 'instock.qty': 5, 'instock.warehouse': 'A' }, [1, 4]],
    [{ tags: { $all: [] } }, []],
    [
      { instock: { $all: [{ $elemMatch: { qty: 5 } }, { $elemMatch: { warehouse: 'C' } }] } },
      [1, 2],
    ],
  ])('%j selects %j', (filter, ids) => {
    expect(select(inventory, filter)).toEqual(ids);
  });
});

describe('null and missing (server test: jstests/core/query/null_query_semantics.js)', () => {
  const docs: Input[] = [
    { _id: 'empty subobject', a: {} },
    { _id: 'null', a: null },
    { _id: 'number', a: 4 },
    { _id: 'b not null', a: { b: 'hi' } },
    { _id: 'b null', a: { b: null } },
    { _id: 'no a' },
    { _id: 'double array', a: [[]] },
    { _id: 'empty array', a: [] },
    { _id: 'all b null', a: [{ b: null }, {}] },
    { _id: 'no b null', a: [{ b: 1 }, { b: 3 }] },
    { _id: 'some b missing', a: [{ b: 3 }, {}] },
    { _id: 'nulls', a: [null, null] },
    { _id: 'no nulls', a: [1, 'string', 4] },
  ];
  it.each<[Input, string[]]>([
    [{ a: null }, ['null', 'no a', 'nulls']],
    [{ a: { $exists: false } }, ['no a']],
    [
      { 'a.b': null },
      ['empty subobject', 'null', 'number', 'b null', 'no a', 'all b null', 'some b missing'],
    ],
    [
      { 'a.b': { $ne: null } },
      ['b not null', 'double array', 'empty array', 'no b null', 'nulls', 'no nulls'],
    ],
    [{ a: { $elemMatch: { $eq: null } } }, ['nulls']],
    [{ a: { $elemMatch: { b: { $eq: null } } } }, ['double array', 'all b null', 'some b missing']],
    [
      { a: { $not: { $gte: null } } },
      [
        'empty subobject',
        'number',
        'b not null',
        'b null',
        'double array',
        'empty array',
        'all b null',
        'no b null',
        'some b missing',
        'no nulls',
      ],
    ],
  ])('%j selects %j', (filter, ids) => {
    expect(select(docs, filter)).toEqual(ids);
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
  it.each<[Input, number, string]>([
    [{ a: { $foo: 1 } }, 2, 'unknown operator: $foo'],
    [
      { $foo: 1 },
      2,
      "unknown top level operator: $foo. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.",
    ],
    [{ a: { $in: 1 } }, 2, '$in needs an array'],
    [{ a: { $nin: 1 } }, 2, '$nin needs an array'],
    [{ $or: {} }, 2, '$or must be an array'],
    [{ $and: [] }, 2, '$and/$or/$nor must be a nonempty array'],
    [{ $or: [1] }, 2, '$or/$and/$nor entries need to be full objects'],
    [{ a: { $not: 1 } }, 2, '$not needs a regex or a document'],
    [{ a: { $elemMatch: 1 } }, 2, '$elemMatch needs an Object'],
    [{ a: { $all: 1 } }, 2, '$all needs an array'],
    [
      { a: { $size: -1 } },
      2,
      'Failed to parse $size. Expected a non-negative number in: $size: -1',
    ],
    [{ a: { $type: 'text' } }, 2, 'Unknown type name alias: text'],
    [{ a: { $mod: [0, 1] } }, 2, 'divisor cannot be 0'],
    [{ a: { $regex: 1 } }, 2, '$regex has to be a string'],
    [{ a: { $options: 'i' } }, 2, '$options needs a $regex'],
    [{ $where: 'true' }, 238, '$where is not implemented in this document store'],
  ])('%j: %d %s', (filter, code, message) => {
    expect(refused(filter)).toEqual([code, message]);
  });
});
