/**
 * Lets a second implementation judge the document store: mongomock (Debian: python3-mongomock)
 * answers the same random cases, and every difference is shown unless it is one of the known ones,
 * which MongoDB's manual or its server tests decide (see {@link KNOWN}).
 *
 *     npm run judge -- documents [cases] [seed]
 */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { createStore } from '../../src/engines/documents/api/store.ts';

type Json = Record<string, unknown>;

interface Case extends Json {
  kind: 'find' | 'sort' | 'project' | 'update' | 'aggregate';
  docs: Json[];
}

type Answer = { ok: unknown } | { error: string };

const scalar = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom('a', 'b', null, 1.5));
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }), {
      maxLength: 3,
    }),
  },
);
const docs = fc
  .array(fc.record({ a: value, b: value }, { requiredKeys: [] }), { minLength: 1, maxLength: 6 })
  .map((list) => list.map((doc, i): Json => ({ _id: i, ...doc })));
const number = fc.integer({ min: 0, max: 4 });
const operators = fc.oneof(
  fc.record({ $gt: number }),
  fc.record({ $lte: fc.constantFrom('a', 2) }),
  fc.record({ $ne: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $size: number }),
  fc.record({ $not: fc.record({ $gte: number }) }),
  fc.record({ $all: fc.array(scalar, { minLength: 1, maxLength: 2 }) }),
  fc.record({ $elemMatch: fc.record({ x: scalar }) }),
  fc.record({ $elemMatch: fc.record({ $gte: number, $lt: number }) }),
);
const path = fc.constantFrom('a', 'b', 'a.x', 'b.y', 'a.0', 'a.1.x');
const condition = fc.oneof(scalar, operators);
const field = fc.tuple(path, condition).map(([name, test]): Json => ({ [name]: test }));
const filter = fc.oneof(
  field,
  fc.array(field, { minLength: 1, maxLength: 2 }).map((parts): Json => ({ $or: parts })),
  fc.array(field, { minLength: 1, maxLength: 2 }).map((parts): Json => ({ $and: parts })),
);
const update = fc.oneof(
  fc.record({ $set: fc.record({ a: scalar, 'b.x': scalar }, { requiredKeys: ['a'] }) }),
  fc.record({ $unset: fc.constantFrom({ a: 1 }, { 'b.x': 1 }) }),
  fc.record({ $inc: fc.record({ a: number }) }),
  fc.record({
    $push: fc.record({
      a: fc.oneof(
        scalar,
        fc.record({ $each: fc.array(number, { maxLength: 3 }), $slice: fc.constantFrom(2, -2) }),
      ),
    }),
  }),
  fc.record({ $addToSet: fc.record({ a: scalar }) }),
  fc.record({ $pull: fc.record({ a: scalar }) }),
  fc.record({ $rename: fc.constant({ a: 'c' }) }),
  fc.record({ $max: fc.record({ a: number }) }),
);
const projection = fc.constantFrom<Json>(
  { a: 1 },
  { a: 0 },
  { 'a.x': 1 },
  { _id: 0, b: 1 },
  { 'b.y': 0 },
  { a: { $slice: 1 } },
);
const pipeline = fc.constantFrom<Json[]>(
  [{ $group: { _id: '$a', n: { $sum: 1 } } }],
  [{ $unwind: '$a' }],
  [{ $match: { a: { $gt: 1 } } }, { $project: { v: { $ifNull: ['$b', 'none'] } } }],
  [{ $group: { _id: null, s: { $sum: '$a' }, m: { $max: '$b' } } }],
  [{ $sort: { a: -1, _id: 1 } }, { $limit: 2 }],
  [{ $addFields: { t: { $cond: [{ $isArray: '$a' }, { $size: '$a' }, -1] } } }],
);
const anyCase: fc.Arbitrary<Case> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('find' as const), docs, filter }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('sort' as const),
      docs,
      sort: fc.constantFrom({ a: 1, _id: 1 }, { a: -1, _id: 1 }, { 'b.x': 1, _id: 1 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('project' as const), docs, projection }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      docs,
      filter: fc.constant({}),
      update,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('aggregate' as const), docs, pipeline }) },
);

function ours(input: Case): Answer {
  const collection = createStore().db('db').collection('c');
  collection.insertMany(structuredClone(input.docs));
  try {
    switch (input.kind) {
      case 'find':
        return {
          ok: collection
            .find(input.filter as Json)
            .map(({ _id }) => _id as unknown)
            .toArray(),
        };
      case 'sort':
        return {
          ok: collection
            .find({})
            .sort(input.sort as Json)
            .map(({ _id }) => _id as unknown)
            .toArray(),
        };
      case 'project':
        return { ok: collection.find({}, { projection: input.projection as Json }).toArray() };
      case 'update':
        collection.updateMany(input.filter as Json, input.update);
        return { ok: collection.find().toArray() };
      case 'aggregate':
        return { ok: collection.aggregate(input.pipeline as Json[]).toArray() };
    }
  } catch (error) {
    return { error: String(error) };
  }
}

interface Known {
  /** Where mongomock is wrong, and what says so. */
  reason: string;
  applies: (input: Case, ours: Answer, theirs: Answer) => boolean;
}

const text = (input: unknown) => JSON.stringify(input);
const failed = (answer: Answer) => 'error' in answer;
const sortedText = (list: unknown) =>
  Array.isArray(list) ? list.map(text).sort().join() : text(list);

/** Differences that MongoDB decides against mongomock. */
const dotted = (input: Case) => input.kind === 'find' && /[ab]\.(x|y|0|1)/.test(text(input.filter));
const KNOWN: Known[] = [
  {
    reason:
      'mongomock refuses mixed types in comparisons and sorts; MongoDB orders them (manual: "BSON Comparison Order")',
    applies: (_, mine, theirs) => !failed(mine) && failed(theirs),
  },
  {
    reason:
      'an update operator on a value of the wrong type is an error (server: src/mongo/db/update); mongomock does something or nothing',
    applies: (input, mine, theirs) => input.kind === 'update' && failed(mine) && !failed(theirs),
  },
  {
    reason:
      'a negation selects whatever the operator does not, also where the path leads nowhere (manual: "$not", "$nin")',
    applies: (input) => dotted(input) && /\$(ne|nin|not|exists":false)/.test(text(input.filter)),
  },
  {
    reason:
      'a scalar has no fields, so null is what a path into it finds (server test: null_query_semantics.js)',
    applies: (input) => dotted(input) && text(input.filter).includes('null'),
  },
  {
    reason:
      '$size asks the array a path ends in, not the array on the way, nor a string (manual: "$size")',
    applies: (input) => input.kind === 'find' && text(input.filter).includes('$size'),
  },
  {
    reason: '{$all: [null]} is {$eq: null}, which a missing field meets (manual: "$all", Behavior)',
    applies: (input) => input.kind === 'find' && text(input.filter).includes('"$all":[null'),
  },
  {
    reason: 'a $slice alone leaves the other fields in (manual: "$slice (projection)")',
    applies: (input) => input.kind === 'project' && text(input.projection).includes('$slice'),
  },
  {
    reason:
      'an array sorts by its smallest or largest element, by BSON order (manual: "Comparison/Sort Order")',
    applies: (input) =>
      (input.kind === 'sort' || text(input.pipeline ?? '').includes('$sort')) &&
      text(input.docs).includes('['),
  },
  {
    reason: 'groups come in no promised order (manual: "$group")',
    applies: (input, mine, theirs) =>
      text(input.pipeline ?? '').includes('$group') &&
      'ok' in mine &&
      'ok' in theirs &&
      sortedText(mine.ok) === sortedText(theirs.ok),
  },
  {
    reason:
      'an exclusion leaves a scalar as it is (manual: "$project", Exclude Fields from Embedded Documents)',
    applies: (input) => input.kind === 'project' && text(input.projection) === '{"b.y":0}',
  },
];

/** `_id` first, as MongoDB always has it: mongomock puts it last. */
function idFirst(answer: Answer): Answer {
  if (!('ok' in answer) || !Array.isArray(answer.ok)) return answer;
  const docs = (answer.ok as unknown[]).map((doc) => {
    if (typeof doc !== 'object' || doc === null || !('_id' in doc)) return doc;
    const { _id, ...rest } = doc;
    return { _id, ...rest };
  });
  return { ok: docs };
}

const [cases = 2000, seed = 1] = process.argv.slice(2).map(Number);
const sample = fc.sample(anyCase, { numRuns: cases, seed });
const script = new URL('mongomock_answers.py', import.meta.url).pathname;
const answers = mongomock(sample.map((input) => `${text(input)}\n`).join(''))
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer);

let agreed = 0;
const decided = new Map<string, number>();
let open = 0;
for (const [i, input] of sample.entries()) {
  const mine = JSON.parse(text(ours(input))) as Answer;
  const theirs = idFirst(answers[i]!);
  // Two refusals agree; answers agree if they are the same text, field order included.
  if ((failed(mine) && failed(theirs)) || text(mine) === text(theirs)) {
    agreed += 1;
    continue;
  }
  const known = KNOWN.find(({ applies }) => applies(input, mine, theirs));
  if (known) {
    decided.set(known.reason, (decided.get(known.reason) ?? 0) + 1);
    continue;
  }
  open += 1;
  if (open <= 10)
    console.log(`${text(input)}\n  ours:   ${text(mine)}\n  theirs: ${text(theirs)}\n`);
}
console.log(
  `${String(cases)} cases (seed ${String(seed)}): ${String(agreed)} alike, ${String(open)} open.`,
);
for (const [reason, count] of decided)
  console.log(`${String(count).padStart(6)} decided: ${reason}`);
process.exitCode = open > 0 ? 1 : 0;

/** What mongomock says, a line per case. It says itself what goes wrong; a stack would bury it. */
function mongomock(cases: string): string {
  try {
    return execFileSync('/usr/bin/python3', [script], {
      input: cases,
      maxBuffer: 1 << 28,
      stdio: ['pipe', 'pipe', 'inherit'],
    }).toString();
  } catch {
    console.error('mongomock does not answer. Debian: apt-get install python3-mongomock');
    process.exit(1);
  }
}
