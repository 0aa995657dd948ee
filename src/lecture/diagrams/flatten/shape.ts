/** Shapes: geometry and computed paint as attributes, nothing else. */
import { isMove, isNothing, NAMESPACE, round, setTransform, type Drawing } from './drawing.ts';
import { plainest } from './plain-shape.ts';

/** The shapes of SVG, and the attributes that say where each is. */
const GEOMETRY: Readonly<Record<string, readonly string[]>> = {
  rect: ['x', 'y', 'width', 'height', 'rx', 'ry'],
  circle: ['cx', 'cy', 'r'],
  ellipse: ['cx', 'cy', 'rx', 'ry'],
  line: ['x1', 'y1', 'x2', 'y2'],
  path: ['d'],
  polygon: ['points'],
  polyline: ['points'],
};

/** Which coordinates move with a shape. */
const ANCHORS: Readonly<Record<string, readonly [x: string[], y: string[]]>> = {
  rect: [['x'], ['y']],
  line: [
    ['x1', 'x2'],
    ['y1', 'y2'],
  ],
  circle: [['cx'], ['cy']],
  ellipse: [['cx'], ['cy']],
};

export const isShape = (element: Element): element is SVGGeometryElement =>
  element.tagName in GEOMETRY;

/** The shape on its own, or nothing if there is nothing of it to see. */
export function flattenShape(
  element: SVGGeometryElement,
  drawing: Drawing,
  inMarker: boolean,
): Element | undefined {
  const style = getComputedStyle(element);
  const ends = ['marker-start', 'marker-mid', 'marker-end'].filter(
    (end) => !/^(none)?$/.test(style.getPropertyValue(end)),
  );
  const noStroke = isNothing(style.stroke) || Number.parseFloat(style.strokeWidth) === 0;
  if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return;
  if (isNothing(style.fill) && noStroke && !ends.length) return;
  const box = element.getBBox();
  if (!inMarker && !ends.length && box.width === 0 && box.height === 0) return;
  const plain = inMarker || ends.length ? element : plainest(element);
  const tag = plain.tagName;
  if (tag === 'line' && noStroke && !ends.length) return;

  const result = document.createElementNS(NAMESPACE, tag);
  for (const name of GEOMETRY[tag]!) {
    const value = plain.getAttribute(name);
    if (value !== null) result.setAttribute(name, value);
  }
  // The one measure that the theme's style sheet sets.
  if (tag === 'circle' && plain === element)
    result.setAttribute('r', round(Number.parseFloat(style.r)));
  const matrix = drawing.placeOf(element);
  place(result, matrix, drawing);
  if (tag !== 'line') result.setAttribute('fill', isNothing(style.fill) ? 'none' : style.fill);
  if (!noStroke) {
    result.setAttribute('stroke', style.stroke);
    if (style.strokeWidth !== '1px')
      result.setAttribute('stroke-width', round(Number.parseFloat(style.strokeWidth)));
    const dashes = style.strokeDasharray.replaceAll(/px|,/g, '');
    if (/[1-9]/.test(dashes) && dashes !== '1 0') result.setAttribute('stroke-dasharray', dashes);
  }
  for (const end of ends)
    result.setAttribute(end, `url(#${drawing.rename(style.getPropertyValue(end))})`);
  if (!inMarker) drawing.reach(box, matrix);
  return result;
}

/** Moves a shape that has coordinates of its own; a path keeps the move as its transform. */
function place(target: Element, m: DOMMatrix, { clip }: Drawing): void {
  const tag = target.tagName;
  if (!isMove(m) || tag === 'path') return setTransform(target, m);
  if (tag === 'polygon' || tag === 'polyline') {
    const numbers = (target.getAttribute('points') ?? '')
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const moved = numbers.map((n, i) => round(n + (i % 2 ? m.f : m.e)));
    return target.setAttribute('points', moved.join(' '));
  }
  const [across, down] = ANCHORS[tag]!;
  const move = (name: string, by: number) =>
    target.setAttribute(name, round(Number.parseFloat(target.getAttribute(name) ?? '0') + by));
  for (const name of across) move(name, m.e);
  for (const name of down) move(name, m.f);
  // A lifeline runs on far below what is to be seen of it.
  const end = target.getAttribute('y2');
  if (end && Number(end) > clip.bottom) target.setAttribute('y2', round(clip.bottom));
}

/**
 * A fill and the outline drawn over it become one shape, and what is drawn twice is drawn once.
 * True if `next` went into `last`.
 */
export function joined(last: Element | undefined, next: Element): boolean {
  if (last?.tagName !== next.tagName || !isShape(next)) return false;
  if (last.isEqualNode(next)) return true;
  for (const name of [...GEOMETRY[next.tagName]!, 'transform'])
    if (last.getAttribute(name) !== next.getAttribute(name)) return false;
  if (next.getAttribute('fill') !== 'none') return false;
  for (const { name, value } of next.attributes)
    if (name !== 'fill') last.setAttribute(name, value);
  return true;
}
