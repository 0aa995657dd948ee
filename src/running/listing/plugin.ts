/**
 * Fences that neither run nor draw become listings.
 */
import { defineMdastPlugin } from 'satteri';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { parseAttributes } from '../../foundation/markup/fence-attributes.ts';
import { component } from '../../foundation/markup/jsx.ts';
import { placeOf } from '../../foundation/markup/place.ts';
import { knowsLanguage } from './highlight.ts';

export const listings = defineMdastPlugin({
  name: 'listings',
  options: { position: true },
  code(node, context) {
    const lang = node.lang ?? '';
    const { file, line } = placeOf(node, context);
    if (!knowsLanguage(lang))
      throw new AuthoringError(
        file,
        line,
        `no highlighting for "${lang}": add it in src/running/listing/highlight.ts.`,
      );
    const { title } = parseAttributes(node.meta ?? '').values;
    context.replaceNode(node, component('Listing', { code: node.value, lang, title }));
  },
});
