/**
 * The page at `/embed/<id>/`: a page of the lecture, or one thing on it, without the site around it.
 * It is cut out of the built page, so that it says, looks and runs the same, and a hundred of them
 * cost a build nothing.
 */
import { NOTICES_FILE } from '../../foundation/addresses/notices-file.ts';
import { anchorOf, goPath, type Permalink } from '../../foundation/addresses/permalink.ts';
import { escaped } from '../../foundation/markup/escaped.ts';
import { elementsOf, hasClass, isInside, type Piece } from '../../foundation/markup/elements.ts';

export interface EmbedSite {
  /** The path of the site, with slashes at both ends. */
  base: string;
  /** For the canonical link: `https://example.org`. */
  origin: string;
  /** What the course is called. */
  name: string;
  /** Style and script of all embedded pages, as they stand in the page. */
  style: string;
  script: string;
}

/** A built page, read once for all that is cut out of it. */
export interface EmbedSource {
  html: string;
  pieces: Piece[];
}

export const embedSource = (html: string): EmbedSource => ({ html, pieces: elementsOf(html) });

/**
 * @param source the built page that holds the thing.
 * @param thing what is to be embedded.
 * @param page the page's own lasting link.
 * @throws Error if the page does not hold it.
 */
export function cutEmbed(
  { html, pieces }: EmbedSource,
  thing: Permalink,
  page: Permalink,
  site: EmbedSite,
): string {
  const content = pieces.find((piece) => hasClass(piece, 'sl-markdown-content'));
  if (!content) throw new Error(`the page of ${thing.id} has no content to embed`);
  const inside = pieces.filter((piece) => isInside(piece, content));
  const anchor = anchorOf(thing);
  const whole = { ...content, start: content.inner, end: content.innerEnd };
  const target =
    anchor === '' ? whole : inside.find(({ attributes }) => attributes['id'] === anchor);
  if (!target) throw new Error(`the page of ${thing.id} has nothing with the id ${anchor}`);

  const title = pieces.find((piece) => hasClass(piece, 'page-title'));
  const before = target === whole ? [] : cellsBefore(target, inside);
  const shown = target === whole && title ? [title, target] : [...before, target];
  const pagePath = site.base + page.target;
  const cut = cutter(html, pieces, shown, pagePath, target === whole);
  const scripts = inside.filter(
    (piece) => piece.name === 'script' && !shown.some((part) => isInside(piece, part)),
  );
  const styles = pieces.filter(
    ({ name, attributes, start }) =>
      start < content.start &&
      (name === 'style' || (name === 'link' && /stylesheet|icon/.test(attributes['rel'] ?? ''))),
  );
  const slice = ({ start, end }: Piece): string => html.slice(start, end);
  const named = escaped(thing.title);
  const language = languageOf(pieces);
  return [
    `<!doctype html><html lang="${language}" data-theme="light" data-embed><head><meta charset="utf-8"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<meta name="robots" content="noindex"/>',
    `<title>${named} | ${escaped(site.name)}</title>`,
    `<link rel="canonical" href="${escaped(site.origin + site.base + page.target)}"/>`,
    ...styles.map(slice),
    `<style>${site.style}</style><script>${site.script}</script></head>`,
    `<body><main class="embed sl-markdown-content" data-page="${page.id}">`,
    ...(target === whole && title
      ? []
      : [`<h1 class="${target === whole ? '' : 'sr-only'}">${named}</h1>`]),
    ...(before.length > 0 ? [earlier(before.map(cut))] : []),
    ...(target === whole && title ? [cut(title)] : []),
    cut(target),
    '</main>',
    foot(thing, page, site),
    ...scripts.map(slice),
    '</body></html>\n',
  ].join('');
}

/** What the page says it is in. */
const languageOf = (pieces: readonly Piece[]): string =>
  escaped(pieces.find(({ name }) => name === 'html')?.attributes['lang'] ?? 'en');

/** A cell of a session needs the earlier ones: Run looks for them in the page. */
function cellsBefore(target: Piece, inside: readonly Piece[]): Piece[] {
  const session = target.attributes['data-session'];
  if (session === undefined) return [];
  return inside.filter(
    ({ name, attributes, start }) =>
      name === target.name &&
      start < target.start &&
      attributes['data-session'] === session &&
      attributes['data-engine'] === target.attributes['data-engine'],
  );
}

function earlier(cells: readonly string[]): string {
  const count = cells.length === 1 ? 'the cell that runs' : `the ${cells.length} cells that run`;
  return `<details class="embed-before"><summary>Show ${count} before it</summary>${cells.join('')}</details>`;
}

/** From where it is, and the way to the rest of the course. */
function foot(thing: Permalink, page: Permalink, { base, name }: EmbedSite): string {
  const number = /^\d/.test(page.id) ? `${page.id} ` : '';
  const where = page.id === 'home' ? name : `${number}${page.title}, in ${name}`;
  return (
    `<footer class="embed-foot"><a href="${base}${goPath(thing.id)}" target="_blank" rel="noopener">` +
    `${escaped(where)}<span class="sr-only"> (opens in a new tab)</span></a> ` +
    `<a href="${base}${NOTICES_FILE}" target="_blank" rel="noopener">Third-party licenses` +
    '<span class="sr-only"> (opens in a new tab)</span></a></footer>'
  );
}

/** Where a link of the page leads, from anywhere on the site: `../a-page/#eav` is told from the page. */
function fromHere(href: string, pagePath: string): string {
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(href)) return href;
  const { pathname, search, hash } = new URL(href, `http://site${pagePath}`);
  return pathname + search + hash;
}

/**
 * Cuts pieces with their links changed: those to what is not shown here open in a new tab, as the
 * site has no place in a frame. A thing's own heading becomes the first below the frame's `h1`.
 */
function cutter(
  html: string,
  pieces: readonly Piece[],
  shown: readonly Piece[],
  pagePath: string,
  isPage: boolean,
): (piece: Piece) => string {
  const isShown = (piece: Piece): boolean =>
    shown.some((part) => part.start <= piece.start && piece.end <= part.end);
  const visible = pieces.filter(isShown);
  const ids = new Set(visible.map(({ attributes }) => attributes['id']));
  const links = visible
    .filter(({ name, attributes }) => {
      const href = attributes['href'];
      return (
        name === 'a' && href !== undefined && !(href.startsWith('#') && ids.has(href.slice(1)))
      );
    })
    .map(({ start, inner, attributes }) => ({
      start,
      end: inner,
      text: html
        .slice(start, inner)
        .replace(/\shref="[^"]*"/, ` href="${escaped(fromHere(attributes['href']!, pagePath))}"`)
        .replace(/^<a/, attributes['target'] ? '<a' : '<a target="_blank" rel="noopener"'),
    }));
  const headings = visible
    .filter(({ name }) => name === 'h3' && !isPage)
    .flatMap(({ start, inner, innerEnd, end }) => [
      { start, end: inner, text: html.slice(start, inner).replace(/^<h3/, '<h2') },
      { start: innerEnd, end, text: '</h2>' },
    ]);
  const changes = [...links, ...headings].sort((a, b) => a.start - b.start);
  return ({ start, end }) => {
    let text = '';
    let at = start;
    for (const change of changes) {
      if (change.start < start || change.end > end) continue;
      text += html.slice(at, change.start) + change.text;
      at = change.end;
    }
    return text + html.slice(at, end);
  };
}
