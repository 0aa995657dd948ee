/**
 * What a reader has read, run, solved and reviewed, kept in this browser over reloads and never sent anywhere.
 * Where storage is denied or full, it lives as long as the page.
 */
import type { Done } from './done.ts';
import { answered, isDay, STEPS, type Review } from './schedule.ts';

/** Everything by lasting id. */
export interface ProgressRecord {
  version: 1;
  /** Pages whose end was on screen. */
  read: readonly string[];
  /** Cells whose run ended. */
  ran: readonly string[];
  /** Exercises of which all checks held once. */
  solved: readonly string[];
  /** Questions that were answered. */
  reviews: Readonly<Record<string, Review>>;
}

const KEY = 'course-progress';
const VERSION = 1;
/** Several times what the course has; more was not written by it. */
const MOST_IDS = 2000;
/** What a lasting id is made of; a whole pattern of one would be one more script on every page. */
const ID = /^[a-z\d.-]{1,100}$/;

export const EMPTY: ProgressRecord = {
  version: VERSION,
  read: [],
  ran: [],
  solved: [],
  reviews: {},
};

/** What could not be stored. */
let visit: ProgressRecord = EMPTY;

export const loadRecord = (): ProgressRecord => {
  const text = readStored();
  return text === null ? visit : merged(parseRecord(text), visit);
};

/** @returns whether it will survive a reload. */
export const saveRead = (page: string): boolean =>
  change((record) => ({ ...record, read: withId(record.read, page) }));

/** @returns whether it will survive a reload. */
export const saveDone = ({ kind, id, right }: Done, now: Date): boolean =>
  change((record) => {
    switch (kind) {
      case 'cell':
        return { ...record, ran: withId(record.ran, id) };
      case 'exercise':
        return right ? { ...record, solved: withId(record.solved, id) } : record;
      case 'question':
        return {
          ...record,
          reviews: { ...record.reviews, [id]: answered(record.reviews[id], right, now) },
        };
    }
  });

/** Nothing was read, run, solved or answered. */
export function removeRecord(): void {
  visit = EMPTY;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is denied: there was nothing stored.
  }
}

/** A record from a text that anybody may have written: what does not fit is left out. */
export function parseRecord(text: string): ProgressRecord {
  const data = parsed(text);
  if (data === null || data['version'] !== VERSION) return EMPTY;
  return {
    version: VERSION,
    read: ids(data['read']),
    ran: ids(data['ran']),
    solved: ids(data['solved']),
    reviews: Object.fromEntries(
      Object.entries(data['reviews'] ?? {})
        .filter(([id, review]) => isId(id) && isReview(review))
        .slice(0, MOST_IDS)
        .map(([id, { step, day }]: [string, Review]) => [id, { step, day }]),
    ),
  };
}

/** All that either has; of two reviews, the later. */
export function merged(one: ProgressRecord, other: ProgressRecord): ProgressRecord {
  const reviews = { ...one.reviews };
  for (const [id, review] of Object.entries(other.reviews))
    if (!(id in reviews) || review.day > reviews[id]!.day) reviews[id] = review;
  return {
    version: VERSION,
    read: [...new Set([...one.read, ...other.read])],
    ran: [...new Set([...one.ran, ...other.ran])],
    solved: [...new Set([...one.solved, ...other.solved])],
    reviews,
  };
}

/** @returns whether it will survive a reload. */
export function change(how: (record: ProgressRecord) => ProgressRecord): boolean {
  // Read again: another tab may have written meanwhile.
  const record = how(loadRecord());
  visit = record;
  const version = parsed(readStored() ?? '')?.['version'];
  // A later release wrote it, and this page is an old one from the cache: it must not destroy that.
  if (typeof version === 'number' && version > VERSION) return false;
  try {
    localStorage.setItem(KEY, JSON.stringify(record));
    visit = EMPTY;
    return true;
  } catch {
    return false;
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' ? (data as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

const withId = (all: readonly string[], id: string): readonly string[] =>
  all.includes(id) ? all : [...all, id];

const ids = (data: unknown): string[] =>
  Array.isArray(data) ? [...new Set(data.filter(isId))].slice(0, MOST_IDS) : [];

export const isId = (data: unknown): data is string => typeof data === 'string' && ID.test(data);

function isReview(data: unknown): data is Review {
  const { step, day } = (data ?? {}) as Partial<Review>;
  return STEPS.includes(step!) && isDay(day!);
}
