/** A test as an address: `?draw=k3f9x2`, and `&only=2-5-17` for some questions of it. */

export interface Address {
  /** What the questions are drawn by. */
  seed: string;
  /** The numbers of the questions to ask, from 1; without it all of them. */
  only?: number[];
}

const SEED = /^[a-z0-9]{1,12}$/;
const ONLY = /^\d{1,2}(-\d{1,2}){0,19}$/;

/** @returns nothing if an address names no test, or one that nobody can have drawn. */
export function addressFrom(search: string): Address | undefined {
  const query = new URLSearchParams(search);
  const seed = query.get('draw') ?? '';
  if (!SEED.test(seed)) return undefined;
  const only = query.get('only') ?? '';
  return { seed, ...(ONLY.test(only) && { only: only.split('-').map(Number) }) };
}

/**
 * @param search of the page as it is: what else it says, as an embedded page's theme, stays.
 * @param address without one, the page before any test.
 */
export function searchFor(search: string, address?: Address): string {
  const query = new URLSearchParams(search);
  for (const name of ['draw', 'only']) query.delete(name);
  if (address) query.set('draw', address.seed);
  if (address?.only) query.set('only', address.only.join('-'));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** A seed that nobody had. */
export const newSeed = (): string =>
  [...crypto.getRandomValues(new Uint32Array(2))]
    .map((number) => number.toString(36).padStart(7, '0').slice(-4))
    .join('');

/** Some of what was drawn, in its order; all of it if the numbers name none. */
export function chosen<Item>(drawn: readonly Item[], only?: readonly number[]): Item[] {
  const some = only ? drawn.filter((_, place) => only.includes(place + 1)) : [];
  return some.length > 0 ? some : [...drawn];
}
