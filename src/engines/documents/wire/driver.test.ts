import {
  type Collection,
  Decimal128,
  Double,
  Int32,
  Long,
  MongoBulkWriteError,
  MongoClient,
  MongoServerError,
} from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './server.ts';

interface Product {
  _id: number;
  name?: string;
  price?: number | Double | Decimal128;
  stock?: number;
  tags?: string[];
}

let server: RunningServer;
let client: MongoClient;
let products: Collection<Product>;
/** Commands that the driver has sent, by name. */
let sent: string[] = [];
const logged: string[] = [];

beforeAll(async () => {
  server = await startServer(0, { log: (line) => logged.push(line) });
  client = new MongoClient(server.uri, { monitorCommands: true });
  client.on('commandStarted', ({ commandName }) => sent.push(commandName));
  await client.connect();
});
afterAll(async () => {
  await client.close();
  await server.close();
});
beforeEach(async () => {
  await client.db('shop').dropDatabase();
  products = client.db('shop').collection('products');
  sent = [];
});
afterEach(() => {
  expect(logged).toEqual([]);
});

/** What a promise is refused with. */
async function refusal<E extends Error = MongoServerError>(promise: Promise<unknown>): Promise<E> {
  return promise.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: E) => error,
  );
}

const many = (count: number): Product[] =>
  Array.from({ length: count }, (_, at) => ({ _id: at, price: at / 4, stock: at % 7 }));

describe('the official driver', () => {
  it('meets a replica set of one, with sessions, of the version 8.0', async () => {
    const hello = await client.db('admin').command({ hello: 1 });
    expect(hello).toMatchObject({
      isWritablePrimary: true,
      setName: 'rs0',
      hosts: [`127.0.0.1:${server.port}`],
      logicalSessionTimeoutMinutes: 30,
      maxWireVersion: 25,
    });
    const { version, versionArray } = await client.db('admin').command({ buildInfo: 1 });
    expect(version).toMatch(/^8\.0\.\d+$/);
    expect(versionArray.slice(0, 2)).toEqual([8, 0]);
  });

  it('inserts, finds, updates, replaces and deletes', async () => {
    expect(await products.insertOne({ _id: 1, name: 'Desk', price: 349 })).toEqual({
      acknowledged: true,
      insertedId: 1,
    });
    await products.insertMany([
      { _id: 2, name: 'Lamp', tags: ['light'] },
      { _id: 3, name: 'Chair', stock: 4 },
    ]);
    expect(await products.findOne({ tags: 'light' })).toEqual({
      _id: 2,
      name: 'Lamp',
      tags: ['light'],
    });
    expect(
      await products
        .find({}, { projection: { name: 1, _id: 0 }, sort: { name: -1 }, skip: 1 })
        .toArray(),
    ).toEqual([{ name: 'Desk' }, { name: 'Chair' }]);
    expect(await products.updateOne({ _id: 3 }, { $inc: { stock: 2 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await products.updateMany({}, { $set: { stock: 6 } })).toMatchObject({
      matchedCount: 3,
      modifiedCount: 2,
    });
    expect(
      await products.updateOne({ _id: 9 }, { $set: { name: 'Rug' } }, { upsert: true }),
    ).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 9 });
    await products.replaceOne({ _id: 9 }, { name: 'Carpet' });
    expect(await products.findOne({ _id: 9 })).toEqual({ _id: 9, name: 'Carpet' });
    expect(await products.deleteOne({ _id: 9 })).toEqual({ acknowledged: true, deletedCount: 1 });
    expect(await products.deleteMany({ stock: 6 })).toMatchObject({ deletedCount: 3 });
    expect(await products.countDocuments()).toBe(0);
  });

  it('gets numbers back with the types they were stored with', async () => {
    const types = client.db('shop').collection('types');
    const numbers = {
      double: new Double(1),
      int: new Int32(1),
      long: Long.fromNumber(1),
      decimal: Decimal128.fromString('1.10'),
      fraction: new Double(1.5),
    };
    await types.insertOne({ ...numbers });
    await types.updateOne({}, { $inc: { double: new Int32(1), long: new Int32(1) } });
    const found = await types.findOne({}, { promoteValues: false, projection: { _id: 0 } });
    expect(found).toEqual({ ...numbers, double: new Double(2), long: Long.fromNumber(2) });
    const [byPipeline] = await types
      .aggregate([{ $project: { _id: 0, half: { $divide: ['$int', new Double(0.5)] } } }], {
        promoteValues: false,
      })
      .toArray();
    expect(byPipeline).toEqual({ half: new Double(2) });
  });

  it('finds and changes one document at a time', async () => {
    await products.insertMany([
      { _id: 1, stock: 1 },
      { _id: 2, stock: 2 },
    ]);
    const inc = { $inc: { stock: 10 } };
    expect(await products.findOneAndUpdate({ _id: 1 }, inc)).toEqual({ _id: 1, stock: 1 });
    expect(
      await products.findOneAndUpdate({}, inc, {
        returnDocument: 'after',
        sort: { stock: 1 },
        projection: { _id: 0 },
      }),
    ).toEqual({ stock: 12 });
    const whole = await products.findOneAndUpdate({ _id: 7 }, inc, {
      upsert: true,
      includeResultMetadata: true,
    });
    expect(whole).toMatchObject({
      value: null,
      lastErrorObject: { n: 1, updatedExisting: false, upserted: 7 },
    });
    expect(await products.findOneAndDelete({ _id: 7 })).toEqual({ _id: 7, stock: 10 });
    expect(await products.findOneAndReplace({ _id: 7 }, {})).toBeNull();
  });

  it('updates with array filters, variables, a hint and a collation', async () => {
    const orders = client
      .db('shop')
      .collection<{ _id: number; lines: object[]; who: string }>('orders');
    await orders.createIndex({ who: 1 });
    await orders.insertOne({ _id: 1, who: 'alice', lines: [{ n: 1 }, { n: 5 }] });
    await orders.updateOne(
      { _id: 1 },
      { $set: { 'lines.$[big].n': 0 } },
      { arrayFilters: [{ 'big.n': { $gt: 2 } }] },
    );
    expect((await orders.findOne())?.lines).toEqual([{ n: 1 }, { n: 0 }]);
    const collation = { locale: 'en', strength: 2 };
    expect(
      (await orders.updateOne({ who: 'ALICE' }, { $set: { seen: 1 } }, { collation })).matchedCount,
    ).toBe(1);
    expect(
      (
        await orders.updateOne(
          { $expr: { $eq: ['$who', '$$name'] } },
          [{ $set: { seen: '$$name' } }],
          { let: { name: 'alice' } },
        )
      ).modifiedCount,
    ).toBe(1);
    const wrong = await refusal(orders.updateOne({}, { $set: { a: 1 } }, { hint: 'none_1' }));
    expect([wrong.code, wrong.message]).toEqual([2, expect.stringContaining('hint provided')]);
  });
});

describe('a cursor of the driver', () => {
  it('reads 101 documents first and the rest by getMore', async () => {
    await products.insertMany(many(250));
    const cursor = products.find({}, { sort: { _id: 1 } });
    const ids = [];
    for await (const { _id } of cursor) ids.push(_id);
    expect(ids).toEqual(many(250).map(({ _id }) => _id));
    expect(sent.filter((name) => name === 'getMore')).toHaveLength(1);
    expect(server.service.cursors.size).toBe(0);
  });

  it('reads in batches as large as it likes, and is closed in the midst of them', async () => {
    await products.insertMany(many(25));
    const cursor = products.find().batchSize(10);
    for (let at = 0; at < 12; at += 1) await cursor.next();
    expect(sent.filter((name) => name === 'getMore')).toHaveLength(1);
    expect(server.service.cursors.size).toBe(1);
    await cursor.close();
    expect(sent).toContain('killCursors');
    expect(server.service.cursors.size).toBe(0);
  });

  it('splits answers at 16 MB', async () => {
    const text = 'x'.repeat(5_000_000);
    for (let _id = 0; _id < 5; _id += 1) await products.insertOne({ _id, name: text });
    const found = await products.find({}, { batchSize: 100 }).toArray();
    expect(found.map(({ name }) => name?.length)).toEqual(Array(5).fill(5_000_000));
    expect(sent.filter((name) => name === 'getMore')).toHaveLength(1);
  });

  it('aggregates', async () => {
    await products.insertMany(many(700));
    const groups = await products
      .aggregate([{ $group: { _id: '$stock', n: { $sum: 1 } } }, { $sort: { _id: 1 } }], {
        batchSize: 3,
      })
      .toArray();
    expect(groups).toEqual([0, 1, 2, 3, 4, 5, 6].map((_id) => ({ _id, n: 100 })));
    expect(sent.filter((name) => name === 'getMore')).toHaveLength(2);
    await products.aggregate([{ $match: { stock: 3 } }, { $out: 'threes' }]).toArray();
    expect(await client.db('shop').collection('threes').countDocuments()).toBe(100);
    const explained = await products
      .aggregate([{ $match: { stock: 3 } }])
      .explain('executionStats');
    expect(explained.executionStats).toMatchObject({ nReturned: 100, totalDocsExamined: 700 });
  });

  it('is not found any more after ten minutes, or in another session', async () => {
    let time = 0;
    const own = await startServer(0, { now: () => time });
    const other = await MongoClient.connect(own.uri);
    const numbers = other.db('shop').collection<Product>('numbers');
    await numbers.insertMany(many(20));
    const session = other.startSession();
    await numbers.findOne({}, { session });
    const { cursor } = await other.db('shop').command({ find: 'numbers', batchSize: 2 });
    const more = { getMore: cursor.id as Long, collection: 'numbers' };
    const foreign = await refusal(other.db('shop').command({ ...more }, { session }));
    expect([foreign.code, foreign.codeName]).toEqual([13, 'Unauthorized']);
    await session.endSession();
    time = 600_001;
    own.service.cursors.expire();
    const gone = await refusal(other.db('shop').command(more));
    expect([gone.code, gone.codeName]).toEqual([43, 'CursorNotFound']);
    await other.close();
    await own.close();
  });
});

describe('bulk writes of the driver', () => {
  it('tell what was done', async () => {
    const result = await products.bulkWrite([
      { insertOne: { document: { _id: 1, stock: 1 } } },
      { insertOne: { document: { _id: 2, stock: 2 } } },
      { updateOne: { filter: { _id: 5 }, update: { $set: { stock: 5 } }, upsert: true } },
      { updateMany: { filter: {}, update: { $inc: { stock: 1 } } } },
      { replaceOne: { filter: { _id: 2 }, replacement: { name: 'two' } } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 2,
      matchedCount: 4,
      modifiedCount: 4,
      deletedCount: 1,
      upsertedCount: 1,
      upsertedIds: { 2: 5 },
    });
    expect(await products.find().toArray()).toEqual([
      { _id: 2, name: 'two' },
      { _id: 5, stock: 6 },
    ]);
  });

  it.each([
    [true, [1], 1],
    [false, [1, 3], 3],
  ])('stop at the first error if ordered (%s)', async (ordered, failed, left) => {
    await products.insertOne({ _id: 1 });
    const docs = [{ _id: 2 }, { _id: 1 }, { _id: 3 }, { _id: 2 }];
    const error = await refusal<MongoBulkWriteError>(products.insertMany(docs, { ordered }));
    expect(error).toBeInstanceOf(MongoBulkWriteError);
    expect([error.writeErrors].flat().map(({ index, code }) => [index, code])).toEqual(
      failed.map((index) => [index, 11000]),
    );
    expect(await products.countDocuments()).toBe(1 + (ordered ? left : 2));
  });

  it('of several collections go in one command', async () => {
    const result = await client.bulkWrite<{ 'shop.products': Product; 'shop.orders': Product }>(
      [
        { namespace: 'shop.products', name: 'insertOne', document: { _id: 1 } },
        { namespace: 'shop.orders', name: 'insertOne', document: { _id: 7 } },
        {
          namespace: 'shop.orders',
          name: 'updateOne',
          filter: { _id: 8 },
          update: { $set: { a: 1 } },
          upsert: true,
        },
        { namespace: 'shop.products', name: 'deleteMany', filter: {} },
      ],
      { verboseResults: true },
    );
    expect(result).toMatchObject({ insertedCount: 2, upsertedCount: 1, deletedCount: 1 });
    expect(result.updateResults?.get(2)).toMatchObject({ upsertedId: 8 });
    expect(await client.db('shop').collection('orders').countDocuments()).toBe(2);
  });

  it('that nobody answers are done all the same', async () => {
    await products.insertOne({ _id: 1 }, { writeConcern: { w: 0 } });
    await expect.poll(() => products.countDocuments(), { timeout: 20_000 }).toBe(1);
  });
});

describe('transactions of the driver', () => {
  beforeEach(async () => {
    await products.insertMany([
      { _id: 1, stock: 10 },
      { _id: 2, stock: 0 },
    ]);
  });
  const move = async (session: ReturnType<MongoClient['startSession']>, n: number) => {
    await products.updateOne({ _id: 1 }, { $inc: { stock: -n } }, { session });
    await products.updateOne({ _id: 2 }, { $inc: { stock: n } }, { session });
  };
  const stocks = async () =>
    (await products.find().sort({ _id: 1 }).toArray()).map(({ stock }) => stock);

  it('are seen by nobody else until they are committed', async () => {
    const session = client.startSession();
    session.startTransaction();
    await move(session, 4);
    expect(await stocks()).toEqual([10, 0]);
    expect(await products.find({ stock: 4 }, { session }).toArray()).toHaveLength(1);
    await session.commitTransaction();
    expect(await stocks()).toEqual([6, 4]);
    // A commit whose answer was lost is sent again.
    await session.commitTransaction();
    await session.endSession();
  });

  it('leave nothing behind when they are aborted, or their session ends', async () => {
    const session = client.startSession();
    session.startTransaction();
    await move(session, 4);
    await session.abortTransaction();
    session.startTransaction();
    await move(session, 5);
    await session.endSession();
    expect(await stocks()).toEqual([10, 0]);
    expect(server.service.catalog.open.size).toBe(0);
  });

  it('withTransaction aborts when its callback is rejected', async () => {
    await client.withSession(async (session) => {
      const failed = await refusal<Error>(
        session.withTransaction(async () => {
          await move(session, 4);
          throw new Error('not enough');
        }),
      );
      expect(failed.message).toBe('not enough');
      expect(await session.withTransaction(async () => (await move(session, 3), 'done'))).toBe(
        'done',
      );
    });
    expect(await stocks()).toEqual([7, 3]);
  });

  it('withTransaction tries again when another one was first', async () => {
    let tries = 0;
    const [one, two] = [client.startSession(), client.startSession()];
    one.startTransaction();
    await move(one, 1);
    await two.withTransaction(async () => {
      tries += 1;
      if (tries === 2) await one.commitTransaction();
      await products.updateOne({ _id: 1 }, { $inc: { stock: -5 } }, { session: two });
    });
    expect(tries).toBeGreaterThan(1);
    expect(await stocks()).toEqual([4, 1]);
    await Promise.all([one.endSession(), two.endSession()]);
  });

  it('are over after an error of one of their commands', async () => {
    const session = client.startSession();
    session.startTransaction();
    await move(session, 1);
    const duplicate = await refusal(products.insertOne({ _id: 1 }, { session }));
    expect(duplicate.code).toBe(11000);
    const late = await refusal(products.findOne({}, { session }));
    expect([late.code, late.codeName]).toEqual([251, 'NoSuchTransaction']);
    expect(late.hasErrorLabel('TransientTransactionError')).toBe(true);
    await session.abortTransaction();
    expect(await stocks()).toEqual([10, 0]);
    await session.endSession();
  });

  it('conflict, with the label that says: try again', async () => {
    const [one, two] = [client.startSession(), client.startSession()];
    one.startTransaction();
    two.startTransaction();
    await move(one, 1);
    const conflict = await refusal(move(two, 2));
    expect([conflict.code, conflict.codeName]).toEqual([112, 'WriteConflict']);
    expect(conflict.hasErrorLabel('TransientTransactionError')).toBe(true);
    await two.abortTransaction();
    await one.commitTransaction();
    expect(await stocks()).toEqual([9, 1]);
    await Promise.all([one.endSession(), two.endSession()]);
  });

  it('refuse what cannot be a part of one', async () => {
    await client.withSession(async (session) => {
      session.startTransaction();
      const refused = await refusal(products.estimatedDocumentCount({ session }));
      expect([refused.code, refused.message]).toEqual([
        263,
        "Cannot run 'count' in a multi-document transaction.",
      ]);
      await session.abortTransaction();
    });
  });

  it('end by themselves after a minute', async () => {
    const session = client.startSession();
    session.startTransaction();
    await move(session, 4);
    expect(server.service.catalog.open.size).toBe(1);
    server.service.sessions.expire(performance.now() + 60_001);
    expect(server.service.catalog.open.size).toBe(0);
    expect((await refusal(session.commitTransaction())).code).toBe(251);
    await session.endSession();
  });
});

describe('indexes and collections of the driver', () => {
  it('are made, listed and dropped', async () => {
    const db = client.db('shop');
    expect(await products.createIndex({ name: 1 }, { unique: true })).toBe('name_1');
    expect(await products.createIndexes([{ key: { price: -1, stock: 1 } }])).toEqual([
      'price_-1_stock_1',
    ]);
    expect((await products.indexes()).map(({ name }) => name)).toEqual([
      '_id_',
      'name_1',
      'price_-1_stock_1',
    ]);
    await products.dropIndex('price_-1_stock_1');
    await products.dropIndexes();
    expect(await products.indexes()).toHaveLength(1);
    await products.rename('goods');
    expect(await db.listCollections({}, { nameOnly: true }).toArray()).toEqual([
      { name: 'goods', type: 'collection' },
    ]);
    expect(await db.listCollections({ name: 'none' }).toArray()).toEqual([]);
    expect((await client.db().admin().listDatabases({ nameOnly: true })).databases).toEqual([
      { name: 'shop' },
    ]);
    expect(await db.dropCollection('goods')).toBe(true);
    expect(await db.collections()).toEqual([]);
  });

  it('serve a query, as explain tells', async () => {
    await products.insertMany(many(50));
    await products.createIndex({ stock: 1 });
    const { queryPlanner, executionStats } = await products
      .find({ stock: 3 })
      .explain('executionStats');
    expect(queryPlanner.winningPlan.inputStage).toMatchObject({
      stage: 'IXSCAN',
      indexName: 'stock_1',
    });
    expect(executionStats).toMatchObject({ nReturned: 7, totalKeysExamined: 7 });
  });

  it('refuse a document that does not fit, with the reason', async () => {
    const people = await client.db('shop').createCollection('people', {
      validator: { $jsonSchema: { required: ['name'], properties: { age: { bsonType: 'int' } } } },
    });
    const refused = await refusal(people.insertOne({ name: 'Bob', age: 'ten' }));
    expect(refused.code).toBe(121);
    expect(refused.errInfo).toMatchObject({ details: { operatorName: '$jsonSchema' } });
    await client.db('shop').command({ collMod: 'people', validationLevel: 'off' });
    await people.insertOne({ name: 'Bob', age: 'ten' });
    await people.deleteMany({});
    await client.db('shop').command({ collMod: 'people', validationLevel: 'strict' });
    await people.insertOne({ age: 'ten' }, { bypassDocumentValidation: true });
    expect(await people.countDocuments()).toBe(1);
  });

  it('count and tell values apart', async () => {
    await products.insertMany(many(20));
    expect(await products.distinct('stock', { _id: { $lt: 3 } })).toEqual([0, 1, 2]);
    expect(await products.estimatedDocumentCount()).toBe(20);
    expect(await products.countDocuments({ stock: 6 }, { limit: 1 })).toBe(1);
  });
});

describe('an error', () => {
  it.each<[what: string, command: object, code: number, name: string, message: string | RegExp]>([
    ['an unknown command', { foo: 1 }, 59, 'CommandNotFound', "no such command: 'foo'"],
    [
      'one that is not here',
      { replSetGetStatus: 1 },
      238,
      'NotImplemented',
      /not implemented in this document store/,
    ],
    [
      'an unknown field',
      { find: 'a', limits: 5 },
      40415,
      'Location40415',
      "BSON field 'find.limits' is an unknown field.",
    ],
    [
      'an option that is not here',
      { find: 'a', tailable: true },
      238,
      'NotImplemented',
      /The option 'tailable'/,
    ],
    [
      'a wrong type',
      { find: 'a', filter: 'x' },
      14,
      'TypeMismatch',
      "BSON field 'find.filter' is the wrong type 'string', expected type 'object'",
    ],
    [
      'a missing field',
      { insert: 'a' },
      40414,
      'Location40414',
      "BSON field 'insert.documents' is missing but a required field",
    ],
    [
      'no document',
      { insert: 'a', documents: [] },
      16,
      'InvalidLength',
      /between 1 and 100000. Got 0/,
    ],
    ['a number for a name', { find: 5 }, 2, 'BadValue', 'collection name has invalid type int'],
    [
      'a filter',
      { find: 'a', filter: { $foo: 1 } },
      2,
      'BadValue',
      /unknown top level operator: \$foo/,
    ],
    [
      'a stage',
      { aggregate: 'a', pipeline: [{ $foo: 1 }], cursor: {} },
      40324,
      'Location40324',
      /Unrecognized pipeline stage name/,
    ],
    [
      'no cursor',
      { aggregate: 'a', pipeline: [] },
      9,
      'FailedToParse',
      /'cursor' option is required/,
    ],
    [
      'a database for others',
      { listDatabases: 1 },
      13,
      'Unauthorized',
      /only be run against the admin database/,
    ],
    [
      'a cursor',
      { getMore: Long.fromNumber(5), collection: 'a' },
      43,
      'CursorNotFound',
      'cursor id 5 not found',
    ],
    [
      'a password',
      { saslStart: 1, mechanism: 'PLAIN', payload: 'x' },
      18,
      'AuthenticationFailed',
      /no users/,
    ],
  ])('of %s has its code and name', async (_what, command, code, name, message) => {
    const error = await refusal(client.db('shop').command({ ...command }));
    expect(error).toBeInstanceOf(MongoServerError);
    expect([error.code, error.codeName]).toEqual([code, name]);
    expect(error.message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });

  it('of a key that is taken says which', async () => {
    await products.insertOne({ _id: 1 });
    const error = await refusal(products.insertOne({ _id: 1 }));
    expect(error).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } });
    expect(error.message).toContain('dup key: { _id: 1 }');
  });

  it('tells who asks for more nodes than one', async () => {
    const answer = await client
      .db('shop')
      .command({ insert: 'a', documents: [{ _id: 1 }], writeConcern: { w: 2 } })
      .catch(({ result }) => result);
    expect(answer).toMatchObject({
      n: 1,
      writeConcernError: { code: 100, codeName: 'UnsatisfiableWriteConcern' },
    });
  });
});
