/** Whether the places that the card names are in the lecture. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import type { Entry, Group } from './entry.ts';

/** `4.2` of `4.2.sorted-sets`, `summary` of `summary.lessons`. */
export const pageOf = (id: string): string =>
  /^(?:\d+\.\d+|[a-z]+(?:-[a-z]+)*|\d+)/.exec(id)?.[0] ?? id;

/** A lecture may be published before all of it is written: the number of a section stays, its link follows. */
export const isUnwritten = (page: string, pages: ReadonlySet<string>): boolean =>
  !pages.has(page) && /^\d+\.\d+$/.test(page);

/** What is said of a place that is not there. */
export const noPlace = (
  entry: Entry,
  id: string,
  known: Iterable<string>,
  named: keyof Entry['lines'],
): AuthoringError =>
  new AuthoringError(
    entry.file,
    entry.lines[named],
    `entry "${entry.id}": the lecture has no place "${id}".${didYouMean(id, known)} Write a lasting id, as the “copy link” buttons give them.`,
  );

/**
 * @param places every lasting id.
 * @param pages ids of the pages that are written.
 * @returns one for each place that an entry names and that is not there.
 */
export const lostPlaces = (
  groups: readonly Group[],
  places: { has(id: string): boolean; keys(): Iterable<string> },
  pages: ReadonlySet<string>,
): AuthoringError[] =>
  groups
    .flatMap(({ entries }) => entries)
    .flatMap((entry) =>
      (['section', 'cell'] as const).flatMap((named) => {
        const id = named === 'cell' ? entry.tryIt : entry.section;
        const lost = id !== undefined && !places.has(id) && !isUnwritten(pageOf(id), pages);
        return lost ? noPlace(entry, id, places.keys(), named) : [];
      }),
    );
