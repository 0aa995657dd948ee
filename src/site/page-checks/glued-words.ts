/**
 * Words that a page prints without the space between them. A line that ends before or after an element
 * is no space in an .astro file, as in JSX: what reads well there may say “the dataset bankstarts”.
 */
import { checkPages } from './check-pages.ts';

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

/** Fails the build where words are glued together. */
export const noGluedWords = () =>
  checkPages('no-glued-words', (html) => {
    const [glued] = gluedWords(html);
    return glued === undefined
      ? undefined
      : `prints “${glued}” without a space. Write {' '} where the line ends in the .astro file.`;
  });
