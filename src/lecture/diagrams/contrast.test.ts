import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { engineStyles } from '../../site/styles/engine-styles.ts';
import { NODE_CLASSES, SENTINELS, type ThemeColor } from './theme.ts';

const css = readFileSync(new URL('./diagrams.css', import.meta.url), 'utf8') + engineStyles();
const siteCss =
  readFileSync(new URL('../../site/styles/theme.css', import.meta.url), 'utf8') + engineStyles();

/** The declarations of a rule, by variable. */
const declarations = (rule: string): Record<string, string> =>
  Object.fromEntries(
    [...rule.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]),
  );

/** All rules of a selector. */
const rules = (selector: RegExp, text: string): string => text.match(selector)!.join('');
const ROOT = /^:root \{[^}]*\}/gm;

const siteDark = declarations(rules(ROOT, siteCss));
const siteLight = declarations(rules(/^:root\[data-theme='light'\] \{[^}]*\}/gm, siteCss));

/** The colors of a rule: the site's where it refers to one that the site sets, else the fallback. */
function colors(rule: string, site: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(declarations(rule))
      .filter(([name]) => name.startsWith('dg-'))
      .map(([name, value]) => {
        const [, reference, fallback] =
          /^var\(--([\w-]+)(?:, (#[0-9a-f]{6}))?\)$/.exec(value) ?? [];
        return [name.replace(/^dg-/, ''), (reference && site[reference]) ?? fallback ?? value];
      }),
  );
}

const themes = {
  light: colors(rules(ROOT, css), { ...siteDark, ...siteLight }),
  dark: colors(rules(/^:root\[data-theme='dark'\] \{[^}]*\}/gm, css), siteDark),
  print: colors(rules(/@media print \{\s*:root,[^}]*\}/g, css), siteLight),
};

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

const classes = Object.keys(NODE_CLASSES) as (keyof typeof NODE_CLASSES)[];
/** What text may stand on. */
const fills: ThemeColor[] = ['background', 'node', 'group', 'note', ...classes];
/** Lines, each with the fill it goes around; all may stand on the page or in a group. */
const lines: [line: ThemeColor, fill: ThemeColor][] = [
  ['line', 'node'],
  ['node-line', 'node'],
  ['group-line', 'group'],
  ['note-line', 'note'],
  ...classes.map((name): [ThemeColor, ThemeColor] => [`${name}-line`, name]),
];

describe('the contrast of black on white', () => {
  it('is 21, so the measure is right', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});

describe.each(Object.entries(themes))('in %s', (_, theme) => {
  const color = (name: ThemeColor) => theme[name]!;

  it('every color of the drawings is defined', () => {
    expect(Object.keys(theme).sort()).toEqual(Object.keys(SENTINELS).sort());
  });

  it.each(fills)('text can be read on %s', (fill) => {
    expect(contrast(color('text'), color(fill))).toBeGreaterThanOrEqual(4.5);
  });

  it('muted text can be read where it stands', () => {
    for (const fill of ['muted', 'background', 'group'] as const)
      expect(contrast(color('muted-text'), color(fill))).toBeGreaterThanOrEqual(4.5);
  });

  it('the numbers in a sequence can be read on their discs', () => {
    expect(contrast(color('background'), color('line'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(lines)('%s stands out from its fill, the page and a group', (line, fill) => {
    for (const behind of [fill, 'background', 'group'] as const)
      expect(contrast(color(line), color(behind))).toBeGreaterThanOrEqual(3);
  });
});
