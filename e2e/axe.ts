/** The accessibility check that every state of a page has to pass, in light and in dark. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './fixtures.ts';
import { markRepresentatives, REPRESENTATIVES, type Represented } from './representatives.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that look at colors: all that the second theme can change. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * How often axe has still to be asked about a look, in whichever journey it is worn next. A look holds
 * all that the color rules depend on, and most of a page looks as the page before it did: one that was
 * found good is not asked about again, and one that axe can say nothing of, only so often.
 */
const asksLeft = new Map<string, number>();
const ASKS = 3;
const settledLooks = (): string[] =>
  [...asksLeft].filter(([, left]) => left === 0).map(([look]) => look);

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
  await page.evaluate(() =>
    document.documentElement.style.setProperty('--out-of-sight', 'visible'),
  );
  // The plain links at headings become buttons in idle moments: who is marked now shall be there later.
  await page.waitForFunction(
    () =>
      document.querySelector('.page-foot[data-page]') === null ||
      document.querySelector('a.sl-anchor-link') === null,
  );
  const themes = colors ? (['dark', 'light'] as const) : (['light'] as const);
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    const looks = colors ? await markRepresentatives(page, settledLooks(), within) : [];
    // The last look at the page takes in both: most of the time goes into where everything is.
    const all = colorScheme === 'light';
    if (!all && looks.length === 0) continue;
    const { violations, good } = await judge(page, all ? (within ?? 'html') : REPRESENTATIVES, {
      runOnly: all ? TAGS : COLOR_RULES,
      ...(looks.length === 0 && { rules: NO_COLORS }),
      resultTypes: looks.length === 0 ? ['violations'] : ['violations', 'incomplete', 'passes'],
    });
    expect(violations, `${state}, ${colorScheme}`).toEqual([]);
    for (const look of looks) asksLeft.set(look, (asksLeft.get(look) ?? ASKS) - 1);
    for (const look of good) asksLeft.set(look, 0);
  }
}

type Rules = Pick<axe.RunOptions, 'runOnly' | 'rules' | 'resultTypes'>;
const NO_COLORS = Object.fromEntries(COLOR_RULES.map((rule) => [rule, { enabled: false }]));

interface Verdict {
  violations: string[];
  /** The looks of those marked whose colors axe could judge, and found good. */
  good: string[];
}

/**
 * What axe says of a page; of its colors, what it says of the representatives. Frames are left out: the
 * course's pages have none to look at.
 *
 * @param where the parts of the page to look at, as a selector.
 */
async function judge(page: Page, where: string, rules: Rules): Promise<Verdict> {
  // Once for each document: reading it takes as long as some of its looks.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE);
  return page.evaluate(
    async ({ where, rules }) => {
      type Page = { axe: typeof axe } & Partial<Represented>;
      const { axe: judge, looks } = globalThis as unknown as Page;
      const options = { ...rules, elementRef: true, iframes: false };
      const { violations, incomplete, passes } = await judge.run(where, options);
      const elementsOf = (results: axe.Result[], rule: string): Set<Element | undefined> =>
        new Set(
          results
            .filter(({ id }) => id === rule)
            .flatMap(({ nodes }) => nodes.map(({ element }) => element)),
        );
      const readable = elementsOf(passes, 'color-contrast');
      const unclear = elementsOf(incomplete, 'link-in-text-block');
      return {
        violations: violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map(({ html, target }) => `${String(target)} ${html}`).join('\n  ')}`,
        ),
        good: [...(looks ?? [])]
          .filter(
            ([element]) => readable.has(element) && !unclear.has(element.closest('a') ?? undefined),
          )
          .map(([, look]) => look),
      };
    },
    { where, rules },
  );
}

/** axe, which looks at the colors of the representatives alone. */
const SOURCE = `${axe.source};axe.configure(${JSON.stringify({
  rules: [
    { id: 'color-contrast', selector: REPRESENTATIVES },
    { id: 'link-in-text-block', selector: `a[href]${REPRESENTATIVES}` },
  ],
})})`;
