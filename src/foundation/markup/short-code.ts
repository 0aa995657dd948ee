/**
 * Short code in a sentence stays on one line: `->>` in two pieces is another operator. Long code may
 * break, because on a phone it has to.
 */
import { defineMdastPlugin } from 'satteri';

/** As many characters fit beside a word or two on a screen of 320 px. */
const SHORT = 20;

/** @returns the class of such code: `undefined` where it is long, or has no place to break. */
export const shortCodeClass = (code: string): 'short-code' | undefined =>
  code.length <= SHORT && /\W/.test(code) ? 'short-code' : undefined;

export const shortCode = defineMdastPlugin({
  name: 'short-code',
  inlineCode(node, context) {
    const className = shortCodeClass(node.value);
    if (className) context.setProperty(node, 'data', { hProperties: { className: [className] } });
  },
});
