import { describe, expect, it } from 'vitest';
import { sortedPlaces } from './order.ts';

const sorted = (values: string[], direction: 'ascending' | 'descending') =>
  sortedPlaces(values, direction).map((place) => values[place]);

describe('the order of rows', () => {
  it('counts weeks as numbers, not as letters', () => {
    expect(sorted(['Week 10', 'Week 5', 'Week 12'], 'ascending')).toEqual([
      'Week 5',
      'Week 10',
      'Week 12',
    ]);
  });

  it('keeps equal rows in the order in which they stood, in both directions', () => {
    const databases = ['Redis', 'PostgreSQL', 'Redis', 'PostgreSQL'];
    expect(sortedPlaces(databases, 'ascending')).toEqual([1, 3, 0, 2]);
    expect(sortedPlaces(databases, 'descending')).toEqual([0, 2, 1, 3]);
  });

  it('puts empty values last, whichever way it sorts', () => {
    expect(sorted(['', 'b', 'a'], 'ascending')).toEqual(['a', 'b', '']);
    expect(sorted(['', 'b', 'a'], 'descending')).toEqual(['b', 'a', '']);
  });
});
