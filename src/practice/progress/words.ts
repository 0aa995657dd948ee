/** What the page of progress says in words. */
import type { Reason, Sifted } from './sift.ts';
import type { Change } from './undo.ts';

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
 * How the reader has bet.
 * @param placed bets, right or wrong.
 */
export const betsInWords = (placed: number, right: { done: number; of: number }): string =>
  placed === 0
    ? `Nothing yet. ${betsCounted(right.of)} of the course ask you first, and show their output then.`
    : `You placed ${placed} of ${betsCounted(right.of)}, and ${right.done} ${right.done === 1 ? 'was' : 'were'} right.`;

export const betsCounted = (count: number): string => counted(count, 'bet');

/** What an import has added. */
export function importedInWords(
  file: string,
  changes: readonly Pick<Change, 'kind' | 'id'>[],
): string {
  // A question has an answer and a review.
  const count = (...kinds: Change['kind'][]): number =>
    new Set(changes.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)).size;
  const parts = [
    counted(count('read'), 'page') + ' read',
    counted(count('ran'), 'cell') + ' run',
    counted(count('solved'), 'exercise') + ' solved',
    questions(count('review', 'answer')) + ' answered',
  ].filter((part) => !part.startsWith('0 '));
  return parts.length === 0
    ? `${file} held nothing new.`
    : `Added from ${file}: ${inALine(parts)}.`;
}

/** How many of an import's entries were not taken, and why; empty if all were. */
export function leftOutInWords({ of, left }: Pick<Sifted, 'of' | 'left'>): string {
  if (left.length === 0) return '';
  const reasons = REASONS.flatMap(([why, one, many]) => {
    const some = left.filter((entry) => entry.why === why);
    if (some.length === 0) return [];
    // A name that the course could not have given says nothing, and may be of any length.
    const ids = new Set(some.map(({ id }) => id));
    const names = [...ids].filter((id) => /^[a-z\d][a-z\d.-]{0,59}$/.test(id));
    const shown = names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ', …' : '');
    const words = `${some.length} ${some.length === 1 ? one : many}`;
    return [names.length > 0 ? `${words} (${shown})` : words];
  });
  const were = left.length === 1 ? 'was' : 'were';
  return `${left.length} of ${counted(of, 'entry')} ${were} left out: ${inALine(reasons)}.`;
}

const REASONS: readonly [why: Reason, one: string, many: string][] = [
  ['unknown', 'that this course does not have', 'that this course does not have'],
  ['date', 'with a date that cannot be right', 'with dates that cannot be right'],
  ['form', 'that is damaged', 'that are damaged'],
];
/** So many are told by name; they show where to look. */
const NAMED = 3;

/** What undoing an import has done. */
export function undoneInWords(
  file: string,
  { undone, stayed }: { undone: number; stayed: number },
): string {
  if (stayed === 0) return `The import of ${file} is undone.`;
  return `The import of ${file} is undone: ${counted(undone, 'entry')} of it. ${counted(stayed, 'entry')} ${stayed === 1 ? 'stays' : 'stay'}, because you went on with ${stayed === 1 ? 'it' : 'them'} since.`;
}

const inALine = (parts: readonly string[]): string => new Intl.ListFormat('en-US').format(parts);

function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun === 'entry' ? 'entries' : `${noun}s`}`;
}
