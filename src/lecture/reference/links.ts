/** From the card into the lecture, by lasting ids. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { labelOf, readPages } from '../../foundation/course/outline.ts';
import type { Places } from '../../foundation/addresses/permalink.ts';
import { base } from '../../foundation/addresses/base.ts';
import type { Entry, Group } from './entry.ts';

export interface PlaceLink {
  /** Missing for a section that is not written yet. */
  href?: string;
  label: string;
}

/** `4.2` of `4.2.sorted-sets`, `summary` of `summary.lessons`. */
const PAGE = /^(?:\d+\.\d+|[a-z]+(?:-[a-z]+)*|\d+)/;

/**
 * @returns every place that the entries name, by its lasting id.
 * @throws AuthoringError for a place that is not in the lecture, on a page that is.
 */
export function resolveLinks(groups: readonly Group[], places: Places): Map<string, PlaceLink> {
  const pages = readPages();
  const labels = new Map(pages.map((page) => [page.id, labelOf(page)]));
  const links = new Map<string, PlaceLink>();
  for (const entry of groups.flatMap(({ entries }) => entries))
    for (const id of [entry.section, entry.tryIt])
      if (id !== undefined && !links.has(id)) links.set(id, placeLink(id, entry, places, labels));
  return links;
}

function placeLink(
  id: string,
  entry: Entry,
  places: Places,
  labels: ReadonlyMap<string, string>,
): PlaceLink {
  const page = PAGE.exec(id)?.[0] ?? id;
  const place = places.get(id);
  const label = labels.get(page);
  if (place && label !== undefined) return { href: `${base}/${place.target}`, label };
  // A lecture may be published before all of it is written: the number stays, the link follows.
  if (label === undefined && /^\d+\.\d+$/.test(page)) return { label: `Section ${page}` };
  throw new AuthoringError(
    entry.file,
    entry.line,
    `entry "${entry.id}": the lecture has no place "${id}". Write a lasting id, as the “copy link” buttons give them.`,
  );
}
