/** Projections. Manual: "Project Fields to Return from Query", "$elemMatch (projection)", "$slice (projection)", "$ (projection)". */
import { beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../api/store.ts';
import type { Input } from '../values/types.ts';
import { ORDER, PROJECTIONS, REFUSED_PROJECTIONS } from './behavior.ts';
import { loadEveryPart } from '../parts/parts.ts';

beforeAll(loadEveryPart);

function project(projection: Input, filter: Input = {}, doc: Input = ORDER): unknown {
  const collection = createStore().db('test').collection('docs');
  collection.insertOne(doc);
  return JSON.stringify(collection.findOne(filter, { projection }));
}

describe('a projection', () => {
  it.each(PROJECTIONS)('%s', (_, projection, expected) => {
    expect(project(projection)).toBe(expected);
  });

  it('takes the element that the filter matched', () => {
    expect(project({ 'instock.$': 1 }, { 'instock.qty': { $gt: 5 } })).toBe(
      '{"_id":1,"instock":[{"warehouse":"B","qty":15}]}',
    );
  });

  it.each(REFUSED_PROJECTIONS)('%j is refused: %s', (projection, message) => {
    expect(() => project(projection)).toThrow(message);
  });
});
