/**
 * The first line of a committed SVG, which says what it was made from. Pages read it too, so nothing
 * here needs Node.
 */
import type { DiagramFence } from './fences.ts';

/** What a committed SVG says of itself. */
export interface Stamp {
  /** Hash of what it was made from. */
  hash: string;
  /** Size of its smallest text, in its own units. */
  smallestText: number;
}

/** Name of a drawing's SVG, without folder: `wide-table.svg`, `wide-table.narrow.svg`. */
export const fileNameOf = ({ id, variant }: Pick<DiagramFence, 'id' | 'variant'>): string =>
  variant === 'narrow' ? `${id}.narrow.svg` : `${id}.svg`;

/** The first line of a committed SVG. */
export const stampLine = (fence: DiagramFence, { hash, smallestText }: Stamp): string =>
  `<!-- ${fileNameOf(fence)} hash ${hash} text ${smallestText} -->\n`;

/** `undefined` if the SVG does not say, which is as good as stale. */
export function readStamp(svg: string): Stamp | undefined {
  const match = /^<!-- \S+ hash (\w+) text ([\d.]+) -->/.exec(svg);
  return match ? { hash: match[1]!, smallestText: Number(match[2]) } : undefined;
}

/** The drawing without its first line, as it stands in the page. */
export const withoutStamp = (svg: string): string => svg.replace(/^<!--.*?-->\s*/, '').trimEnd();
