/** Errors as a person sees them at mongosh's terminal: its `format-output.ts`, over the replies of the server. */
import { expect, it } from 'vitest';
import type { Output } from '../../engine.ts';
import { engine } from '../index.ts';

async function said(code: string): Promise<string> {
  const database = await engine.open(undefined as never);
  let last = '';
  await database.run({ files: [{ name: 'query.js', code }] }, (output: Output) => {
    if (output.kind === 'error')
      last = `${output.severity}: ${output.message}${output.detail ? `\n${output.detail}` : ''}`;
  });
  return last;
}

const ONE = 'db.u.insertOne({ _id: 1, n: "x" });';
const DUPLICATE = 'E11000 duplicate key error collection: test.u index: _id_ dup key: { _id: 1 }';

it.each([
  [`${ONE} db.u.insertOne({ _id: 1 })`, `MongoServerError: ${DUPLICATE}`],
  [
    `${ONE} db.u.updateOne({ _id: 2 }, { $set: { _id: 1 } }, { upsert: true })`,
    'MongoServerError: ',
  ],
  [
    `${ONE} db.u.updateMany({}, { $inc: { n: 1 } })`,
    "MongoServerError: Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'n' of non-numeric type string",
  ],
  [`${ONE} db.u.replaceOne({ _id: 1 }, { _id: 2 })`, 'MongoServerError: After applying the update'],
  [`${ONE} db.u.deleteMany({ a: { $frob: 1 } })`, 'MongoServerError: unknown operator: $frob'],
  [`${ONE} db.u.updateOne({}, { $frob: { a: 1 } })`, 'MongoServerError: Unknown modifier: $frob'],
])('an error of a write has no brackets: %s', async (code, start) => {
  expect(await said(code)).toMatch(new RegExp(`^${start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
});

it.each([
  ['db.u.find({ a: { $frob: 1 } })', 'MongoServerError[BadValue]: unknown operator: $frob'],
  [`${ONE} db.u.findOneAndUpdate({}, { $inc: { n: 1 } })`, 'MongoServerError[TypeMismatch]: '],
  [
    `${ONE} db.u.findAndModify({ query: { _id: 2 }, update: { $set: { _id: 1 } }, upsert: true })`,
    'MongoServerError[ImmutableField]: ',
  ],
  ['db.u.aggregate([{ $frob: {} }])', 'MongoServerError[Location40324]: '],
  ['db.u.createIndex({ a: 0 })', 'MongoServerError[CannotCreateIndex]: '],
  ['db.runCommand({ frob: 1 })', "MongoServerError[CommandNotFound]: no such command: 'frob'"],
  [
    `${ONE} var a = db.getMongo().startSession(), b = db.getMongo().startSession(); a.startTransaction(); b.startTransaction(); a.getDatabase('test').u.updateOne({}, { $set: { n: 1 } }); b.getDatabase('test').u.updateOne({}, { $set: { n: 2 } })`,
    'MongoServerError[WriteConflict]: ',
  ],
])('an error of a command has the name of its code: %s', async (code, start) => {
  expect((await said(code)).slice(0, start.length)).toBe(start);
});

it('a program sees no name of a code either', async () => {
  const database = await engine.open(undefined as never);
  const outputs: string[] = [];
  const code = `${ONE} try { db.u.insertOne({ _id: 1 }) } catch (e) { print(e.code, e.codeName, 'codeName' in e) }`;
  await database.run({ files: [{ name: 'query.js', code }] }, (output) =>
    outputs.push(output.kind === 'text' ? output.text : output.kind),
  );
  expect(outputs).toEqual(['11000  false']);
});

it('an error of several writes says what was done', async () => {
  expect(await said('db.u.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }])'))
    .toBe(`MongoBulkWriteError: ${DUPLICATE}
Result: BulkWriteResult {
  insertedCount: 1,
  matchedCount: 0,
  modifiedCount: 0,
  deletedCount: 0,
  upsertedCount: 0,
  upsertedIds: {},
  insertedIds: { '0': 1 }
}
Write Errors: [
  WriteError {
    err: {
      index: 1,
      code: 11000,
      errmsg: '${DUPLICATE}',
      errInfo: undefined,
      op: { _id: 1 }
    }
  }
]`);
});

it('what made an error is told below it', async () => {
  expect(await said("throw new Error('outer', { cause: new TypeError('inner') })")).toBe(
    'Error: outer\nCaused by: \nTypeError: inner',
  );
});
