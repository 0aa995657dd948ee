/** Updates. Manual: "Update Operators" and the page of each operator; texts: src/mongo/db/update/. */
import { Double, Long } from 'bson';
import { beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../api/store.ts';
import { MongoServerError } from '../errors.ts';
import type { Input } from '../values/types.ts';
import { ARRAY_UPDATES, FIELD_UPDATES, REFUSED_UPDATES } from './behavior.ts';
import { loadEveryPart } from '../parts/parts.ts';

beforeAll(loadEveryPart);

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
  it.each(FIELD_UPDATES)('%j with %j is %j', (doc, update, expected) => {
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
  it.each(ARRAY_UPDATES)('%j with %j is %j', (doc, update, expected) => {
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
  it.each(REFUSED_UPDATES)('%j with %j: %d %s', (doc, update, code, message) => {
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
