/** What a built page says about itself and what it refers to. */
import { Parser } from 'htmlparser2';

/** An element with its decoded attributes; its children are in {@link Page.elements} as well. */
export interface PageElement {
  name: string;
  attributes: Record<string, string>;
}

/** A parsed HTML page. */
export interface Page {
  /** Path of the file in the built folder: `the-problem/jsonb/index.html`. */
  path: string;
  /** Every element, in document order. */
  elements: PageElement[];
  /** Every id, as often as it occurs. */
  ids: string[];
  /** The style sheets written into the page, `style` attributes included. */
  styles: string[];
  /** The scripts written into the page; data blocks such as JSON are none. */
  scripts: string[];
}

/** Something a page refers to. */
export interface Reference {
  /** As it stands in the page, entities decoded. */
  url: string;
  /** The element it stands in, short: `<img src>`. */
  where: string;
  /** Does a browser fetch it without being asked, or only when the reader follows it? */
  loaded: boolean;
}

/** Parses a page as browsers do, as far as attributes and raw text go. */
export function parsePage(path: string, html: string): Page {
  const page: Page = { path, elements: [], ids: [], styles: [], scripts: [] };
  let raw: string[] | null = null;
  const parser = new Parser({
    onopentag(name, attributes) {
      page.elements.push({ name, attributes });
      if (attributes['id']) page.ids.push(attributes['id']);
      if (attributes['style']) page.styles.push(attributes['style']);
      if (name === 'style') page.styles.push('');
      if (name === 'style') raw = page.styles;
      else if (name === 'script' && !attributes['src'] && isJavaScript(attributes['type'])) {
        page.scripts.push('');
        raw = page.scripts;
      }
    },
    ontext(text) {
      if (raw) raw[raw.length - 1] += text;
    },
    onclosetag(name) {
      if (name === 'style' || name === 'script') raw = null;
    },
  });
  parser.end(html);
  return page;
}

/** Is a script of this type run, or is it data? */
function isJavaScript(type: string | undefined): boolean {
  return !type || type === 'module' || /javascript/.test(type);
}

/** Attributes that hold one URL, by element; `*` for those every element may have. */
const URL_ATTRIBUTES: Record<string, { attribute: string; loaded: boolean }[]> = {
  a: [{ attribute: 'href', loaded: false }],
  area: [{ attribute: 'href', loaded: false }],
  audio: [{ attribute: 'src', loaded: true }],
  embed: [{ attribute: 'src', loaded: true }],
  form: [{ attribute: 'action', loaded: false }],
  iframe: [{ attribute: 'src', loaded: true }],
  image: [{ attribute: 'href', loaded: true }],
  img: [{ attribute: 'src', loaded: true }],
  input: [{ attribute: 'src', loaded: true }],
  object: [{ attribute: 'data', loaded: true }],
  script: [{ attribute: 'src', loaded: true }],
  source: [{ attribute: 'src', loaded: true }],
  track: [{ attribute: 'src', loaded: true }],
  use: [{ attribute: 'href', loaded: true }],
  video: [
    { attribute: 'src', loaded: true },
    { attribute: 'poster', loaded: true },
  ],
};

/** `<link rel>` values that only name an address; every other one is fetched or connected to. */
const NAMING_RELATIONS = new Set([
  'alternate',
  'author',
  'canonical',
  'license',
  'next',
  'prev',
  'sitemap',
]);

/** Everything a page refers to in its HTML; see {@link cssReferences} for its style sheets. */
export function references(page: Page): Reference[] {
  return [
    ...page.elements.flatMap(elementReferences),
    ...page.styles.flatMap((css) => cssReferences(css, '<style>')),
  ];
}

function elementReferences({ name, attributes }: PageElement): Reference[] {
  const found: Reference[] = [];
  const add = (attribute: string, url: string | undefined, loaded: boolean) => {
    if (url !== undefined) found.push({ url: url.trim(), where: `<${name} ${attribute}>`, loaded });
  };
  for (const { attribute, loaded } of URL_ATTRIBUTES[name] ?? [])
    add(attribute, attributes[attribute], loaded);
  if (name === 'use' || name === 'image') add('xlink:href', attributes['xlink:href'], true);
  for (const attribute of ['srcset', 'imagesrcset'])
    for (const url of srcsetUrls(attributes[attribute] ?? '')) add(attribute, url, true);
  if (name === 'link') {
    const relations = (attributes['rel'] ?? '').toLowerCase().split(/\s+/);
    const loaded = !relations.some((relation) => NAMING_RELATIONS.has(relation));
    add(`rel="${attributes['rel'] ?? ''}" href`, attributes['href'], loaded);
  }
  if (name === 'meta') {
    const property = attributes['property'] ?? attributes['name'] ?? '';
    if (/^(og|twitter):(image|url)$/.test(property))
      add(`property="${property}" content`, attributes['content'], false);
    if (attributes['http-equiv']?.toLowerCase() === 'refresh')
      add('http-equiv="refresh"', refreshTarget(attributes['content']), false);
  }
  return found;
}

/** Where a page sends its reader on at once, if it does. */
export function redirectTarget(page: Page): string | null {
  const refresh = page.elements.find(
    ({ name, attributes }) =>
      name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh',
  );
  return refreshTarget(refresh?.attributes['content']) ?? null;
}

function refreshTarget(content: string | undefined): string | undefined {
  return /^\s*\d+\s*[;,]\s*url\s*=\s*['"]?(.*?)['"]?\s*$/i.exec(content ?? '')?.[1];
}

/** The URLs of a `srcset`: `a.png 1x, b.png 2x`. */
export function srcsetUrls(srcset: string): string[] {
  return [...srcset.matchAll(/\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+[^,]*)?(?:,|$)/g)].map(
    (match) => match[1]!,
  );
}

/** What a style sheet loads: `url()` and `@import`. */
export function cssReferences(css: string, where: string): Reference[] {
  const code = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const urls = [...code.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"\s]*))\s*\)/gi)];
  const imports = [...code.matchAll(/@import\s+(?:"([^"]*)"|'([^']*)')/gi)];
  return [...urls, ...imports].map((match) => ({
    url: match[1] ?? match[2] ?? match[3] ?? '',
    where,
    loaded: true,
  }));
}
