/** What the driver takes in several forms, made one. */
import { MongoInvalidArgumentError } from '../errors.ts';
import type { Input } from '../values/types.ts';
import { checkFilter } from './checks.ts';

/** A sort as the driver takes it: `{ p: 'desc' }`, `'p'`, `['p', 'q']`, `[['p', -1]]`, a Map. */
export type SortForm = Input | string | readonly unknown[] | ReadonlyMap<string, unknown>;

const DIRECTIONS: Readonly<Record<string, 1 | -1>> = {
  '1': 1,
  asc: 1,
  ascending: 1,
  '-1': -1,
  desc: -1,
  descending: -1,
};

/** @throws MongoInvalidArgumentError for what is no direction. */
function direction(given: unknown): unknown {
  const known = DIRECTIONS[String(given).toLowerCase()];
  if (known !== undefined) return known;
  if (typeof given === 'object' && given !== null && '$meta' in given) return given;
  throw new MongoInvalidArgumentError(`Invalid sort direction: ${JSON.stringify(given)}`);
}

/** @returns the document that the server is sent. @throws MongoInvalidArgumentError */
export function sortOf(sort: SortForm, every?: unknown): Input {
  if (typeof sort === 'string') return { [sort]: direction(every ?? 1) };
  let entries: (readonly [string, unknown])[];
  if (Array.isArray(sort)) {
    const pair = sort.length === 2 && isDirection(sort[1]);
    const list = (pair ? [sort] : sort) as unknown[];
    entries = list.map((one) =>
      Array.isArray(one) ? [String(one[0]), one[1] as unknown] : [String(one), 1],
    );
  } else if (Object.prototype.toString.call(sort) === '[object Map]')
    entries = [...(sort as Map<string, unknown>)];
  else if (typeof sort === 'object') entries = Object.entries(sort as Input);
  else
    throw new MongoInvalidArgumentError(
      `Invalid sort format: ${JSON.stringify(sort)} Sort must be a valid object`,
    );
  return Object.fromEntries(entries.map(([field, given]) => [field, direction(given)]));
}

const isDirection = (given: unknown): boolean =>
  Object.hasOwn(DIRECTIONS, String(given).toLowerCase());

/** A filter, or the `_id` that stands for one. @throws MongoInvalidArgumentError */
export function filterOf(filter: Input | undefined): Input | undefined {
  checkFilter(filter);
  return filter?._bsontype === 'ObjectId' ? { _id: filter } : filter;
}

/** Options of a query, with the sort as the server is sent it. */
export function queryOptions<T extends { sort?: SortForm }>(options: T): T {
  return !options.sort ? options : { ...options, sort: sortOf(options.sort) };
}
