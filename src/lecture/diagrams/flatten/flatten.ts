/**
 * Turns what Mermaid drew into the plainest SVG that looks the same. Runs inside the browser.
 *
 * Mermaid's output carries a style sheet for every kind of node there is, a class and a data attribute
 * on everything, a `tspan` per word, and groups inside groups that only move things. Here every shape
 * and text is written out once, with its computed paint as attributes and its place in the drawing's own
 * coordinates. That is a tenth of the size, needs no inline style (so no exception in the page's content
 * security policy), and every color in it can be seen and replaced.
 */
import { Drawing, NAMESPACE } from './drawing.ts';
import { flattenShape, isShape, joined } from './shape.ts';
import { flattenText } from './text.ts';

/** A drawing without style sheet, groups, classes or inline styles. */
export interface FlatDrawing {
  /** The children of the `svg` element, as markup. Colors are as the browser computed them. */
  markup: string;
  /** Left, top, width and height in the drawing's units. */
  viewBox: [x: number, y: number, width: number, height: number];
  /** Size of the smallest text, in the drawing's units. 0 if there is no text. */
  smallestText: number;
  /** Visible elements that were not carried over, by tag name. Empty if all went well. */
  unsupported: string[];
}

/** Elements that are seen only through others, or not at all. */
const UNSEEN = new Set([
  'symbol',
  'clipPath',
  'filter',
  'linearGradient',
  'style',
  'title',
  'desc',
]);

/**
 * @param options.svg markup from `mermaid.render`.
 * @param options.id prefix of every id in the result.
 * @param options.padding free space around the drawing, in its units.
 */
export function flattenDrawing(options: { svg: string; id: string; padding: number }): FlatDrawing {
  const host = document.createElement('div');
  host.append(new DOMParser().parseFromString(options.svg, 'image/svg+xml').documentElement);
  document.body.append(host);
  const svg = host.querySelector('svg')!;
  const drawing = new Drawing(svg, options.id);
  const markers = new Map<string, Element>();
  const unsupported = new Set<string>();

  function visit(element: Element, into: Element[], inMarker: boolean): void {
    const tag = element.tagName;
    if (isShape(element)) {
      const flat = flattenShape(element, drawing, inMarker);
      if (flat && !joined(into.at(-1), flat)) into.push(flat);
    } else if (tag === 'text') {
      const flat = flattenText(element as SVGTextElement, drawing);
      if (flat) into.push(flat);
    } else if (tag === 'marker') {
      markers.set(element.id, flattenMarker(element));
    } else if (['g', 'svg', 'a', 'defs'].includes(tag)) {
      if (tag !== 'defs' && getComputedStyle(element).display === 'none') return;
      for (const child of element.children) visit(child, into, inMarker);
    } else if (!UNSEEN.has(tag) && element.getBoundingClientRect().width > 0) {
      unsupported.add(tag);
    }
  }

  function flattenMarker(element: Element): Element {
    const flat = document.createElementNS(NAMESPACE, 'marker');
    for (const { name, value } of element.attributes)
      if (!/^(class|style|id)$|^data-/.test(name)) flat.setAttribute(name, value);
    const children: Element[] = [];
    for (const child of element.children) visit(child, children, true);
    flat.append(...children);
    return flat;
  }

  const body: Element[] = [];
  visit(svg, body, false);
  host.remove();

  const usedMarkers = [...drawing.ids].flatMap(([from, to]) => {
    const marker = markers.get(from);
    if (!marker?.childElementCount) return [];
    marker.id = to;
    return [marker];
  });
  return {
    markup: (usedMarkers.length ? `<defs>${serialize(usedMarkers)}</defs>` : '') + serialize(body),
    viewBox: drawing.viewBox(options.padding),
    smallestText: drawing.smallestText,
    unsupported: [...unsupported],
  };
}

function serialize(elements: Element[]): string {
  const serializer = new XMLSerializer();
  return elements
    .map((element) => serializer.serializeToString(element))
    .join('')
    .replaceAll(` xmlns="${NAMESPACE}"`, '');
}
