/** Pipelines. Manual: "Aggregation Stages" and the page of each stage and expression. */
import { Decimal128, Double, Long } from 'bson';
import { beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../api/store.ts';
import { MongoServerError } from '../errors.ts';
import type { Input } from '../values/types.ts';
import { EXPRESSIONS, NOW, REFUSED_PIPELINES } from './behavior.ts';
import { loadEveryPart } from '../parts/parts.ts';

beforeAll(loadEveryPart);

function database(collections: Record<string, Input[]>) {
  const db = createStore({ now: () => NOW }).db('shop');
  for (const [name, docs] of Object.entries(collections)) db.collection(name).insertMany(docs);
  return db;
}

const run = (docs: Input[], pipeline: Input[]): unknown[] =>
  database({ docs }).collection('docs').aggregate(pipeline).toArray();

/** The value of an expression over one document. */
function evaluate(expression: unknown, doc: Input = {}): unknown {
  return run([{ _id: 1, ...doc }], [{ $project: { _id: 0, v: expression } }]).map(
    (result) => (result as Input).v as unknown,
  )[0];
}

const SALES: Input[] = [
  { _id: 1, item: 'abc', price: 10, quantity: 2, date: new Date('2024-03-01T08:00:00Z') },
  { _id: 2, item: 'jkl', price: 20, quantity: 1, date: new Date('2024-03-01T09:00:00Z') },
  { _id: 3, item: 'xyz', price: 5, quantity: 10, date: new Date('2024-03-15T09:00:00Z') },
  { _id: 4, item: 'abc', price: 10, quantity: 10, date: new Date('2024-04-04T11:21:39Z') },
];

describe('stages', () => {
  it('$group sums, counts, averages and collects', () => {
    expect(
      run(SALES, [
        {
          $group: {
            _id: '$item',
            total: { $sum: { $multiply: ['$price', '$quantity'] } },
            n: { $sum: 1 },
            mean: { $avg: '$quantity' },
            most: { $max: '$quantity' },
            all: { $push: '$_id' },
            first: { $first: '$date' },
            c: { $count: {} },
          },
        },
        { $sort: { _id: 1 } },
      ]),
    ).toEqual([
      { _id: 'abc', total: 120, n: 2, mean: 6, most: 10, all: [1, 4], first: SALES[0]!.date, c: 2 },
      { _id: 'jkl', total: 20, n: 1, mean: 1, most: 1, all: [2], first: SALES[1]!.date, c: 1 },
      { _id: 'xyz', total: 50, n: 1, mean: 10, most: 10, all: [3], first: SALES[2]!.date, c: 1 },
    ]);
  });

  it('$group by month, the report of revenue by category and month', () => {
    expect(
      run(SALES, [
        {
          $group: {
            _id: { month: { $dateToString: { date: '$date', format: '%Y-%m' } } },
            revenue: { $sum: { $multiply: ['$price', '$quantity'] } },
          },
        },
        { $sort: { '_id.month': 1 } },
      ]),
    ).toEqual([
      { _id: { month: '2024-03' }, revenue: 90 },
      { _id: { month: '2024-04' }, revenue: 100 },
    ]);
  });

  it('$group takes equal numbers of any type as one, and missing as null', () => {
    const docs = [{ k: 1 }, { k: Long.fromNumber(1) }, { k: new Double(1) }, {}, { k: null }];
    expect(run(docs, [{ $group: { _id: '$k', n: { $sum: 1 } } }])).toEqual([
      { _id: 1, n: 3 },
      { _id: null, n: 2 },
    ]);
  });

  it('sums money exactly with Decimal128, and tenths without drift', () => {
    const tenths = Array.from({ length: 10 }, () => ({ d: 0.1, m: Decimal128.fromString('0.10') }));
    const [result] = run(tenths, [
      { $group: { _id: null, d: { $sum: '$d' }, m: { $sum: '$m' } } },
    ]) as Input[];
    expect([result!.d, String(result!.m)]).toEqual([1, '1.00']);
  });

  it('$unwind makes a document of each element', () => {
    const docs = [{ _id: 1, s: ['S', 'M'] }, { _id: 2, s: [] }, { _id: 3, s: 'L' }, { _id: 4 }];
    expect(run(docs, [{ $unwind: '$s' }])).toEqual([
      { _id: 1, s: 'S' },
      { _id: 1, s: 'M' },
      { _id: 3, s: 'L' },
    ]);
    expect(
      run(docs, [
        { $unwind: { path: '$s', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
        { $match: { i: null } },
      ]),
    ).toEqual([
      { _id: 2, i: null },
      { _id: 3, s: 'L', i: null },
      { _id: 4, i: null },
    ]);
  });

  it('$project, $set, $unset and $replaceRoot shape documents', () => {
    const docs = [{ _id: 1, a: { b: 2 }, c: 3 }];
    expect(run(docs, [{ $set: { 'a.x': '$c', d: { $add: ['$c', 1] } } }])).toEqual([
      { _id: 1, a: { b: 2, x: 3 }, c: 3, d: 4 },
    ]);
    expect(run(docs, [{ $unset: ['a.b', 'c'] }])).toEqual([{ _id: 1, a: {} }]);
    expect(run(docs, [{ $replaceRoot: { newRoot: '$a' } }])).toEqual([{ b: 2 }]);
    expect(
      run(docs, [{ $project: { c: { $cond: [{ $gt: ['$c', 5] }, '$c', '$$REMOVE'] } } }]),
    ).toEqual([{ _id: 1 }]);
  });

  it('$lookup joins by fields, by a pipeline, and by both', () => {
    const db = database({
      orders: [
        { _id: 1, customer: 'a', skus: ['x', 'y'] },
        { _id: 2, customer: 'zzz', skus: [] },
      ],
      customers: [{ _id: 'a', name: 'Alice' }],
      products: [
        { _id: 1, sku: 'x', price: 5 },
        { _id: 2, sku: 'y', price: 50 },
      ],
    });
    const orders = db.collection('orders');
    expect(
      orders
        .aggregate([
          {
            $lookup: { from: 'customers', localField: 'customer', foreignField: '_id', as: 'who' },
          },
          { $project: { who: 1 } },
        ])
        .toArray(),
    ).toEqual([
      { _id: 1, who: [{ _id: 'a', name: 'Alice' }] },
      { _id: 2, who: [] },
    ]);
    expect(
      orders
        .aggregate([
          {
            $lookup: {
              from: 'products',
              localField: 'skus',
              foreignField: 'sku',
              pipeline: [{ $match: { price: { $lt: 10 } } }, { $project: { _id: 0, sku: 1 } }],
              as: 'p',
            },
          },
          { $project: { p: 1 } },
        ])
        .toArray(),
    ).toEqual([
      { _id: 1, p: [{ sku: 'x' }] },
      { _id: 2, p: [] },
    ]);
    expect(
      orders
        .aggregate([
          { $match: { _id: 1 } },
          {
            $lookup: {
              from: 'products',
              let: { s: '$skus' },
              pipeline: [{ $match: { $expr: { $in: ['$sku', '$$s'] } } }, { $count: 'n' }],
              as: 'p',
            },
          },
        ])
        .toArray()[0],
    ).toMatchObject({ p: [{ n: 2 }] });
  });

  it('$facet, $bucket, $sortByCount and $count summarize', () => {
    expect(
      run(SALES, [
        { $facet: { n: [{ $count: 'n' }], byItem: [{ $sortByCount: '$item' }, { $limit: 1 }] } },
      ]),
    ).toEqual([{ n: [{ n: 4 }], byItem: [{ _id: 'abc', count: 2 }] }]);
    expect(
      run(SALES, [
        {
          $bucket: {
            groupBy: '$price',
            boundaries: [0, 10, 20],
            default: 'more',
            output: { ids: { $push: '$_id' } },
          },
        },
      ]),
    ).toEqual([
      { _id: 0, ids: [3] },
      { _id: 10, ids: [1, 4] },
      { _id: 'more', ids: [2] },
    ]);
  });

  it('$graphLookup walks references', () => {
    const people = [
      { _id: 'a', boss: null },
      { _id: 'b', boss: 'a' },
      { _id: 'c', boss: 'b' },
    ];
    const [result] = run(people, [
      { $match: { _id: 'c' } },
      {
        $graphLookup: {
          from: 'docs',
          startWith: '$boss',
          connectFromField: 'boss',
          connectToField: '_id',
          as: 'chain',
          depthField: 'd',
        },
      },
    ]) as Input[];
    expect((result!.chain as Input[]).map(({ _id, d }) => [_id, Number(d)])).toEqual([
      ['b', 0],
      ['a', 1],
    ]);
  });

  it('$out replaces a collection, $merge writes into one, $unionWith reads one', () => {
    const db = database({ docs: SALES, totals: [{ _id: 'abc', note: 'kept' }, { _id: 'old' }] });
    db.collection('docs').aggregate([
      { $group: { _id: '$item', n: { $sum: 1 } } },
      { $merge: { into: 'totals' } },
    ]);
    expect(db.collection('totals').findOne({ _id: 'abc' })).toEqual({
      _id: 'abc',
      note: 'kept',
      n: 2,
    });
    expect(db.collection('totals').countDocuments()).toBe(4);
    db.collection('docs').aggregate([{ $match: { item: 'xyz' } }, { $out: 'totals' }]);
    expect(db.collection('totals').distinct('_id')).toEqual([3]);
    expect(
      db
        .collection('totals')
        .aggregate([{ $unionWith: 'docs' }, { $count: 'n' }])
        .toArray(),
    ).toEqual([{ n: 5 }]);
  });

  it('begins with an index where there is one', () => {
    const db = database({ docs: SALES });
    db.collection('docs').createIndex({ price: 1 });
    const explained = db
      .collection('docs')
      .aggregate([{ $match: { price: { $gt: 10 } } }, { $group: { _id: null } }])
      .explain('executionStats');
    const { $cursor } = (explained.stages as Input[])[0]!;
    expect(($cursor as Input).executionStats).toMatchObject({
      totalKeysExamined: 1,
      totalDocsExamined: 1,
    });
  });
});

describe('expressions', () => {
  it.each(EXPRESSIONS)('%j is %j', (expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  it('a path through an array gives the array of the values', () => {
    expect(evaluate('$items.price', { items: [{ price: 1 }, { price: 2 }, {}] })).toEqual([1, 2]);
  });
});

describe('refusals', () => {
  it.each(REFUSED_PIPELINES)('%j: %d %s', (pipeline, code, message) => {
    try {
      run([{ _id: 1 }], pipeline);
    } catch (error) {
      expect(error).toBeInstanceOf(MongoServerError);
      expect([(error as MongoServerError).code, (error as Error).message]).toEqual([code, message]);
      return;
    }
    throw new Error('The pipeline was accepted');
  });
});
