/** Where every id of the ledger and of the course leads, redirects followed. */
import { collectPermalinks } from './collect.ts';
import { readLedger, redirectedTo } from './ledger.ts';
import type { Permalink } from '../../foundation/addresses/permalink.ts';

/**
 * @param root the project's root folder.
 * @returns id → what it leads to. A redirected id leads to what took its place; an id that is lost
 * is left out, and stops the build elsewhere.
 */
export function destinations(root = process.cwd()): Map<string, Permalink> {
  const found = new Map(collectPermalinks(root).map((permalink) => [permalink.id, permalink]));
  const living = Object.fromEntries(found);
  const ledger = readLedger(root);
  for (const id of Object.keys(ledger.redirects)) {
    const to = redirectedTo(ledger, id, living);
    if (to !== undefined) found.set(id, found.get(to)!);
  }
  return found;
}
