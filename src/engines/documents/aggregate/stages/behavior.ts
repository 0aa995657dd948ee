/** Rarer stages as the manual shows them: `$bucketAuto`, `$densify`, `$redact`, `$median`, `$dateFromString` with a format. */
import type { Input } from '../../values/types.ts';

/** Of the numbers from 0 to 99 in five buckets: their bounds and how many are in each (manual, "Comparing Different Granularities"). */
export const GRANULARITIES: [
  granularity: string | undefined,
  buckets: [number, number, number][],
][] = [
  [
    undefined,
    [
      [0, 20, 20],
      [20, 40, 20],
      [40, 60, 20],
      [60, 80, 20],
      [80, 99, 20],
    ],
  ],
  [
    'R20',
    [
      [0, 20, 20],
      [20, 40, 20],
      [40, 63, 23],
      [63, 90, 27],
      [90, 100, 10],
    ],
  ],
  [
    'E24',
    [
      [0, 20, 20],
      [20, 43, 23],
      [43, 68, 25],
      [68, 91, 23],
      [91, 100, 9],
    ],
  ],
  [
    '1-2-5',
    [
      [0, 20, 20],
      [20, 50, 30],
      [50, 100, 50],
    ],
  ],
  [
    'POWERSOF2',
    [
      [0, 32, 32],
      [32, 64, 32],
      [64, 128, 36],
    ],
  ],
];

export const NUMBERS: Input[] = Array.from({ length: 100 }, (_, i) => ({ _id: i }));

/** The manual's `coffee`. */
export const COFFEE: Input[] = [
  { altitude: 600, variety: 'Arabica Typica' },
  { altitude: 750, variety: 'Arabica Typica' },
  { altitude: 950, variety: 'Arabica Typica' },
  { altitude: 1250, variety: 'Gesha' },
  { altitude: 1700, variety: 'Gesha' },
];

/** By bounds: the altitudes of each variety afterwards, in ascending order. */
export const DENSIFIED: [bounds: unknown, arabica: number[], gesha: number[]][] = [
  [
    'full',
    [600, 750, 800, 950, 1000, 1200, 1400, 1600],
    [600, 800, 1000, 1200, 1250, 1400, 1600, 1700],
  ],
  ['partition', [600, 750, 800, 950], [1250, 1450, 1650, 1700]],
  [
    [600, 1100],
    [600, 750, 800, 950, 1000],
    [600, 800, 1000, 1250, 1700],
  ],
];

/** The manual's `forecasts`, and what may be read with the tags `STLW` and `G`. */
export const FORECAST: Input = {
  _id: 1,
  title: '123 Department Report',
  tags: ['G', 'STLW'],
  subsections: [
    { subtitle: 'Section 1: Overview', tags: ['SI', 'G'], content: 'Content of section 1.' },
    { subtitle: 'Section 2: Analysis', tags: ['STLW'], content: 'Content of section 2.' },
    {
      subtitle: 'Section 3: Budgeting',
      tags: ['TK'],
      content: { text: 'Content.', tags: ['HCS'] },
    },
  ],
};

export const BY_TAGS: Input = {
  $redact: {
    $cond: {
      if: { $gt: [{ $size: { $setIntersection: ['$tags', ['STLW', 'G']] } }, 0] },
      then: '$$DESCEND',
      else: '$$PRUNE',
    },
  },
};

/** Expressions, and what they come to; an error by its message. */
export const RARE_EXPRESSIONS: [expression: Input, value: unknown][] = [
  [{ $median: { input: [1, 5, 3], method: 'approximate' } }, 3],
  [{ $median: { input: [62, 81, 80, 83, 82], method: 'approximate' } }, 81],
  [{ $median: { input: [4, 1], method: 'approximate' } }, 1],
  [{ $median: { input: ['x'], method: 'approximate' } }, null],
  [
    { $percentile: { input: [1, 2, 3, 4, 5], p: [0, 0.5, 0.95, 1], method: 'approximate' } },
    [1, 3, 5, 5],
  ],
  [{ $percentile: { input: 7, p: [0.1, 0.9], method: 'approximate' } }, [7, 7]],
  [{ $percentile: { input: [], p: [0.5], method: 'approximate' } }, [null]],
  [
    { $dateFromString: { dateString: '06-15-2018', format: '%m-%d-%Y' } },
    new Date('2018-06-15T00:00:00Z'),
  ],
  [
    { $dateFromString: { dateString: '15-06-2018', format: '%d-%m-%Y' } },
    new Date('2018-06-15T00:00:00Z'),
  ],
  [
    {
      $dateFromString: {
        dateString: '5 Jul 2018, 08:09:10.007 +0200',
        format: '%d %b %Y, %H:%M:%S.%L %z',
      },
    },
    new Date('2018-07-05T06:09:10.007Z'),
  ],
  [
    {
      $dateFromString: {
        dateString: '2017-02-08 12:10',
        format: '%Y-%m-%d %H:%M',
        timezone: 'America/New_York',
      },
    },
    new Date('2017-02-08T17:10:00Z'),
  ],
  [
    { $dateFromString: { dateString: '2018-W26-3', format: '%G-W%V-%u' } },
    new Date('2018-06-27T00:00:00Z'),
  ],
  [
    { $dateFromString: { dateString: '2024 060', format: '%Y %j' } },
    new Date('2024-02-29T00:00:00Z'),
  ],
  [{ $dateFromString: { dateString: '2023-02-29', format: '%Y-%m-%d', onError: 'none' } }, 'none'],
  [{ $dateFromString: { dateString: null, format: '%Y', onNull: 'nothing' } }, 'nothing'],
];

export const REFUSED_RARE: [pipeline: Input[], code: number, message: string][] = [
  [
    [{ $bucketAuto: { groupBy: '$x' } }],
    40246,
    "$bucketAuto requires 'groupBy' and 'buckets' to be specified",
  ],
  [
    [{ $bucketAuto: { groupBy: '$x', buckets: 0 } }],
    40243,
    "The $bucketAuto 'buckets' field must be greater than 0, but found: 0",
  ],
  [
    [{ $bucketAuto: { groupBy: '$x', buckets: 2, granularity: 'R7' } }],
    40257,
    "Unknown rounding granularity 'R7'",
  ],
  [
    [{ $bucketAuto: { groupBy: '$x', buckets: 2, granularity: 'R5' } }],
    40258,
    "$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a value with type: string",
  ],
  [
    [{ $densify: { field: 'x', range: { step: 0, bounds: 'full' } } }],
    5733401,
    'The step parameter in a range statement must be a strictly positive numeric value',
  ],
  [
    [{ $densify: { field: 'x', range: { step: 1, bounds: 'all' } } }],
    5946802,
    "Bounds string must either be 'full' or 'partition'",
  ],
  [
    [{ $densify: { field: 'x', range: { step: 1, bounds: 'partition' } } }],
    5733408,
    "One cannot specify the bounds as 'partition' without specifying a non-empty array of partitionByFields. You may have meant to specify 'full' bounds.",
  ],
  [
    [{ $densify: { field: 'x', range: { step: 1, bounds: [0, 9] } } }],
    5733201,
    'Densify field type must be numeric or a date',
  ],
  [
    [{ $redact: 'all' }],
    17053,
    '$redact\'s expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned "all"',
  ],
  [
    [{ $set: { v: { $median: { input: [1], method: 'exact' } } } }],
    2,
    "Currently only 'approximate' can be used as percentile 'method'.",
  ],
  [
    [{ $set: { v: { $percentile: { input: [1], p: [2], method: 'approximate' } } } }],
    7750303,
    "The $percentile 'p' field must be an array of numbers from [0.0, 1.0], but found: 2",
  ],
  [
    [{ $set: { v: { $dateFromString: { dateString: '06/15', format: '%m-%d' } } } }],
    241,
    "Error parsing date string '06/15'; 2: Format literal not found '/'",
  ],
  [
    [{ $set: { v: { $dateFromString: { dateString: '2023-02-29', format: '%Y-%m-%d' } } } }],
    241,
    "Error parsing date string '2023-02-29'; 10: The parsed date was invalid ''",
  ],
  [
    [{ $set: { v: { $dateFromString: { dateString: '1', format: '%q' } } } }],
    18536,
    "Invalid format character '%q' in format string",
  ],
  [[{ $geoNear: {} }], 238, '$geoNear is not implemented in this document store'],
];
