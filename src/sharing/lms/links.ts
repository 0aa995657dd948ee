/** The lasting links of the course as lecturers read them: by page, in the lecture's order. */
import { readPages } from '../../foundation/course/outline.ts';
import { collectPermalinks } from '../permalinks/collect.ts';
import { readCourse } from '../../foundation/course/pages.ts';
import {
  anchorOf,
  embedPath,
  goPath,
  type Permalink,
} from '../../foundation/addresses/permalink.ts';
import { toCsv } from './csv.ts';

export interface PageLinks {
  page: Permalink;
  /** What stands on the page. */
  things: Permalink[];
}

export function linksByPage(): PageLinks[] {
  const all = collectPermalinks();
  const order = readPages().map(({ id }) => id);
  const { pages } = readCourse();
  const sources = new Map(pages.map(({ id, source }) => [id, source]));
  const lecture = pages
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
    .map(({ id }) => all.find((one) => one.id === id)!);
  // What has no source in the lecture stands behind it, as the reference card.
  const others = all.filter(({ id, page }) => id === page && !sources.has(id));
  return [...lecture, ...others].map((page) => {
    const source = sources.get(page.id) ?? '';
    const things = all.filter((one) => one.page === page.id && one.id !== page.id);
    return { page, things: things.sort((a, b) => placeIn(source, a) - placeIn(source, b)) };
  });
}

/** Where a thing stands in its page's source; what has no place of its own there comes last. */
function placeIn(source: string, link: Permalink): number {
  const anchor = anchorOf(link);
  const places = [`{#${anchor}}`, `id="${anchor}"`].map((text) => source.indexOf(text));
  return Math.min(...places.map((place) => (place < 0 ? Infinity : place)), source.length);
}

/** `1.2 Three broken solutions`: what has a number is known by it. */
export const nameOf = ({ id, page, title }: Permalink): string =>
  id === page && /^\d/.test(id) ? `${id} ${title}` : title;

/** @param base the site's path, without a slash at its end. */
export const linksAsCsv = (base: string): string =>
  toCsv([
    ['id', 'kind', 'title', 'page', 'link', 'frame'],
    ...linksByPage().flatMap(({ page, things }) =>
      [page, ...things].map((link) => [
        link.id,
        link.kind,
        link.title,
        nameOf(page),
        `${base}/${goPath(link.id)}`,
        link.embeds ? `${base}/${embedPath(link.id)}` : '',
      ]),
    ),
  ]);
