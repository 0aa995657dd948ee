/**
 * What a cell answers, in a form that two engines share: rows of a table and documents become
 * records, the replies to writes become counts.
 */

/** A value as JSON has it. Dates are ISO texts, every number is a JavaScript number. */
export type Plain = null | boolean | number | string | Plain[] | { [field: string]: Plain };
export type PlainRecord = Record<string, Plain>;

export type Answer =
  /** What a query found. A bare value, such as a count, is one item that is no record. */
  | { kind: 'found'; items: (PlainRecord | Exclude<Plain, object>)[]; sorted: boolean }
  /** How many records a write inserted, matched or deleted. */
  | { kind: 'written'; count: number }
  | { kind: 'refused' };

/** An answer that has no such form. */
export class NotComparable extends Error {
  override readonly name = 'NotComparable';
}

/** Whether it has fields. */
export const isRecord = (value: unknown): value is Record<string, Plain> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
