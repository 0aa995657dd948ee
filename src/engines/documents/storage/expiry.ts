/** Documents with a time to live (manual, "TTL Indexes"). */
import { MongoServerError } from '../errors.ts';
import type { Index } from '../index/index.ts';
import { toNumber } from '../values/numbers.ts';
import { get, pathOf } from '../values/paths.ts';
import { type Doc, isNumeric, type Maybe } from '../values/types.ts';
import type { Catalog } from './catalog.ts';

/** Removes what has expired at that time, in milliseconds since 1970. */
export function expire(catalog: Catalog, at: number): void {
  for (const database of catalog.databaseNames())
    for (const name of catalog.collectionNames(database)) expireIn(catalog, database, name, at);
}

function expireIn(catalog: Catalog, database: string, name: string, at: number): void {
  const data = catalog.read(database, name)!;
  const indexes = data.indexes.filter(({ definition }) => expiryOf(definition) !== null);
  const expired = data.slots.flatMap((doc, slot) =>
    doc && indexes.some((index) => isExpired(doc, index, at)) ? [slot] : [],
  );
  if (expired.length === 0) return;
  const writer = catalog.write(database, name);
  for (const slot of expired) {
    try {
      writer.remove(slot);
      catalog.metrics.document.deleted += 1;
    } catch (error) {
      // Another transaction has it: next time.
      if (!(error instanceof MongoServerError && error.code === 112)) throw error;
    }
  }
}

/** In seconds; `null` for an index of another kind. */
export function expiryOf({ extra }: Index['definition']): number | null {
  const { expireAfterSeconds: seconds } = extra as Record<string, Maybe>;
  return isNumeric(seconds) ? toNumber(seconds) : null;
}

/** Of several dates in an array the earliest counts. Whatever is no date does not expire. */
function isExpired(doc: Doc, { definition }: Index, now: number): boolean {
  if (definition.partial && !definition.partial.match(doc)) return false;
  const value = get(doc, pathOf(definition.fields[0]!));
  const dates = (Array.isArray(value) ? value : [value]).filter((item) => item instanceof Date);
  if (dates.length === 0) return false;
  const earliest = Math.min(...dates.map((date) => date.getTime()));
  return earliest + expiryOf(definition)! * 1000 <= now;
}
