/** The course’s logo, in the place where pages ask for it: `favicon.svg`. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { courseRoot } from '../foundation/content/root.ts';
import { readSettings } from '../foundation/course/settings.ts';

const NAME = 'favicon.svg';

export function courseLogo(): AstroIntegration {
  const file = (): string => join(courseRoot(), 'content', readSettings().logo);
  return {
    name: 'course-logo',
    hooks: {
      'astro:build:done'({ dir }) {
        copyFileSync(file(), join(fileURLToPath(dir), NAME));
      },
      'astro:server:setup'({ server }) {
        server.middlewares.use((request, response, next) => {
          if (!request.url?.split('?')[0]!.endsWith(`/${NAME}`)) return next();
          response.setHeader('Content-Type', 'image/svg+xml');
          response.end(readFileSync(file()));
        });
      },
    },
  };
}
