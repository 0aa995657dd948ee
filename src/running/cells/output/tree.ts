/**
 * The little tree that a renderer returns, so that the build (as HTML) and the browser (as DOM) print
 * an output by the same code. Values only ever become text: neither way can make markup of them.
 */

export interface Element {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Node[];
}
export type Node = Element | string;

/** @param attributes an `undefined` value leaves the attribute out. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: (Node | undefined)[]
): Element {
  return {
    tag,
    attributes: Object.fromEntries(
      Object.entries(attributes).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    ),
    children: children.filter((child) => child !== undefined),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

const VOID = new Set(['br', 'col', 'hr', 'img', 'input', 'wbr']);

/** The tree as HTML, every text and attribute escaped. */
export function toHtml(node: Node): string {
  if (typeof node === 'string') return escape(node);
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escape(value)}"`))
    .join('');
  const open = `<${node.tag}${attributes}>`;
  if (VOID.has(node.tag)) return open;
  return `${open}${node.children.map(toHtml).join('')}</${node.tag}>`;
}

/** The tree as DOM nodes. */
export function toDom(node: Node, document: Document): globalThis.Node {
  if (typeof node === 'string') return document.createTextNode(node);
  const element = document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes)) element.setAttribute(name, value);
  element.append(...node.children.map((child) => toDom(child, document)));
  return element;
}
