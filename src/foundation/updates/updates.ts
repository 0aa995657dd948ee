/**
 * Tells a page that the course was published anew while it was open. What such a page loads on demand may
 * be gone from the site, and no further try brings it.
 *
 * How that is told is fetched when it is asked for (`notice.ts`), under a name that every build publishes:
 * hardly any page needs it.
 */

/** Published by every build, below the site's base, so that pages of other builds find it. */
export const NOTICE_FILE = 'updates.js';

/** What {@link NOTICE_FILE} exports. Pages of other builds rely on it: it stays as it is. */
export interface Notice {
  /** @returns what to tell the reader, if the site has other scripts for this page than it runs. */
  updated(): Promise<string | undefined>;
}

/**
 * Asks after something did not come. If the course was updated, the page also gets a button to reload it.
 *
 * @returns a sentence for the reader; nothing if the course was not updated, or the site cannot be reached.
 */
export async function updated(): Promise<string | undefined> {
  try {
    const address = import.meta.env.BASE_URL.replace(/\/?$/, `/${NOTICE_FILE}`);
    return await ((await import(/* @vite-ignore */ address)) as Notice).updated();
  } catch {
    return undefined;
  }
}

/**
 * Why something did not come.
 *
 * @param otherwise what to say if the course was not updated: what is wrong, and what to do about it.
 */
export const whyNotLoaded = async (otherwise: string): Promise<string> =>
  (await updated()) ?? otherwise;
