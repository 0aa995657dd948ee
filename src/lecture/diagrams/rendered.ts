/** The committed drawings: where they are, what they are made from, and how small they get. */
import { createHash } from 'node:crypto';
import mermaid from 'mermaid/package.json' with { type: 'json' };
import type { DiagramFence } from './fences.ts';
import { readStamp } from './stamp.ts';
import { classDefinitions, MERMAID_CONFIG } from './theme.ts';

/** Raise it when a change outside `theme.ts` makes drawings come out differently. */
const DRAWN_BY = 2;

/** Where the drawings are, from the folder that has `content/`. */
export const RENDERED = 'content/diagrams';

/** Room for a drawing on a phone 360 px wide, in px. */
export const PHONE_WIDTH = 328;
/** From this width on (36rem) the main drawing stands where there is a narrow one too, in px. */
export const WIDE_FROM = 576;
/** Text must not get smaller than this, in px. */
export const SMALLEST_TEXT = 11;

/** Hash of all that a drawing is made from: its fence, the configuration, Mermaid's version. */
export function hashOf({ id, variant, title, description, source }: DiagramFence): string {
  const all = [DRAWN_BY, mermaid.version, MERMAID_CONFIG, classDefinitions()];
  return createHash('sha256')
    .update(JSON.stringify([...all, id, variant, title, description, source]))
    .digest('hex')
    .slice(0, 16);
}

/** Width and height of a drawing, in its own units, which are px where there is room. */
export function sizeOf(svg: string): { width: number; height: number } {
  const box = /<svg[^>]* viewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg);
  if (!box) throw new Error('The SVG has no viewBox.');
  return { width: Number(box[1]), height: Number(box[2]) };
}

/** How small the smallest text gets where the drawing has the least room it must live with, in px. */
export function smallestShown(svg: string, fence: DiagramFence): number {
  const { width } = sizeOf(svg);
  const text = readStamp(svg)?.smallestText ?? 0;
  if (fence.scroll) return text;
  const room = fence.variant === 'main' && fence.hasNarrow ? WIDE_FROM : PHONE_WIDTH;
  return text * Math.min(1, room / width);
}

/** What is wrong with the drawing's width, and what to do. `undefined` if its text can be read. */
export function tooSmall(svg: string, fence: DiagramFence): string | undefined {
  const shown = smallestShown(svg, fence);
  if (shown >= SMALLEST_TEXT) return undefined;
  const { width } = sizeOf(svg);
  const text = readStamp(svg)?.smallestText ?? 0;
  const room = fence.variant === 'main' && fence.hasNarrow ? WIDE_FROM : PHONE_WIDTH;
  const limit = Math.floor((room * text) / SMALLEST_TEXT);
  const another = fence.variant === 'main' && !fence.hasNarrow;
  return (
    `diagram "${fence.id}" is ${width} wide, so its text is ${shown.toFixed(1)} px in ${room} px of room; ` +
    `it must be ${SMALLEST_TEXT}. Bring it to ${limit} or less (direction TD, shorter labels, <br/>)` +
    (another
      ? `, or draw it a second time for phones in a fence with narrow-of="${fence.id}", or declare it "scroll".`
      : '.')
  );
}
