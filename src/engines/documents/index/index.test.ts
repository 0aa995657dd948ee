/** Indexes: what they refuse, when they are used, and that they never change an answer. Manual: "Indexes", "Unique Indexes", "Multikey Indexes", "Explain Results". */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Collection } from '../api/collection.ts';
import { createStore } from '../api/store.ts';
import type { Input } from '../values/types.ts';
import { loadEveryPart } from '../parts/parts.ts';

beforeAll(loadEveryPart);

function collectionOf(docs: Input[]): Collection {
  const collection = createStore().db('shop').collection('products');
  if (docs.length) collection.insertMany(docs);
  return collection;
}

/** Stage, keys and documents examined. */
function plan(collection: Collection, filter: Input, options: Input = {}): unknown[] {
  const { queryPlanner, executionStats } = collection
    .find(filter, options)
    .explain('executionStats');
  const stages: string[] = [];
  for (
    let stage = (queryPlanner as Input).winningPlan as Input | undefined;
    stage;
    stage = stage.inputStage as Input
  ) {
    stages.push(String(stage.stage));
  }
  const { totalKeysExamined, totalDocsExamined, nReturned } = executionStats as Input;
  return [stages.join('<'), totalKeysExamined, totalDocsExamined, nReturned];
}

const HUNDRED = Array.from({ length: 100 }, (_, i) => ({
  _id: i,
  price: i * 10,
  category: `c${String(i % 4)}`,
  tags: [i % 5, i % 7],
}));

describe('explain tells which plan ran and what it looked at', () => {
  it('without an index it looks at every document', () => {
    expect(plan(collectionOf(HUNDRED), { price: { $gte: 950 } })).toEqual(['COLLSCAN', 0, 100, 5]);
  });

  it('by _id it looks at one', () => {
    expect(plan(collectionOf(HUNDRED), { _id: 7 })).toEqual(['EXPRESS_IXSCAN', 1, 1, 1]);
  });

  it('with an index it looks at the matches alone', () => {
    const collection = collectionOf(HUNDRED);
    collection.createIndex({ price: 1 });
    expect(plan(collection, { price: { $gte: 950 } })).toEqual(['FETCH<IXSCAN', 5, 5, 5]);
    expect(plan(collection, { price: { $in: [10, 20, 35] } })).toEqual(['FETCH<IXSCAN', 2, 2, 2]);
    const scan = (collection.find({ price: { $gt: 100 } }).explain().queryPlanner as Input)
      .winningPlan as Input;
    expect((scan.inputStage as Input).indexBounds).toEqual({ price: ['(100, inf.0]'] });
  });

  it('an index gives the order of a sort, in both directions, and a limit ends the scan', () => {
    const collection = collectionOf(HUNDRED);
    expect(plan(collection, {}, { sort: { price: -1 }, limit: 3 })).toEqual([
      'SORT<COLLSCAN',
      0,
      100,
      3,
    ]);
    collection.createIndex({ price: 1 });
    expect(plan(collection, {}, { sort: { price: -1 }, limit: 3 })).toEqual([
      'LIMIT<FETCH<IXSCAN',
      3,
      3,
      3,
    ]);
  });

  it('a compound index serves equality on its first fields and a range or sort on the next', () => {
    const collection = collectionOf(HUNDRED);
    collection.createIndex({ category: 1, price: -1 });
    expect(plan(collection, { category: 'c1', price: { $gt: 500 } })).toEqual([
      'FETCH<IXSCAN',
      12,
      12,
      12,
    ]);
    expect(plan(collection, { category: 'c1' }, { sort: { price: 1 } })).toEqual([
      'FETCH<IXSCAN',
      25,
      25,
      25,
    ]);
    expect(plan(collection, { price: { $gt: 500 } })[0]).toBe('COLLSCAN');
  });

  it('a sparse index is not used where it would miss documents, a partial one only where it holds all', () => {
    const collection = collectionOf([
      { _id: 1, email: 'a' },
      { _id: 2 },
      { _id: 3, email: 'b', active: true },
    ]);
    collection.createIndex({ email: 1 }, { sparse: true, name: 'sparse' });
    expect(plan(collection, { email: null })[0]).toBe('COLLSCAN');
    expect(plan(collection, {}, { sort: { email: 1 } })[0]).toBe('SORT<COLLSCAN');
    collection.dropIndex('sparse');
    collection.createIndex({ email: 1 }, { partialFilterExpression: { active: true } });
    expect(plan(collection, { email: 'b' })[0]).toBe('COLLSCAN');
    expect(plan(collection, { email: 'b', active: true })).toEqual(['FETCH<IXSCAN', 1, 1, 1]);
  });
});

describe('unique indexes', () => {
  it('refuse a second document with the key, and say which', () => {
    const collection = collectionOf([{ _id: 1, email: 'alice@example.com' }]);
    collection.createIndex({ email: 1 }, { unique: true });
    const insert = () => collection.insertOne({ _id: 2, email: 'alice@example.com' });
    expect(insert).toThrow(
      'E11000 duplicate key error collection: shop.products index: email_1 dup key: { email: "alice@example.com" }',
    );
    expect(insert).toThrow(
      expect.objectContaining({
        code: 11000,
        keyPattern: { email: 1 },
        keyValue: { email: 'alice@example.com' },
      }),
    );
    expect(collection.countDocuments()).toBe(1);
  });

  it('count a missing field as null: one document may lack it', () => {
    const collection = collectionOf([]);
    collection.createIndex({ email: 1 }, { unique: true });
    collection.insertOne({ _id: 1 });
    expect(() => collection.insertOne({ _id: 2 })).toThrow('dup key: { email: null }');
  });

  it('let one document have a value twice in an array, but not two documents', () => {
    const collection = collectionOf([]);
    collection.createIndex({ tags: 1 }, { unique: true });
    collection.insertOne({ _id: 1, tags: ['a', 'a', 'b'] });
    expect(() => collection.insertOne({ _id: 2, tags: ['c', 'b'] })).toThrow(
      'dup key: { tags: "b" }',
    );
  });

  it('are not made over duplicates, and refuse an update into one', () => {
    const collection = collectionOf([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ]);
    expect(() => collection.createIndex({ a: 1 }, { unique: true })).toThrow('E11000');
    collection.updateOne({ _id: 2 }, { $set: { a: 2 } });
    collection.createIndex({ a: 1 }, { unique: true });
    expect(() => collection.updateOne({ _id: 2 }, { $set: { a: 1 } })).toThrow('dup key: { a: 1 }');
    expect(collection.findOne({ _id: 2 })).toEqual({ _id: 2, a: 2 });
  });

  it('with a collation of strength 2 do not tell Alice from ALICE', () => {
    const collection = collectionOf([{ _id: 1, name: 'Alice' }]);
    collection.createIndex({ name: 1 }, { unique: true, collation: { locale: 'en', strength: 2 } });
    expect(() => collection.insertOne({ _id: 2, name: 'ALICE' })).toThrow('E11000');
  });
});

describe('making and dropping', () => {
  it('names, lists and drops indexes as the manual shows', () => {
    const collection = collectionOf([{ _id: 1 }]);
    expect(collection.createIndex({ a: 1, 'b.c': -1 })).toBe('a_1_b.c_-1');
    expect(collection.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, 'b.c': -1 }, name: 'a_1_b.c_-1' },
    ]);
    expect(collection.dropIndex('a_1_b.c_-1')).toEqual({ nIndexesWas: 2, ok: 1 });
    expect(() => collection.dropIndex('nope')).toThrow('index not found with name [nope]');
    expect(() => collection.dropIndex('_id_')).toThrow('cannot drop _id index');
    expect(() => collection.createIndex({ a: '2dsphere' })).toThrow('not implemented');
  });

  it('refuses two arrays in one compound index', () => {
    const collection = collectionOf([]);
    collection.createIndex({ a: 1, b: 1 });
    expect(() => collection.insertOne({ a: [1], b: [2] })).toThrow(
      'cannot index parallel arrays [b] [a]',
    );
  });
});

const small = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom('x', 'y', null, 2.5));
const field = fc.oneof(
  { weight: 3, arbitrary: small },
  { weight: 1, arbitrary: fc.array(small, { maxLength: 3 }) },
);
const docs = fc.array(
  fc.record({ a: field, b: small, c: fc.record({ d: field }) }, { requiredKeys: [] }),
  { maxLength: 25 },
);
const condition = fc.oneof(
  small,
  fc.record({ $gte: small }),
  fc.record({ $gt: fc.integer({ min: 0, max: 4 }), $lt: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ $in: fc.array(small, { maxLength: 3 }) }),
  fc.record({ $ne: small }),
);
const filter = fc.oneof(
  fc.record({ a: condition, b: condition, 'c.d': condition }, { requiredKeys: [] }),
  fc.record({
    $or: fc.array(fc.oneof(fc.record({ a: condition }), fc.record({ b: condition })), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
);
const sort = fc.constantFrom<Input>({}, { a: 1 }, { a: -1 }, { b: 1, a: -1 }, { 'c.d': 1 });

describe('an index never changes an answer', () => {
  it('finds the same documents as a scan, whatever was written in between', () => {
    fc.assert(
      fc.property(docs, docs, filter, sort, fc.nat(3), (before, after, where, order, skip) => {
        const plain = collectionOf([]);
        const indexed = collectionOf([]);
        const number = (list: object[], from: number) =>
          list.map((doc, i) => ({ _id: from + i, ...doc }));
        for (const collection of [plain, indexed]) {
          if (before.length) collection.insertMany(number(before, 0));
          if (collection === indexed)
            for (const key of [{ a: 1 }, { b: 1, a: -1 }, { 'c.d': -1 }])
              collection.createIndex(key as Input);
          if (after.length) collection.insertMany(number(after, 100));
          collection.updateMany({ b: { $gte: 3 } }, { $set: { a: 3 } });
          collection.deleteMany({ b: 1 });
        }
        const ids = (collection: Collection, options: Input) =>
          collection
            .find(where, options)
            .map((doc) => doc._id as number)
            .toArray();
        const bySort = { ...order, _id: 1 };
        expect(ids(indexed, { sort: bySort, skip })).toEqual(ids(plain, { sort: bySort, skip }));
        expect(ids(indexed, { sort: order }).length).toBe(ids(plain, {}).length);
        expect(indexed.countDocuments(where)).toBe(plain.countDocuments(where));
      }),
      { numRuns: 150 },
    );
  });
});
