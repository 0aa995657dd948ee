/** The built site as a whole: its files, its pages, and where a URL in it leads. */
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parsePage, type Page } from './page.ts';

/** Where a URL leads, seen from a file of the site. */
export type Target =
  /** A file of the site, and what stands behind `#`. */
  | { kind: 'file'; path: string; fragment: string }
  /** A path of this host for which the site has no file. */
  | { kind: 'missing'; pathname: string }
  /** A page that exists, but only behind a redirect: its trailing slash is left out. */
  | { kind: 'redirected'; pathname: string }
  /** A path of this host that the site does not own: it is served under a sub-path. */
  | { kind: 'outside'; pathname: string }
  /** Another host. */
  | { kind: 'foreign'; host: string }
  /** `mailto:`, `data:`, `blob:`: nothing to look up. */
  | { kind: 'other'; scheme: string };

/** An origin that cannot be meant: what comes out of resolving with it was a URL without one. */
const HERE = 'http://here.invalid';

/** The site in a folder, read once. */
export class BuiltSite {
  readonly folder: string;
  /** The path it is served under: `/`, `/course/`. */
  readonly base: string;
  /** The origin it will be served from, as its canonical links say; null if they do not. */
  readonly origin: string | null;
  readonly files: ReadonlySet<string>;
  readonly pages: readonly Page[];
  private readonly byPath: ReadonlyMap<string, Page>;

  /** @throws Error if there is no built site in the folder. */
  constructor(folder: string, base: string) {
    if (!existsSync(join(folder, 'index.html')))
      throw new Error(`There is no built site in ${folder}. Build it first: npm run build`);
    this.folder = folder;
    this.base = base;
    this.files = new Set(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name).slice(folder.replace(/[\\/]+$/, '').length + 1),
        )
        .map((path) => path.split(sep).join('/'))
        .sort(),
    );
    this.pages = [...this.files]
      .filter((path) => path.endsWith('.html'))
      .map((path) => parsePage(path, this.text(path)));
    this.byPath = new Map(this.pages.map((page) => [page.path, page]));
    this.origin = originOf(this.pages);
  }

  /** The page in a file, if it is one. */
  page(path: string): Page | undefined {
    return this.byPath.get(path);
  }

  bytes(path: string): Buffer {
    return readFileSync(join(this.folder, path));
  }

  text(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** The address of a file on its host: `/course/the-problem/` for its `index.html`. */
  addressOf(path: string): string {
    return this.base + path.replace(/(^|\/)index\.html$/, '$1');
  }

  /**
   * Where a URL leads.
   *
   * @param url as it stands in a page, a style sheet, a manifest
   * @param from the file it stands in
   */
  resolve(url: string, from: string): Target {
    let resolved: URL;
    try {
      resolved = new URL(url, HERE + this.addressOf(from));
    } catch {
      return { kind: 'missing', pathname: url };
    }
    if (!/^https?:$/.test(resolved.protocol)) return { kind: 'other', scheme: resolved.protocol };
    if (resolved.origin !== HERE && resolved.origin !== this.origin)
      return { kind: 'foreign', host: resolved.host };
    const pathname = decode(resolved.pathname);
    if (!pathname.startsWith(this.base)) return { kind: 'outside', pathname };
    const inside = pathname.slice(this.base.length);
    const path = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
    if (this.files.has(path))
      return { kind: 'file', path, fragment: decode(resolved.hash.slice(1)) };
    return this.files.has(`${inside}/index.html`)
      ? { kind: 'redirected', pathname }
      : { kind: 'missing', pathname };
  }
}

/** The origin that canonical links name. */
function originOf(pages: readonly Page[]): string | null {
  for (const { elements } of pages)
    for (const { name, attributes } of elements)
      if (
        name === 'link' &&
        attributes['rel'] === 'canonical' &&
        /^https?:/.test(attributes['href'] ?? '')
      )
        return new URL(attributes['href']!).origin;
  return null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
