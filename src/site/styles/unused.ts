/**
 * Parts of Starlight that the course never shows. Their styles would be a twelfth of those that every
 * page loads, so the build leaves them out, and fails when a page shows one after all.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Classes. */
export const UNUSED_STYLES: readonly string[] = [
  // The pages that Starlight makes for a product's home, and its notices above a page.
  'hero',
  'hero-html',
  'tagline',
  'stack',
  'copy',
  'actions',
  'sl-link-button',
  'sl-banner',
  // Badges, with their variants.
  'sl-badge',
  'default',
  'note',
  'tip',
  'success',
  'caution',
  'danger',
  'small',
  'medium',
  // Asides: the course has notes of its own.
  'starlight-aside--tip',
  'starlight-aside--danger',
];

/** @returns the unused classes that a page's elements have. */
export const unusedShown = (html: string): string[] => {
  const shown = new Set(
    [...html.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names]) => names!.split(/\s+/)),
  );
  return UNUSED_STYLES.filter((name) => shown.has(name));
};

/** Looks at every built page for what has no style. */
export const noUnusedStyles = (): AstroIntegration => ({
  name: 'no-unused-styles',
  hooks: {
    'astro:build:done'({ pages, dir }) {
      for (const { pathname } of pages) {
        const file = join(
          fileURLToPath(dir),
          pathname,
          pathname === '404/' ? '../404.html' : 'index.html',
        );
        const [name] = unusedShown(readFileSync(file, 'utf8'));
        if (name)
          throw new Error(
            `/${pathname} shows "${name}", whose style is left out. Take it from UNUSED_STYLES in src/site/styles/unused.ts.`,
          );
      }
    },
  },
});
