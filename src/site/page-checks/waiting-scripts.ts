/**
 * Scripts that hold a page up. A classic script behind a style sheet waits for it, the parser waits
 * for the script, and the first frame shows a page that ends there. Modules and elements that restore
 * themselves as they are parsed do not wait.
 */
import { Parser } from 'htmlparser2';
import { checkPages } from './check-pages.ts';

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

/** Fails the build where a script holds a page up. */
export const noWaitingScripts = () =>
  checkPages('no-waiting-scripts', (html) => {
    const [script] = waitingScripts(html);
    return script === undefined
      ? undefined
      : `waits for the script “${script}”, and that for the style sheet. Make it a module, or an element that ThemeProvider.astro upgrades.`;
  });
