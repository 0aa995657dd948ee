/** The accessibility check that every state of a page has to pass, in light and in dark. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './fixtures.ts';
import { markRepresentatives, REPRESENTATIVES } from './representatives.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that look at colors: all that the second theme can change. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * @param state which state of the page this is, for the message.
 * @param colors whether colors are looked at, in both themes. They take most of the time and hardly
 * depend on the screen, so a journey through every page looks at them on one screen.
 * @param within a part of the page to look at, where the journey changed only that.
 */
export async function expectAccessible(
  page: Page,
  state: string,
  { colors = true, within }: { colors?: boolean; within?: string } = {},
): Promise<void> {
  // axe judges no colors where nothing is laid out: what is out of sight has to be, for once.
  await page.evaluate(() => {
    for (const { style } of document.querySelectorAll<HTMLElement>('.cell, .listing'))
      style.contentVisibility = 'visible';
  });
  const look = async (colorScheme: 'light' | 'dark', where: string, rules: Rules) =>
    expect(await violationsOf(page, where, rules), `${state}, ${colorScheme}`).toEqual([]);
  for (const colorScheme of colors ? (['dark', 'light'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    if (colors && (await markRepresentatives(page, within)) > 0)
      await look(colorScheme, REPRESENTATIVES, { runOnly: COLOR_RULES });
  }
  await look('light', within ?? 'html', {
    runOnly: TAGS,
    rules: Object.fromEntries(COLOR_RULES.map((rule) => [rule, { enabled: false }])),
  });
}

type Rules = Pick<axe.RunOptions, 'runOnly' | 'rules'>;

/**
 * axe on the page itself, for what it violates alone. Frames are left out: the course's pages have none
 * to look at.
 *
 * @param where the parts of the page to look at, as a selector.
 */
async function violationsOf(page: Page, where: string, rules: Rules): Promise<string[]> {
  // Once for each document: reading it takes as long as some of its looks.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ where, rules }) => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(where, {
        ...rules,
        resultTypes: ['violations'],
        iframes: false,
      });
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, target }) => `${String(target)} ${html}`).join('\n  ')}`,
      );
    },
    { where, rules },
  );
}
