/**
 * The styles of the engines, made from their descriptors: colors as custom properties, which other styles and a course
 * may set anew, and the glyph before a name.
 */
import type { AstroIntegration } from 'astro';
import type { EngineDescriptor, EngineLook } from '../../engines/descriptor.ts';
import { ENGINES, type Engines } from '../../engines/descriptors.ts';

/** Name it in `customCss`. */
export const ENGINE_STYLES = 'virtual:engines.css';

/** The styles as CSS. */
export function engineStyles(engines: Engines = ENGINES): string {
  const rule = (selector: string, declarations: (engine: EngineDescriptor) => string[]): string =>
    `${selector} {\n${engines.flatMap(declarations).join('\n')}\n}`;
  const ink =
    (scheme: 'light' | 'dark') =>
    ({ name, look }: EngineDescriptor) => [`--e-${name}: ${look.ink[scheme]};`];
  const drawn =
    (scheme: 'light' | 'dark') =>
    ({ name, look }: EngineDescriptor) =>
      boxes(look, look.fill[scheme], `var(--e-${name})`);
  return [
    rule(':root', ink('dark')),
    rule(":root[data-theme='light']", ink('light')),
    rule(':root', drawn('light')),
    rule(":root[data-theme='dark']", drawn('dark')),
    // Paper is white, whatever the reader's screen was.
    `@media print {\n${rule("  :root,\n  :root[data-theme='dark']", ({ look }) => boxes(look, look.fill.print, look.ink.light))}\n}`,
    ...engines.map(
      ({ name, look }) =>
        `[data-engine='${name}'] {\n--engine: var(--e-${name});\n--glyph: url("${imageOf(look.glyph)}");\n}`,
    ),
  ].join('\n');
}

/** The colors of an engine's boxes in diagrams. */
const boxes = ({ diagramClass }: EngineLook, fill: string, line: string): string[] =>
  diagramClass === undefined
    ? []
    : [`--dg-${diagramClass}: ${fill};`, `--dg-${diagramClass}-line: ${line};`];

function imageOf({ paths, stroked = false }: EngineLook['glyph']): string {
  const stroke = stroked ? " fill='none' stroke='#000' stroke-width='1.800'" : '';
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'${stroke}>${paths}</svg>`;
  return `data:image/svg+xml,${svg.replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('#', '%23')}`;
}

/** Makes {@link ENGINE_STYLES}. */
export function engineStyleSheet(): AstroIntegration {
  const resolved = `\0${ENGINE_STYLES}`;
  return {
    name: 'engine-styles',
    hooks: {
      'astro:config:setup'({ updateConfig }) {
        updateConfig({
          vite: {
            plugins: [
              {
                name: ENGINE_STYLES,
                resolveId: (id: string) => (id === ENGINE_STYLES ? resolved : null),
                load: (id: string) => (id === resolved ? engineStyles() : null),
              },
            ],
          },
        });
      },
    },
  };
}
