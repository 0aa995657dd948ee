/**
 * A Markdown table that is wider than a phone scrolls by itself, and by keyboard.
 */
import { defineMdastPlugin } from 'satteri';

export const scrollingTables = defineMdastPlugin({
  name: 'scrolling-tables',
  table(node, context) {
    const [head] = node.children;
    const columns = head?.children.map((cell) => context.textContent(cell)).filter(Boolean) ?? [];
    context.wrapNode(node, {
      type: 'scroller',
      data: {
        hName: 'div',
        hProperties: {
          className: ['table-scroll'],
          role: 'group',
          ariaLabel: `Table: ${columns.join(', ')}`,
          tabIndex: 0,
        },
      },
      children: [],
    });
  },
});
