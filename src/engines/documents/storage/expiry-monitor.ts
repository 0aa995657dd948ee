/**
 * Looks for expired documents once a minute, as the server does, by the store's clock: before whatever is done first
 * after a full minute.
 */
import { brought } from '../parts/brought.ts';
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
    brought('expire', 'expireAfterSeconds')(this.catalog, this.last);
  }
}
