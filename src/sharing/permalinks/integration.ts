/**
 * Writes the pages at `/go/<id>/` into the built site, and answers them in `astro dev`. They are
 * written, not rendered: hundreds of them cost a build nothing. Put it behind whatever reads the
 * pages of the site: search, sitemap, content security policy.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig, AstroIntegration } from 'astro';
import { destinations, goneIds } from './destinations.ts';
import { embedPath, goPath, type Permalink } from '../../foundation/addresses/permalink.ts';
import { gonePage } from './gone-page.ts';
import { redirectPage } from './redirect-page.ts';
import { courseRoot } from '../../foundation/content/root.ts';

const ADDRESS = /\/go\/([^/?#]+)\/?(?:[?#]|$)/;

export function permalinks(): AstroIntegration {
  let config: AstroConfig;
  const root = courseRoot;
  const page = ({ target, title }: Permalink): string =>
    redirectPage({
      path: `${config.base.replace(/\/$/, '')}/${target}`,
      title,
      origin: new URL(config.site ?? 'http://localhost').origin,
    });
  const home = (): string => `${config.base.replace(/\/$/, '')}/`;
  return {
    name: 'permalinks',
    hooks: {
      'astro:config:done': (done) => {
        config = done.config;
      },
      'astro:build:done'({ dir }) {
        const folder = fileURLToPath(dir);
        const write = (path: string, html: string): void => {
          mkdirSync(join(folder, path), { recursive: true });
          writeFileSync(join(folder, path, 'index.html'), html);
        };
        for (const [id, to] of destinations(root())) write(goPath(id), page(to));
        for (const id of goneIds(root()))
          for (const path of [goPath(id), embedPath(id)]) write(path, gonePage(id, home()));
      },
      'astro:server:setup'({ server }) {
        server.middlewares.use((request, response, next) => {
          const id = ADDRESS.exec(request.url ?? '')?.[1];
          const to = id === undefined ? undefined : destinations(root()).get(id);
          const gone = id !== undefined && !to && goneIds(root()).includes(id);
          if (id === undefined || !(to || gone)) return next();
          response.setHeader('Content-Type', 'text/html; charset=utf-8');
          response.end(to ? page(to) : gonePage(id, home()));
        });
      },
    },
  };
}
