/** The place that proves an answer, as a link. */
import { goPath, type Places } from '../../foundation/addresses/permalink.ts';
import { plainText } from '../../foundation/markup/inline.ts';

/**
 * @param id a lasting id.
 * @returns the address from the site's base, and what to call it.
 */
export function seeLink(id: string, places: Places): { path: string; label: string } {
  const link = places.get(id);
  // Written since the server started: the lasting link gets there too.
  if (!link) return { path: goPath(id), label: id };
  const title = plainText(link.title);
  return {
    path: link.target,
    label: link.page === link.id ? `${link.id} ${title}` : `${link.page}: ${title}`,
  };
}
