/** The lasting links of the course as lecturers read them: by page, in the lecture's order. */
import { collectPermalinks } from '../permalinks/collect.ts';
import { embedPath, goPath, type Permalink } from '../permalinks/permalink.ts';
import { toCsv } from './csv.ts';

export interface PageLinks {
  page: Permalink;
  /** What stands on the page. */
  things: Permalink[];
}

export function linksByPage(): PageLinks[] {
  const all = collectPermalinks();
  return all
    .filter(({ id, page }) => id === page)
    .map((page) => ({ page, things: all.filter((one) => one.page === page.id && one !== page) }));
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
