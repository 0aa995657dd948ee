/**
 * Writes the table of exact names and operators into the built site, where the search asks for it, and takes
 * away what the search does not use.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { readPages } from '../../foundation/course/outline.ts';
import { destinations } from '../../sharing/permalinks/destinations.ts';
import { readReference } from '../../lecture/reference/read.ts';
import { PLACES_PATH } from './places.ts';
import { placesTable } from './table.ts';

/** Put it behind what changes the pages’ content. */
export function searchPlaces(): AstroIntegration {
  let base = '/';
  return {
    name: 'search-places',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.endsWith('/') ? config.base : `${config.base}/`;
      },
      'astro:build:done'({ dir }) {
        const folder = fileURLToPath(dir);
        const table = placesTable({
          entries: readReference().flatMap(({ entries }) => entries),
          pages: readPages(),
          destinations: destinations(),
          htmlOf: ({ slug }) => readFileSync(join(folder, slug, 'index.html'), 'utf8'),
          base,
        });
        // Of Pagefind’s files the course has its own dialog instead of these.
        for (const name of readdirSync(join(folder, 'pagefind')))
          if (/-ui\.|-highlight\./.test(name)) rmSync(join(folder, 'pagefind', name));
        const file = join(folder, PLACES_PATH);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify(table));
      },
    },
  };
}
