/** What filters select, and which are refused. Sources are named in the tests. */
import { Decimal128, Long } from 'bson';
import type { Input } from '../values/types.ts';

export const PRODUCTS: Input[] = [
  {
    _id: 1,
    name: 'ThinkPad X1 Carbon',
    price: 1299.99,
    category: 'electronics',
    connectivity: ['wifi', 'bluetooth', 'usb-c'],
    screen: { size: 14, type: 'IPS' },
  },
  { _id: 2, name: 'Cotton Basic Tee', price: 29.99, category: 'clothing', sizes: ['S', 'M', 'L'] },
  { _id: 3, name: 'Python 101', price: 45, category: 'books', pages: 400, author: null },
  {
    _id: 4,
    name: 'USB Mouse',
    price: Long.fromNumber(25),
    category: 'electronics',
    connectivity: ['usb-a'],
  },
  { _id: 5, name: 'Gift card', price: '50', category: 'vouchers' },
];

export const COMPARISONS: [Input, unknown[]][] = [
  [{}, [1, 2, 3, 4, 5]],
  [{ category: 'electronics' }, [1, 4]],
  [{ price: { $gt: 29.99 } }, [1, 3]], // type bracketing: the string '50' is no number
  [{ price: { $gte: 25, $lt: 45 } }, [2, 4]],
  [{ price: 25 }, [4]],
  [{ price: Decimal128.fromString('25.0') }, [4]],
  [{ price: { $ne: 25 } }, [1, 2, 3, 5]],
  [{ price: { $in: [45, '50'] } }, [3, 5]],
  [{ category: { $nin: ['books', 'clothing'] } }, [1, 4, 5]],
  [{ name: { $in: [/^USB/, 'Python 101'] } }, [3, 4]],
  [{ 'screen.size': { $gt: 13 } }, [1]],
  [{ screen: { size: 14, type: 'IPS' } }, [1]],
  [{ screen: { type: 'IPS', size: 14 } }, []], // "Equality matches on embedded documents require … field order"
];

export const LOGICAL: [Input, unknown[]][] = [
  [{ $or: [{ category: 'books' }, { price: { $lt: 30 } }] }, [2, 3, 4]],
  [{ $nor: [{ category: 'books' }, { price: { $lt: 30 } }] }, [1, 5]],
  [{ $and: [{ price: { $gt: 20 } }, { price: { $lt: 30 } }] }, [2, 4]],
  [{ price: { $not: { $gt: 29.99 } } }, [2, 4, 5]], // also documents whose field is of another type
  [{ author: { $exists: true } }, [3]],
  [{ author: { $exists: false } }, [1, 2, 4, 5]],
  [{ author: null }, [1, 2, 3, 4, 5]],
  [{ price: { $type: 'double' } }, [1, 2]],
  [{ price: { $type: 'number' } }, [1, 2, 3, 4]],
  [{ price: { $type: ['string', 'long'] } }, [4, 5]],
  [{ connectivity: { $type: 'array' } }, [1, 4]],
  [{ $expr: { $gt: ['$price', { $multiply: ['$pages', 0.1] }] } }, [1, 2, 3, 4, 5]],
  [{ price: { $mod: [5, 0] } }, [3, 4]],
  [{ name: /usb/i }, [4]],
  [{ name: { $regex: 'carbon$', $options: 'i' } }, [1]],
];

export const INVENTORY: Input[] = [
  {
    _id: 1,
    tags: ['blank', 'red'],
    dim: [14, 21],
    instock: [
      { warehouse: 'A', qty: 5 },
      { warehouse: 'C', qty: 15 },
    ],
  },
  { _id: 2, tags: ['red', 'blank'], dim: [14, 21], instock: [{ warehouse: 'C', qty: 5 }] },
  {
    _id: 3,
    tags: ['red', 'blank', 'plain'],
    dim: [14, 21],
    instock: [
      { warehouse: 'A', qty: 60 },
      { warehouse: 'B', qty: 15 },
    ],
  },
  {
    _id: 4,
    tags: ['blank', 'red'],
    dim: [22.85, 30],
    instock: [
      { warehouse: 'A', qty: 40 },
      { warehouse: 'B', qty: 5 },
    ],
  },
  {
    _id: 5,
    tags: ['blue'],
    dim: [10, 15.25],
    instock: [
      { warehouse: 'B', qty: 15 },
      { warehouse: 'C', qty: 35 },
    ],
  },
];

export const ARRAYS: [Input, unknown[]][] = [
  [{ tags: ['red', 'blank'] }, [2]],
  [{ tags: { $all: ['red', 'blank'] } }, [1, 2, 3, 4]],
  [{ tags: 'red' }, [1, 2, 3, 4]],
  [{ dim: { $gt: 25 } }, [4]],
  [{ dim: { $gt: 15, $lt: 20 } }, [1, 2, 3, 5]], // one element meets one condition, another the other
  [{ dim: { $elemMatch: { $gt: 22, $lt: 30 } } }, [4]],
  [{ 'dim.1': { $gt: 25 } }, [4]],
  [{ tags: { $size: 3 } }, [3]],
  [{ instock: { warehouse: 'A', qty: 5 } }, [1]],
  [{ instock: { qty: 5, warehouse: 'A' } }, []],
  [{ 'instock.0.qty': { $lte: 20 } }, [1, 2, 5]],
  [{ 'instock.qty': { $lte: 20 } }, [1, 2, 3, 4, 5]],
  [{ instock: { $elemMatch: { qty: 5, warehouse: 'A' } } }, [1]],
  [{ instock: { $elemMatch: { qty: { $gt: 10, $lte: 20 } } } }, [1, 3, 5]],
  [{ 'instock.qty': 5, 'instock.warehouse': 'A' }, [1, 4]],
  [{ tags: { $all: [] } }, []],
  [{ instock: { $all: [{ $elemMatch: { qty: 5 } }, { $elemMatch: { warehouse: 'C' } }] } }, [1, 2]],
];

export const NULLS: Input[] = [
  { _id: 'empty subobject', a: {} },
  { _id: 'null', a: null },
  { _id: 'number', a: 4 },
  { _id: 'b not null', a: { b: 'hi' } },
  { _id: 'b null', a: { b: null } },
  { _id: 'no a' },
  { _id: 'double array', a: [[]] },
  { _id: 'empty array', a: [] },
  { _id: 'all b null', a: [{ b: null }, {}] },
  { _id: 'no b null', a: [{ b: 1 }, { b: 3 }] },
  { _id: 'some b missing', a: [{ b: 3 }, {}] },
  { _id: 'nulls', a: [null, null] },
  { _id: 'no nulls', a: [1, 'string', 4] },
];

export const NULL_FILTERS: [Input, unknown[]][] = [
  [{ a: null }, ['null', 'no a', 'nulls']],
  [{ a: { $exists: false } }, ['no a']],
  [
    { 'a.b': null },
    ['empty subobject', 'null', 'number', 'b null', 'no a', 'all b null', 'some b missing'],
  ],
  [
    { 'a.b': { $ne: null } },
    ['b not null', 'double array', 'empty array', 'no b null', 'nulls', 'no nulls'],
  ],
  [{ a: { $elemMatch: { $eq: null } } }, ['nulls']],
  [{ a: { $elemMatch: { b: { $eq: null } } } }, ['double array', 'all b null', 'some b missing']],
  [
    { a: { $not: { $gte: null } } },
    [
      'empty subobject',
      'number',
      'b not null',
      'b null',
      'double array',
      'empty array',
      'all b null',
      'no b null',
      'some b missing',
      'no nulls',
    ],
  ],
];

export const REFUSED_FILTERS: [Input, number, string][] = [
  [{ a: { $foo: 1 } }, 2, 'unknown operator: $foo'],
  [
    { $foo: 1 },
    2,
    "unknown top level operator: $foo. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.",
  ],
  [{ a: { $in: 1 } }, 2, '$in needs an array'],
  [{ a: { $nin: 1 } }, 2, '$nin needs an array'],
  [{ $or: {} }, 2, '$or must be an array'],
  [{ $and: [] }, 2, '$and/$or/$nor must be a nonempty array'],
  [{ $or: [1] }, 2, '$or/$and/$nor entries need to be full objects'],
  [{ a: { $not: 1 } }, 2, '$not needs a regex or a document'],
  [{ a: { $elemMatch: 1 } }, 2, '$elemMatch needs an Object'],
  [{ a: { $all: 1 } }, 2, '$all needs an array'],
  [{ a: { $size: -1 } }, 2, 'Failed to parse $size. Expected a non-negative number in: $size: -1'],
  [{ a: { $type: 'text' } }, 2, 'Unknown type name alias: text'],
  [{ a: { $mod: [0, 1] } }, 2, 'divisor cannot be 0'],
  [{ a: { $regex: 1 } }, 2, '$regex has to be a string'],
  [{ a: { $options: 'i' } }, 2, '$options needs a $regex'],
  [{ $where: 'true' }, 238, '$where is not implemented in this document store'],
];
