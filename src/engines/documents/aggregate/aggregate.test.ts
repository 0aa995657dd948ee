/** Pipelines. Manual: "Aggregation Stages" and the page of each stage and expression. */
import { Decimal128, Double, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { createStore } from '../api/store.ts';
import { MongoServerError } from '../errors.ts';
import type { Input } from '../values/types.ts';

const NOW = new Date('2025-03-01T12:00:00Z');

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
  it.each<[unknown, unknown]>([
    [{ $add: [1, 2.5] }, 3.5],
    [{ $add: [1, null] }, null],
    [{ $add: [NOW, 1000] }, new Date(NOW.getTime() + 1000)],
    [{ $divide: [10, 4] }, 2.5],
    [{ $round: [2.5] }, 2],
    [{ $round: [1234.567, 1] }, 1234.6],
    [{ $trunc: [-7.8] }, -7],
    [{ $floor: -1.5 }, -2],
    [{ $pow: [2, 10] }, 1024],
    [{ $concat: ['a', 'b'] }, 'ab'],
    [{ $concat: ['a', null] }, null],
    [{ $toUpper: 'abc' }, 'ABC'],
    [{ $substrCP: ['héllo', 1, 3] }, 'éll'],
    [{ $split: ['a-b-c', '-'] }, ['a', 'b', 'c']],
    [{ $trim: { input: '  x ' } }, 'x'],
    [{ $regexMatch: { input: 'ThinkPad', regex: /^think/i } }, true],
    [{ $replaceAll: { input: 'a.b.c', find: '.', replacement: '/' } }, 'a/b/c'],
    [{ $arrayElemAt: [[1, 2, 3], -1] }, 3],
    [{ $size: [[1, 2]] }, 2],
    [{ $slice: [[1, 2, 3], -2] }, [2, 3]],
    [{ $filter: { input: [1, 5, 9], as: 'n', cond: { $gt: ['$$n', 3] } } }, [5, 9]],
    [{ $map: { input: [1, 2], in: { $multiply: ['$$this', 10] } } }, [10, 20]],
    [{ $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
    [{ $range: [0, 6, 2] }, [0, 2, 4]],
    [{ $sortArray: { input: [3, 1, 2], sortBy: -1 } }, [3, 2, 1]],
    [{ $zip: { inputs: [['a'], ['b']] } }, [['a', 'b']]],
    [{ $in: [2, [1, 2]] }, true],
    [
      {
        $setUnion: [
          [2, 1],
          [3, 1],
        ],
      },
      [1, 2, 3],
    ],
    [{ $setDifference: [[1, 2], [2]] }, [1]],
    [{ $mergeObjects: [{ a: 1 }, { b: 2, a: 3 }] }, { a: 3, b: 2 }],
    [{ $objectToArray: { a: 1 } }, [{ k: 'a', v: 1 }]],
    [{ $arrayToObject: [[['a', 1]]] }, { a: 1 }],
    [{ $cond: { if: true, then: 'y', else: 'n' } }, 'y'],
    [{ $ifNull: [null, '$missing', 'fallback'] }, 'fallback'],
    [{ $switch: { branches: [{ case: false, then: 1 }], default: 2 } }, 2],
    [{ $let: { vars: { x: 2 }, in: { $multiply: ['$$x', '$$x'] } } }, 4],
    [{ $literal: '$price' }, '$price'],
    [{ $type: '$missing' }, 'missing'],
    [{ $toInt: '42' }, 42],
    [{ $toString: 1.5 }, '1.5'],
    [{ $convert: { input: 'x', to: 'int', onError: -1 } }, -1],
    [{ $year: NOW }, 2025],
    [{ $dayOfWeek: NOW }, 7],
    [{ $isoWeek: NOW }, 9],
    [
      { $dateToString: { date: NOW, format: '%Y-%m-%d %H:%M', timezone: 'Europe/Berlin' } },
      '2025-03-01 13:00',
    ],
    [{ $dateTrunc: { date: NOW, unit: 'month' } }, new Date('2025-03-01T00:00:00Z')],
    [
      { $dateAdd: { startDate: new Date('2024-12-31T00:00:00Z'), unit: 'month', amount: 2 } },
      new Date('2025-02-28T00:00:00Z'),
    ],
    [
      { $dateDiff: { startDate: new Date('2025-01-31'), endDate: NOW, unit: 'month' } },
      Long.fromNumber(2),
    ],
    [{ $sum: [1, 2, 'x'] }, 3],
    [{ $avg: [[1, 2, 6]] }, 3],
    [{ $eq: [1, Long.fromNumber(1)] }, true],
    [{ $gt: ['a', 5] }, true], // over all types, by BSON order
    ['$$NOW', NOW],
  ])('%j is %j', (expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  it('a path through an array gives the array of the values', () => {
    expect(evaluate('$items.price', { items: [{ price: 1 }, { price: 2 }, {}] })).toEqual([1, 2]);
  });
});

describe('refusals', () => {
  it.each<[Input[], number, string]>([
    [[{ $foo: 1 }], 40324, "Unrecognized pipeline stage name: '$foo'"],
    [[{ $setWindowFields: {} }], 238, '$setWindowFields is not implemented in this document store'],
    [
      [{ $match: {}, $limit: 1 }],
      40323,
      'A pipeline stage specification object must contain exactly one field.',
    ],
    [[{ $group: { n: { $sum: 1 } } }], 15955, 'a group specification must include an _id'],
    [[{ $group: { _id: 1, n: { $foo: 1 } } }], 15952, "unknown group operator '$foo'"],
    [[{ $group: { _id: 1, n: 5 } }], 40234, "The field 'n' must be an accumulator object"],
    [
      [{ $project: { a: { $foo: 1 } } }],
      168,
      "Invalid $project :: caused by :: Unrecognized expression '$foo'",
    ],
    [
      [{ $project: { a: '$$x' } }],
      17276,
      'Invalid $project :: caused by :: Use of undefined variable: x',
    ],
    [[{ $limit: 0 }], 15958, 'the limit must be positive'],
    [[{ $unwind: 'a' }], 28818, "path option to $unwind stage should be prefixed with a '$': a"],
    [[{ $out: 'x' }, { $match: {} }], 40601, '$out can only be the final stage in the pipeline'],
    [
      [{ $set: { v: { $add: ['x', 1] } } }],
      14,
      'Executor error during aggregate command on namespace: shop.docs :: caused by :: $add only supports numeric or date types, not string',
    ],
    [
      [{ $set: { v: { $divide: [1, 0] } } }],
      2,
      "Executor error during aggregate command on namespace: shop.docs :: caused by :: can't $divide by zero",
    ],
    [
      [{ $set: { v: { $toInt: 'abc' } } }],
      241,
      "Executor error during aggregate command on namespace: shop.docs :: caused by :: Failed to parse number 'abc' in $convert with no onError value: Did not consume whole string.",
    ],
  ])('%j: %d %s', (pipeline, code, message) => {
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
