/** What the page of progress says in words. */
import type { ProgressRecord } from './record.ts';

/** @param day `2026-05-04`. @returns `Monday, May 4`. */
export const dayInWords = (day: string): string =>
  // At noon it is that day in every time zone's summer and winter.
  new Date(`${day}T12:00:00`).toLocaleDateString('en-US', {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
  });

/**
 * What there is to review.
 * @param known whether the reader knows a question at all.
 */
export function reviewInWords(
  due: number,
  next: { day: string; count: number } | null,
  known: boolean,
): string {
  if (due > 0)
    return due === 1
      ? 'You missed this question before. Answer it again.'
      : `You missed these ${due} questions before. Answer them again.`;
  if (next)
    return `Nothing today. ${questions(next.count)} ${next.count === 1 ? 'comes' : 'come'} back on ${dayInWords(next.day)}.`;
  return known
    ? 'Nothing to review: you missed no question, or know it by now.'
    : 'Nothing yet. A question that you miss comes back here the next day, then after 3, 7 and 21 days.';
}

export const questions = (count: number): string => counted(count, 'question');

/**
 * What an import has changed.
 * @param left how many entries of the file could not be read.
 */
export function importedInWords(
  file: string,
  before: ProgressRecord,
  after: ProgressRecord,
  left: number,
): string {
  const added = (['read', 'ran', 'solved'] as const).map(
    (kind) => after[kind].length - before[kind].length,
  );
  const reviewed = Object.entries(after.reviews).filter(
    ([id, { step, day }]) => before.reviews[id]?.step !== step || before.reviews[id].day !== day,
  ).length;
  const parts = [
    counted(added[0]!, 'page') + ' read',
    counted(added[1]!, 'cell') + ' run',
    counted(added[2]!, 'exercise') + ' solved',
    questions(reviewed) + ' answered',
  ].filter((part) => !part.startsWith('0 '));
  const news =
    parts.length === 0
      ? `${file} held nothing new.`
      : `Added from ${file}: ${new Intl.ListFormat('en-US').format(parts)}.`;
  if (left === 0) return news;
  return `${news} ${counted(left, 'entry')} in it could not be understood and ${left === 1 ? 'was' : 'were'} left out.`;
}

function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun === 'entry' ? 'entries' : `${noun}s`}`;
}
