/** From the flat drawing to the SVG that is committed: variables for colors, title and description, small. */
import { optimize } from 'svgo';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { DiagramFence } from './fences.ts';
import type { FlatDrawing } from './flatten/flatten.ts';
import { hashOf } from './rendered.ts';
import { stampLine } from './stamp.ts';
import { FONT_FAMILY, FONT_SIZE, NODE_CLASSES, SENTINELS, type ThemeColor } from './theme.ts';

const rgb = (hex: string): string =>
  `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;

/**
 * Sentinels as the browser writes them → the variables they stand for. White is written into the
 * crow's feet of entities, where it stands for the page behind.
 */
const PALETTE: ReadonlyMap<string, ThemeColor> = new Map<string, ThemeColor>([
  ...Object.entries(SENTINELS).map(([name, hex]) => [rgb(hex), name as ThemeColor] as const),
  ['rgb(255, 255, 255)', 'background'],
]);

/** What SVGO would take for superfluous: ids, and what an image says of itself. */
const OVERRIDES = {
  cleanupIds: false,
  removeDesc: false,
  removeUnknownsAndDefaults: { keepRoleAttr: true, keepAriaAttrs: true },
} as const;

/** Prefix of the ids in a drawing: unlike any id of the page around it. */
export const idPrefix = ({ id, variant }: DiagramFence): string =>
  variant === 'narrow' ? `dg-${id}-narrow` : `dg-${id}`;

/**
 * The SVG as it is committed, with its stamp.
 *
 * @throws AuthoringError if the drawing holds what cannot be themed: a color of the author's own, an
 * image, HTML.
 */
export function finish(flat: FlatDrawing, fence: DiagramFence): string {
  const refuse = (message: string): never => {
    throw new AuthoringError(fence.file, fence.line, message);
  };
  if (flat.unsupported.length)
    refuse(
      `diagram "${fence.id}" contains <${flat.unsupported.join('>, <')}>, which cannot be drawn as plain SVG. ` +
        'Use text and shapes only.',
    );
  const unknown = new Set<string>();
  const markup = flat.markup.replaceAll(/rgba?\([^)]*\)/g, (color) => {
    const name = PALETTE.get(color);
    if (!name) unknown.add(color);
    return `var(--dg-${name ?? 'text'})`;
  });
  if (unknown.size)
    refuse(
      `diagram "${fence.id}" has colors that are not the theme's: ${[...unknown].join(', ')}. Instead of ` +
        `style, classDef or rgb(…) use the classes :::${Object.keys(NODE_CLASSES).join(', :::')}.`,
    );
  const prefix = idPrefix(fence);
  const [, , width, height] = flat.viewBox;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${flat.viewBox.join(' ')}" width="${width}" ` +
    `height="${height}" fill="var(--dg-text)" font-family="${FONT_FAMILY}" font-size="${FONT_SIZE}" ` +
    `role="img" aria-labelledby="${prefix}-title" aria-describedby="${prefix}-desc">` +
    `<title id="${prefix}-title">${escape(fence.title)}</title>` +
    `<desc id="${prefix}-desc">${escape(fence.description)}</desc>${markup}</svg>`;
  const { data } = optimize(svg, {
    multipass: true,
    floatPrecision: 1,
    plugins: [{ name: 'preset-default', params: { overrides: OVERRIDES } }],
  });
  return stampLine(fence, { hash: hashOf(fence), smallestText: flat.smallestText }) + data + '\n';
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
