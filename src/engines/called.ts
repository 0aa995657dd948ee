/**
 * Sets of what of an engine is used, a bit each: functions, in the order of the module that they are of, and behind them whatever
 * else can be left out.
 */

export type Called = Uint8Array<ArrayBuffer>;

/** @returns a set of these. */
export function calledOf(indices: Iterable<number>, size: number): Called {
  const called = new Uint8Array(Math.ceil(size / 8));
  for (const index of indices) called[index >> 3]! |= 1 << (index & 7);
  return called;
}

export const isAmong = (called: Uint8Array, index: number): boolean =>
  ((called[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;

/** @returns all that is in one of the sets. */
export function union(sets: readonly Uint8Array[]): Called {
  const all = new Uint8Array(Math.max(0, ...sets.map(({ length }) => length)));
  for (const set of sets) set.forEach((bits, at) => (all[at]! |= bits));
  return all;
}
