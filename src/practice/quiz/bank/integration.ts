/**
 * Writes the pages at `/questions/<section>/` into the built site, and answers them in `astro dev`. Put it
 * behind search and sitemap, which shall not know them, and before the content security policy.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig, AstroIntegration } from 'astro';
import { readOutline, type Section } from '../../../foundation/course/outline.ts';
import { sectionsWithQuestions } from '../read.ts';
import { bankPage, type BankSection } from './bank-page.ts';
import { bankPath } from './path.ts';
import { courseRoot } from '../../../foundation/content/root.ts';

const ADDRESS = /\/questions\/([^/?#]+)\/?(?:[?#]|$)/;

export function questionBank(): AstroIntegration {
  let config: AstroConfig;
  const sections = (): Section[] => {
    const root = courseRoot();
    const asked = new Set(sectionsWithQuestions(root));
    return readOutline(root)
      .flatMap((part) => part.sections)
      .filter(({ id }) => asked.has(id));
  };
  const named = ({ id, title, slug }: Section): BankSection => ({
    id,
    title,
    address: `${config.base.replace(/\/$/, '')}/${slug}/`,
  });
  return {
    name: 'question-bank',
    hooks: {
      'astro:config:done': (done) => {
        config = done.config;
      },
      'astro:build:done'({ dir }) {
        const folder = fileURLToPath(dir);
        for (const section of sections()) {
          const html = readFileSync(join(folder, section.slug, 'index.html'), 'utf8');
          mkdirSync(join(folder, bankPath(section.id)), { recursive: true });
          writeFileSync(
            join(folder, bankPath(section.id), 'index.html'),
            bankPage(html, named(section)),
          );
        }
      },
      'astro:server:setup'({ server }) {
        server.middlewares.use((request, response, next) => {
          const wanted = ADDRESS.exec(request.url ?? '')?.[1];
          const section = wanted && sections().find(({ id }) => id === wanted);
          if (!section) return next();
          fetch(`http://${request.headers.host}${named(section).address}`)
            .then(async (answer) => {
              response.setHeader('Content-Type', 'text/html; charset=utf-8');
              response.end(bankPage(await answer.text(), named(section)));
            })
            .catch(next);
        });
      },
    },
  };
}
