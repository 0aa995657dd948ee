/** What a build tells its service worker: what may be kept, and by what each file is known. */

/** In the order in which they are kept ahead. What is in `onUse` is kept when a reader uses it. */
export const GROUPS = ['atOnce', 'pages', 'onDemand', 'onUse'] as const;
export type Group = (typeof GROUPS)[number];

/**
 * By what a file is known: hashes of its content ({@link contentHash}), and its size in bytes as it is
 * published. A second hash is that of its content uncompressed, if it is gzip: a host may declare the
 * gzip as an encoding, and then that is what arrives.
 */
export type KnownFile = readonly [hash: string, bytes: number, unpacked?: string];

export interface KeptSite {
  /** The site's path, with slashes at both ends. */
  base: string;
  /** What two builds of the course differ by. */
  version: string;
  /** Path below the base → the file: `_astro/cell.js`, `the-problem/`. */
  groups: Record<Group, Record<string, KnownFile>>;
  /** Lasting id → path below the base, of those that {@link lastingPath} cannot work out. */
  lasting: Record<string, string>;
}

/** The page that says what is kept. It answers in the place of pages that are not. */
export const OFFLINE_PATH = 'offline/';

/** The name of the site's cache. Its path is in it: several courses may live on one host. */
export const cacheName = (base: string): string => `offline ${base}`;

/** Characters of a hash that are kept: 72 bits, to tell what is damaged or something else. */
const LENGTH = 12;

/** @returns the hash of a content, as {@link KnownFile} has it. */
export async function contentHash(content: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return btoa(String.fromCharCode(...digest.subarray(0, 9)))
    .slice(0, LENGTH)
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
