/** What an address of the site stands for. */
import type { KeptSite, KnownFile } from '../kept-site.ts';

/** @returns an address's path below the site's base, without its query; nothing if it is elsewhere. */
export function pathOf(url: string, { base }: Pick<KeptSite, 'base'>, origin: string) {
  const address = new URL(url);
  return address.origin === origin && address.pathname.startsWith(base)
    ? address.pathname.slice(base.length)
    : undefined;
}

/** Files whose name changes with their content: what is kept under it needs no second look at the site. */
export const isUnchanging = (path: string): boolean =>
  /^(_astro|_engines|pagefind\/(fragment|index))\/|\.pf_meta$/.test(path);

/** @returns by what a file of this build is known. */
export function knownFile({ groups }: KeptSite, path: string): KnownFile | undefined {
  for (const group of Object.values(groups)) if (Object.hasOwn(group, path)) return group[path];
  return undefined;
}

/**
 * Where `/go/<id>/` and `/embed/<id>/` lead: the list says it of pages, and the rest stands on a page,
 * under the last part of its id.
 */
export function lastingPath({ lasting }: KeptSite, path: string): string | undefined {
  const id = /^(?:go|embed)\/([^/]+)\/$/.exec(path)?.[1];
  if (id === undefined) return undefined;
  const dot = id.lastIndexOf('.');
  const page = lasting[id.slice(0, dot)];
  return lasting[id] ?? (page && `${page}#${id.slice(dot + 1)}`);
}

/** What is kept of a file: where it was, and the hash of its content. */
export interface KeptEntry {
  path: string;
  hash: string;
}

/** How many files of earlier builds are kept at most. */
const LEFT_OVER = 300;

/**
 * What a build has no use for. It has one for files of earlier builds while somebody may still see a
 * page of theirs: such a page loads scripts by the names that they had then, and the site does not
 * have those any more.
 *
 * @param entries all that is kept, in the order in which it came.
 * @param oldTabs whether a tab may show a page of an earlier build.
 */
export function outdated<Entry extends KeptEntry>(
  site: KeptSite,
  entries: readonly Entry[],
  oldTabs: boolean,
): Entry[] {
  const isCurrent = ({ path, hash }: KeptEntry) => knownFile(site, path)?.[0] === hash;
  const old = entries.filter((entry) => !isCurrent(entry));
  // Until the new copy of a page comes, its old one is better than none.
  const copies = new Map(old.map((entry) => [entry.path, entry]));
  for (const entry of entries) if (isCurrent(entry)) copies.delete(entry.path);
  const pages = [...copies.values()].filter(
    ({ path }) => !isUnchanging(path) && knownFile(site, path),
  );
  const files = old.filter(({ path }) => isUnchanging(path)).slice(-LEFT_OVER);
  const useful = new Set(oldTabs || pages.length > 0 ? [...pages, ...files] : []);
  return old.filter((entry) => !useful.has(entry));
}
