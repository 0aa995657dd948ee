/** Everything that has changed since somebody first watched a store. */
import { fail } from '../errors.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { Change } from '../storage/changes.ts';
import { Timestamp } from '../values/types.ts';

export interface Logged {
  change: Change;
  /** When it happened, in milliseconds since 1970. */
  time: number;
}

const logs = new WeakMap<Catalog, ChangeLog>();

/** The log of a store; it begins when it is first asked for. */
export function logOf(catalog: Catalog, now: () => Date): ChangeLog {
  let log = logs.get(catalog);
  if (!log) {
    log = new ChangeLog(now);
    logs.set(catalog, log);
    const { entries } = log;
    catalog.onChange = (change) => {
      entries.push({ change, time: now().getTime() });
    };
  }
  return log;
}

const hex = (n: number): string => (n >>> 0).toString(16).toUpperCase().padStart(8, '0');

export class ChangeLog {
  readonly entries: Logged[] = [];
  /** When it began, in milliseconds since 1970. */
  private readonly began: number;

  constructor(now: () => Date) {
    this.began = now().getTime();
  }

  /** The cluster time of a change: its second, and its place in the log. */
  timeOf(place: number): Timestamp {
    return new Timestamp({ t: Math.floor(this.entries[place]!.time / 1000), i: place + 1 });
  }

  /** The resume token of a change. @param invalidates of the event that ends a stream behind it. */
  tokenOf(place: number, invalidates = false): { _data: string } {
    const time = this.entries[place]?.time ?? this.began;
    const end = invalidates ? '2B042C' : '2B0229';
    return { _data: `82${hex(Math.floor(time / 1000))}${hex(place + 1)}${end}296E04` };
  }

  /** Where the change behind a token is. @throws MongoServerError if the log has no such token. */
  after(token: unknown): number {
    const data = (token as { _data?: unknown } | null)?._data;
    const place =
      typeof data === 'string' ? /^82[0-9A-F]{8}([0-9A-F]{8})2B0/.exec(data)?.[1] : null;
    if (!place) return fail(40649, "invalid resume token: it has to be the '_id' of an event");
    const at = parseInt(place, 16);
    return at <= this.entries.length ? at : this.lost();
  }

  /** Where the first change at or after a cluster time is. @throws MongoServerError ChangeStreamHistoryLost. */
  from(time: Timestamp): number {
    const seconds = time.getHighBitsUnsigned();
    if (seconds < Math.floor(this.began / 1000)) return this.lost();
    const at = this.entries.findIndex((_, place) => this.timeOf(place).compare(time) >= 0);
    return at < 0 ? this.entries.length : at;
  }

  private lost(): never {
    return fail(
      286,
      'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
    );
  }
}
