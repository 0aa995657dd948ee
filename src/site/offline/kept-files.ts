/** Finds what of a built site is kept for reading without a network. Node only. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { destinations } from '../../sharing/permalinks/destinations.ts';
import type { Permalink } from '../../foundation/addresses/permalink.ts';
import { staticImports } from '../static-imports.ts';
import { contentHash, GROUPS, type Group, type KeptSite, type KnownFile } from './kept-site.ts';

/** What is not kept: the page for missing pages, redirects ({@link lastingLinks}), and pages in frames. */
const NOT_KEPT = /^(404\.html$|go\/|embed\/|answers\/)/;

/** Parts of Pagefind that the course's search does not use. */
const OTHER_SEARCHES = /^pagefind\/pagefind-([a-z]+-)?(ui|highlight)\./;

/** What is needed on demand and larger than this, in bytes, is kept when a reader uses it. */
const LARGE = 30_000;

/**
 * Names of all that is kept, below the base, by group.
 *
 * @param folder the built site.
 * @param base its path, with slashes at both ends.
 */
export function keptFiles(folder: string, base: string): Record<Group, string[]> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
  const pages = names.filter((name) => name.endsWith('.html') && !NOT_KEPT.test(name));
  const atOnce = new Set<string>();
  for (const page of pages) {
    const html = readFileSync(join(folder, page), 'utf8');
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]+\.(?:css|js|svg))"/g))
      if (address!.startsWith(base)) atOnce.add(address!.slice(base.length));
  }
  for (const file of [...atOnce].filter((name) => name.endsWith('.js')))
    for (const imported of staticImports(folder, base, base + file))
      atOnce.add(imported.slice(base.length));
  const others = names.filter(
    (name) =>
      /^(_astro|_engines|pagefind|search)\//.test(name) &&
      !atOnce.has(name) &&
      !OTHER_SEARCHES.test(name),
  );
  const isSmall = (name: string): boolean =>
    name.startsWith('_astro/') && readFileSync(join(folder, name)).length <= LARGE;
  return {
    atOnce: [...atOnce].sort(),
    // The home page first: it is where a reader without a network begins.
    pages: pages.map((name) => name.replace(/(^|\/)index\.html$/, '$1')).sort(),
    onDemand: others.filter(isSmall),
    onUse: others.filter((name) => !isSmall(name)),
  };
}

/**
 * Where `/go/<id>/` leads, for readers without a network: pages, and whatever is not found on its page
 * under the last part of its id. The worker works out the rest, so that the list stays short.
 *
 * @returns paths below the base.
 */
export function lastingLinks(
  destinations: ReadonlyMap<string, Pick<Permalink, 'target'>>,
): Record<string, string> {
  const listed: Record<string, string> = {};
  for (const [id, { target }] of destinations) {
    const dot = id.lastIndexOf('.');
    const page = destinations.get(id.slice(0, dot))?.target;
    if (page === undefined || target !== `${page}#${id.slice(dot + 1)}`) listed[id] = target;
  }
  return listed;
}

/**
 * @param folder the built site.
 * @param base its path, with slashes at both ends.
 * @param links where lasting links lead; by default those of the course in the working directory.
 */
export async function keptSite(
  folder: string,
  base: string,
  links: ReadonlyMap<string, Pick<Permalink, 'target'>> = destinations(),
): Promise<KeptSite> {
  const found = keptFiles(folder, base);
  const groups = {} as KeptSite['groups'];
  for (const group of GROUPS) {
    groups[group] = {};
    for (const path of found[group])
      groups[group][encodeURI(path)] = await known(
        join(folder, path === '' || path.endsWith('/') ? `${path}index.html` : path),
      );
  }
  const version = createHash('sha256').update(JSON.stringify(groups)).digest('hex').slice(0, 12);
  return { base, version, groups, lasting: lastingLinks(links) };
}

async function known(file: string): Promise<KnownFile> {
  const content = readFileSync(file);
  const hash = await contentHash(content);
  return file.endsWith('.bin')
    ? [hash, content.length, await contentHash(gunzipSync(content))]
    : [hash, content.length];
}
