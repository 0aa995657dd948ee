/** Sessions of the shell: what it prints, one text for each output. */

export const SESSIONS: [what: string, scripts: string[], prints: string[]][] = [
  [
    'prints acknowledged results, documents and cursors',
    [
      `use shop
db.products.insertOne({ name: "ThinkPad", price: 1299.99, screen: { size: 14.0 }, created_at: ISODate("2025-01-15T10:30:00Z") })
db.products.find({}, { _id: 0 })
db.products.updateOne({ name: "ThinkPad" }, { $set: { price: NumberDecimal("9.90"), views: NumberLong(5) } })
db.products.findOne({}, { price: 1, views: 1 })
db.products.countDocuments()
db.products.find({ name: "nobody" })
db.products.deleteMany({})`,
    ],
    [
      'switched to db shop',
      "{\n  acknowledged: true,\n  insertedId: ObjectId('67878e28a1b2c3d4e5000001')\n}",
      "[\n  {\n    name: 'ThinkPad',\n    price: 1299.99,\n    screen: { size: 14 },\n    created_at: ISODate('2025-01-15T10:30:00.000Z')\n  }\n]",
      '{\n  acknowledged: true,\n  insertedId: null,\n  matchedCount: 1,\n  modifiedCount: 1,\n  upsertedCount: 0\n}',
      "{\n  _id: ObjectId('67878e28a1b2c3d4e5000001'),\n  price: Decimal128('9.90'),\n  views: Long('5')\n}",
      '1',
      '{ acknowledged: true, deletedCount: 1 }',
    ],
  ],
  [
    'keeps variables and functions between inputs and runs, and lets them be declared again',
    [
      'const n = 2\nlet { a, b: [c] } = { a: 1, b: [7] }',
      'const n = 5\nfunction double(x) { return x * 2 }\ndouble(n) + a + c',
      'name = "kept"\nclass Shop {}',
      'name',
    ],
    ['[Function: double]', '18', 'kept', '[class Shop]', 'kept'],
  ],
  [
    'prints the value of loops and blocks, and of several statements on a line the last',
    ['for (let i = 0; i < 3; i++) { i * 10 }\nif (true) { "yes" }\n1; 2; 3\nvar x = 1; var y = 2'],
    ['20', 'yes', '3'],
  ],
  [
    'knows databases and collections by any name',
    [
      'db["odd-name"].insertOne({ _id: 1 }); db.getCollection("odd-name").countDocuments()\ndb.a.b.insertOne({ _id: 1 })\nshow collections\nuse other\ndb\ndb.products\nshow dbs\ndb.getSiblingDB("test").getCollectionNames()',
    ],
    [
      '1',
      '{ acknowledged: true, insertedId: 1 }',
      'a.b\nodd-name',
      'switched to db other',
      'other',
      'other.products',
      'test  28 B',
      "[ 'a.b', 'odd-name' ]",
    ],
  ],
  [
    'shows views beside collections, and says what they are',
    [
      `db.sales.insertMany([{ _id: 1, shop: 'a', n: 2 }, { _id: 2, shop: 'b', n: 3 }]).acknowledged
db.createView('ofA', 'sales', [{ $match: { shop: 'a' } }])
db.ofA.find()
show collections
db.getCollectionInfos({ type: 'view' })[0].options
db.createCollection('log', { capped: true, size: 5000, max: 2 })
db.log.isCapped()
db.ofA.drop()`,
    ],
    [
      'true',
      '{ ok: 1 }',
      "[ { _id: 1, shop: 'a', n: 2 } ]",
      'ofA           [view]\nsales\nsystem.views',
      "{\n  viewOn: 'sales',\n  pipeline: [ { '$match': { shop: 'a' } } ]\n}",
      '{ ok: 1 }',
      'true',
      'true',
    ],
  ],
  [
    'prints a change stream by what it watches, and its events',
    [
      `const stream = db.carts.watch([{ $project: { operationType: 1, 'fullDocument.n': 1 } }])
stream
stream.tryNext()
db.carts.insertOne({ _id: 1, n: 2 }).acknowledged
const { operationType, fullDocument } = stream.next()
print(operationType, fullDocument.n)
stream.close()`,
    ],
    ['ChangeStreamCursor on test.carts', 'null', 'true', 'insert 2'],
  ],
];
