/** The place that proves an answer, as a link. */
import { collectPermalinks } from '../../sharing/permalinks/collect.ts';
import { goPath, type Permalink } from '../../foundation/addresses/permalink.ts';
import { plainText } from './inline.ts';

let links: Map<string, Permalink> | undefined;

/**
 * @param id a lasting id.
 * @returns the address from the site's base, and what to call it.
 */
export function seeLink(id: string): { path: string; label: string } {
  links ??= new Map(collectPermalinks().map((link) => [link.id, link]));
  const link = links.get(id);
  // Written since the server started: the lasting link gets there too.
  if (!link) return { path: goPath(id), label: id };
  const title = plainText(link.title);
  return {
    path: link.target,
    label: link.page === id ? `${id} ${title}` : `${link.page}: ${title}`,
  };
}
