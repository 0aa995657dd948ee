/**
 * Scripts that hold a page up. A classic script behind a style sheet waits for it, the parser waits
 * for the script, and the first frame shows a page that ends there. Modules and elements that restore
 * themselves as they are parsed do not wait.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { Parser } from 'htmlparser2';

const CLASSIC = /^((text|application)\/javascript)?$/;

/** @returns the start of each script that waits for a style sheet before it. */
export function waitingScripts(html: string): string[] {
  const found: string[] = [];
  let styled = false;
  let waiting = false;
  const parser = new Parser({
    onopentag(name, { rel = '', media = 'all', type = '', src, ...attributes }) {
      styled ||= name === 'link' && rel === 'stylesheet' && media !== 'print';
      const held = !('async' in attributes || 'defer' in attributes);
      waiting = styled && name === 'script' && held && CLASSIC.test(type);
      if (waiting) found.push(src ?? '');
    },
    ontext(text) {
      if (waiting) found.push(found.pop()! + text);
    },
    onclosetag() {
      waiting = false;
    },
  });
  parser.end(html);
  return found.map((script) => script.trim().slice(0, 60));
}

/** Looks at every built page. */
export const noWaitingScripts = (): AstroIntegration => ({
  name: 'no-waiting-scripts',
  hooks: {
    'astro:build:done'({ pages, dir }) {
      for (const { pathname } of pages) {
        const file = pathname === '404/' ? '404.html' : join(pathname, 'index.html');
        const [script] = waitingScripts(readFileSync(join(fileURLToPath(dir), file), 'utf8'));
        if (script !== undefined)
          throw new Error(
            `/${pathname}: the script “${script}” waits for the style sheet, and the page for the script. Make it a module, or an element that ThemeProvider.astro upgrades.`,
          );
      }
    },
  },
});
