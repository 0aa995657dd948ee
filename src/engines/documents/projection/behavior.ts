/** What projections leave of a document, and which are refused. */
import type { Input } from '../values/types.ts';

export const ORDER: Input = {
  item: 'journal',
  status: 'A',
  size: { h: 14, w: 21, uom: 'cm' },
  instock: [{ warehouse: 'A', qty: 5 }, { warehouse: 'B', qty: 15 }, 7],
  _id: 1,
};

export const PROJECTIONS: [string, Input, string][] = [
  [
    'keeps the fields it names, and _id first',
    { status: 1, item: true },
    '{"_id":1,"item":"journal","status":"A"}',
  ],
  ['leaves _id out on request', { item: 1, _id: 0 }, '{"item":"journal"}'],
  ['is nothing but _id', { _id: 1 }, '{"_id":1}'],
  ['leaves fields out', { size: 0, instock: 0 }, '{"_id":1,"item":"journal","status":"A"}'],
  ['leaves only _id out', { _id: 0, instock: 0, size: 0 }, '{"item":"journal","status":"A"}'],
  [
    'reaches into documents, dotted or nested',
    { 'size.h': 1, size: { w: 1 } },
    '{"_id":1,"size":{"h":14,"w":21}}',
  ],
  [
    'reaches into arrays, and drops what is no document',
    { 'instock.qty': 1 },
    '{"_id":1,"instock":[{"qty":5},{"qty":15}]}',
  ],
  [
    'leaves out within arrays',
    { 'instock.qty': 0, size: 0 },
    '{"_id":1,"item":"journal","status":"A","instock":[{"warehouse":"A"},{"warehouse":"B"},7]}',
  ],
  [
    'takes the last elements',
    { item: 1, instock: { $slice: -1 } },
    '{"_id":1,"item":"journal","instock":[7]}',
  ],
  [
    'takes a slice and keeps the rest',
    { size: 0, status: 0, instock: { $slice: [1, 1] } },
    '{"_id":1,"item":"journal","instock":[{"warehouse":"B","qty":15}]}',
  ],
  [
    'takes the first element that matches',
    { instock: { $elemMatch: { qty: { $gt: 5 } } } },
    '{"_id":1,"instock":[{"warehouse":"B","qty":15}]}',
  ],
  [
    'computes',
    { _id: 0, item: 1, area: { $multiply: ['$size.h', '$size.w'] } },
    '{"item":"journal","area":294}',
  ],
  ['renames', { _id: 0, name: '$item' }, '{"name":"journal"}'],
];

export const REFUSED_PROJECTIONS: [Input, string][] = [
  [{ item: 1, status: 0 }, 'Cannot do exclusion on field status in inclusion projection'],
  [{ item: 0, status: 1 }, 'Cannot do inclusion on field status in exclusion projection'],
  [{ size: 1, 'size.h': 1 }, 'Path collision at size.h remaining portion h'],
  [{ item: { $foo: 1 } }, "Unrecognized expression '$foo'"],
];
