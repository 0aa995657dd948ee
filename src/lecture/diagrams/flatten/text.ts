/** Text: one element per text, one `tspan` per line where there are several, none per word. */
import { isMove, NAMESPACE, round, setTransform, type Drawing } from './drawing.ts';

/** Words that look the same. */
interface Run {
  text: string;
  weight: string;
  slant: string;
  fill: string;
}

interface Line {
  x: number;
  y: number;
  runs: Run[];
}

/** The text on its own, or nothing if it is empty. */
export function flattenText(element: SVGTextElement, drawing: Drawing): Element | undefined {
  const style = getComputedStyle(element);
  if (!element.textContent.trim() || style.display === 'none') return;
  const size = Number.parseFloat(style.fontSize);
  const matrix = drawing.placeOf(element);
  const result = document.createElementNS(NAMESPACE, 'text');
  if (!isMove(matrix)) setTransform(result, matrix);

  const lines = linesOf(element, size, isMove(matrix) ? matrix : new DOMMatrix());
  const runs = lines.flatMap((line) => line.runs);
  const usual: Run = {
    text: '',
    weight: same(runs, 'weight') ?? 'normal',
    slant: same(runs, 'slant') ?? 'normal',
    fill: same(runs, 'fill') ?? style.fill,
  };
  for (const line of lines) {
    const target =
      lines.length === 1
        ? result
        : result.appendChild(document.createElementNS(NAMESPACE, 'tspan'));
    target.setAttribute('x', round(line.x));
    target.setAttribute('y', round(line.y));
    for (const run of line.runs) target.append(unlike(run, usual));
  }
  result.setAttribute('fill', usual.fill);
  result.setAttribute('font-size', round(size));
  if (usual.weight !== 'normal') result.setAttribute('font-weight', usual.weight);
  if (usual.slant !== 'normal') result.setAttribute('font-style', usual.slant);
  if (style.textAnchor !== 'start') result.setAttribute('text-anchor', style.textAnchor);
  if (style.dominantBaseline !== 'auto')
    result.setAttribute('dominant-baseline', style.dominantBaseline);

  const drawn = size * Math.hypot(matrix.a, matrix.b);
  drawing.smallestText = Math.min(drawing.smallestText || Infinity, drawn);
  drawing.reach(element.getBBox(), matrix);
  return result;
}

/** Lines are the outermost tspans with a place of their own; a text without them is one line. */
function linesOf(element: SVGTextElement, size: number, move: DOMMatrix): Line[] {
  const pixels = (of: Element, name: string) => {
    const value = of.getAttribute(name);
    if (value === null) return 0;
    return Number.parseFloat(value) * (value.endsWith('em') ? size : 1);
  };
  const rows = [...element.children].filter(
    (child) => child.tagName === 'tspan' && child.hasAttribute('x') && child.textContent.trim(),
  );
  let y = pixels(element, 'y') + pixels(element, 'dy');
  if (!rows.length)
    return [{ x: pixels(element, 'x') + move.e, y: y + move.f, runs: runsOf(element) }];
  return rows.map((row) => {
    if (row.hasAttribute('y')) y = pixels(row, 'y');
    y += pixels(row, 'dy');
    return { x: pixels(row, 'x') + move.e, y: y + move.f, runs: runsOf(row) };
  });
}

/** The words of one line, joined as long as they look the same. */
function runsOf(line: Node): Run[] {
  const runs: Run[] = [];
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const style = getComputedStyle(node.parentElement!);
    const run: Run = {
      text: node.nodeValue!,
      weight: Number(style.fontWeight) >= 600 ? 'bold' : 'normal',
      slant: style.fontStyle,
      fill: style.fill,
    };
    const last = runs.at(-1);
    if (last?.weight === run.weight && last.slant === run.slant && last.fill === run.fill)
      last.text += run.text;
    else runs.push(run);
  }
  return runs;
}

const same = (runs: Run[], key: keyof Run): string | undefined =>
  runs.every((run) => run[key] === runs[0]![key]) ? runs[0]![key] : undefined;

/** A run as plain words, or in a `tspan` that says how it differs from the rest. */
function unlike(run: Run, usual: Run): Node {
  const differs = [
    ['font-weight', run.weight, usual.weight],
    ['font-style', run.slant, usual.slant],
    ['fill', run.fill, usual.fill],
  ].filter(([, own, others]) => own !== others);
  if (!differs.length) return document.createTextNode(run.text);
  const span = document.createElementNS(NAMESPACE, 'tspan');
  span.textContent = run.text;
  for (const [name, value] of differs) span.setAttribute(name!, value!);
  return span;
}
