/** Change streams. Manual: "Change Streams", "Change Events". */
import { beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../api/store.ts';
import { MongoServerError } from '../errors.ts';
import { loadEveryPart } from '../parts/parts.ts';
import type { Input } from '../values/types.ts';

beforeAll(loadEveryPart);

const NOW = new Date('2025-03-01T12:00:00Z');

function shop() {
  const store = createStore({ now: () => NOW });
  return { store, db: store.db('shop'), docs: store.db('shop').collection('docs') };
}

/** What events tell besides their time. */
const told = (stream: Iterable<Input>): Input[] =>
  [...stream].map((event) =>
    Object.fromEntries(
      Object.entries(event).filter(
        ([field]) => !['_id', 'clusterTime', 'wallTime'].includes(field),
      ),
    ),
  );

const refusal = (run: () => unknown): [number, string] => {
  try {
    run();
  } catch (error) {
    if (error instanceof MongoServerError) return [error.code, error.message];
    throw error;
  }
  throw new Error('It was accepted');
};

const ns = { db: 'shop', coll: 'docs' };

describe('a stream of a collection', () => {
  it('tells of inserts, updates, replacements and deletes, from where it was opened', () => {
    const { docs, db } = shop();
    docs.insertOne({ _id: 1, n: 0 });
    const stream = docs.watch();
    expect(stream.tryNext()).toBe(null);
    docs.insertOne({ _id: 2, n: 1 });
    docs.updateOne({ _id: 2 }, { $inc: { n: 1 } });
    docs.updateOne({ _id: 2 }, { $set: { n: 2 } });
    docs.replaceOne({ _id: 2 }, { m: 1 });
    docs.deleteMany({});
    db.collection('others').insertOne({ _id: 3 });
    const updateDescription = { updatedFields: { n: 2 }, removedFields: [], truncatedArrays: [] };
    expect(told(stream)).toEqual([
      { operationType: 'insert', fullDocument: { _id: 2, n: 1 }, ns, documentKey: { _id: 2 } },
      // The second update changes nothing.
      { operationType: 'update', ns, documentKey: { _id: 2 }, updateDescription },
      { operationType: 'replace', fullDocument: { _id: 2, m: 1 }, ns, documentKey: { _id: 2 } },
      { operationType: 'delete', ns, documentKey: { _id: 1 } },
      { operationType: 'delete', ns, documentKey: { _id: 2 } },
    ]);
  });

  it.each<[string, Input, Input, string[]]>([
    ['sets', { $set: { 'a.b': 2, c: 3 } }, { 'a.b': 2, c: 3 }, []],
    ['sets a document whole', { $set: { a: { b: 2, x: 1 } } }, { a: { b: 2, x: 1 } }, []],
    ['removes', { $unset: { 'a.x': '', list: '' } }, {}, ['list', 'a.x']],
    ['pushes', { $push: { list: 9 } }, { 'list.2': 9 }, []],
    ['pushes to nothing', { $push: { more: 9 } }, { more: [9] }, []],
    ['pulls', { $pull: { list: 1 } }, { list: [2] }, []],
    ['sets an element', { $set: { 'list.1': 7 } }, { 'list.1': 7 }, []],
    ['renames', { $rename: { list: 'items' } }, { items: [1, 2] }, ['list']],
  ])('describes an update that %s', (_, update, updatedFields, removedFields) => {
    const { docs } = shop();
    docs.insertOne({ _id: 1, a: { b: 1, x: 1 }, list: [1, 2] });
    const stream = docs.watch();
    docs.updateOne({ _id: 1 }, update);
    expect(told(stream)[0]!.updateDescription).toEqual({
      updatedFields,
      removedFields,
      truncatedArrays: [],
    });
  });

  it('looks up the document as it is when the event is read', () => {
    const { docs } = shop();
    docs.insertMany([{ _id: 1 }, { _id: 2 }]);
    const stream = docs.watch([], { fullDocument: 'updateLookup' });
    docs.updateMany({}, { $set: { n: 1 } });
    docs.updateOne({ _id: 1 }, { $set: { n: 2 } });
    docs.deleteOne({ _id: 2 });
    expect(told(stream).map(({ fullDocument }) => fullDocument as unknown)).toEqual([
      { _id: 1, n: 2 },
      null,
      { _id: 1, n: 2 },
      undefined,
    ]);
  });

  it('passes a pipeline, which may not change what an event is resumed by', () => {
    const { docs } = shop();
    const stream = docs.watch([
      { $match: { operationType: 'insert', 'fullDocument.n': { $gt: 1 } } },
      { $project: { n: '$fullDocument.n' } },
    ]);
    const broken = docs.watch([{ $project: { _id: 0 } }]);
    docs.insertMany([{ n: 1 }, { n: 2 }]);
    expect(told(stream)).toEqual([{ n: 2 }]);
    expect(refusal(() => broken.tryNext())[0]).toBe(280);
    expect(refusal(() => docs.watch([{ $group: { _id: null } }]))).toEqual([
      20,
      '$group is not permitted in a $changeStream pipeline',
    ]);
  });

  it('ends with the collection', () => {
    const { docs, db } = shop();
    docs.insertOne({ _id: 1 });
    const stream = docs.watch();
    docs.drop();
    expect(told(stream)).toEqual([{ operationType: 'drop', ns }, { operationType: 'invalidate' }]);
    expect([stream.isClosed(), stream.tryNext()]).toEqual([true, null]);
    docs.insertOne({ _id: 1 });
    const renamed = docs.watch();
    docs.rename('others');
    expect(told(renamed)).toEqual([
      { operationType: 'rename', ns, to: { db: 'shop', coll: 'others' } },
      { operationType: 'invalidate' },
    ]);
    expect(db.collection('others').countDocuments()).toBe(1);
  });

  it('is read as a cursor is, and says where it would wait', () => {
    const { docs } = shop();
    const stream = docs.watch();
    expect(stream.hasNext()).toBe(false);
    expect(() => stream.next()).toThrow('There is no change yet');
    docs.insertMany([{ _id: 1 }, { _id: 2 }]);
    expect([stream.hasNext(), stream.hasNext()]).toEqual([true, true]);
    expect(stream.next()).toMatchObject({ documentKey: { _id: 1 }, wallTime: NOW });
    expect(stream.itcount()).toBe(1);
    stream.close();
    docs.insertOne({ _id: 3 });
    expect([stream.tryNext(), stream.isExhausted()]).toEqual([null, true]);
    expect(() => stream.next()).toThrow('closed');
    expect(stream.printed()).toBe('ChangeStreamCursor on shop.docs');
  });

  it('goes on behind an event with its token, and from a cluster time', () => {
    const { docs } = shop();
    const stream = docs.watch();
    docs.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    const first = stream.next();
    expect(stream.getResumeToken()).toEqual(first._id);
    const keys = (options: Input) =>
      told(docs.watch([], options)).map(({ documentKey }) => (documentKey as Input)._id as number);
    expect(keys({ resumeAfter: first._id })).toEqual([2, 3]);
    expect(keys({ startAfter: stream.next()._id })).toEqual([3]);
    expect(keys({ startAtOperationTime: first.clusterTime })).toEqual([1, 2, 3]);
    expect(refusal(() => docs.watch([], { resumeAfter: { _data: 'x' } }))[0]).toBe(40649);
    expect(
      refusal(() =>
        docs.watch([], { resumeAfter: { _data: '8200000000000000FF2B0229296E04' } }),
      )[0],
    ).toBe(286);
    expect(refusal(() => docs.watch([], { fullDocumentBeforeChange: 'required' }))[0]).toBe(238);
  });
});

describe('streams of more', () => {
  it('tell of all collections of a database, or of all databases', () => {
    const { store, db } = shop();
    const [ofShop, ofAll] = [db.watch(), store.watch()];
    db.collection('a').insertOne({ _id: 1 });
    store.db('other').collection('b').insertOne({ _id: 2 });
    db.dropDatabase();
    const names = (stream: Iterable<Input>) =>
      told(stream).map(({ operationType, ns: { db: of, coll } = {} as Input }) =>
        [operationType, of, coll].filter(Boolean).join(' '),
      );
    expect(names(ofShop)).toEqual([
      'insert shop a',
      'drop shop a',
      'dropDatabase shop',
      'invalidate',
    ]);
    expect(names(ofAll)).toEqual([
      'insert shop a',
      'insert other b',
      'drop shop a',
      'dropDatabase shop',
    ]);
    expect([ofShop.printed(), ofAll.printed()]).toEqual([
      'ChangeStreamCursor on shop',
      'ChangeStreamCursor on deployment',
    ]);
  });

  it('tell of a transaction when it commits, in its order, and of none that aborts', () => {
    const { store, docs } = shop();
    docs.insertOne({ _id: 1, n: 0 });
    const stream = docs.watch();
    const session = store.startSession();
    session.startTransaction();
    docs.insertOne({ _id: 2 }, { session });
    docs.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    docs.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    expect(stream.tryNext()).toBe(null);
    session.commitTransaction();
    session.startTransaction();
    docs.deleteMany({}, { session });
    session.abortTransaction();
    expect(told(stream).map(({ operationType }) => operationType as string)).toEqual([
      'insert',
      'update',
      'update',
    ]);
  });
});
