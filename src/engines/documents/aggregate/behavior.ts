/** What expressions come to, and which pipelines are refused. */
import { Long } from 'bson';
import type { Input } from '../values/types.ts';

/** What the store’s clock says. */
export const NOW = new Date('2025-03-01T12:00:00Z');

export const EXPRESSIONS: [unknown, unknown][] = [
  [{ $add: [1, 2.5] }, 3.5],
  [{ $add: [1, null] }, null],
  [{ $add: [NOW, 1000] }, new Date(NOW.getTime() + 1000)],
  [{ $divide: [10, 4] }, 2.5],
  [{ $round: [2.5] }, 2],
  [{ $round: [1234.567, 1] }, 1234.6],
  [{ $trunc: [-7.8] }, -7],
  [{ $floor: -1.5 }, -2],
  [{ $pow: [2, 10] }, 1024],
  [{ $concat: ['a', 'b'] }, 'ab'],
  [{ $concat: ['a', null] }, null],
  [{ $toUpper: 'abc' }, 'ABC'],
  [{ $substrCP: ['héllo', 1, 3] }, 'éll'],
  [{ $split: ['a-b-c', '-'] }, ['a', 'b', 'c']],
  [{ $trim: { input: '  x ' } }, 'x'],
  [{ $regexMatch: { input: 'ThinkPad', regex: /^think/i } }, true],
  [{ $replaceAll: { input: 'a.b.c', find: '.', replacement: '/' } }, 'a/b/c'],
  [{ $arrayElemAt: [[1, 2, 3], -1] }, 3],
  [{ $size: [[1, 2]] }, 2],
  [{ $slice: [[1, 2, 3], -2] }, [2, 3]],
  [{ $filter: { input: [1, 5, 9], as: 'n', cond: { $gt: ['$$n', 3] } } }, [5, 9]],
  [{ $map: { input: [1, 2], in: { $multiply: ['$$this', 10] } } }, [10, 20]],
  [{ $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
  [{ $range: [0, 6, 2] }, [0, 2, 4]],
  [{ $sortArray: { input: [3, 1, 2], sortBy: -1 } }, [3, 2, 1]],
  [{ $zip: { inputs: [['a'], ['b']] } }, [['a', 'b']]],
  [{ $in: [2, [1, 2]] }, true],
  [
    {
      $setUnion: [
        [2, 1],
        [3, 1],
      ],
    },
    [1, 2, 3],
  ],
  [{ $setDifference: [[1, 2], [2]] }, [1]],
  [{ $mergeObjects: [{ a: 1 }, { b: 2, a: 3 }] }, { a: 3, b: 2 }],
  [{ $objectToArray: { a: 1 } }, [{ k: 'a', v: 1 }]],
  [{ $arrayToObject: [[['a', 1]]] }, { a: 1 }],
  [{ $cond: { if: true, then: 'y', else: 'n' } }, 'y'],
  [{ $ifNull: [null, '$missing', 'fallback'] }, 'fallback'],
  [{ $switch: { branches: [{ case: false, then: 1 }], default: 2 } }, 2],
  [{ $let: { vars: { x: 2 }, in: { $multiply: ['$$x', '$$x'] } } }, 4],
  [{ $literal: '$price' }, '$price'],
  [{ $type: '$missing' }, 'missing'],
  [{ $toInt: '42' }, 42],
  [{ $toString: 1.5 }, '1.5'],
  [{ $convert: { input: 'x', to: 'int', onError: -1 } }, -1],
  [{ $year: NOW }, 2025],
  [{ $dayOfWeek: NOW }, 7],
  [{ $isoWeek: NOW }, 9],
  [
    { $dateToString: { date: NOW, format: '%Y-%m-%d %H:%M', timezone: 'Europe/Berlin' } },
    '2025-03-01 13:00',
  ],
  [{ $dateTrunc: { date: NOW, unit: 'month' } }, new Date('2025-03-01T00:00:00Z')],
  [
    { $dateAdd: { startDate: new Date('2024-12-31T00:00:00Z'), unit: 'month', amount: 2 } },
    new Date('2025-02-28T00:00:00Z'),
  ],
  [
    { $dateDiff: { startDate: new Date('2025-01-31'), endDate: NOW, unit: 'month' } },
    Long.fromNumber(2),
  ],
  [{ $sum: [1, 2, 'x'] }, 3],
  [{ $avg: [[1, 2, 6]] }, 3],
  [{ $eq: [1, Long.fromNumber(1)] }, true],
  [{ $gt: ['a', 5] }, true], // over all types, by BSON order
  ['$$NOW', NOW],
];

export const REFUSED_PIPELINES: [Input[], number, string][] = [
  [
    [{ $set: { v: { $dateTrunc: { date: NOW, unit: { $literal: { a: 1 } } } } } }],
    9,
    "Executor error during aggregate command on namespace: shop.docs :: caused by :: $dateTrunc parameter 'unit' value cannot be recognized as a time unit: { a: 1 }",
  ],
  [[{ $foo: 1 }], 40324, "Unrecognized pipeline stage name: '$foo'"],
  [[{ $search: {} }], 238, '$search is not implemented in this document store'],
  [
    [{ $match: {}, $limit: 1 }],
    40323,
    'A pipeline stage specification object must contain exactly one field.',
  ],
  [[{ $group: { n: { $sum: 1 } } }], 15955, 'a group specification must include an _id'],
  [[{ $group: { _id: 1, n: { $foo: 1 } } }], 15952, "unknown group operator '$foo'"],
  [[{ $group: { _id: 1, n: 5 } }], 40234, "The field 'n' must be an accumulator object"],
  [
    [{ $project: { a: { $foo: 1 } } }],
    168,
    "Invalid $project :: caused by :: Unrecognized expression '$foo'",
  ],
  [
    [{ $project: { a: '$$x' } }],
    17276,
    'Invalid $project :: caused by :: Use of undefined variable: x',
  ],
  [[{ $limit: 0 }], 15958, 'the limit must be positive'],
  [[{ $unwind: 'a' }], 28818, "path option to $unwind stage should be prefixed with a '$': a"],
  [[{ $out: 'x' }, { $match: {} }], 40601, '$out can only be the final stage in the pipeline'],
  [
    [{ $set: { v: { $add: ['x', 1] } } }],
    14,
    'Executor error during aggregate command on namespace: shop.docs :: caused by :: $add only supports numeric or date types, not string',
  ],
  [
    [{ $set: { v: { $divide: [1, 0] } } }],
    2,
    "Executor error during aggregate command on namespace: shop.docs :: caused by :: can't $divide by zero",
  ],
  [
    [{ $set: { v: { $toInt: 'abc' } } }],
    241,
    "Executor error during aggregate command on namespace: shop.docs :: caused by :: Failed to parse number 'abc' in $convert with no onError value: Did not consume whole string.",
  ],
];
