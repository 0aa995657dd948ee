/** Lasting links in the built site: all that were published work, and all that a page offers. */
import { embedPath, goPath, idOnPage } from '../../../src/foundation/addresses/permalink.ts';
import type { Page, PageElement } from '../built-site/page.ts';
import type { BuiltSite } from '../built-site/site.ts';
import type { PublishedLink } from '../published-links.ts';
import type { PageRule, Problem } from './rules.ts';

/** Every published id has its page under `/go/`, and under `/embed/` if it can stand in a frame. */
export function permalinksAreAnswered(
  permalinks: readonly PublishedLink[],
  site: BuiltSite,
): Problem[] {
  return permalinks.flatMap(({ id, embeds }) =>
    [goPath(id), ...(embeds ? [embedPath(id)] : [])]
      .filter((path) => !site.files.has(`${path}index.html`))
      .map((path) => ({ path, message: `the lasting link ${id} has no page here` })),
  );
}

/** What a page offers to copy the lasting link of has one. */
export const copiedLinksWork: PageRule = (page, site) => {
  const owner = pageIdOf(page);
  if (owner === undefined) return [];
  return page.elements
    .flatMap(copiedAnchor)
    .filter((anchor) => !site.files.has(`${goPath(idOnPage(owner, anchor))}index.html`))
    .map(
      (anchor) =>
        `#${anchor} has a button that copies its lasting link, and there is no such link: its kind is missing in src/sharing/permalinks/kinds.ts`,
    );
};

/** The page's own lasting id, as its foot says. */
function pageIdOf({ elements }: Page): string | undefined {
  return elements.find(({ attributes }) => 'data-page' in attributes)?.attributes['data-page'];
}

/** Headings, cells, exercises and diagrams get such a button (`src/sharing/permalinks/copy-link.ts`). */
function copiedAnchor({ name, attributes }: PageElement): string[] {
  const classes = (attributes['class'] ?? '').split(' ');
  if (name === 'a' && classes.includes('sl-anchor-link')) return [attributes['href']!.slice(1)];
  // The exercise around the cell has the button, and the cell's Share links to it.
  const anchor = attributes['data-within'] ?? attributes['id'];
  if (/^course-(cell|exercise)$/.test(name) || (name === 'figure' && classes.includes('diagram')))
    return anchor === undefined ? [] : [anchor];
  return [];
}
