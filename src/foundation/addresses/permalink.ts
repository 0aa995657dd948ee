/**
 * A link that lasts: `/go/<id>/` leads to a thing of the course for ever, whatever its title, its
 * address or its place becomes.
 *
 * An id is one path segment. A page of the lecture has its number, or a word: `1`, `1.2`, `home`.
 * What stands on a page has the page's id and its own behind it: `1.2.eav`, `1.2.eav-one-filter`.
 * Headings, cells and diagrams share the page's one space of ids, as their anchors do.
 */

export interface Permalink {
  id: string;
  /** What it is, in one word that lecturers read too: `section`, `cell`. */
  kind: string;
  /** Where it is, from the site's base: `the-problem/three-broken-solutions/#eav`. */
  target: string;
  title: string;
  /** The id of the page it stands on; a page names itself. */
  page: string;
  /** Whether it can stand by itself in a frame, under `/embed/<id>/`. */
  embeds: boolean;
}

/**
 * Every lasting id → what it leads to. An id that was given up leads to what took its place: then the two
 * ids differ.
 */
export type Places = ReadonlyMap<string, Permalink>;

/** What an id may look like: nothing in it is encoded in an address, and no host trips over it. */
export const PERMALINK_ID = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

/** The address of a lasting link, from the site's base. */
export const goPath = (id: string): string => `go/${id}/`;

/** The address of the same thing without the site around it, from the site's base. */
export const embedPath = (id: string): string => `embed/${id}/`;

/** The id of what stands on a page, by its anchor there. */
export const idOnPage = (page: string, anchor: string): string => `${page}.${anchor}`;

/** `#eav` of a target, without the `#`; empty if it is a whole page. */
export const anchorOf = ({ target }: Pick<Permalink, 'target'>): string =>
  target.split('#')[1] ?? '';
