/** What `serverStatus` counts: the documents that operations looked at and wrote. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../values/types.ts';
import type { Database } from './database.ts';
import { createStore, type Store } from './store.ts';
import { loadEveryPart } from '../parts/parts.ts';

beforeAll(loadEveryPart);

interface Counted {
  read: number;
  inserted: number;
  updated: number;
  deleted: number;
}

let store: Store;
let db: Database;

const counts = (): Counted => {
  const { metrics } = db.command({ serverStatus: 1 }) as unknown as {
    metrics: {
      document: Omit<Counted, 'read'>;
      queryExecutor: { scannedObjects: number };
    };
  };
  return { read: metrics.queryExecutor.scannedObjects, ...metrics.document };
};

/** What an operation added. */
function of(operation: () => unknown): Partial<Counted> {
  const before = counts();
  operation();
  const after = counts();
  return Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name, count - before[name as keyof Counted]] as const)
      .filter(([, count]) => count !== 0),
  );
}

beforeEach(() => {
  store = createStore();
  db = store.db('shop');
  db.collection('customers').insertMany([1, 2, 3].map((n) => ({ _id: n, city: `City ${n}` })));
  db.collection('orders').insertMany(
    [1, 2, 3, 4, 5, 6].map((n) => ({ _id: n, customer: (n % 3) + 1, total: 10 * n })),
  );
});

describe('what is counted as read', () => {
  it('is what was looked at: all without an index, what the index points to with one', () => {
    const query = (): unknown =>
      db
        .collection('orders')
        .find({ total: { $gt: 40 } })
        .toArray();
    expect(of(query)).toEqual({ read: 6 });
    db.collection('orders').createIndex({ total: 1 });
    expect(of(query)).toEqual({ read: 2 });
  });

  it('is one for an _id, none for an _id that is not there', () => {
    expect(of(() => db.collection('orders').findOne({ _id: 4 }))).toEqual({ read: 1 });
    expect(of(() => db.collection('orders').findOne({ _id: 9 }))).toEqual({});
  });

  it('is the same as explain says', () => {
    const find = db.collection('orders').find({ customer: 2 }, { limit: 1 });
    const { executionStats } = find.explain('executionStats') as unknown as {
      executionStats: { totalDocsExamined: number };
    };
    expect(of(() => find.toArray())).toEqual({ read: executionStats.totalDocsExamined });
  });

  it('counts both sides of a $lookup', () => {
    const joined = (from: string, localField: string, foreignField: string): unknown[] =>
      db
        .collection(from === 'orders' ? 'customers' : 'orders')
        .aggregate([{ $lookup: { from, localField, foreignField, as: 'found' } }])
        .toArray();
    expect(of(() => joined('customers', 'customer', '_id'))).toEqual({ read: 12 });
    expect(of(() => joined('orders', '_id', 'customer'))).toEqual({ read: 9 });
  });
});

describe('what is counted as written', () => {
  it('is each document inserted, matched by an update, or deleted', () => {
    const orders = db.collection('orders');
    expect(of(() => orders.insertMany([{ _id: 7 }, { _id: 8 }]))).toEqual({ inserted: 2 });
    expect(of(() => orders.updateMany({ customer: 1 }, { $inc: { total: 1 } }))).toEqual({
      read: 8,
      updated: 2,
    });
    expect(of(() => orders.findOneAndUpdate({ _id: 1 }, { $set: { total: 0 } }))).toEqual({
      read: 1,
      updated: 1,
    });
    expect(
      of(() => orders.updateOne({ _id: 9 }, { $set: { total: 0 } }, { upsert: true })),
    ).toEqual({ inserted: 1 });
    expect(of(() => orders.deleteOne({ _id: 9 }))).toEqual({ read: 1, deleted: 1 });
    expect(of(() => orders.findOneAndDelete({ _id: 8 }))).toEqual({ read: 1, deleted: 1 });
  });

  it('is not what was refused', () => {
    const again = (): unknown => db.collection('orders').insertOne({ _id: 1 });
    const before = counts();
    expect(again).toThrow(/duplicate key/);
    expect(counts()).toEqual(before);
  });

  it('is what a transaction did, in whatever database', () => {
    const session = store.startSession();
    expect(
      of(() =>
        session.withTransaction(() =>
          store.dbIn(session, 'bank').collection('accounts').insertOne({ _id: 1 }),
        ),
      ),
    ).toEqual({ inserted: 1 });
  });
});

describe('a $lookup by a field that has an index', () => {
  const join = (): Input[] =>
    db
      .collection('customers')
      .aggregate([
        { $lookup: { from: 'orders', localField: '_id', foreignField: 'customer', as: 'orders' } },
      ])
      .toArray();

  it('reads what it joins, and answers as without', () => {
    db.collection('customers').insertOne({ _id: 'nobody' });
    db.collection('orders').insertMany([{ _id: 7, customer: [1, 3] }, { _id: 8 }]);
    const without = join();
    db.collection('orders').insertMany([1, 2, 3].map((n) => ({ customer: `none ${n}` })));
    db.collection('orders').createIndex({ customer: 1 });
    // Four customers, six orders, and one order that two of them share.
    expect(of(join)).toEqual({ read: 12 });
    expect(join()).toEqual(without);
  });
});
