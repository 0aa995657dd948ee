/** What a page of the built site makes a browser fetch before anybody touches it. */
import { dirname, join } from 'node:path/posix';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'rolldown/parseAst';
import { cssReferences, references, type Page } from '../../build/built-site/page.ts';
import type { BuiltSite } from '../../build/built-site/site.ts';

/** The first load of one page; all sizes in bytes. */
export interface PageWeight {
  /** The file of the page in the built folder. */
  path: string;
  html: number;
  css: number;
  /** Files and the scripts written into the page, whose bytes are part of `html` as well. */
  javascript: number;
  /** Images, icons, fonts, manifests. */
  media: number;
  /** Everything, each byte once. */
  total: number;
  /** Every file fetched, the page itself first. */
  files: string[];
}

/** Size of a file's gzip, as hosts make it. */
export function gzipSize(content: string | Uint8Array): number {
  return gzipSync(content).length;
}

/**
 * Weighs pages of a site. Files that several pages share are read once.
 *
 * A file counts once per page, gzipped. Followed are style sheets and what they load, scripts,
 * preloads, and static imports of modules, transitively; not `import()`, which waits for a reason.
 */
export class Scales {
  private readonly site: BuiltSite;
  private readonly sizes = new Map<string, number>();
  private readonly imports = new Map<string, string[]>();

  constructor(site: BuiltSite) {
    this.site = site;
  }

  weigh(page: Page): PageWeight {
    const files = new Set<string>();
    for (const { url, loaded } of references(page)) {
      const target = this.site.resolve(url, page.path);
      if (loaded && target.kind === 'file') this.follow(target.path, files);
    }
    for (const script of page.scripts)
      for (const path of this.importsOf(script, page.path)) this.follow(path, files);
    const sum = (pattern: RegExp) =>
      [...files]
        .filter((path) => pattern.test(path))
        .reduce((all, path) => all + this.size(path), 0);
    const html = this.size(page.path);
    const css = sum(/\.css$/);
    const modules = sum(/\.m?js$/);
    const media = sum(/^(?!.*\.(css|m?js)$)/);
    const inline = page.scripts.length > 0 ? gzipSize(page.scripts.join('\n')) : 0;
    return {
      path: page.path,
      html,
      css,
      javascript: modules + inline,
      media,
      total: html + css + modules + media,
      files: [page.path, ...files],
    };
  }

  /** A script and what it imports when it starts. */
  filesOf(script: string): string[] {
    const files = new Set<string>();
    this.follow(script, files);
    return [...files];
  }

  private size(path: string): number {
    const known = this.sizes.get(path) ?? gzipSize(this.site.bytes(path));
    this.sizes.set(path, known);
    return known;
  }

  /** Adds a file and what it makes a browser fetch. */
  private follow(path: string, files: Set<string>): void {
    if (files.has(path)) return;
    files.add(path);
    for (const next of this.fetchedBy(path)) this.follow(next, files);
  }

  private fetchedBy(path: string): string[] {
    const known = this.imports.get(path);
    if (known) return known;
    let found: string[] = [];
    if (/\.m?js$/.test(path)) found = this.importsOf(this.site.text(path), path);
    else if (path.endsWith('.css'))
      found = cssReferences(this.site.text(path), path)
        // A font is fetched only if a text asks for it; sites that ship one preload it.
        .filter(({ url }) => !/\.woff2?$/.test(url))
        .flatMap(({ url }) => this.pathOf(url, path));
    this.imports.set(path, found);
    return found;
  }

  /** The files a module's static imports and re-exports name. */
  private importsOf(code: string, path: string): string[] {
    return staticImports(code).flatMap((specifier) => this.pathOf(specifier, path));
  }

  private pathOf(url: string, from: string): string[] {
    const target = this.site.resolve(url, from);
    if (target.kind === 'file') return [target.path];
    const beside = join(dirname(from), url);
    return this.site.files.has(beside) ? [beside] : [];
  }
}

/** What a module imports when it starts: `import … from` and `export … from`, not `import()`. */
export function staticImports(code: string): string[] {
  return parseAst(code).body.flatMap((node) =>
    (node.type === 'ImportDeclaration' ||
      node.type === 'ExportNamedDeclaration' ||
      node.type === 'ExportAllDeclaration') &&
    node.source
      ? [node.source.value]
      : [],
  );
}

/** The middle of some numbers: of an even count, the greater of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('There is no median of nothing.');
  return middle;
}
