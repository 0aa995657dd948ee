/** From the card into the lecture, by lasting ids. */
import { labelOf, readPages } from '../../foundation/course/outline.ts';
import type { Places } from '../../foundation/addresses/permalink.ts';
import { base } from '../../foundation/addresses/base.ts';
import type { Entry, Group } from './entry.ts';
import { isUnwritten, noPlace, pageOf } from './places.ts';

export interface PlaceLink {
  /** Missing for a section that is not written yet. */
  href?: string;
  label: string;
}

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
  const page = pageOf(id);
  const place = places.get(id);
  const label = labels.get(page);
  if (place && label !== undefined) return { href: `${base}/${place.target}`, label };
  if (isUnwritten(page, new Set(labels.keys()))) return { label: `Section ${page}` };
  throw noPlace(entry, id, places.keys(), id === entry.section ? 'section' : 'cell');
}
