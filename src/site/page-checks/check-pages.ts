/** A build that fails when a page of it has a fault, which nobody might see who looks at others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Looks at every built page.
 *
 * @param name of the integration
 * @param faultOf what is wrong with a page's HTML and how it is mended, as the rest of a sentence that
 * begins with the page's address
 */
export const checkPages = (
  name: string,
  faultOf: (html: string) => string | undefined,
): AstroIntegration => ({
  name,
  hooks: {
    'astro:build:done'({ pages, dir }) {
      for (const { pathname } of pages) {
        const file = pathname === '404/' ? '404.html' : join(pathname, 'index.html');
        const fault = faultOf(readFileSync(join(fileURLToPath(dir), file), 'utf8'));
        if (fault !== undefined) throw new Error(`/${pathname} ${fault}`);
      }
    },
  },
});
