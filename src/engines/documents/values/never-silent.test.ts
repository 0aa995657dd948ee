/**
 * What is no value, no name or no form is refused or read as it was meant, and never taken for something else in
 * silence. Codes and words: the server's sources (`field_path.cpp`, `index_key_validate.cpp`, `insert.cpp`,
 * `expression_with_placeholder.cpp`), the driver's `sort.ts`, mongosh's `shell-bson`.
 */
import { describe, expect, it } from 'vitest';
import type { Output } from '../../engine.ts';
import { engine } from '../index.ts';

/** What the last input of a script prints; of an error its code, or its name, and its words. */
async function answer(code: string): Promise<string> {
  const database = await engine.open(undefined as never);
  let last = '';
  await database.run({ files: [{ name: 'query.js', code }] }, (output: Output) => {
    if (output.kind === 'text') last = output.text.replace(/\s+/g, ' ');
    if (output.kind === 'error') last = `${output.code || output.severity}: ${output.message}`;
  });
  return last;
}

const DOC =
  'db.c.insertOne({ _id: 1, a: 1, t: "cafétéria", list: [{ id: 1, z: 2 }, { id: 3, z: 4 }] })';
const after = (code: string) => `${DOC}\n${code}`;
const computed = (expression: string) =>
  after(`db.c.aggregate([{ $project: { _id: 0, v: ${expression} } }])`);

const NO_DOLLAR =
  "16410: FieldPath field names may not start with '$'. Consider using $getField or $setField.";

describe('what is no date', () => {
  const DAYS = [
    ...['2024-13-45', '2024-00-10', '2024-02-30', '2023-02-29', '2024-04-31', '2024-01-00'],
    ...['2024-01-01T24:01:00Z', '2024-01-01T10:60:00Z', '2024-01-01T10:10:61Z', 'soon', ''],
  ];
  it.each(DAYS)('is refused wherever a date is read: %s', async (day) => {
    expect(await answer(`ISODate('${day}')`)).toBe(
      `MongoshInvalidInputError: [COMMON-10001] "${day}" is not a valid ISODate`,
    );
    expect(await answer(computed(`{ $toDate: '${day}' }`))).toMatch(
      /^241: .*Error parsing date string/,
    );
    expect(await answer(computed(`{ $dateFromString: { dateString: '${day}' } }`))).toMatch(
      /^241: /,
    );
    expect(
      await answer(computed(`{ $convert: { input: '${day}', to: 'date', onError: 'none' } }`)),
    ).toBe("[ { v: 'none' } ]");
    expect(
      await answer(computed(`{ $dateFromString: { dateString: '${day}', onError: 'none' } }`)),
    ).toBe("[ { v: 'none' } ]");
  });

  it.each([
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['20240229', '2024-02-29T00:00:00.000Z'],
    ['20240229T101112Z', '2024-02-29T10:11:12.000Z'],
    ['2024-02-29 10', '2024-02-29T10:00:00.000Z'],
    ['2024-02-29T10:11:12.1234567+0130', '2024-02-29T08:41:12.123Z'],
    ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00.000Z'],
  ])('but %s is one', async (given, time) => {
    expect(await answer(`ISODate('${given}')`)).toBe(`ISODate('${time}')`);
  });

  it.each([
    'db.c.insertOne({ at: new Date("bad") })',
    'db.c.updateOne({}, { $set: { at: new Date(NaN) } })',
    'db.c.find({ at: { $lt: new Date(undefined) } })',
    'db.c.aggregate([{ $set: { at: new Date("2024-99-99") } }])',
  ])('does not find its way into a document: %s', async (code) => {
    expect(await answer(code)).toMatch(
      /^BSONError: Invalid Date: this is no date, and is not stored/,
    );
  });
});

describe('the name of a field', () => {
  it.each([
    ["db.c.aggregate([{ $lookup: { from: 'd', localField: '$a', foreignField: 'b', as: 'x' } }])"],
    ["db.c.aggregate([{ $lookup: { from: 'd', localField: 'a', foreignField: '$b', as: 'x' } }])"],
    ["db.c.aggregate([{ $lookup: { from: 'd', localField: 'a', foreignField: 'b', as: '$x' } }])"],
    [
      "db.c.aggregate([{ $graphLookup: { from: 'c', startWith: 1, connectFromField: '$a', connectToField: 'b', as: 'x' } }])",
    ],
    [
      "db.c.aggregate([{ $graphLookup: { from: 'c', startWith: 1, connectFromField: 'a', connectToField: 'b', as: 'x', depthField: '$d' } }])",
    ],
    ["db.c.aggregate([{ $sort: { '$a': 1 } }])"],
    ["db.c.find().sort({ 'x.$a': 1 })"],
    ["db.c.aggregate([{ $unwind: '$list.$a' }])"],
    ["db.c.aggregate([{ $unwind: { path: '$list', includeArrayIndex: '$i' } }])"],
    ["db.c.distinct('$a')"],
    ["db.c.find({}, { 'x.$y': 1 })"],
    ["db.c.find({}, { '$a': 1 })"],
  ])('begins with no dollar: %s', async (code) => {
    expect(await answer(after(code))).toContain(NO_DOLLAR);
  });

  it.each([
    [
      "db.c.aggregate([{ $unset: '$a' }])",
      `16410: Invalid $unset :: caused by :: ${NO_DOLLAR.slice(7)}`,
    ],
    [
      "db.c.aggregate([{ $project: { 'x.$y': 1 } }])",
      `16410: Invalid $project :: caused by :: ${NO_DOLLAR.slice(7)}`,
    ],
    [
      "db.c.aggregate([{ $set: { 'x.$y': 1 } }])",
      `16410: Invalid $set :: caused by :: ${NO_DOLLAR.slice(7)}`,
    ],
    [
      "db.c.createIndex({ '$a': 1 })",
      "67: Index key contains an illegal field name: field name starts with '$'.",
    ],
    [
      "db.c.createIndex({ 'a.$b': 1 })",
      "67: Index key contains an illegal field name: field name starts with '$'.",
    ],
    ["db.c.createIndex({ 'a..b': 1 })", '67: Index keys cannot contain an empty field.'],
    ["db.c.createIndex({ '': 1 })", '67: Index keys cannot be an empty field.'],
    [
      "db.c.aggregate([{ $sort: { '': 1 } }])",
      '40352: FieldPath cannot be constructed with empty string',
    ],
    ["db.c.aggregate([{ $sort: { 'a.': 1 } }])", "40353: FieldPath must not end with a '.'."],
    [
      "db.c.aggregate([{ $sort: { 'a..b': 1 } }])",
      '15998: FieldPath field names may not be empty strings.',
    ],
    [
      "db.c.aggregate([{ $lookup: { from: 'd', localField: 'a\\0b', foreignField: 'b', as: 'x' } }])",
      "16411: FieldPath field names may not contain '\\0'.",
    ],
    [
      "db.c.aggregate([{ $lookup: { from: 'd', localField: 'a.', foreignField: 'b', as: 'x' } }])",
      "40353: FieldPath must not end with a '.'.",
    ],
    [
      "db.c.aggregate([{ $unset: 'a.' }])",
      "40353: Invalid $unset :: caused by :: FieldPath must not end with a '.'.",
    ],
    ["db.c.distinct('')", '40352: FieldPath cannot be constructed with empty string'],
    [
      "db.c.aggregate([{ $project: { v: '$a..b' } }])",
      '15998: Invalid $project :: caused by :: FieldPath field names may not be empty strings.',
    ],
    [
      "db.c.aggregate([{ $project: { v: '$a.' } }])",
      "40353: Invalid $project :: caused by :: FieldPath must not end with a '.'.",
    ],
    [
      'db.c.insertOne({ _id: { $a: 1 } })',
      "52: _id fields may not contain '$'-prefixed fields: $a is not valid for storage.",
    ],
    [
      'db.c.insertOne({ _id: { a: [{ $b: 1 }] } })',
      "52: _id fields may not contain '$'-prefixed fields: $b is not valid for storage.",
    ],
    [
      'db.c.updateOne({ _id: { $a: 1 } }, { $set: { a: 1 } }, { upsert: true })',
      '2: unknown operator: $a',
    ],
    [
      'db.c.replaceOne({ z: 1 }, { _id: { $a: 1 } }, { upsert: true })',
      "52: _id fields may not contain '$'-prefixed fields: $a is not valid for storage.",
    ],
  ])('is checked: %s', async (code, refusal) => {
    expect(await answer(after(code))).toBe(refusal);
  });

  it('may be that of a reference', async () => {
    expect(
      await answer("db.c.insertOne({ _id: DBRef('d', 1) }); db.c.find({ '_id.$id': 1 }).itcount()"),
    ).toBe('1');
    expect(await answer("db.c.createIndex({ 'owner.$id': 1 })")).toBe('owner.$id_1');
  });
});

describe('array filters', () => {
  it.each([
    ["{ 'p.id': 1, 'q.z': 1 }", "found 'p' and 'q'"],
    ["{ $or: [{ 'p.id': 1 }, { 'q.id': 1 }] }", "found 'p' and 'q'"],
    ["{ 'p.id': 1, $and: [{ 'q.id': 1 }] }", "found 'p' and 'q'"],
  ])('speak of one element: %s', async (filter, found) => {
    expect(
      await answer(
        after(`db.c.updateOne({}, { $set: { 'list.$[p].z': 0 } }, { arrayFilters: [${filter}] })`),
      ),
    ).toBe(
      `9: Error parsing array filter :: caused by :: Expected a single top-level field name, ${found}`,
    );
  });

  it('may say several things of it', async () => {
    expect(
      await answer(
        after(
          "db.c.updateOne({}, { $set: { 'list.$[p].z': 0 } }, { arrayFilters: [{ $and: [{ 'p.id': 1 }, { 'p.z': 2 }] }] }); db.c.findOne().list",
        ),
      ),
    ).toBe('[ { id: 1, z: 0 }, { id: 3, z: 4 } ]');
  });

  it('are no expressions', async () => {
    expect(
      await answer(
        after(
          "db.c.updateOne({}, { $set: { 'list.$[p].z': 0 } }, { arrayFilters: [{ $expr: true }] })",
        ),
      ),
    ).toBe('224: $expr is not allowed in this context');
  });
});

describe('expressions', () => {
  it.each([
    ["{ $substrBytes: ['$t', 3, 1] }", '28657: '],
    ["{ $substrBytes: ['$t', 4, 1] }", '28656: '],
    ["{ $substrBytes: ['$t', 3, 2] }", "[ { v: 'é' } ]"],
    ["{ $substrBytes: ['$t', 3, -1] }", "[ { v: 'étéria' } ]"],
    ["{ $substr: ['$t', 0, 99] }", "[ { v: 'cafétéria' } ]"],
    [
      "{ $getField: { field: { $literal: '$a' }, input: { $literal: { $a: 5 } } } }",
      '[ { v: 5 } ]',
    ],
    [
      "{ $getField: { field: { $concat: ['a', '.b'] }, input: { $setField: { field: { $concat: ['a', '.b'] }, input: {}, value: 6 } } } }",
      '[ { v: 6 } ]',
    ],
    [
      "{ $setField: { field: { $literal: '$a' }, input: { k: 1 }, value: 2 } }",
      "[ { v: { k: 1, '$a': 2 } } ]",
    ],
    ["{ $unsetField: { field: { $literal: 'k' }, input: { k: 1, l: 2 } } }", '[ { v: { l: 2 } } ]'],
    [
      "{ $getField: '$a' }",
      "A field path reference which is not allowed in this context. Did you mean {$literal: '$a'}?",
    ],
    [
      "{ $setField: { field: { $concat: ['$t', ''] }, input: {}, value: 1 } }",
      "$setField requires 'field' to evaluate to a constant, but got a non-constant argument",
    ],
    [
      '{ $getField: { field: { $literal: 5 } } }',
      "$getField requires 'field' to evaluate to type String, but got int",
    ],
  ])('%s', async (expression, part) => {
    expect(await answer(computed(expression))).toContain(part);
  });
});

describe('variables of let', () => {
  it.each<[string, string]>([
    [
      "db.d.insertOne({ _id: 1 }); db.c.insertOne({ _id: 2 }); db.c.aggregate([{ $match: { _id: 2 } }, { $lookup: { from: 'd', let: { v: '$a' }, pipeline: [{ $project: { _id: 0, type: { $type: '$$v' } } }], as: 'x' } }])",
      "[ { _id: 2, x: [ { type: 'missing' } ] } ]",
    ],
    [
      "db.c.aggregate([{ $project: { _id: 0, v: '$$v' } }], { let: { v: { $literal: '$bar' } } })",
      "[ { v: '$bar' } ]",
    ],
    [
      "db.c.find({ $expr: { $eq: ['$a', '$$v'] } }, {}, { let: { v: { $add: [2, -1] } } }).itcount()",
      '1',
    ],
    [
      "db.c.updateOne({}, [{ $set: { v: '$$v' } }], { let: { v: { $literal: '$bar' } } }); db.c.findOne().v",
      '$bar',
    ],
    [
      "db.c.bulkWrite([{ updateOne: { filter: { $expr: { $eq: ['$a', '$$v'] } }, update: [{ $set: { v: '$$v' } }] } }, { deleteOne: { filter: { $expr: { $eq: ['$v', '$$v'] } } } }], { let: { v: 1 } }).deletedCount",
      '1',
    ],
    [
      "db.c.bulkWrite([{ updateMany: { filter: {}, update: [{ $set: { v: '$$v' } }], let: { v: 7 } } }]); db.c.findOne().v",
      '7',
    ],
    ["db.c.deleteOne({ $expr: { $eq: ['$a', '$$v'] } }, { let: { v: 1 } }).deletedCount", '1'],
    [
      "db.c.find({}, {}, { let: { v: '$a' } })",
      '4890500: Command let Expression does not evaluate to a constant "$a"',
    ],
  ])('%s', async (code, output) => {
    expect(await answer(after(code))).toBe(output);
  });
});

it.each([
  [
    'db.n.updateOne({ _id: null }, { $set: { a: 1 } }, { upsert: true }); db.n.find({ _id: null }).itcount()',
    '1',
  ],
  [
    'db.n.replaceOne({ _id: null }, { a: 2 }, { upsert: true }); db.n.find({ _id: null }).toArray()',
    '[ { _id: null, a: 2 } ]',
  ],
  [
    'db.n.replaceOne({ a: 9 }, { _id: null, a: 2 }, { upsert: true }); db.n.find({ _id: null }).toArray()',
    '[ { _id: null, a: 2 } ]',
  ],
  [
    "db.n.findOneAndUpdate({ _id: null }, { $set: { a: 1 } }, { upsert: true, returnDocument: 'after' })",
    '{ _id: null, a: 1 }',
  ],
  ['db.n.insertOne({ _id: null }); db.n.countDocuments({ _id: null })', '1'],
])('null is an _id as any other: %s', async (code, output) => {
  expect(await answer(code)).toBe(output);
});

it.each([
  ["db.w.distinct('p', {}, { collation: { locale: 'en', strength: 2 } })", "[ 'ann', 'Bob' ]"],
  ["db.w.distinct('p')", "[ 'Ann', 'Bob', 'ann', 'bob' ]"],
])('distinct values are those of the collation: %s', async (code, output) => {
  const words =
    'db.w.insertMany([{ p: "ann" }, { p: "Bob" }, { p: "Ann" }, { p: ["bob", "ann"] }])';
  expect(await answer(`${words}\n${code}`)).toBe(output);
});

describe('a sort', () => {
  const DOCS = 'db.s.insertMany([{ _id: 1, p: 2 }, { _id: 2, p: 9 }, { _id: 3, p: 2, q: 1 }])';
  it.each([
    ["{ p: 'desc' }", '2,1,3'],
    ["{ p: 'Ascending', q: 'DESC' }", '3,1,2'],
    ["'p'", '1,3,2'],
    ["'p', 'desc'", '2,1,3'],
    ["'p', -1", '2,1,3'],
    ["['p', '_id']", '1,3,2'],
    ["[['p', 1], ['_id', -1]]", '3,1,2'],
    ["['p', -1]", '2,1,3'],
    ["new Map([['p', -1], ['_id', -1]])", '2,3,1'],
    ['{ p: Long(-1) }', '2,1,3'],
    ["{ p: '1' }", '1,3,2'],
  ])('may be written as %s', async (sort, order) => {
    expect(
      await answer(`${DOCS}\ndb.s.find().sort(${sort}).map((d) => d._id).toArray().join()`),
    ).toBe(order);
  });

  it.each(['{ p: 2 }', '{ p: "down" }', '{ p: true }', '"p", "down"'])(
    'may not: %s',
    async (sort) => {
      expect(await answer(`${DOCS}\ndb.s.find().sort(${sort})`)).toMatch(
        /^MongoInvalidArgumentError: Invalid sort direction: /,
      );
    },
  );

  it('is read in options too', async () => {
    expect(await answer(`${DOCS}\ndb.s.findOne({}, {}, { sort: 'p' })._id`)).toBe('1');
    expect(await answer(`${DOCS}\ndb.s.findOneAndDelete({}, { sort: { p: 'desc' } })._id`)).toBe(
      '2',
    );
  });
});

it('an ObjectId finds its document', async () => {
  const script = 'const id = ObjectId(); db.o.insertOne({ _id: id, a: 1 });';
  expect(await answer(`${script} db.o.find(id).itcount()`)).toBe('1');
  expect(await answer(`${script} db.o.findOne(id).a`)).toBe('1');
});

describe('depth', () => {
  const NEST = `const nest = (levels) => { let doc = { end: 1 }; for (let i = 1; i < levels; i++) doc = { a: doc }; return doc };
const depthOf = (doc) => { let levels = 0; for (let at = doc; at; at = at.a) levels++; return levels };`;
  it.each([
    ['db.deep.insertOne({ _id: 1, a: nest(99) }).insertedId', '1'],
    ['db.deep.insertOne({ _id: 1, a: nest(99) }); depthOf(db.deep.findOne())', '100'],
    [
      'db.deep.insertOne({ _id: 1, a: nest(179) }); depthOf(db.deep.findOne({ a: nest(179) }))',
      '180',
    ],
    [
      'db.deep.insertOne({ _id: 1, a: nest(180) })',
      '15: cannot insert document because it exceeds 180 levels of nesting',
    ],
    [
      'db.deep.insertOne({ _id: 1, a: nest(199) })',
      '15: cannot insert document because it exceeds 180 levels of nesting',
    ],
    ['db.deep.find({ a: nest(250) })', '15: BSONObj exceeded maximum nested object depth: 200'],
    [
      'const ring = {}; ring.ring = ring; db.deep.insertOne(ring)',
      '15: cannot insert document because it exceeds 180 levels of nesting',
    ],
    ["db.deep.find({ ['a' + '.a'.repeat(250)]: 1 }).itcount()", '0'],
    ["db.deep.find().sort({ ['a' + '.a'.repeat(250)]: 1 })", '15: FieldPath is too long'],
  ])('%s', async (code, output) => {
    expect(await answer(`${NEST}\n${code}`)).toBe(output);
  });
});
