/**
 * Cuts the pages at `/embed/<id>/` out of the built site, and answers them in `astro dev`. Put it
 * behind search and sitemap, which shall not know them, and before the content security policy.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig, AstroIntegration } from 'astro';
import { destinations } from '../permalinks/destinations.ts';
import { embedPath, type Permalink } from '../../foundation/addresses/permalink.ts';
import { cutEmbed, embedSource, type EmbedSite, type EmbedSource } from './cut.ts';

const ADDRESS = /\/embed\/([^/?#]+)\/?(?:[?#]|$)/;

/** Without its comments: they are for readers of the source. */
const contentOf = (file: string): string =>
  readFileSync(new URL(file, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\/\n?/g, '');

/** @param name what the course is called. */
export function embeds(name: string): AstroIntegration {
  let config: AstroConfig;
  const all = (): Map<string, Permalink> => destinations();
  const site = (): EmbedSite => ({
    base: config.base.endsWith('/') ? config.base : `${config.base}/`,
    origin: new URL(config.site ?? 'http://localhost').origin,
    name,
    style: contentOf('embed.css'),
    script: contentOf('frame.js'),
  });
  return {
    name: 'embeds',
    hooks: {
      'astro:config:done': (done) => {
        config = done.config;
      },
      'astro:build:done'({ dir }) {
        const folder = fileURLToPath(dir);
        const links = all();
        const here = site();
        const pages = new Map<string, EmbedSource>();
        for (const [id, thing] of links) {
          if (!thing.embeds) continue;
          const page = links.get(thing.page)!;
          const file = join(folder, page.target, 'index.html');
          const source = pages.get(page.id) ?? embedSource(readFileSync(file, 'utf8'));
          pages.set(page.id, source);
          mkdirSync(join(folder, embedPath(id)), { recursive: true });
          writeFileSync(
            join(folder, embedPath(id), 'index.html'),
            cutEmbed(source, thing, page, here),
          );
        }
      },
      'astro:server:setup'({ server }) {
        server.middlewares.use((request, response, next) => {
          const id = ADDRESS.exec(request.url ?? '')?.[1];
          // Every file of a page comes by here, and the list takes a third of a second to make.
          if (id === undefined) return next();
          const links = all();
          const thing = links.get(id);
          const page = thing?.embeds && links.get(thing.page);
          if (!thing || !page) return next();
          const address = `http://${request.headers.host}${site().base}${page.target}`;
          fetch(address)
            .then(async (answer) => {
              response.setHeader('Content-Type', 'text/html; charset=utf-8');
              response.end(cutEmbed(embedSource(await answer.text()), thing, page, site()));
            })
            .catch(next);
        });
      },
    },
  };
}
