/** What updates make of a document, and which are refused. */
import type { Input } from '../values/types.ts';

export const FIELD_UPDATES: [Input, Input, Input][] = [
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
];

export const ARRAY_UPDATES: [Input, Input, Input][] = [
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
];

export const REFUSED_UPDATES: [Input, unknown, number, string][] = [
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
  [{ a: [1] }, { $pop: { a: { b: 1 } } }, 9, 'Expected a number in: a: { b: 1 }'],
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
];
