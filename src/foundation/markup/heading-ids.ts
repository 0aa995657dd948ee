/**
 * `## The wide table \{#wide-table}` gives a heading an id that lasts: others link to it, so it must
 * not follow the heading's words. (The backslash keeps MDX from reading an expression.)
 */
import { defineMdastPlugin } from 'satteri';
import { AuthoringError } from '../mistakes/authoring-error.ts';
import { placeOf } from './place.ts';

/** How a heading ends: its id is the first group. */
export const HEADING_ID = /\s*\{#([a-z][a-z0-9-]*)\}\s*$/;

/** What is said of a heading that has no id. */
export const withoutId = (text: string): string =>
  `the heading "${text}" needs a lasting id: end it with \\{#some-id}.`;

export const headingIds = defineMdastPlugin({
  name: 'heading-ids',
  options: { position: true },
  heading(node, context) {
    const last = node.children.at(-1);
    const match = last?.type === 'text' ? HEADING_ID.exec(last.value) : null;
    if (last?.type !== 'text' || !match) {
      const { file, line } = placeOf(node, context);
      throw new AuthoringError(file, line, withoutId(context.textContent(node)));
    }
    context.setProperty(last, 'value', last.value.slice(0, match.index));
    context.setProperty(node, 'data', { hProperties: { id: match[1] } });
  },
});
