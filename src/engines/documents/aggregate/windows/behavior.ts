/** Windows as the manual shows them: the examples of `$setWindowFields`, `$fill` and of each window operator. */
import type { Input } from '../../values/types.ts';

const at = (text: string): Date => new Date(text);

/** The manual's `cakeSales`. */
export const CAKE_SALES: Input[] = [
  {
    _id: 0,
    type: 'chocolate',
    orderDate: at('2020-05-18T14:10:30Z'),
    state: 'CA',
    price: 13,
    quantity: 120,
  },
  {
    _id: 1,
    type: 'chocolate',
    orderDate: at('2021-03-20T11:30:05Z'),
    state: 'WA',
    price: 14,
    quantity: 140,
  },
  {
    _id: 2,
    type: 'vanilla',
    orderDate: at('2021-01-11T06:31:15Z'),
    state: 'CA',
    price: 12,
    quantity: 145,
  },
  {
    _id: 3,
    type: 'vanilla',
    orderDate: at('2020-02-08T13:13:23Z'),
    state: 'WA',
    price: 13,
    quantity: 104,
  },
  {
    _id: 4,
    type: 'strawberry',
    orderDate: at('2019-05-18T16:09:01Z'),
    state: 'CA',
    price: 41,
    quantity: 162,
  },
  {
    _id: 5,
    type: 'strawberry',
    orderDate: at('2019-01-08T06:12:03Z'),
    state: 'WA',
    price: 43,
    quantity: 134,
  },
];

const DATES = Object.fromEntries(CAKE_SALES.map(({ _id, orderDate }) => [_id, orderDate as Date]));
const byDate = { sortBy: { orderDate: 1 } };
const byState = { partitionBy: '$state', ...byDate };
const byYear = { partitionBy: { $year: '$orderDate' }, ...byDate };
const byQuantity = { partitionBy: '$state', sortBy: { quantity: -1 } };
const soFar = { documents: ['unbounded', 'current'] };
const around = { documents: [-1, 1] };

/** How documents are laid out, what is made of a window, and the `_id` of each document with its value, in order. */
export const CAKE_WINDOWS: [
  layout: Input,
  output: Input,
  values: [id: number, value: unknown][],
][] = [
  [
    byState,
    { $sum: '$quantity', window: soFar },
    [
      [4, 162],
      [0, 282],
      [2, 427],
      [5, 134],
      [3, 238],
      [1, 378],
    ],
  ],
  [
    byYear,
    { $sum: '$quantity', window: soFar },
    [
      [5, 134],
      [4, 296],
      [3, 104],
      [0, 224],
      [2, 145],
      [1, 285],
    ],
  ],
  [
    byYear,
    { $avg: '$quantity', window: { documents: [-1, 0] } },
    [
      [5, 134],
      [4, 148],
      [3, 104],
      [0, 112],
      [2, 145],
      [1, 142.5],
    ],
  ],
  [
    byYear,
    { $max: '$quantity', window: { documents: ['unbounded', 'unbounded'] } },
    [
      [5, 162],
      [4, 162],
      [3, 120],
      [0, 120],
      [2, 145],
      [1, 145],
    ],
  ],
  [
    byState,
    { $min: '$quantity', window: soFar },
    [
      [4, 162],
      [0, 120],
      [2, 120],
      [5, 134],
      [3, 104],
      [1, 104],
    ],
  ],
  [
    { partitionBy: '$state', sortBy: { price: 1 } },
    { $sum: '$quantity', window: { range: [-10, 10] } },
    [
      [2, 265],
      [0, 265],
      [4, 162],
      [3, 244],
      [1, 244],
      [5, 134],
    ],
  ],
  [
    byState,
    { $push: '$orderDate', window: { range: ['unbounded', 10], unit: 'month' } },
    [
      [4, [DATES[4]]],
      [0, [DATES[4], DATES[0], DATES[2]]],
      [2, [DATES[4], DATES[0], DATES[2]]],
      [5, [DATES[5]]],
      [3, [DATES[5], DATES[3]]],
      [1, [DATES[5], DATES[3], DATES[1]]],
    ],
  ],
  [
    byState,
    { $push: '$orderDate', window: { range: ['unbounded', -10], unit: 'month' } },
    [
      [4, []],
      [0, [DATES[4]]],
      [2, [DATES[4]]],
      [5, []],
      [3, [DATES[5]]],
      [1, [DATES[5], DATES[3]]],
    ],
  ],
  [
    byState,
    { $count: {}, window: soFar },
    [
      [4, 1],
      [0, 2],
      [2, 3],
      [5, 1],
      [3, 2],
      [1, 3],
    ],
  ],
  [
    byState,
    { $first: '$type', window: around },
    [
      [4, 'strawberry'],
      [0, 'strawberry'],
      [2, 'chocolate'],
      [5, 'strawberry'],
      [3, 'strawberry'],
      [1, 'vanilla'],
    ],
  ],
  [
    byState,
    { $last: '$type', window: around },
    [
      [4, 'chocolate'],
      [0, 'vanilla'],
      [2, 'vanilla'],
      [5, 'vanilla'],
      [3, 'chocolate'],
      [1, 'chocolate'],
    ],
  ],
  [
    byState,
    { $addToSet: '$type', window: { documents: [-1, 0] } },
    [
      [4, ['strawberry']],
      [0, ['strawberry', 'chocolate']],
      [2, ['chocolate', 'vanilla']],
      [5, ['strawberry']],
      [3, ['strawberry', 'vanilla']],
      [1, ['vanilla', 'chocolate']],
    ],
  ],
  [
    byState,
    { $stdDevPop: '$quantity', window: soFar },
    [
      [4, 0],
      [0, 21],
      [2, 17.249798710580816],
      [5, 0],
      [3, 15],
      [1, 15.748015748023622],
    ],
  ],
  [
    byState,
    { $stdDevSamp: '$quantity', window: soFar },
    [
      [4, null],
      [0, 29.698484809834994],
      [2, 21.1266025033211],
      [5, null],
      [3, 21.213203435596427],
      [1, 19.28730152198591],
    ],
  ],
  [
    byState,
    { $covariancePop: [{ $year: '$orderDate' }, '$quantity'], window: soFar },
    [
      [4, 0],
      [0, -10.5],
      [2, -5.666666666666671],
      [5, 0],
      [3, -7.5],
      [1, 2],
    ],
  ],
  [
    byState,
    { $covarianceSamp: [{ $year: '$orderDate' }, '$quantity'], window: soFar },
    [
      [4, null],
      [0, -21],
      [2, -8.500000000000007],
      [5, null],
      [3, -15],
      [1, 3],
    ],
  ],
  [
    byState,
    { $firstN: { input: '$quantity', n: 2 }, window: soFar },
    [
      [4, [162]],
      [0, [162, 120]],
      [2, [162, 120]],
      [5, [134]],
      [3, [134, 104]],
      [1, [134, 104]],
    ],
  ],
  [
    byState,
    { $lastN: { input: '$quantity', n: 2 }, window: soFar },
    [
      [4, [162]],
      [0, [162, 120]],
      [2, [120, 145]],
      [5, [134]],
      [3, [134, 104]],
      [1, [104, 140]],
    ],
  ],
  [
    byState,
    { $minN: { input: '$quantity', n: 2 }, window: around },
    [
      [4, [120, 162]],
      [0, [120, 145]],
      [2, [120, 145]],
      [5, [104, 134]],
      [3, [104, 134]],
      [1, [104, 140]],
    ],
  ],
  [
    byState,
    { $maxN: { input: '$quantity', n: 2 }, window: around },
    [
      [4, [162, 120]],
      [0, [162, 145]],
      [2, [145, 120]],
      [5, [134, 104]],
      [3, [140, 134]],
      [1, [140, 104]],
    ],
  ],
  [
    byState,
    { $top: { sortBy: { quantity: -1 }, output: '$_id' }, window: soFar },
    [
      [4, 4],
      [0, 4],
      [2, 4],
      [5, 5],
      [3, 5],
      [1, 1],
    ],
  ],
  [
    byState,
    { $bottom: { sortBy: { quantity: -1 }, output: '$_id' }, window: soFar },
    [
      [4, 4],
      [0, 0],
      [2, 0],
      [5, 5],
      [3, 3],
      [1, 3],
    ],
  ],
  [
    byState,
    { $topN: { n: 2, sortBy: { quantity: -1 }, output: '$_id' }, window: soFar },
    [
      [4, [4]],
      [0, [4, 0]],
      [2, [4, 2]],
      [5, [5]],
      [3, [5, 3]],
      [1, [1, 5]],
    ],
  ],
  [
    byState,
    { $bottomN: { n: 2, sortBy: { quantity: -1 }, output: '$_id' }, window: soFar },
    [
      [4, [4]],
      [0, [4, 0]],
      [2, [2, 0]],
      [5, [5]],
      [3, [5, 3]],
      [1, [5, 3]],
    ],
  ],
  [
    byState,
    { $median: { input: '$quantity', method: 'approximate' }, window: around },
    [
      [4, 120],
      [0, 145],
      [2, 120],
      [5, 104],
      [3, 134],
      [1, 104],
    ],
  ],
  [
    byState,
    { $percentile: { input: '$quantity', p: [0.5, 0.9], method: 'approximate' } },
    [
      [4, [145, 162]],
      [0, [145, 162]],
      [2, [145, 162]],
      [5, [134, 140]],
      [3, [134, 140]],
      [1, [134, 140]],
    ],
  ],
  [
    byQuantity,
    { $rank: {} },
    [
      [4, 1],
      [2, 2],
      [0, 3],
      [1, 1],
      [5, 2],
      [3, 3],
    ],
  ],
  [
    { sortBy: { price: 1 } },
    { $rank: {} },
    [
      [2, 1],
      [0, 2],
      [3, 2],
      [1, 4],
      [4, 5],
      [5, 6],
    ],
  ],
  [
    { sortBy: { price: 1 } },
    { $denseRank: {} },
    [
      [2, 1],
      [0, 2],
      [3, 2],
      [1, 3],
      [4, 4],
      [5, 5],
    ],
  ],
  [
    { sortBy: { price: 1 } },
    { $documentNumber: {} },
    [
      [2, 1],
      [0, 2],
      [3, 3],
      [1, 4],
      [4, 5],
      [5, 6],
    ],
  ],
  [
    byQuantity,
    { $shift: { output: '$quantity', by: 1, default: 'Not available' } },
    [
      [4, 145],
      [2, 120],
      [0, 'Not available'],
      [1, 134],
      [5, 104],
      [3, 'Not available'],
    ],
  ],
  [
    byQuantity,
    { $shift: { output: '$quantity', by: -2 } },
    [
      [4, null],
      [2, null],
      [0, 162],
      [1, null],
      [5, null],
      [3, 140],
    ],
  ],
];

const every30 = (values: readonly number[]) =>
  values.map((value, i) => ({ at: new Date(Date.UTC(2020, 4, 18, 14, 10, 30 * (i + 1))), value }));

/** Documents, how they are laid out, what is made of them, and the values in the order of the result. */
export const SERIES_WINDOWS: [docs: Input[], layout: Input, output: Input, values: unknown[]][] = [
  [
    every30([1295.1, 1295.63, 1296.25, 1296.76]),
    { sortBy: { at: 1 } },
    { $derivative: { input: '$value', unit: 'hour' }, window: { range: [-30, 0], unit: 'second' } },
    [null, 63.60000000002401, 74.3999999999869, 61.199999999998916],
  ],
  [
    every30([2.95, 2.7, 2.6, 2.98]),
    { sortBy: { at: 1 } },
    {
      $integral: { input: '$value', unit: 'hour' },
      window: { range: ['unbounded', 'current'], unit: 'hour' },
    },
    [0, 0.023541666666666666, 0.045625, 0.068875],
  ],
  [
    every30([2.5, 2.25, 2.75, 2.82]),
    { sortBy: { at: 1 } },
    { $integral: { input: '$value', unit: 'hour' }, window: { documents: [-1, 0] } },
    [0, 0.019791666666666666, 0.020833333333333332, 0.023208333333333334],
  ],
  [
    every30([82, 94, 112, 97.3]),
    { sortBy: { at: 1 } },
    { $expMovingAvg: { input: '$value', N: 2 } },
    [82, 90, 104.66666666666667, 99.75555555555556],
  ],
  [
    every30([13, 15.4, 12, 11.7]),
    { sortBy: { at: 1 } },
    { $expMovingAvg: { input: '$value', alpha: 0.75 } },
    [13, 14.8, 12.7, 11.95],
  ],
  [
    [
      { i: 0, value: 0 },
      { i: 1, value: null },
      { i: 2 },
      { i: 3, value: null },
      { i: 4, value: 10 },
      { i: 5 },
    ],
    { sortBy: { i: 1 } },
    { $linearFill: '$value' },
    [0, 2.5, 5, 7.5, 10, null],
  ],
  [
    [{ i: 0 }, { i: 1, value: 500 }, { i: 2 }, { i: 3, value: 485 }, { i: 4, value: null }],
    { sortBy: { i: 1 } },
    { $locf: '$value' },
    [null, 500, 500, 485, 485],
  ],
  // In doubles, 0.1 + 0.2 is more than 0.3.
  [
    [{ p: 0.1 }, { p: 0.2 }, { p: 0.3 }, { p: 0.5 }],
    { sortBy: { p: 1 } },
    { $count: {}, window: { range: [-0.2, 0] } },
    [1, 2, 3, 2],
  ],
  [
    [
      { p: 1, v: 0.1 },
      { p: 2, v: 0.2 },
      { p: 3, v: 7 },
      { p: 4, v: 8 },
    ],
    { sortBy: { p: 1 } },
    { $sum: '$v', window: { documents: [-1, 0] } },
    [0.1, 0.30000000000000004, 7.2, 15],
  ],
];

export const REFUSED_WINDOWS: [stage: Input, code: number, message: string][] = [
  [{}, 40414, "BSON field '$setWindowFields.output' is missing but a required field"],
  [{ output: {}, window: 1 }, 40415, "BSON field '$setWindowFields.window' is an unknown field."],
  [{ output: { a: 1 } }, 9, "The field 'a' must be an object"],
  [{ output: { a: { b: 1 } } }, 9, 'Expected a $-prefixed window function, b'],
  [{ output: { a: { $summ: '$x' } } }, 9, 'Unrecognized window function, $summ'],
  [
    { output: { a: { $sum: '$x', $avg: '$x' } } },
    9,
    'Cannot specify two functions in window function spec',
  ],
  [
    { output: { a: { $sum: '$x', windoww: {} } } },
    9,
    'Window function found an unknown argument: windoww',
  ],
  [
    { output: { a: { $sum: '$x' }, 'a.b': { $sum: '$x' } } },
    6307900,
    "$setWindowFields 'output' specification contains two conflicting paths",
  ],
  [
    { output: { a: { $sum: '$x', window: { documents: [-1, 0] } } } },
    5339901,
    'Document-based bounds require a sortBy',
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $sum: '$x', window: { documents: [1, 0] } } } },
    5339900,
    'Lower bound must not exceed upper bound: [1, 0]',
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $sum: '$x', window: { documents: [-1.5, 0] } } } },
    9,
    'Numeric document-based bounds must be an integer',
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $sum: '$x', window: { documents: ['all', 0] } } } },
    9,
    "Window bounds must be 'unbounded', 'current', or a number.",
  ],
  [
    { sortBy: { x: 1, y: 1 }, output: { a: { $sum: '$x', window: { range: [-1, 0] } } } },
    5339902,
    'Range-based bounds require sortBy a single field',
  ],
  [
    { sortBy: { x: -1 }, output: { a: { $sum: '$x', window: { range: [-1, 0] } } } },
    8947401,
    'Range-based bounds require an ascending sortBy',
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $sum: '$x', window: { range: [-1.5, 0], unit: 'day' } } } },
    9,
    "With 'unit', range-based bounds must be an integer",
  ],
  [
    { sortBy: { x: 1, y: 1 }, output: { a: { $rank: {} } } },
    5371602,
    '$rank must be specified with a top level sortBy expression with exactly one element',
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $rank: { x: 1 } } } },
    5371603,
    "$rank must be specified with '{}' as the value",
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $rank: {}, window: {} } } },
    5371601,
    'Rank style window functions take no other arguments',
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $shift: { output: '$x', by: 1 }, window: {} } } },
    9,
    "$shift does not accept a 'window' field",
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $derivative: { input: '$x' } } } },
    9,
    '$derivative requires explicit window bounds',
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $integral: { input: '$x', unit: 'month' } } } },
    5490710,
    "unit must be 'week' or smaller",
  ],
  [
    { sortBy: { x: 1 }, output: { a: { $expMovingAvg: { input: '$x', N: 0 } } } },
    9,
    "'N' must be greater than zero. Got 0",
  ],
];
