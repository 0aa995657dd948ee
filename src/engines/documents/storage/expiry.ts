/**
 * Documents with a time to live (manual, "TTL Indexes"). As the server does, a monitor looks for expired documents once
 * a minute, by the store's clock: before whatever is done first after a full minute.
 */
import { MongoServerError } from '../errors.ts';
import type { Index } from '../index/index.ts';
import { toNumber } from '../values/numbers.ts';
import { get, pathOf } from '../values/paths.ts';
import { type Doc, isNumeric, type Maybe } from '../values/types.ts';
import type { Catalog } from './catalog.ts';

/** In milliseconds (`ttlMonitorSleepSecs`). */
const EVERY = 60_000;

export class ExpiryMonitor {
  private readonly catalog: Catalog;
  private readonly now: () => Date;
  /** When it last looked, in milliseconds since 1970. */
  private last: number;

  constructor(catalog: Catalog, now: () => Date) {
    this.catalog = catalog;
    this.now = now;
    this.last = now().getTime();
  }

  /** Looks, if it is time to. */
  look(): void {
    if (!this.catalog.expires) return;
    const minutes = Math.floor((this.now().getTime() - this.last) / EVERY);
    if (minutes < 1) return;
    this.last += minutes * EVERY;
    for (const database of this.catalog.databaseNames())
      for (const name of this.catalog.collectionNames(database)) this.expire(database, name);
  }

  private expire(database: string, name: string): void {
    const data = this.catalog.read(database, name)!;
    const indexes = data.indexes.filter(({ definition }) => expiryOf(definition) !== null);
    if (indexes.length === 0) return;
    const expired = data.slots.flatMap((doc, slot) =>
      doc && indexes.some((index) => isExpired(doc, index, this.last)) ? [slot] : [],
    );
    if (expired.length === 0) return;
    const writer = this.catalog.write(database, name);
    for (const slot of expired) {
      try {
        writer.remove(slot);
        this.catalog.metrics.document.deleted += 1;
      } catch (error) {
        // Another transaction has it: next time.
        if (!(error instanceof MongoServerError && error.code === 112)) throw error;
      }
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
