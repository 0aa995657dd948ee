/** Updates. Manual: "Update Operators" and the page of each operator; texts: src/mongo/db/update/. */
import { Double, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { createStore } from '../api/store.ts';
import { MongoServerError } from '../errors.ts';
import type { Input } from '../values/types.ts';

function collectionOf(...docs: Input[]) {
  const collection = createStore().db('test').collection('docs');
  collection.insertMany(docs);
  return collection;
}

/** The document after the update. */
function updated(doc: Input, update: unknown, options: Input = {}, filter: Input = {}): unknown {
  const collection = collectionOf({ _id: 1, ...doc });
  collection.updateOne(filter, update, options);
  const result = collection.findOne({}, { projection: { _id: 0 } });
  return result;
}

function refusal(doc: Input, update: unknown, options: Input = {}): [number, string] {
  try {
    updated(doc, update, options);
  } catch (error) {
    if (error instanceof MongoServerError) return [error.code, error.message];
    throw error;
  }
  throw new Error('The update was accepted');
}

describe('field operators', () => {
  it.each<[Input, Input, Input]>([
    [{ a: 1 }, { $set: { a: 2, 'b.c': 3 } }, { a: 2, b: { c: 3 } }],
    [{ a: [1, 2] }, { $set: { 'a.3': 9 } }, { a: [1, 2, null, 9] }],
    [{ a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
    [{ a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
    [{ a: 1 }, { $inc: { a: 2, n: 5 } }, { a: 3, n: 5 }],
    [{ a: 1.5 }, { $inc: { a: 1 } }, { a: 2.5 }],
    [{ a: 2 }, { $mul: { a: 3, n: 5 } }, { a: 6, n: 0 }],
    [
      { a: 5, b: 5 },
      { $min: { a: 3 }, $max: { b: 3 } },
      { a: 3, b: 5 },
    ],
    [{ a: 5 }, { $max: { a: 'text' } }, { a: 'text' }], // BSON order across types
    [{ a: 1, b: 2 }, { $rename: { a: 'c.d' } }, { b: 2, c: { d: 1 } }],
    [{ a: 1 }, { $rename: { z: 'y' } }, { a: 1 }],
    [{ a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
    [{ a: 1 }, { $setOnInsert: { b: 1 } }, { a: 1 }],
  ])('%j with %j is %j', (doc, update, expected) => {
    expect(updated(doc, update)).toEqual(expected);
  });

  it('adds new fields in the order of their names (manual: "Update Operators Behavior")', () => {
    expect(Object.keys(updated({}, { $set: { z: 1, b: 1, a: 1 } }) as object)).toEqual([
      'a',
      'b',
      'z',
    ]);
  });

  it('keeps the number types: int + int is int, int + long is long', () => {
    expect(updated({ n: Long.fromNumber(5) }, { $inc: { n: 1 } })).toEqual({
      n: Long.fromNumber(6),
    });
    const collection = collectionOf({ _id: 1, n: 1 });
    collection.updateOne({}, { $inc: { n: new Double(1) } });
    expect(collection.countDocuments({ n: { $type: 'double' } })).toBe(1);
  });

  it('sets the time of the command', () => {
    const now = new Date('2025-01-15T10:30:00Z');
    const collection = createStore({ now: () => now })
      .db('test')
      .collection('docs');
    collection.insertOne({ _id: 1 });
    collection.updateOne({}, { $currentDate: { at: true } });
    expect(collection.findOne()).toEqual({ _id: 1, at: now });
  });
});

describe('array operators', () => {
  it.each<[Input, Input, Input]>([
    [{ a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
    [{}, { $push: { a: 2 } }, { a: [2] }],
    [{ a: [1] }, { $push: { a: { $each: [5, 3] } } }, { a: [1, 5, 3] }],
    [{ a: [1, 9] }, { $push: { a: { $each: [5, 3], $sort: -1, $slice: 3 } } }, { a: [9, 5, 3] }],
    [{ a: [1, 9] }, { $push: { a: { $each: [5], $position: 0 } } }, { a: [5, 1, 9] }],
    [
      { a: [{ s: 2 }] },
      { $push: { a: { $each: [{ s: 1 }], $sort: { s: 1 } } } },
      { a: [{ s: 1 }, { s: 2 }] },
    ],
    [{ a: [1, 2] }, { $addToSet: { a: 2 } }, { a: [1, 2] }],
    [{ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
    [
      { a: [{ x: 1, y: 2 }] },
      { $addToSet: { a: { y: 2, x: 1 } } },
      {
        a: [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
        ],
      },
    ],
    [{ a: [1, 2, 3, 2] }, { $pull: { a: 2 } }, { a: [1, 3] }],
    [{ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    [{ a: [{ x: 1 }, { x: 2, y: 1 }] }, { $pull: { a: { x: 2 } } }, { a: [{ x: 1 }] }],
    [{ a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
    [{ a: [1, 2, 3] }, { $pop: { a: 1 } }, { a: [1, 2] }],
    [{ a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
  ])('%j with %j is %j', (doc, update, expected) => {
    expect(updated(doc, update)).toEqual(expected);
  });
});

describe('positional operators (manual: "$", "$[]", "$[<identifier>]")', () => {
  it('changes the element that the filter matched', () => {
    expect(updated({ g: [80, 85, 90] }, { $set: { 'g.$': 0 } }, {}, { g: 85 })).toEqual({
      g: [80, 0, 90],
    });
    const doc = {
      items: [
        { sku: 'a', n: 1 },
        { sku: 'b', n: 1 },
      ],
    };
    expect(updated(doc, { $inc: { 'items.$.n': 5 } }, {}, { 'items.sku': 'b' })).toEqual({
      items: [
        { sku: 'a', n: 1 },
        { sku: 'b', n: 6 },
      ],
    });
  });

  it('changes all elements, or those that a filter selects', () => {
    expect(updated({ g: [1, 2] }, { $inc: { 'g.$[]': 10 } })).toEqual({ g: [11, 12] });
    expect(
      updated(
        { g: [95, 102] },
        { $set: { 'g.$[high]': 100 } },
        { arrayFilters: [{ high: { $gte: 100 } }] },
      ),
    ).toEqual({ g: [95, 100] });
    const doc = {
      items: [
        { sku: 'a', n: 1 },
        { sku: 'b', n: 1 },
      ],
    };
    expect(
      updated(doc, { $unset: { 'items.$[i].n': '' } }, { arrayFilters: [{ 'i.sku': 'a' }] }),
    ).toEqual({ items: [{ sku: 'a' }, { sku: 'b', n: 1 }] });
  });
});

describe('pipelines and replacements', () => {
  it('computes from the document itself (manual: "Updates with Aggregation Pipeline")', () => {
    expect(
      updated({ price: 10, qty: 3 }, [
        { $set: { total: { $multiply: ['$price', '$qty'] } } },
        { $unset: 'qty' },
      ]),
    ).toEqual({ price: 10, total: 30 });
  });

  it('replaces all fields but _id', () => {
    const collection = collectionOf({ _id: 1, a: 1 });
    collection.replaceOne({ a: 1 }, { b: 2 });
    expect(collection.find().toArray()).toEqual([{ _id: 1, b: 2 }]);
    expect(() => collection.replaceOne({ b: 2 }, { _id: 2 })).toThrow(
      "After applying the update, the (immutable) field '_id' was found to have been altered to _id: 2",
    );
  });
});

describe('upserts (manual: "db.collection.updateOne", Upsert Option)', () => {
  it('starts from the equalities of the filter', () => {
    const collection = collectionOf({ _id: 1 });
    const result = collection.updateOne(
      { name: 'x', n: { $gt: 5 }, $and: [{ 'a.b': 2 }] },
      { $inc: { n: 1 }, $setOnInsert: { made: true } },
      { upsert: true },
    );
    expect(result).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1 });
    expect(collection.findOne({ _id: result.upsertedId })).toEqual({
      _id: result.upsertedId,
      name: 'x',
      a: { b: 2 },
      n: 1,
      made: true,
    });
  });

  it('takes the _id of the filter', () => {
    const collection = collectionOf({ _id: 1 });
    collection.replaceOne({ _id: 'k' }, { v: 1 }, { upsert: true });
    expect(collection.findOne({ _id: 'k' })).toEqual({ _id: 'k', v: 1 });
  });
});

describe('refusals', () => {
  it.each<[Input, unknown, number, string]>([
    [
      { a: 'x' },
      { $inc: { a: 1 } },
      14,
      "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type string",
    ],
    [{ a: 1 }, { $inc: { a: 'x' } }, 14, 'Cannot increment with non-numeric argument: {a: "x"}'],
    [
      { a: 1 },
      { $push: { a: 1 } },
      2,
      "The field 'a' must be an array but is of type int in document {_id: 1}",
    ],
    [
      { a: 1 },
      { $addToSet: { a: 1 } },
      2,
      "Cannot apply $addToSet to non-array field. Field named 'a' has non-array type int",
    ],
    [{ a: 1 }, { $pull: { a: 1 } }, 2, 'Cannot apply $pull to a non-array value'],
    [{ a: 1 }, { $pop: { a: 1 } }, 14, "Path 'a' contains an element of non-array type 'int'"],
    [{ a: [1] }, { $pop: { a: 2 } }, 9, '$pop expects 1 or -1, found: 2'],
    [{ a: 1 }, { $set: { 'a.b': 1 } }, 28, "Cannot create field 'b' in element {a: 1}"],
    [
      { a: 1 },
      { $set: { _id: 2 } },
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    ],
    [
      { a: 1 },
      { $set: { a: 1 }, $inc: { a: 1 } },
      40,
      "Updating the path 'a' would create a conflict at 'a'",
    ],
    [
      { a: 1 },
      { $set: { 'a.b': 1, a: 1 } },
      40,
      "Updating the path 'a' would create a conflict at 'a'",
    ],
    [
      { a: 1 },
      { $foo: { a: 1 } },
      9,
      'Unknown modifier: $foo. Expected a valid update modifier or pipeline-style update specified as an array',
    ],
    [
      { a: 1 },
      { $set: 5 },
      9,
      'Modifiers operate on fields but we found type int instead. For example: {$mod: {<field>: ...}} not {$set: 5}',
    ],
    [
      { a: 1 },
      { $set: { 'a.$': 1 } },
      2,
      'The positional operator did not find the match needed from the query.',
    ],
    [
      { a: [1] },
      { $set: { 'a.$[x]': 1 } },
      2,
      "No array filter found for identifier 'x' in path 'a.$[x]'",
    ],
    [{ a: 1 }, { $set: { 'a.$[]': 1 } }, 2, 'Cannot apply array updates to non-array element a: 1'],
    [
      {},
      { $set: { 'a.$[]': 1 } },
      2,
      "The path 'a' must exist in the document in order to apply array updates.",
    ],
    [{ a: 1 }, [{ $group: { _id: 1 } }], 72, '$group is not allowed to be used within an update'],
  ])('%j with %j: %d %s', (doc, update, code, message) => {
    const [givenCode, givenMessage] = refusal(doc, update);
    expect(givenMessage.replace(/^.* :: caused by :: /, '')).toBe(message);
    expect(givenCode).toBe(code);
  });

  it('refuses a document without operators, as the driver does', () => {
    expect(() => updated({ a: 1 }, { a: 2 })).toThrow('Update document requires atomic operators');
  });

  it('leaves every document as it was when one of them does not fit', () => {
    const collection = collectionOf({ _id: 1, n: 'text' });
    expect(() => collection.updateMany({}, { $inc: { n: 1 } })).toThrow('Cannot apply $inc');
    expect(collection.findOne()).toEqual({ _id: 1, n: 'text' });
  });
});
