/** The course’s colors, from `content/course.yaml`, as styles of every page: `virtual:course-colors.css`. */
import type { Plugin } from 'vite';
import { ENGINE_NAMES } from '../engines/descriptors.ts';
import {
  readSettings,
  refuseSetting,
  type CourseSettings,
  type Shades,
} from '../foundation/course/settings.ts';

export const COLORS_MODULE = 'virtual:course-colors.css';

/** Paper and ink of `theme.css`. */
const PAGE = {
  light: { paper: '#fdfcf9', ink: '#1d1a16' },
  dark: { paper: '#191815', ink: '#f6f2ea' },
} as const;
type Theme = keyof typeof PAGE;

/** What WCAG asks of text (AA). */
const READABLE = 4.5;

/** @throws AuthoringError for an engine that is not known, and for text that could not be read. */
export function colorStyles(
  { accent, engines = {} }: Pick<CourseSettings, 'accent' | 'engines'>,
  refuse: (path: string[], message: string) => never = refuseSetting,
): string {
  for (const name of Object.keys(engines))
    if (!ENGINE_NAMES.some((one) => one === name))
      refuse(['engines', name], `there is no such engine. There are: ${ENGINE_NAMES.join(', ')}`);
  const rules = (theme: Theme): string => {
    const { color, low, high, text } = complete(accent[theme], theme);
    refuseFaint(['accent', theme, 'text'], text, theme, refuse);
    const ofEngines = Object.entries(engines).map(([name, both]) => {
      refuseFaint(['engines', name, theme], both[theme], theme, refuse);
      return `--e-${name}:${both[theme]}`;
    });
    return [
      `--sl-color-accent-low:${low}`,
      `--sl-color-accent:${color}`,
      `--sl-color-accent-high:${high}`,
      `--sl-color-text-accent:${text}`,
      ...ofEngines,
    ].join(';');
  };
  return [
    // Paper is white, whatever the reader's screen was.
    `:root{--paper-accent:${complete(accent.light, 'light').text};${rules('dark')}}`,
    `:root[data-theme='light']{${rules('light')}}`,
  ].join('\n');
}

/** What an author leaves out is mixed of the color and the page. */
function complete(shades: Shades, theme: Theme): Required<Shades> {
  const { paper, ink } = PAGE[theme];
  const { color, low = mixed(color, paper, 0.2), high = mixed(color, ink, 0.6) } = shades;
  return { color, low, high, text: shades.text ?? (theme === 'light' ? color : high) };
}

function refuseFaint(
  path: string[],
  color: string,
  theme: Theme,
  refuse: (path: string[], message: string) => never,
): void {
  const contrast = contrastOf(color, PAGE[theme].paper);
  if (contrast < READABLE)
    refuse(
      path,
      `${color} on a ${theme} page has a contrast of ${contrast.toFixed(1)}, text needs ${READABLE}. Choose a ${theme === 'light' ? 'darker' : 'lighter'} one`,
    );
}

const channels = (color: string): number[] =>
  [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));

function mixed(one: string, other: string, share: number): string {
  const others = channels(other);
  const both = channels(one).map((value, i) =>
    Math.round(share * value + (1 - share) * others[i]!),
  );
  return `#${both.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** As WCAG defines it: from 1 to 21. */
function contrastOf(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = channels(color)
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** For `plugins` of Vite. */
export function courseColors(): Plugin {
  const resolved = `\0${COLORS_MODULE}`;
  return {
    name: 'course-colors',
    resolveId: (id) => (id === COLORS_MODULE ? resolved : undefined),
    load: (id) => (id === resolved ? colorStyles(readSettings()) : undefined),
  };
}
