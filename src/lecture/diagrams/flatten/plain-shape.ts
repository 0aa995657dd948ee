/**
 * Mermaid draws the boxes of some kinds (entities, classes, end states) as if by hand, with a steady
 * hand: long paths that go over every edge twice. Where such a path is a line, a box or a circle, that
 * is what it becomes, at a hundredth of the size.
 */
import { NAMESPACE, round } from './drawing.ts';

/** How far a point may be off, in the drawing's units: less than half a pixel is not seen. */
const TOLERANCE = 0.4;
const SAMPLES = 97;

/** Paths drawn by hand: curves, or the four corners of a fill. */
const BY_HAND = /C|^M[^A-Za-z]+(L[^A-Za-z]+){3}$/;

/** The plainest element of the same shape: a new one, or the given one if it is as plain as it gets. */
export function plainest(element: SVGGeometryElement): SVGGeometryElement {
  if (element.tagName !== 'path' || !BY_HAND.test(element.getAttribute('d') ?? '')) return element;
  const { x, y, width, height } = element.getBBox();
  if (width < TOLERANCE || height < TOLERANCE)
    return shape('line', { x1: x, y1: y, x2: x + width, y2: y + height });

  const length = element.getTotalLength();
  const points = Array.from({ length: SAMPLES }, (_, i) =>
    element.getPointAtLength((length * i) / (SAMPLES - 1)),
  );
  const edges = points.map((p) => [
    close(p.x, x),
    close(p.y, y),
    close(p.x, x + width),
    close(p.y, y + height),
  ]);
  const isBox =
    edges.every((on) => on.includes(true)) &&
    [0, 1, 2, 3].every((edge) => edges.some((on) => on[edge]));
  if (isBox) return shape('rect', { x, y, width, height });

  const r = width / 2;
  const fromCenter = (p: DOMPoint) => Math.hypot(p.x - x - r, p.y - y - r);
  if (close(width, height) && points.every((p) => close(fromCenter(p), r)))
    return shape('circle', { cx: x + r, cy: y + r, r });
  return element;
}

const close = (a: number, b: number) => Math.abs(a - b) < TOLERANCE;

function shape(tag: string, attributes: Record<string, number>): SVGGeometryElement {
  const element = document.createElementNS(NAMESPACE, tag) as SVGGeometryElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, round(value));
  return element;
}
