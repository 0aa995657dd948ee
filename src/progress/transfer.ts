/** Progress as a file: taken along, and added in another browser. */
import { COURSE } from '../kept/prefix.ts';
import { answerOf, type Answer } from '../quiz/answers.ts';
import { isId, reviewOf, type ProgressRecord } from './record.ts';
import { dayOf } from './schedule.ts';

export interface Progress {
  record: ProgressRecord;
  /** The last answer to each question. */
  answers: Readonly<Record<string, Answer>>;
}

/** What a file turned out to be. */
export type Imported =
  /** `left`: how many entries had no shape that the course knows. */
  | { progress: Progress; left: number }
  /** What is wrong with it and what to do, in words for the reader. */
  | { problem: string };

const VERSION = 1;
/** Characters. Several times what a whole course takes; nothing larger is read. */
export const MOST = 2_000_000;

/** Of a kind: several times what the course has. */
const MOST_IDS = 2000;

export const fileName = (now: Date): string => `${COURSE}-progress-${dayOf(now)}.json`;

/** @returns the file's text, as JSON that people can read. */
export const exportText = ({ record, answers }: Progress): string =>
  `${JSON.stringify({ course: COURSE, version: VERSION, progress: record, answers }, null, 2)}\n`;

const CHOOSE = `Choose the file that Export saved; its name begins with ${COURSE}-progress.`;

/** @param text of a file that may be anything. */
export function readExport(text: string, name: string): Imported {
  if (text.length > MOST) return { problem: `${name} is too large to be progress. ${CHOOSE}` };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return {
      problem: text.includes(COURSE)
        ? `${name} is damaged: a part of it is missing or was changed. Export again and choose the new file.`
        : `${name} holds no progress: it is not JSON. ${CHOOSE}`,
    };
  }
  if (!isObject(data) || data['course'] !== COURSE)
    return { problem: `${name} holds no progress of this course. ${CHOOSE}` };
  const { version, progress, answers } = data;
  if (typeof version === 'number' && version > VERSION)
    return {
      problem: `${name} comes from a newer release of the course. Reload this page; if that does not help, import it where it was exported.`,
    };
  if (!isObject(progress) || progress['version'] !== VERSION || !isObject(answers ?? {}))
    return {
      problem: `${name} is damaged: its progress has not the form that Export writes. Export again and choose the new file.`,
    };
  const record: ProgressRecord = {
    version: VERSION,
    read: idsIn(progress['read']),
    ran: idsIn(progress['ran']),
    solved: idsIn(progress['solved']),
    reviews: byId(progress['reviews'], reviewOf),
  };
  const kept = byId(answers, answerOf);
  return {
    progress: { record, answers: kept },
    left: entriesIn(progress) + sizeOf(answers) - entriesIn({ ...record }) - sizeOf(kept),
  };
}

const LISTS = ['read', 'ran', 'solved', 'reviews'] as const;

/** Entries of a record, whatever they are. */
const entriesIn = (data: Record<string, unknown>): number =>
  LISTS.reduce((total, list) => total + sizeOf(data[list]), 0);

function sizeOf(data: unknown): number {
  if (Array.isArray(data)) return new Set(data).size;
  return isObject(data) ? Object.keys(data).length : Number(data !== undefined && data !== null);
}

const idsIn = (data: unknown): string[] =>
  Array.isArray(data) ? [...new Set(data.filter(isId))].slice(0, MOST_IDS) : [];

function byId<Value>(
  data: unknown,
  read: (data: unknown) => Value | undefined,
): Record<string, Value> {
  const found = Object.entries(data ?? {}).flatMap(([id, one]) => {
    const value = isId(id) && isObject(one) ? read(one) : undefined;
    return value === undefined ? [] : [[id, value] as const];
  });
  return Object.fromEntries(found.slice(0, MOST_IDS));
}

const isObject = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);
