/** Progress as a file: taken along, and added in another browser. */
import { COURSE } from '../../foundation/kept/prefix.ts';
import type { CourseThings } from './course.ts';
import { dayOf } from '../record/schedule.ts';
import { isObject, sift, type Progress, type Sifted } from './sift.ts';

/** What a file turned out to be: progress, or what is wrong with it and what to do, in words for the reader. */
export type Imported = Sifted | { problem: string };

const VERSION = 1;
/** Characters. Several times what a whole course takes; nothing larger is read. */
export const MOST = 2_000_000;

export const fileName = (now: Date): string => `${COURSE}-progress-${dayOf(now)}.json`;

/** @returns the file's text, as JSON that people can read. */
export const exportText = ({ record, answers }: Progress): string =>
  `${JSON.stringify({ course: COURSE, version: VERSION, progress: record, answers }, null, 2)}\n`;

const CHOOSE = `Choose the file that Export saved; its name begins with ${COURSE}-progress.`;

/** @param text of a file that may be anything. */
export function readExport(text: string, name: string, course: CourseThings, now: Date): Imported {
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
  return sift(progress, answers, course, now);
}
