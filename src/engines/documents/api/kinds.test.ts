/** Views, capped collections, and documents that expire. Manual: the pages of that name. */
import { beforeAll, describe, expect, it } from 'vitest';
import { MongoServerError } from '../errors.ts';
import { loadEveryPart } from '../parts/parts.ts';
import { createStore } from './store.ts';

beforeAll(loadEveryPart);

const shop = () => createStore().db('shop');

const refusal = (run: () => unknown): [number, string] => {
  try {
    run();
  } catch (error) {
    if (error instanceof MongoServerError) return [error.code, error.message];
    throw error;
  }
  throw new Error('It was accepted');
};

describe('views', () => {
  /** The manual's students. */
  function students() {
    const db = shop();
    db.collection('students').insertMany([
      { _id: 1, sID: 22001, name: 'Alex', year: 1, score: 4.0 },
      { _id: 2, sID: 21001, name: 'bernie', year: 2, score: 3.7 },
      { _id: 3, sID: 20010, name: 'Chris', year: 3, score: 2.5 },
      { _id: 4, sID: 22021, name: 'Drew', year: 1, score: 3.2 },
    ]);
    db.createCollection('firstYears', { viewOn: 'students', pipeline: [{ $match: { year: 1 } }] });
    return db;
  }

  it('are read as collections: found, sorted, counted, grouped, joined', () => {
    const db = students();
    const view = db.collection('firstYears');
    expect(
      view
        .find({}, { projection: { _id: 0, name: 1 } })
        .sort({ score: 1 })
        .toArray(),
    ).toEqual([{ name: 'Drew' }, { name: 'Alex' }]);
    expect([view.countDocuments({ score: 4 }), view.estimatedDocumentCount()]).toEqual([1, 2]);
    expect(view.findOne({ _id: 1 })).toMatchObject({ name: 'Alex' });
    expect(view.findOne({ _id: 2 })).toBe(null);
    expect(view.distinct('name')).toEqual(['Alex', 'Drew']);
    expect(view.aggregate([{ $group: { _id: null, mean: { $avg: '$score' } } }]).toArray()).toEqual(
      [{ _id: null, mean: 3.6 }],
    );
    const joined = db
      .collection('students')
      .aggregate([
        { $match: { _id: 4 } },
        { $lookup: { from: 'firstYears', localField: 'year', foreignField: 'year', as: 'with' } },
        { $unionWith: 'firstYears' },
        { $project: { n: { $size: { $ifNull: ['$with', []] } } } },
      ]);
    expect(joined.toArray()).toEqual([
      { _id: 4, n: 2 },
      { _id: 1, n: 0 },
      { _id: 4, n: 0 },
    ]);
  });

  it('show what is in the collection now, stand on other views, and use its indexes', () => {
    const db = students();
    db.createCollection('names', { viewOn: 'firstYears', pipeline: [{ $project: { name: 1 } }] });
    db.collection('students').insertOne({ _id: 5, name: 'Eve', year: 1 });
    expect(db.collection('names').find().toArray()).toEqual([
      { _id: 1, name: 'Alex' },
      { _id: 4, name: 'Drew' },
      { _id: 5, name: 'Eve' },
    ]);
    db.collection('students').createIndex({ year: 1 });
    const { stages } = db.collection('names').find({ name: 'Eve' }).explain('executionStats');
    expect((stages as { $cursor: unknown }[])[0]!.$cursor).toMatchObject({
      executionStats: { totalDocsExamined: 3 },
    });
  });

  it('refuse every write', () => {
    const db = students();
    const view = db.collection('firstYears');
    const no: [number, string] = [166, 'Namespace shop.firstYears is a view, not a collection'];
    expect(refusal(() => view.insertOne({ name: 'Fay' }))).toEqual(no);
    expect(refusal(() => view.updateOne({ name: 'nobody' }, { $set: { a: 1 } }))).toEqual(no);
    expect(refusal(() => view.deleteMany({ name: 'nobody' }))).toEqual(no);
    expect(refusal(() => view.findOneAndDelete({}))).toEqual(no);
    expect(refusal(() => view.createIndex({ name: 1 }))).toEqual(no);
    expect(refusal(() => view.indexes())).toEqual(no);
    expect(refusal(() => view.rename('others'))).toEqual(no);
    expect(db.collection('students').countDocuments()).toBe(4);
  });

  it('are listed with what they are made of, changed, and dropped alone', () => {
    const db = students();
    expect(db.listCollections().map(({ name, type }) => [name, type])).toEqual([
      ['firstYears', 'view'],
      ['students', 'collection'],
      ['system.views', 'collection'],
    ]);
    expect(db.listCollections()[0]).toEqual({
      name: 'firstYears',
      type: 'view',
      options: { viewOn: 'students', pipeline: [{ $match: { year: 1 } }] },
      info: { readOnly: true },
    });
    expect(db.collection('system.views').find().toArray()).toEqual([
      { _id: 'shop.firstYears', viewOn: 'students', pipeline: [{ $match: { year: 1 } }] },
    ]);
    db.collMod('firstYears', { pipeline: [{ $match: { year: 2 } }] });
    expect(db.collection('firstYears').distinct('name')).toEqual(['bernie']);
    expect(db.collection('firstYears').drop()).toBe(true);
    expect(db.listCollections().map(({ name }) => name)).toEqual(['students']);
  });

  it('are refused where they cannot be', () => {
    const db = students();
    const create = (name: string, options: object) =>
      refusal(() => db.createCollection(name, { viewOn: 'students', ...options }));
    expect(create('students', {})).toEqual([48, 'Collection shop.students already exists.']);
    expect(create('firstYears', {})).toEqual([48, 'View already exists. NS: shop.firstYears']);
    expect(refusal(() => db.createCollection('firstYears'))[0]).toBe(48);
    expect(create('v', { pipeline: [{ $nothing: 1 }] })).toEqual([
      40324,
      "Unrecognized pipeline stage name: '$nothing'",
    ]);
    expect(create('v', { pipeline: [{ $out: 'x' }] })[0]).toBe(167);
    db.createCollection('a', { viewOn: 'b' });
    db.createCollection('b', { viewOn: 'a' });
    expect(refusal(() => db.collection('a').find().toArray())).toEqual([
      169,
      'View depth too deep or view cycle detected; maximum depth is 20',
    ]);
  });
});

describe('capped collections', () => {
  it('keep the newest documents, in the order in which they came', () => {
    const db = shop();
    db.createCollection('log', { capped: true, size: 100_000, max: 3 });
    const log = db.collection('log');
    log.createIndex({ n: 1 });
    for (let n = 1; n <= 5; n += 1) log.insertOne({ _id: n, n });
    expect(log.distinct('n')).toEqual([3, 4, 5]);
    expect(
      log
        .find()
        .sort({ $natural: -1 })
        .toArray()
        .map(({ _id }) => _id),
    ).toEqual([5, 4, 3]);
    expect(log.find({ n: { $lte: 3 } }).toArray()).toEqual([{ _id: 3, n: 3 }]);
    expect(log.stats()).toMatchObject({ capped: true, max: 3, maxSize: 100_096, count: 3 });
    log.deleteOne({ _id: 4 });
    log.insertMany([{ _id: 6 }, { _id: 7 }]);
    expect(log.distinct('_id')).toEqual([5, 6, 7]);
  });

  it('stay below their size in bytes, which is at least 4096', () => {
    const db = shop();
    db.createCollection('log', { capped: true, size: 1 });
    const log = db.collection('log');
    for (let n = 1; n <= 20; n += 1) log.insertOne({ _id: n, text: 'x'.repeat(1000) });
    expect(log.distinct('_id')).toEqual([18, 19, 20]);
    expect(log.stats().size).toBeLessThanOrEqual(4096);
  });

  it('are made of others, and are not written in transactions', () => {
    const store = createStore();
    const log = store.db('shop').collection('log');
    log.insertMany(Array.from({ length: 9 }, (_, i) => ({ _id: i, text: 'x'.repeat(1000) })));
    log.createIndex({ text: 1 });
    log.convertToCapped(4096);
    expect([log.distinct('_id'), log.indexes().length]).toEqual([[6, 7, 8], 1]);
    expect(store.db('shop').listCollections()[0]!.options).toEqual({ capped: true, size: 4096 });
    const session = store.startSession();
    session.startTransaction();
    expect(refusal(() => log.insertOne({ _id: 9 }, { session }))[0]).toBe(263);
  });

  it('need a size, and only they have one', () => {
    const create = (options: object) => refusal(() => shop().createCollection('log', options));
    expect(create({ capped: true })).toEqual([
      72,
      "the 'size' field is required when 'capped' is true",
    ]);
    expect(create({ max: 3 })[0]).toBe(72);
    expect(create({ capped: true, size: 'big' })[0]).toBe(14);
  });
});

describe('documents with a time to live', () => {
  function sessions() {
    const clock = { now: Date.UTC(2025, 0, 1) };
    const store = createStore({ now: () => new Date(clock.now) });
    const collection = store.db('shop').collection('sessions');
    const at = (seconds: number) => new Date(Date.UTC(2025, 0, 1, 0, 0, seconds));
    return { clock, store, collection, at };
  }

  it('go when the monitor runs, once a minute, after their time is up', () => {
    const { clock, collection, at } = sessions();
    collection.createIndex({ seen: 1 }, { expireAfterSeconds: 10 });
    collection.insertMany([
      { _id: 'early', seen: at(0) },
      { _id: 'late', seen: at(55) },
      { _id: 'several', seen: [at(300), at(20)] },
      { _id: 'text', seen: 'yesterday' },
      { _id: 'none' },
    ]);
    clock.now += 59_999;
    expect(collection.countDocuments()).toBe(5);
    clock.now += 1;
    expect(collection.distinct('_id')).toEqual(['late', 'none', 'text']);
    // `late` expires at 65 s, and the monitor comes back at 120 s.
    clock.now += 59_000;
    expect(collection.countDocuments()).toBe(3);
    clock.now += 1_000;
    expect(collection.find({ seen: { $exists: true } }).toArray()).toHaveLength(1);
  });

  it('are those that the index holds, and leave one alone that a transaction has written', () => {
    const { clock, store, collection, at } = sessions();
    const only = { partialFilterExpression: { kind: 'guest' } };
    collection.createIndex({ seen: 1 }, { expireAfterSeconds: 0, ...only });
    collection.insertMany([
      { _id: 1, kind: 'guest', seen: at(0) },
      { _id: 2, kind: 'member', seen: at(0) },
      { _id: 3, kind: 'guest', seen: at(0) },
    ]);
    const session = store.startSession();
    session.startTransaction();
    collection.updateOne({ _id: 3 }, { $set: { n: 1 } }, { session });
    clock.now += 60_000;
    expect(collection.distinct('_id')).toEqual([2, 3]);
    session.abortTransaction();
    clock.now += 60_000;
    expect(collection.distinct('_id')).toEqual([2]);
  });

  it('live longer after collMod, and only single fields expire', () => {
    const { clock, store, collection, at } = sessions();
    collection.createIndex({ seen: 1 }, { expireAfterSeconds: 10 });
    collection.insertOne({ seen: at(0) });
    const changed = store.db('shop').command({
      collMod: 'sessions',
      index: { keyPattern: { seen: 1 }, expireAfterSeconds: 100 },
    });
    expect(String(changed.expireAfterSeconds_old)).toBe('10');
    clock.now += 60_000;
    expect(collection.countDocuments()).toBe(1);
    clock.now += 60_000;
    expect(collection.countDocuments()).toBe(0);
    const index = (key: object, seconds: unknown) =>
      refusal(() => collection.createIndex(key, { expireAfterSeconds: seconds }))[0];
    expect([index({ a: 1, b: 1 }, 1), index({ a: 1 }, -1), index({ a: 1 }, 'soon')]).toEqual([
      67, 67, 14,
    ]);
  });
});
