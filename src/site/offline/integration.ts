/** Writes the service worker of the built site, with the list of what it keeps. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { destinations } from '../../permalinks/destinations.ts';
import type { Permalink } from '../../permalinks/permalink.ts';
import { staticImports } from '../static-imports.ts';

const WORKER = 'src/site/offline/worker.js';

/**
 * What is not kept: the page for missing pages, redirects (`lastingLinks`), pages in frames, and answers
 * for readers without JavaScript, who have no service worker either.
 */
const NOT_KEPT = /^(404\.html$|go\/|embed\/|answers\/)/;

export interface KeptFiles {
  /** Addresses of pages, from the site's root: `/course/the-problem/`. */
  pages: string[];
  /** Addresses of the files that the pages name: styles and scripts, not what is loaded on demand. */
  files: string[];
}

/**
 * @param folder the built site.
 * @param base its path, with slashes at both ends.
 */
export function keptFiles(folder: string, base: string): KeptFiles {
  const names = readdirSync(folder, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html') && !NOT_KEPT.test(name))
    .sort();
  const files = new Set<string>();
  for (const name of names) {
    const html = readFileSync(join(folder, name), 'utf8');
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]+\.(?:css|js|svg))"/g))
      if (address!.startsWith(base)) files.add(address!);
  }
  for (const file of [...files].filter((name) => name.endsWith('.js')))
    for (const imported of staticImports(folder, base, file)) files.add(imported);
  return {
    pages: names.map((name) => base + name.replace(/(^|\/)index\.html$/, '$1')),
    files: [...files].sort(),
  };
}

/**
 * Where `/go/<id>/` leads, for readers without a network: pages, and whatever is not found on its page
 * under the last part of its id. The worker works out the rest, so that the list stays short.
 */
export function lastingLinks(
  destinations: ReadonlyMap<string, Pick<Permalink, 'target'>>,
  base: string,
): Record<string, string> {
  const listed: Record<string, string> = {};
  for (const [id, { target }] of destinations) {
    const dot = id.lastIndexOf('.');
    const page = destinations.get(id.slice(0, dot))?.target;
    if (page === undefined || target !== `${page}#${id.slice(dot + 1)}`) listed[id] = base + target;
  }
  return listed;
}

export function offline(): AstroIntegration {
  let base = '/';
  let root = '';
  return {
    name: 'offline',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root);
        base = config.base.endsWith('/') ? config.base : `${config.base}/`;
      },
      'astro:build:done'({ dir }) {
        const folder = fileURLToPath(dir);
        const { pages, files } = keptFiles(folder, base);
        const hash = createHash('sha256').update(JSON.stringify([pages, files]));
        for (const page of pages) {
          const name = page.slice(base.length);
          const file = name === '' || name.endsWith('/') ? `${name}index.html` : name;
          hash.update(readFileSync(join(folder, file)));
        }
        const constants = {
          VERSION: hash.digest('hex').slice(0, 12),
          PAGES: pages,
          FILES: files,
          LASTING: lastingLinks(destinations(root), base),
        };
        const head = Object.entries(constants)
          .map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`)
          .join('');
        writeFileSync(join(folder, 'sw.js'), head + readFileSync(WORKER, 'utf8'));
      },
    },
  };
}
