/** Lets the scripts of every built page start when the page is seen. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { rewritePages } from '../rewrite-pages.ts';
import { staticImports } from '../static-imports.ts';
import { deferScripts } from './defer-scripts.ts';

/** Put it behind what cuts pages out of others, and before the content security policy. */
export function paintFirst(): AstroIntegration {
  let base = '/';
  return {
    name: 'paint-first',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.endsWith('/') ? config.base : `${config.base}/`;
      },
      'astro:build:done'({ dir }) {
        const folder = fileURLToPath(dir);
        const loader = readFileSync(new URL('load.js', import.meta.url), 'utf8')
          .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
          .replace(/\s*\n\s*/g, '\n')
          .trim();
        const known = new Map<string, string[]>();
        const importsOf = (script: string): string[] => {
          const imports = known.get(script) ?? staticImports(folder, base, script);
          known.set(script, imports);
          return imports;
        };
        rewritePages(dir, (html) => deferScripts(html, importsOf, loader));
      },
    },
  };
}
