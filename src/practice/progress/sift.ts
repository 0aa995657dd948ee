/**
 * What of a file's progress is taken. The file may have been damaged, forged, or written for another course: what the
 * course does not have could only push out what it has, and a date that cannot be right would decide for ever which of
 * two reviews is the later.
 */
import { answerOf, type Answer } from '../quiz/answers.ts';
import type { CourseThings } from './course.ts';
import { reviewOf } from '../record/record.ts';
import { dayAfter, dayOf, isDay } from '../record/schedule.ts';
import type { ProgressRecord } from './whole.ts';

export interface Progress {
  record: ProgressRecord;
  /** The last answer to each question. */
  answers: Readonly<Record<string, Answer>>;
}

/** Why an entry is left out: no such thing is in the course, it cannot have been then, or it has not the form. */
export type Reason = 'unknown' | 'date' | 'form';

export interface LeftOut {
  /** The entry's id, as far as it has one. */
  id: string;
  why: Reason;
}

export interface Sifted {
  progress: Progress;
  /** How many entries there were. */
  of: number;
  left: LeftOut[];
}

/** Nobody can have answered before there was a course. */
export const FIRST_DAY = '2026-01-01';
/** More often than anybody answers one question. */
const MOST_TRIES = 1000;

/**
 * @param record of any form, as it stands in a file.
 * @param answers the same.
 * @param now entries of tomorrow are taken: it may be tomorrow where the file comes from.
 */
export function sift(
  record: Readonly<Record<string, unknown>>,
  answers: unknown,
  course: CourseThings,
  now: Date,
): Sifted {
  const left: LeftOut[] = [];
  let of = 0;
  const known = knownIds(course);
  const leaveOut = (id: unknown, why: Reason): void =>
    void left.push({ id: typeof id === 'string' ? id : '', why });
  const hasBeen = (day: string): boolean => day >= FIRST_DAY && day <= dayAfter(dayOf(now));

  const ids = (data: unknown, some: ReadonlySet<string>): string[] => {
    const entries: unknown[] = Array.isArray(data)
      ? [...new Set(data as unknown[])]
      : onlyOne(data);
    of += entries.length;
    const found = new Set<string>();
    for (const entry of entries) {
      const id = typeof entry === 'string' ? (known.moved.get(entry) ?? entry) : undefined;
      if (id === undefined) leaveOut(entry, 'form');
      else if (some.has(id)) found.add(id);
      else leaveOut(entry, 'unknown');
    }
    return [...found];
  };

  const byId = <Value>(
    data: unknown,
    some: ReadonlySet<string>,
    read: (data: unknown) => Value | undefined,
    dayIn: (data: unknown) => unknown,
  ): Record<string, Value> => {
    const entries = isObject(data) ? Object.entries(data) : onlyOne(data).map((one) => ['', one]);
    of += entries.length;
    const found = new Map<string, Value>();
    for (const [name, entry] of entries as [string, unknown][]) {
      const id = known.moved.get(name) ?? name;
      if (!some.has(id)) {
        leaveOut(name, isObject(entry) ? 'unknown' : 'form');
        continue;
      }
      const day = isObject(entry) ? dayIn(entry) : undefined;
      const value = isObject(entry) ? read(entry) : undefined;
      if (typeof day === 'string' && !(isDay(day) && hasBeen(day))) leaveOut(name, 'date');
      else if (value === undefined) leaveOut(name, 'form');
      else found.set(id, value);
    }
    return Object.fromEntries(found);
  };

  const progress: Progress = {
    record: {
      version: 1,
      read: ids(record['read'], known.pages),
      ran: ids(record['ran'], known.cells),
      solved: ids(record['solved'], known.exercises),
      reviews: byId(
        record['reviews'],
        known.reviewed,
        reviewOf,
        (data) => (data as { day: unknown }).day,
      ),
    },
    answers: byId(answers, known.questions, sensibleAnswer, (data) => {
      const { at } = data as { at: unknown };
      return typeof at === 'string' ? at.slice(0, 10) : at;
    }),
  };
  return { progress, of, left };
}

/** Without what the course does not have, or has no more. */
export function ofCourse({ record, answers }: Progress, course: CourseThings): Progress {
  const known = knownIds(course);
  const only = (ids: readonly string[], some: ReadonlySet<string>): string[] =>
    ids.filter((id) => some.has(id));
  const asked = <Value>(
    all: Readonly<Record<string, Value>>,
    some: ReadonlySet<string>,
  ): Record<string, Value> =>
    Object.fromEntries(Object.entries(all).filter(([id]) => some.has(id)));
  return {
    record: {
      version: 1,
      read: only(record.read, known.pages),
      ran: only(record.ran, known.cells),
      solved: only(record.solved, known.exercises),
      reviews: asked(record.reviews, known.reviewed),
    },
    answers: asked(answers, known.questions),
  };
}

function knownIds({ parts, moved }: CourseThings) {
  const pages = parts.flatMap((part) => part.pages);
  return {
    pages: new Set(pages.map(({ id }) => id)),
    cells: new Set(pages.flatMap(({ cells }) => cells)),
    questions: new Set(pages.flatMap(({ questions }) => questions)),
    /** What comes back when it was missed. */
    reviewed: new Set(pages.flatMap(({ questions, bets }) => [...questions, ...bets])),
    exercises: new Set(pages.flatMap(({ exercises }) => exercises)),
    moved: new Map(Object.entries(moved)),
  };
}

function sensibleAnswer(data: unknown): Answer | undefined {
  const answer = answerOf(data);
  return answer && { ...answer, tries: Math.min(Math.max(answer.tries, 1), MOST_TRIES) };
}

/** What stands where a list should is one entry that is none. */
const onlyOne = (data: unknown): unknown[] => (data === undefined || data === null ? [] : [null]);

export const isObject = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);
