/** Windows. Manual: "$setWindowFields", "$fill", and the page of each window operator. */
import { Decimal128, Double, Long } from 'bson';
import { beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../../api/store.ts';
import { MongoServerError } from '../../errors.ts';
import { loadEveryPart } from '../../parts/parts.ts';
import type { Input } from '../../values/types.ts';
import { CAKE_SALES, CAKE_WINDOWS, REFUSED_WINDOWS, SERIES_WINDOWS } from './behavior.ts';

beforeAll(loadEveryPart);

function run(docs: readonly Input[], pipeline: Input[]): Input[] {
  const collection = createStore().db('shop').collection('docs');
  collection.insertMany(docs.map((doc) => ({ ...doc })));
  return collection.aggregate(pipeline).toArray();
}

const windowed = (docs: readonly Input[], layout: Input, output: Input): Input[] =>
  run(docs, [{ $setWindowFields: { ...layout, output: { value: output } } }]);

function refusal(docs: readonly Input[], stage: Input): [number, string] {
  try {
    run(docs, [{ $setWindowFields: stage }]);
  } catch (error) {
    if (error instanceof MongoServerError)
      return [error.code, error.message.replace(/^.* :: caused by :: /, '')];
  }
  throw new Error('The stage was accepted');
}

describe('$setWindowFields', () => {
  it.each(CAKE_WINDOWS)('over %j, %j', (layout, output, values) => {
    expect(windowed(CAKE_SALES, layout, output).map(({ _id, value }) => [_id, value])).toEqual(
      values,
    );
  });

  it.each(SERIES_WINDOWS)('over %j, by %j, %j', (docs, layout, output, values) => {
    expect(windowed(docs, layout, output).map(({ value }) => value as unknown)).toEqual(values);
  });

  it('sets several fields, dotted ones like $set, and keeps the rest', () => {
    const docs = [
      { _id: 1, a: { kept: true }, n: 5 },
      { _id: 2, n: 7 },
    ];
    const output = { 'a.sum': { $sum: '$n' }, n: { $documentNumber: {} } };
    expect(run(docs, [{ $setWindowFields: { sortBy: { _id: 1 }, output } }])).toEqual([
      { _id: 1, a: { kept: true, sum: 12 }, n: 1 },
      { _id: 2, n: 2, a: { sum: 12 } },
    ]);
  });

  it('puts missing keys with null, equal numbers of any type together, and partitions in order', () => {
    const docs = [{ k: 2 }, {}, { k: Long.fromNumber(1) }, { k: null }, { k: 1 }];
    expect(windowed(docs, { partitionBy: '$k' }, { $count: {} }).map(({ value }) => value)).toEqual(
      [2, 2, 2, 2, 1],
    );
  });

  it('keeps the type of what is in the window: the last double leaves, and the sum is an integer', () => {
    const docs = [
      { i: 1, n: new Double(1) },
      { i: 2, n: 2 },
      { i: 3, n: Long.fromNumber(3) },
      { i: 4, n: Decimal128.fromString('0.10') },
      { i: 5, n: 0 },
    ];
    const types = run(docs, [
      {
        $setWindowFields: {
          sortBy: { i: 1 },
          output: { sum: { $sum: '$n', window: { documents: [-1, 0] } } },
        },
      },
      { $project: { _id: 0, type: { $type: '$sum' }, text: { $toString: '$sum' } } },
    ]);
    expect(types).toEqual([
      { type: 'double', text: '1' },
      { type: 'double', text: '3' },
      { type: 'long', text: '5' },
      { type: 'decimal', text: '3.10' },
      { type: 'decimal', text: '0.10' },
    ]);
  });

  it('forgets what has left: infinities, NaN, and values that are no numbers', () => {
    const docs = [1, Infinity, 2, NaN, 'x', 4].map((n, i) => ({ i, n }));
    const of = (name: string) =>
      windowed(docs, { sortBy: { i: 1 } }, { [name]: '$n', window: { documents: [-1, 0] } }).map(
        ({ value }) => value as unknown,
      );
    expect(of('$sum')).toEqual([1, Infinity, Infinity, NaN, NaN, 4]);
    expect(of('$avg')).toEqual([1, Infinity, Infinity, NaN, NaN, 4]);
    expect(of('$stdDevPop')).toEqual([0, NaN, NaN, NaN, NaN, 0]);
  });

  it('slides over many documents as it would over each window anew', () => {
    const docs = Array.from({ length: 300 }, (_, i) => ({ i, n: (i * 7919) % 101 }));
    for (const [name, reckon] of [
      ['$sum', (part: number[]) => part.reduce((a, b) => a + b)],
      ['$min', (part: number[]) => Math.min(...part)],
      ['$max', (part: number[]) => Math.max(...part)],
      ['$addToSet', (part: number[]) => [...new Set(part)].length],
    ] as const) {
      const answers = windowed(
        docs,
        { sortBy: { i: 1 } },
        { [name]: '$n', window: { documents: [-20, 3] } },
      ).map(({ value }) => (Array.isArray(value) ? value.length : (value as unknown)));
      const anew = docs.map((_, i) =>
        reckon(docs.slice(Math.max(0, i - 20), i + 4).map(({ n }) => n)),
      );
      expect(answers).toEqual(anew);
    }
  });

  it.each(REFUSED_WINDOWS)('refuses %j: %d %s', (stage, code, message) => {
    expect(refusal([{ x: 1 }], stage)).toEqual([code, message]);
  });

  it.each([
    [
      'a number',
      { range: [-1, 0] },
      5429414,
      'Invalid range: Expected the sortBy field to be a number, but it was string',
    ],
    [
      'a date',
      { range: [-1, 0], unit: 'day' },
      5429513,
      'Invalid range: Expected the sortBy field to be a Date, but it was string',
    ],
  ])('refuses a range over what is not %s', (_, window, code, message) => {
    const stage = { sortBy: { x: 1 }, output: { a: { $count: {}, window } } };
    expect(refusal([{ x: 'text' }], stage)).toEqual([code, message]);
  });

  it('refuses to partition by an array, and a place twice on a line', () => {
    expect(refusal([{ x: [1] }], { partitionBy: '$x', output: { a: { $count: {} } } })).toEqual([
      14,
      "Cannot 'partitionBy' an expression of type array",
    ]);
    const fill = { sortBy: { x: 1 }, output: { a: { $linearFill: '$y' } } };
    expect(refusal([{ x: 1 }, { x: 1 }], fill)).toEqual([
      6050106,
      'There can be no repeated values in the sort field',
    ]);
  });
});

describe('$fill', () => {
  const SALES = [
    { _id: 1, boots: 10, sandals: 20 },
    { _id: 2, boots: 7 },
    { _id: 3, boots: null },
  ];

  it('fills with a value, where a field is null or missing', () => {
    expect(
      run(SALES, [{ $fill: { output: { boots: { value: 0 }, sandals: { value: '$boots' } } } }]),
    ).toEqual([
      { _id: 1, boots: 10, sandals: 20 },
      { _id: 2, boots: 7, sandals: 7 },
      { _id: 3, boots: 0, sandals: null },
    ]);
  });

  it('fills along a line, or with the last value that was there, in each partition', () => {
    const docs = [
      { _id: 1, shop: 'a', day: 1, n: 500 },
      { _id: 2, shop: 'a', day: 2 },
      { _id: 3, shop: 'a', day: 3, n: 515 },
      { _id: 4, shop: 'b', day: 4 },
    ];
    const filled = (method: string) =>
      run(docs, [
        { $fill: { partitionByFields: ['shop'], sortBy: { day: 1 }, output: { n: { method } } } },
      ]).map(({ n }) => n as unknown);
    expect(filled('linear')).toEqual([500, 507.5, 515, null]);
    expect(filled('locf')).toEqual([500, 500, 515, null]);
  });

  it('refuses what is no way of filling', () => {
    expect(() => run(SALES, [{ $fill: { output: {} } }])).toThrow('at least one element');
    expect(() => run(SALES, [{ $fill: { output: { n: { method: 'guess' } } } }])).toThrow(
      'Method must be either locf or linear',
    );
    expect(() => run(SALES, [{ $fill: { output: { n: { method: 'locf', value: 1 } } } }])).toThrow(
      "exactly one of 'method' or 'value'",
    );
  });
});
