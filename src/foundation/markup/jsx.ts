/**
 * A component in the Markdown tree.
 */
import type { MdxJsxFlowElement } from 'satteri';

/** @param attributes texts; `undefined` leaves one out. */
export function component(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
): MdxJsxFlowElement {
  return {
    type: 'mdxJsxFlowElement',
    name,
    attributes: Object.entries(attributes)
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .map(([key, value]) => ({ type: 'mdxJsxAttribute', name: key, value })),
    children: [],
  };
}
