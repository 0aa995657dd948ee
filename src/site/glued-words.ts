/**
 * Words that a page prints without the space between them. A line that ends before or after an element
 * is no space in an .astro file, as in JSX: what reads well there may say “the dataset bankstarts”.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** What is not prose. */
const NOT_PROSE = /<(pre|script|style|svg|template|figure)\b.*?<\/\1>/gs;
const INLINE = '(?:a|b|code|em|i|kbd|strong)';
const GLUED = new RegExp(
  [
    // `address.<b>Frame`, `dataset<code>bank`
    `(?:[\\w>][.,;:!?]|[a-z]{2})<${INLINE}(?: [^>]*)?>[\\w{(]`,
    // `bank</code>starts`, but `two <code>dict</code>s` is as it should be.
    `\\w</${INLINE}>(?:\\(|[A-Za-z]{2})`,
  ].join('|'),
  'g',
);

/** @returns what is glued together, each with a few letters around it, without the tags. */
export const gluedWords = (html: string): string[] => {
  const prose = html.replace(NOT_PROSE, '');
  return [...prose.matchAll(GLUED)].map(({ index, 0: found }) =>
    prose.slice(Math.max(0, index - 20), index + found.length + 20).replace(/<[^>]*>?/g, ''),
  );
};

/** Looks at every built page. */
export const noGluedWords = (): AstroIntegration => ({
  name: 'no-glued-words',
  hooks: {
    'astro:build:done'({ pages, dir }) {
      for (const { pathname } of pages) {
        const file = pathname === '404/' ? '404.html' : join(pathname, 'index.html');
        const [glued] = gluedWords(readFileSync(join(fileURLToPath(dir), file), 'utf8'));
        if (glued !== undefined)
          throw new Error(
            `/${pathname} prints “${glued}” without a space. Write {' '} where the line ends in the .astro file.`,
          );
      }
    },
  },
});
