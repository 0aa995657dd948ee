/** Writes and their results, validators, transactions. Manual: "Insert Methods", "Bulk Write Operations", "Schema Validation", "Transactions". */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MongoBulkWriteError } from '../errors.ts';
import type { Input } from '../values/types.ts';
import { countingIds, createStore } from './store.ts';
import { loadEveryPart } from '../parts/parts.ts';

beforeAll(loadEveryPart);

const collection = () => createStore().db('shop').collection('products');

function thrown(run: () => unknown): Input {
  try {
    run();
  } catch (error) {
    return error as Input;
  }
  throw new Error('Nothing was thrown');
}

describe('inserting', () => {
  it('gives a document an _id, in the store and in the object that was given', () => {
    const store = createStore({ newId: countingIds(() => new Date('2025-01-15T10:30:00Z')) });
    const doc: Input = { name: 'Tee' };
    const { insertedId } = store.db('shop').collection('products').insertOne(doc);
    expect(String(insertedId)).toBe('67878e28a1b2c3d4e5000001');
    expect(doc._id).toBe(insertedId);
    expect(Object.keys(store.db('shop').collection('products').findOne()!)).toEqual([
      '_id',
      'name',
    ]);
  });

  it('never hands out what it holds', () => {
    const products = collection();
    const given: Input = { _id: 1, tags: ['a'], at: new Date(0) };
    products.insertOne(given);
    (given.tags as string[]).push('changed outside');
    const found = products.findOne()!;
    (found.at as Date).setFullYear(1999);
    expect(products.findOne()).toEqual({ _id: 1, tags: ['a'], at: new Date(0) });
  });

  it('stops at the first error if ordered, and tells what was done', () => {
    const products = collection();
    const error = thrown(() => products.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }]));
    expect(error).toBeInstanceOf(MongoBulkWriteError);
    expect(error).toMatchObject({
      code: 11000,
      result: { insertedCount: 1, insertedIds: { 0: 1 } },
      writeErrors: [{ index: 1, op: { _id: 1 } }],
    });
    expect(products.countDocuments()).toBe(1);
  });

  it('goes on past errors if unordered', () => {
    const products = collection();
    expect(
      thrown(() => products.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }], { ordered: false }))
        .writeErrors,
    ).toHaveLength(1);
    expect(products.distinct('_id')).toEqual([1, 2]);
  });

  it('refuses more than 16 MiB, and an array as _id', () => {
    const tooLarge = thrown(() =>
      collection().insertOne({ _id: 1, text: 'x'.repeat(16 * 1024 * 1024) }),
    );
    expect([tooLarge.code, tooLarge.message]).toEqual([
      2,
      'object to insert too large. size in bytes: 16777241, max size: 16777216',
    ]);
    const growing = collection();
    growing.insertOne({ _id: 1, text: 'x'.repeat(16 * 1024 * 1024 - 100) });
    expect(thrown(() => growing.updateOne({}, { $set: { more: 'x'.repeat(100) } }))).toMatchObject({
      code: 17419,
      message: 'Resulting document after update is larger than 16777216',
    });
    expect(collection().insertOne({ text: 'x'.repeat(16 * 1024 * 1024 - 50) })).toMatchObject({
      acknowledged: true,
    });
    expect(thrown(() => collection().insertOne({ _id: [1] })).message).toBe(
      "The '_id' value cannot be of type array",
    );
  });
});

describe('changing several', () => {
  it('bulkWrite counts each kind', () => {
    const products = collection();
    const result = products.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },
      { updateOne: { filter: { _id: 9 }, update: { $set: { n: 9 } }, upsert: true } },
      { replaceOne: { filter: { _id: 1 }, replacement: { n: 0 } } },
      { deleteOne: { filter: { _id: 9 } } },
    ]);
    expect(result).toEqual({
      insertedCount: 1,
      matchedCount: 2,
      modifiedCount: 2,
      deletedCount: 1,
      upsertedCount: 1,
      upsertedIds: { 2: 9 },
      insertedIds: { 0: 1 },
    });
    expect(products.find().toArray()).toEqual([{ _id: 1, n: 0 }]);
  });

  it('findOneAnd… return the document before or after', () => {
    const products = collection();
    products.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 5 },
    ]);
    expect(products.findOneAndUpdate({}, { $inc: { n: 1 } }, { sort: { n: -1 } })).toEqual({
      _id: 2,
      n: 5,
    });
    expect(
      products.findOneAndUpdate(
        { _id: 2 },
        { $inc: { n: 1 } },
        { returnDocument: 'after', projection: { _id: 0 } },
      ),
    ).toEqual({ n: 7 });
    expect(products.findOneAndDelete({ _id: 2 })).toEqual({ _id: 2, n: 7 });
    expect(
      products.findOneAndReplace({ _id: 3 }, { n: 3 }, { upsert: true, returnDocument: 'after' }),
    ).toEqual({ _id: 3, n: 3 });
    expect(products.findOneAndDelete({ _id: 99 })).toBeNull();
  });

  it('every result agrees with the state', () => {
    const doc = fc.record(
      { n: fc.integer({ min: 0, max: 5 }), s: fc.constantFrom('a', 'b') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(doc, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 5 }),
        (docs, from, to) => {
          const products = collection();
          expect(products.insertMany(docs.map((item) => ({ ...item }))).insertedCount).toBe(
            products.countDocuments(),
          );
          const matching = products.countDocuments({ n: from });
          const { matchedCount, modifiedCount } = products.updateMany(
            { n: from },
            { $set: { n: to } },
          );
          expect([matchedCount, modifiedCount]).toEqual([matching, from === to ? 0 : matching]);
          if (from !== to) expect(products.countDocuments({ n: from })).toBe(0);
          const left = products.countDocuments({ n: to });
          expect(products.deleteMany({ n: to }).deletedCount).toBe(left);
          expect(products.countDocuments()).toBe(docs.length - left);
          expect(products.estimatedDocumentCount()).toBe(products.find().toArray().length);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a validator', () => {
  const validator = {
    $jsonSchema: {
      bsonType: 'object',
      title: 'Electronics',
      required: ['name', 'price', 'voltage'],
      properties: {
        name: { bsonType: 'string' },
        price: {
          bsonType: ['double', 'int', 'decimal'],
          minimum: 0,
          exclusiveMinimum: true,
          description: "'price' must be a positive number",
        },
        voltage: { bsonType: 'number' },
        connectivity: { bsonType: 'array', items: { bsonType: 'string' }, uniqueItems: true },
      },
    },
  };
  const products = (options: Input = {}) =>
    createStore()
      .db('shop')
      .createCollection('products', { validator, ...options });

  it('lets valid documents pass', () => {
    expect(
      products().insertOne({ name: 'Laptop', price: 999.5, voltage: 220, connectivity: ['wifi'] })
        .acknowledged,
    ).toBe(true);
  });

  it("explains a failure as the server does (manual: 'Specify JSON Schema Validation')", () => {
    const error = thrown(() =>
      products().insertOne({
        _id: 1,
        nmae: 'Laptop',
        price: -10,
        voltage: 220,
        connectivity: ['wifi', 5],
      }),
    );
    expect([error.code, error.codeName, error.message]).toEqual([
      121,
      undefined,
      'Document failed validation',
    ]);
    expect(error.errInfo).toEqual({
      failingDocumentId: 1,
      details: {
        operatorName: '$jsonSchema',
        title: 'Electronics',
        schemaRulesNotSatisfied: [
          {
            operatorName: 'properties',
            propertiesNotSatisfied: [
              {
                propertyName: 'price',
                description: "'price' must be a positive number",
                details: [
                  {
                    operatorName: 'minimum',
                    specifiedAs: { minimum: 0, exclusiveMinimum: true },
                    reason: 'comparison failed',
                    consideredValue: -10,
                  },
                ],
              },
              {
                propertyName: 'connectivity',
                details: [
                  {
                    operatorName: 'items',
                    reason: 'At least one item did not match the sub-schema',
                    itemIndex: 1,
                    details: [
                      {
                        operatorName: 'bsonType',
                        specifiedAs: { bsonType: 'string' },
                        reason: 'type did not match',
                        consideredValue: 5,
                        consideredType: 'int',
                      },
                    ],
                  },
                ],
              },
            ],
          },
          {
            operatorName: 'required',
            specifiedAs: { required: ['name', 'price', 'voltage'] },
            missingProperties: ['name'],
          },
        ],
      },
    });
  });

  it('moderate leaves old invalid documents alone; warn lets everything pass', () => {
    const store = createStore();
    const old = store.db('shop').collection('products');
    old.insertOne({ _id: 1, price: 5 });
    store.db('shop').collMod('products', { validator, validationLevel: 'moderate' });
    expect(old.updateOne({ _id: 1 }, { $set: { price: 6 } }).modifiedCount).toBe(1);
    expect(() => old.insertOne({ _id: 2 })).toThrow('Document failed validation');
    expect(products({ validationAction: 'warn' }).insertOne({}).acknowledged).toBe(true);
  });

  it('may be any filter', () => {
    const checked = createStore()
      .db('shop')
      .createCollection('c', { validator: { price: { $gt: 0 } } });
    expect(thrown(() => checked.insertOne({ _id: 1, price: -1 })).errInfo).toEqual({
      failingDocumentId: 1,
      details: {
        operatorName: '$gt',
        specifiedAs: { price: { $gt: 0 } },
        reason: 'comparison failed',
        consideredValue: -1,
      },
    });
  });

  it.each<[Input, string]>([
    [{ foo: 1 }, 'Unknown $jsonSchema keyword: foo'],
    [{ default: 1 }, "$jsonSchema keyword 'default' is not currently supported"],
    [{ type: 'integer' }, "$jsonSchema type 'integer' is not currently supported."],
    [{ required: [] }, "$jsonSchema keyword 'required' cannot be an empty array"],
  ])('is refused if it is ill-formed: %j', (schema, message) => {
    expect(() => products({ validator: { $jsonSchema: schema } })).toThrow(message);
  });
});

describe('a command', () => {
  it.each<[Input, number, string]>([
    [{ insert: 'c' }, 40414, "BSON field 'insert.documents' is missing but a required field"],
    [{ update: 'c' }, 40414, "BSON field 'update.updates' is missing but a required field"],
    [{ delete: 'c' }, 40414, "BSON field 'delete.deletes' is missing but a required field"],
    [{ distinct: 'c' }, 40414, "BSON field 'distinct.key' is missing but a required field"],
    [
      { createIndexes: 'c' },
      40414,
      "BSON field 'createIndexes.indexes' is missing but a required field",
    ],
    [
      { insert: 'c', documents: 'lamp' },
      14,
      "BSON field 'insert.documents' is the wrong type 'string', expected type 'array'",
    ],
  ])('%j is refused for what it needs: %d %s', (command, code, message) => {
    expect(thrown(() => createStore().db('shop').command(command))).toMatchObject({
      code,
      message,
    });
  });
});

describe('transactions', () => {
  function bank() {
    const store = createStore();
    store
      .db('bank')
      .collection('accounts')
      .insertMany([
        { _id: 'alice', balance: 100 },
        { _id: 'bob', balance: 50 },
      ]);
    const session = store.startSession();
    const balance = (id: string) =>
      store.db('bank').collection('accounts').findOne({ _id: id })!.balance as number;
    return {
      store,
      session,
      balance,
      outside: store.db('bank').collection('accounts'),
      inside: store.dbIn(session, 'bank').collection('accounts'),
    };
  }

  it('show others nothing before the commit, and everything after it', () => {
    const { session, inside, balance } = bank();
    session.startTransaction();
    inside.updateOne({ _id: 'alice' }, { $inc: { balance: -30 } });
    inside.updateOne({ _id: 'bob' }, { $inc: { balance: 30 } });
    expect(inside.findOne({ _id: 'alice' })).toEqual({ _id: 'alice', balance: 70 });
    expect([balance('alice'), balance('bob')]).toEqual([100, 50]);
    session.commitTransaction();
    expect([balance('alice'), balance('bob')]).toEqual([70, 80]);
  });

  it('leave nothing behind when they are aborted', () => {
    const { session, inside, outside, balance } = bank();
    session.startTransaction();
    inside.updateOne({ _id: 'alice' }, { $inc: { balance: -30 } });
    inside.insertOne({ _id: 'carol', balance: 0 });
    inside.deleteOne({ _id: 'bob' });
    session.abortTransaction();
    expect([balance('alice'), balance('bob'), outside.countDocuments()]).toEqual([100, 50, 2]);
  });

  it('read the state at their first operation, whatever others write', () => {
    const { session, inside, outside } = bank();
    session.startTransaction();
    expect(inside.countDocuments()).toBe(2);
    outside.insertOne({ _id: 'carol', balance: 1 });
    outside.updateOne({ _id: 'bob' }, { $set: { balance: 0 } });
    expect([inside.countDocuments(), inside.findOne({ _id: 'bob' })!.balance]).toEqual([2, 50]);
    session.commitTransaction();
    expect(inside.countDocuments()).toBe(3);
  });

  it('conflict when two write the same document: the first one wins', () => {
    const { session, inside, outside } = bank();
    session.startTransaction();
    inside.countDocuments();
    outside.updateOne({ _id: 'alice' }, { $inc: { balance: 1 } });
    const error = thrown(() => inside.updateOne({ _id: 'alice' }, { $inc: { balance: -30 } }));
    expect(error).toMatchObject({
      code: 112,
      codeName: 'WriteConflict',
      errorLabels: ['TransientTransactionError'],
    });
    expect(thrown(() => session.commitTransaction())).toMatchObject({
      code: 251,
      codeName: 'NoSuchTransaction',
    });
  });

  it('are tried again by withTransaction, and end with an error of their callback', () => {
    const { session, inside, outside, balance } = bank();
    let attempts = 0;
    session.withTransaction(() => {
      attempts += 1;
      inside.countDocuments();
      if (attempts === 1) outside.updateOne({ _id: 'alice' }, { $inc: { balance: 1 } });
      inside.updateOne({ _id: 'alice' }, { $inc: { balance: -1 } });
    });
    expect([attempts, balance('alice')]).toEqual([2, 100]);
    expect(() =>
      session.withTransaction(() => {
        inside.deleteMany({});
        throw new Error('insufficient funds');
      }),
    ).toThrow('insufficient funds');
    expect(outside.countDocuments()).toBe(2);
  });
});

describe('databases and commands', () => {
  it('list, rename and drop', () => {
    const store = createStore();
    const db = store.db('shop');
    db.collection('a').insertOne({ _id: 1 });
    db.createCollection('b');
    expect(() => db.createCollection('b')).toThrow('Collection shop.b already exists.');
    db.collection('a').rename('c');
    expect(db.listCollections().map(({ name }) => name)).toEqual(['b', 'c']);
    expect(store.listDatabases().map(({ name }) => name)).toEqual(['shop']);
    db.dropDatabase();
    expect(store.listDatabases()).toEqual([]);
  });

  it('answer command documents, with the errors of single writes inside', () => {
    const db = createStore().db('shop');
    expect(db.command({ insert: 'c', documents: [{ _id: 1 }, { _id: 1 }] })).toMatchObject({
      n: 1,
      ok: 1,
      writeErrors: [{ index: 1, code: 11000 }],
    });
    expect(
      db.command({ update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, multi: true }] }),
    ).toEqual({ n: 1, nModified: 1, ok: 1 });
    expect(db.command({ find: 'c', filter: { a: 1 } })).toEqual({
      cursor: { firstBatch: [{ _id: 1, a: 1 }], id: 0, ns: 'shop.c' },
      ok: 1,
    });
    const again = { insert: 'c', documents: [{ _id: 1 }, { _id: 2 }, { _id: 1 }, { _id: 3 }] };
    const failed = (answer: Input) =>
      (answer.writeErrors as Input[]).map(({ index }) => index as number);
    const ordered = db.command(again);
    expect([ordered.n, failed(ordered)]).toEqual([0, [0]]);
    const unordered = db.command({ ...again, ordered: false });
    expect([unordered.n, failed(unordered)]).toEqual([2, [0, 2]]);
    const upsert = { q: { _id: 9 }, u: { $set: { a: 1 } }, upsert: true };
    expect(db.command({ update: 'c', updates: [{ q: { _id: 7 }, u: { a: 1 } }, upsert] })).toEqual({
      n: 1,
      upserted: [{ index: 1, _id: 9 }],
      nModified: 0,
      ok: 1,
    });
    expect(thrown(() => db.command({ nope: 1 }))).toMatchObject({
      code: 59,
      codeName: 'CommandNotFound',
      message: "no such command: 'nope'",
    });
  });
});
