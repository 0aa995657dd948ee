/**
 * What is checked about the references of the built site: one function per rule. A new rule is one
 * function here and one line in {@link PAGE_RULES} or {@link SITE_RULES}.
 */
import { addressesIn, forbiddenScheme } from '../../../src/foundation/markup/scheme.ts';
import {
  cssReferences,
  redirectTarget,
  references,
  type Page,
  type Reference,
} from '../built-site/page.ts';
import { copiedLinksWork } from './permalinks.ts';
import type { BuiltSite, Target } from '../built-site/site.ts';

/** Something wrong: where, and what to do about it. */
export interface Problem {
  /** The file of the built site it is in. */
  path: string;
  message: string;
}

/** A rule about one page: what is wrong with it, in words. */
export type PageRule = (page: Page, site: BuiltSite) => string[];
/** A rule about other files of the site. */
export type SiteRule = (site: BuiltSite) => Problem[];

/** Every link and every source leads to a file of the site, at once and without a redirect. */
export const targetsExist: PageRule = (page, site) =>
  references(page)
    // The page for what does not exist names itself /404/, and nobody goes there.
    .filter(({ where }) => page.path !== '404.html' || !/canonical|og:url/.test(where))
    .flatMap((reference) => lost(reference, site.resolve(reference.url, page.path), site));

function lost({ url, where }: Reference, target: Target, site: BuiltSite): string[] {
  if (url === '') return [`${where} is empty: say where it leads, or leave the attribute out`];
  if (target.kind === 'missing') return [`${where} leads nowhere: ${url}`];
  if (target.kind === 'redirected')
    return [`${where} lacks its trailing slash, which costs a redirect: ${url}`];
  if (target.kind === 'outside')
    return [`${where} leaves ${site.base}, the path the site is served under: ${url}`];
  return [];
}

/** What stands behind # is an id of the page it leads to. */
export const fragmentsExist: PageRule = (page, site) =>
  references(page).flatMap(({ url, where }) => {
    const target = site.resolve(url, page.path);
    if (target.kind !== 'file' || isOfTheBrowser(target.fragment)) return [];
    const there = followed(target.path, site);
    if (!there || there.ids.includes(target.fragment)) return [];
    return [`${where} leads to an id that ${site.addressOf(there.path)} does not have: ${url}`];
  });

/** Fragments that need no id: the top of the page, and a text to look for. */
function isOfTheBrowser(fragment: string): boolean {
  return fragment === '' || fragment === 'top' || fragment.startsWith(':~:');
}

/** The page in a file, or the one it sends its reader to. */
function followed(path: string, site: BuiltSite, hops = 5): Page | undefined {
  const page = site.page(path);
  const next = page && redirectTarget(page);
  if (!page || !next || hops === 0) return page;
  const target = site.resolve(next, path);
  return target.kind === 'file' ? followed(target.path, site, hops - 1) : page;
}

/** Nothing is loaded from another host. Links that a reader follows may lead anywhere. */
export const loadsNothingForeign: PageRule = (page, site) =>
  references(page).flatMap((reference) => {
    const target = site.resolve(reference.url, page.path);
    return reference.loaded && target.kind === 'foreign'
      ? [`${reference.where} loads from ${target.host}: keep a copy in public/ (${reference.url})`]
      : [];
  });

/** Pictures that were small enough to be written into the page, or are empty. */
const PICTURE = /^data:(image\/|,)/i;
const SHOWS_PICTURES = ['img', 'source', 'video', 'input', 'image', 'link'];

/** No address is a program or a page in disguise, in whatever attribute a browser follows or loads one. */
export const schemesAreKnown: PageRule = (page) => [
  ...(forbiddenScheme(redirectTarget(page) ?? '') === null
    ? []
    : [`<meta http-equiv="refresh"> leads to ${redirectTarget(page)!}, which no page may do`]),
  ...page.elements.flatMap(({ name, attributes }) =>
    Object.entries(attributes).flatMap(([attribute, value]) =>
      addressesIn(name, attribute, value)
        .filter((address) => forbiddenScheme(address) !== null)
        .filter((address) => !(SHOWS_PICTURES.includes(name) && PICTURE.test(address)))
        .map(
          (address) =>
            `<${name} ${attribute}> begins with ${forbiddenScheme(address)!}, which no page may hold: ${address.replace(/\s+/g, ' ').slice(0, 80)}`,
        ),
    ),
  ),
];

/** An id stands for one place. */
export const idsAreUnique: PageRule = ({ ids }) => {
  const seen = new Set<string>();
  const twice = new Set(ids.filter((id) => seen.has(id) || !seen.add(id)));
  return [...twice].map((id) => `the id "${id}" is given twice: links to it reach the first only`);
};

/** Labels and descriptions refer to elements that are there. */
export const labelsExist: PageRule = ({ elements, ids }) => {
  const known = new Set(ids);
  return elements.flatMap(({ name, attributes }) =>
    ['for', 'aria-labelledby', 'aria-describedby'].flatMap((attribute) =>
      (attributes[attribute] ?? '')
        .split(/\s+/)
        .filter((id) => id !== '' && !known.has(id))
        .map(
          (id) => `<${name} ${attribute}> refers to the id "${id}", which the page does not have`,
        ),
    ),
  );
};

/** Style sheets load files of the site. */
export const styleSheetsLoadWhatIsThere: SiteRule = (site) =>
  files(site, /\.css$/).flatMap((path) =>
    cssReferences(site.text(path), 'url()').flatMap((reference) => loadable(reference, path, site)),
  );

/** The web app manifest names pages and icons of the site. */
export const manifestsNameWhatIsThere: SiteRule = (site) =>
  files(site, /(\.webmanifest|(^|\/)manifest\.json)$/).flatMap((path) => {
    const manifest = JSON.parse(site.text(path)) as Manifest;
    const named: Reference[] = [
      { where: 'start_url', url: manifest.start_url ?? '', loaded: true },
      ...(manifest.icons ?? []).map(({ src }) => ({ where: 'icons', url: src, loaded: true })),
      ...(manifest.shortcuts ?? []).map(({ url }) => ({ where: 'shortcuts', url, loaded: true })),
    ];
    return named.flatMap((reference) => loadable(reference, path, site));
  });

interface Manifest {
  start_url?: string;
  icons?: { src: string }[];
  shortcuts?: { url: string }[];
}

/** The sitemap names pages of the site, and robots.txt names a sitemap that is there. */
export const sitemapsNameWhatIsThere: SiteRule = (site) =>
  files(site, /(^|\/)(sitemap[^/]*\.xml|robots\.txt)$/).flatMap((path) => {
    const pattern = path.endsWith('.txt') ? /^Sitemap:\s*(\S+)/gim : /<loc>\s*(.*?)\s*<\/loc>/g;
    const urls = [...site.text(path).matchAll(pattern)].map((match) => unescaped(match[1]!));
    return urls.flatMap((url) => loadable({ where: 'the entry', url, loaded: true }, path, site));
  });

export const PAGE_RULES: readonly PageRule[] = [
  targetsExist,
  fragmentsExist,
  loadsNothingForeign,
  schemesAreKnown,
  idsAreUnique,
  labelsExist,
  copiedLinksWork,
];

export const SITE_RULES: readonly SiteRule[] = [
  styleSheetsLoadWhatIsThere,
  manifestsNameWhatIsThere,
  sitemapsNameWhatIsThere,
];

function files(site: BuiltSite, pattern: RegExp): string[] {
  return [...site.files].filter((path) => pattern.test(path));
}

/** What is wrong with something that a file other than a page loads. */
function loadable(reference: Reference, path: string, site: BuiltSite): Problem[] {
  const target = site.resolve(reference.url, path);
  const messages = lost(reference, target, site);
  if (target.kind === 'foreign')
    messages.push(`${reference.where} loads from ${target.host}: ${reference.url}`);
  return messages.map((message) => ({ path, message }));
}

function unescaped(xml: string): string {
  return xml.replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>');
}
