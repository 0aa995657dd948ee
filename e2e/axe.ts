/** The accessibility check that every state of a page has to pass, in light and in dark. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
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
  const look = async (colorScheme: 'light' | 'dark', axe: AxeBuilder): Promise<void> => {
    const { violations } = await axe.analyze();
    const found = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, target }) => `${String(target)} ${html}`).join('\n  ')}`,
    );
    expect(found, `${state}, ${colorScheme}`).toEqual([]);
  };
  for (const colorScheme of colors ? (['dark', 'light'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    if (colors && (await markRepresentatives(page, within)) > 0)
      await look(colorScheme, axeOn(page).include(REPRESENTATIVES).withRules(COLOR_RULES));
  }
  const axe = axeOn(page).withTags(TAGS).disableRules(COLOR_RULES);
  if (within !== undefined) axe.include(within);
  await look('light', axe);
}

/**
 * axe on the page itself, for what it violates alone. The legacy mode leaves out frames, of which the
 * course's pages have none to look at: without it every node of a page is carried to another page and
 * back, which takes four times as long.
 */
const axeOn = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
