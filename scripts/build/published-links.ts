/** What the built site owes those who linked to it. */
import { destinations } from '../../src/sharing/permalinks/destinations.ts';

/** A lasting link that has to work in the built site. */
export interface PublishedLink {
  id: string;
  /** Whether `/embed/<id>/` has to be there too. */
  embeds: boolean;
}

/** Every id of the ledger and of the course. @param root the checkout */
export const publishedLinks = (root: string): PublishedLink[] =>
  [...destinations(root)].map(([id, { embeds }]) => ({ id, embeds }));
