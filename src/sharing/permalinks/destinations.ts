/** Where every id of the ledger and of the course leads, redirects followed. */
import { collectPermalinks } from './collect.ts';
import { GONE, readLedger, redirectedTo } from './ledger.ts';
import type { Permalink } from '../../foundation/addresses/permalink.ts';
import { courseRoot } from '../../foundation/content/root.ts';

/**
 * @param root the folder that has `content/`.
 * @returns id → what it leads to. A redirected id leads to what took its place; an id that is lost
 * is left out, and stops the build elsewhere; so is one of {@link goneIds}.
 */
export function destinations(root = courseRoot()): Map<string, Permalink> {
  const found = new Map(collectPermalinks(root).map((permalink) => [permalink.id, permalink]));
  const living = Object.fromEntries(found);
  const ledger = readLedger(root);
  for (const id of Object.keys(ledger.redirects)) {
    const to = redirectedTo(ledger, id, living);
    const place = to === undefined ? undefined : found.get(to);
    if (place) found.set(id, place);
  }
  return found;
}

/** @returns every id of what was taken out of the course, and nothing took its place. */
export function goneIds(root = courseRoot()): string[] {
  const living = Object.fromEntries(collectPermalinks(root).map(({ id }) => [id, true]));
  const ledger = readLedger(root);
  return Object.keys(ledger.redirects).filter((id) => redirectedTo(ledger, id, living) === GONE);
}
