/** Makes the table of exact names and operators (`places.ts`) of the card and the built pages. */
import { titleOf } from '../../engines/descriptors.ts';
import { labelOf, type LecturePage } from '../../foundation/course/outline.ts';
import type { Permalink } from '../../foundation/addresses/permalink.ts';
import { CARD_PATH, KINDS, type Entry } from '../../lecture/reference/entry.ts';
import { plain } from '../../lecture/reference/prose.ts';
import type { Places } from './places.ts';
import { signedSections } from './signed-sections.ts';

/** More sections than this nobody reads through for an operator. */
const SECTIONS = 6;

export interface TableSources {
  entries: readonly Entry[];
  /** The lecture’s pages in reading order. */
  pages: readonly LecturePage[];
  /** Where lasting ids lead. */
  destinations: ReadonlyMap<string, Pick<Permalink, 'title' | 'target' | 'page'>>;
  /** @returns the built page at a page’s address. */
  htmlOf(page: LecturePage): string;
  /** The site’s base, with slashes at both ends. */
  base: string;
}

/** @throws Error for an entry whose section is nowhere. */
export function placesTable({ entries, pages, destinations, htmlOf, base }: TableSources): Places {
  const places: Places['places'] = [];
  const numbers = new Map<string, number>();
  const place = (title: string, page: LecturePage, anchor: string): number => {
    const address = `${base}${page.slug}/${anchor === '' ? '' : `#${anchor}`}`;
    const known = numbers.get(address);
    if (known !== undefined) return known;
    numbers.set(address, places.length);
    return places.push({ title, page: labelOf(page), address }) - 1;
  };

  const found = new Map<
    string,
    { worth: number; page: LecturePage; id: string; title: string }[]
  >();
  for (const page of pages)
    for (const { id, title, signs } of signedSections(htmlOf(page)))
      for (const [sign, worth] of signs)
        found.set(sign, [...(found.get(sign) ?? []), { worth, page, id, title }]);
  const signs = [...found].map(([sign, sections]) => [
    sign,
    sections
      .sort((a, b) => b.worth - a.worth)
      .slice(0, SECTIONS)
      .map(({ page, id, title }) => place(title === '' ? page.title : title, page, id)),
  ]);

  const byId = new Map(pages.map((page) => [page.id, page]));
  const moreOf = ({ id, section }: Entry): number => {
    const to = destinations.get(section);
    const page = to && byId.get(to.page);
    if (!page) throw new Error(`entry "${id}" of the card: the lecture has no place "${section}".`);
    return place(to.title, page, to.target.split('#')[1] ?? '');
  };
  return {
    entries: entries.map((entry) => ({
      name: entry.name,
      what: plain(entry.what),
      also: entry.synonyms,
      tags: [...entry.engines.map((engine) => titleOf(engine)), KINDS[entry.kind]],
      address: `${base}${CARD_PATH}#${entry.id}`,
      more: moreOf(entry),
    })),
    places,
    signs: Object.fromEntries(signs) as Places['signs'],
  };
}
