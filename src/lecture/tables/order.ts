/** The order of rows: as people count, “Week 5” before “Week 10”. */

export type Direction = 'ascending' | 'descending';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * Where each row goes. Rows that are equal stay in their order, and empty ones go last in both directions.
 *
 * @param values of the column to sort by, a text per row.
 * @returns the rows' old places, in their new order.
 */
export function sortedPlaces(values: readonly string[], direction: Direction): number[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const empty = (place: number): number => (values[place] === '' ? 1 : 0);
  return values
    .map((_value, place) => place)
    .sort(
      (a, b) => empty(a) - empty(b) || sign * collator.compare(values[a]!, values[b]!) || a - b,
    );
}
