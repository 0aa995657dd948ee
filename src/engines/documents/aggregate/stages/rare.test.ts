/** Stages that few use. Manual: the page of each. */
import { Decimal128 } from 'bson';
import { beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../../api/store.ts';
import { MongoServerError } from '../../errors.ts';
import { loadEveryPart } from '../../parts/parts.ts';
import type { Input } from '../../values/types.ts';
import {
  BY_TAGS,
  COFFEE,
  DENSIFIED,
  FORECAST,
  GRANULARITIES,
  NUMBERS,
  RARE_EXPRESSIONS,
  REFUSED_RARE,
} from './behavior.ts';

beforeAll(loadEveryPart);

function run(docs: readonly Input[], pipeline: Input[]): Input[] {
  const collection = createStore().db('shop').collection('docs');
  collection.insertMany(docs.map((doc) => ({ ...doc })));
  return collection.aggregate(pipeline).toArray();
}

describe('$bucketAuto', () => {
  const bounds = (buckets: Input[]) =>
    buckets.map(({ _id, count }) => {
      const { min, max } = _id as { min: unknown; max: unknown };
      return [min, max, count as unknown];
    });

  it.each(GRANULARITIES)('cuts numbers by %s', (granularity, buckets) => {
    const stage = { groupBy: '$_id', buckets: 5, ...(granularity && { granularity }) };
    expect(bounds(run(NUMBERS, [{ $bucketAuto: stage }]))).toEqual(buckets);
  });

  it('puts equal values together, and collects what is asked for', () => {
    const areas = [
      [819, 'The Pillars of Society'],
      [1568, 'Melancholy III'],
      [500, 'Dancer'],
      [864, 'The Great Wave off Kanagawa'],
      [480, 'The Persistence of Memory'],
      [1380, 'Composition VII'],
      [432, 'The Scream'],
      [480, 'Blue Flower'],
    ].map(([area, title]) => ({ area, title }));
    const output = { count: { $sum: 1 }, titles: { $push: '$title' } };
    expect(run(areas, [{ $bucketAuto: { groupBy: '$area', buckets: 4, output } }])).toEqual([
      {
        _id: { min: 432, max: 500 },
        count: 3,
        titles: ['The Scream', 'The Persistence of Memory', 'Blue Flower'],
      },
      { _id: { min: 500, max: 864 }, count: 2, titles: ['Dancer', 'The Pillars of Society'] },
      {
        _id: { min: 864, max: 1568 },
        count: 2,
        titles: ['The Great Wave off Kanagawa', 'Composition VII'],
      },
      { _id: { min: 1568, max: 1568 }, count: 1, titles: ['Melancholy III'] },
    ]);
  });

  it('rounds decimals to decimals', () => {
    const docs = ['0.8', '1.7', '25'].map((n) => ({ n: Decimal128.fromString(n) }));
    const buckets = run(docs, [{ $bucketAuto: { groupBy: '$n', buckets: 3, granularity: 'R5' } }]);
    expect(bounds(buckets).map(([min, max]) => [String(min), String(max)])).toEqual([
      ['0.63', '1.0'],
      ['1.0', '2.5'],
      ['2.5', '40'],
    ]);
  });
});

describe('$densify', () => {
  it.each(DENSIFIED)('makes the steps of %j', (bounds, arabica, gesha) => {
    const docs = run(COFFEE, [
      {
        $densify: {
          field: 'altitude',
          partitionByFields: ['variety'],
          range: { bounds, step: 200 },
        },
      },
      { $sort: { altitude: 1 } },
    ]);
    const of = (name: string) =>
      docs.filter(({ variety }) => variety === name).map(({ altitude }) => altitude as unknown);
    expect([of('Arabica Typica'), of('Gesha')]).toEqual([arabica, gesha]);
  });

  it('makes hours of a stretch of time, and lets documents without the field pass', () => {
    const hour = (h: number) => new Date(Date.UTC(2021, 4, 18, h));
    const docs = [{ _id: 1, at: hour(0) }, { _id: 2, at: hour(4) }, { _id: 3 }];
    const range = { step: 1, unit: 'hour', bounds: [hour(0), hour(3)] };
    expect(run(docs, [{ $densify: { field: 'at', range } }])).toEqual([
      { _id: 3 },
      { _id: 1, at: hour(0) },
      { at: hour(1) },
      { at: hour(2) },
      { _id: 2, at: hour(4) },
    ]);
  });
});

describe('$documents', () => {
  const db = () => createStore().db('shop');

  it('stands in for a collection: of a database, in a join, in a union', () => {
    const rates = { $documents: [{ code: 'EUR', rate: { $add: [1, 0.08] } }] };
    expect(
      db()
        .aggregate([rates, { $project: { code: 1 } }])
        .toArray(),
    ).toEqual([{ code: 'EUR' }]);
    expect(
      run(
        [{ _id: 1 }],
        [{ $lookup: { pipeline: [rates], as: 'rates' } }, { $unionWith: { pipeline: [rates] } }],
      ),
    ).toEqual([
      { _id: 1, rates: [{ code: 'EUR', rate: 1.08 }] },
      { code: 'EUR', rate: 1.08 },
    ]);
  });

  it('comes first, and is what a pipeline without a collection begins with', () => {
    expect(() => run([{ _id: 1 }], [{ $limit: 1 }, { $documents: [] }])).toThrow('first stage');
    expect(() => db().aggregate([{ $match: {} }])).toThrow('a collection is required');
    expect(() => db().aggregate([{ $currentOp: {} }])).toThrow('$currentOp is not implemented');
    expect(() =>
      db()
        .aggregate([{ $documents: 5 }])
        .toArray(),
    ).toThrow('an array is expected');
  });
});

describe('$redact', () => {
  it('keeps and prunes level by level', () => {
    const { subsections, ...rest } = FORECAST;
    expect(run([FORECAST], [BY_TAGS])).toEqual([
      { ...rest, subsections: (subsections as Input[]).slice(0, 2) },
    ]);
  });

  it('prunes a level with all that is in it, keeps one unseen, and knows the whole document', () => {
    const doc = {
      _id: 1,
      level: 1,
      a: { level: 5, b: { level: 1 } },
      c: [{ level: 5 }, { level: 2, d: { level: 5 } }],
    };
    const by = (then: string) =>
      run([doc], [{ $redact: { $cond: [{ $eq: ['$level', 5] }, then, '$$DESCEND'] } }]);
    expect(by('$$PRUNE')).toEqual([{ _id: 1, level: 1, c: [{ level: 2 }] }]);
    expect(by('$$KEEP')).toEqual([doc]);
    const top = { $cond: [{ $gt: ['$level', '$$ROOT.level'] }, '$$PRUNE', '$$DESCEND'] };
    expect(run([doc], [{ $redact: top }])).toEqual([{ _id: 1, level: 1, c: [] }]);
  });
});

describe('expressions and accumulators', () => {
  it.each(RARE_EXPRESSIONS)('%j is %j', (expression, value) => {
    expect(run([{ _id: 1 }], [{ $project: { _id: 0, value: expression } }])).toEqual([{ value }]);
  });

  it('$median and $percentile of groups', () => {
    const docs = [81, 62, 80, 82, 83].map((score) => ({ score }));
    const method = 'approximate';
    const group = {
      _id: null,
      median: { $median: { input: '$score', method } },
      percentiles: { $percentile: { input: '$score', p: [0.5, 0.95], method } },
    };
    expect(run(docs, [{ $group: group }])).toEqual([
      { _id: null, median: 81, percentiles: [81, 83] },
    ]);
  });

  it.each(REFUSED_RARE)('%j: %d %s', (pipeline, code, message) => {
    try {
      run([{ _id: 1, x: 'text' }], pipeline);
    } catch (error) {
      expect(error).toBeInstanceOf(MongoServerError);
      const { code: given, message: said } = error as MongoServerError;
      expect([given, said.replace(/^.* :: caused by :: /, '')]).toEqual([code, message]);
      return;
    }
    throw new Error('The pipeline was accepted');
  });
});
