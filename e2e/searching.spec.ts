import type { Page } from '@playwright/test';
import { collectPermalinks } from '../src/sharing/permalinks/collect.ts';
import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';
import { QUESTIONS } from './questions.ts';
import { OPERATORS, WORDS } from './searches.ts';

test('searching “EAV” by keyboard lands on the section', async ({ page }) => {
  await page.goto('');
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Search the course' });
  await expect(dialog.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('EAV');
  await expect(dialog.getByRole('link').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  const first = dialog.getByRole('link').first();
  await expect(first).toBeFocused();
  const section = dialog.locator('a.sub').first();
  const address = (await section.getAttribute('href'))!;
  expect(address).toContain(`/${addressOf('1.2')}#`);
  await section.click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
});

test('the search finds nothing of the teacher’s notes @once', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  // From a teacher's note of 1.1: “You will usually find all of the next section's designs in the room.”
  await page.getByRole('searchbox').fill('"designs in the room"');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('Nothing found');
  await page.getByRole('searchbox').fill('"hired by an online shop"');
  await expect(page.getByRole('dialog').getByRole('link').first()).toContainText('catalog');
});

test('nothing of the search is loaded before it is opened @once', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto('', { waitUntil: 'networkidle' });
  const ofSearch = (): string[] => requests.filter((url) => /pagefind|places|finding/.test(url));
  expect(ofSearch()).toEqual([]);
  await page.keyboard.press('/');
  await expect.poll(() => ofSearch().length).toBeGreaterThan(2);
});

test('an operator is found by keyboard alone', async ({ page }) => {
  await page.goto('');
  await page.keyboard.press('/');
  await page.keyboard.type('$lookup');
  const dialog = page.getByRole('dialog', { name: 'Search the course' });
  await expect(dialog.getByRole('status')).toContainText('1 entry of the card');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('link', { name: 'JOIN → $lookup' }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/reference\/#lookup$/);
  await expect(dialog).toBeHidden();
});

test('what was searched once is found again without a network, and operators are @offline @once', async ({
  page,
  context,
}) => {
  await page.goto('');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  const links = page.getByRole('dialog').locator('ol a');
  const search = async (query: string): Promise<void> => {
    await page.keyboard.press('/');
    await page.getByRole('searchbox').fill(query);
  };
  await search('sorted set leaderboard');
  await expect(links.filter({ hasText: '4.2 Redis data structures' }).first()).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await search('sorted set leaderboard');
  await expect(links.filter({ hasText: '4.2 Redis data structures' }).first()).toBeVisible();
  await search('@>');
  await expect(links.first()).toHaveText(/value in an array/);
  // Words that were never looked for may be in a part of the index that did not come.
  await search('pydantic');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText(
    /Check your connection and type again|page/,
  );
});

test('a search without results says so, and Escape gives the focus back', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('qqqqzzzz');
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(
    'Nothing found for “qqqqzzzz”.',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Search' })).toBeFocused();
});

test('thirty questions of students lead to a fitting page within the first three pages @desk', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  const dialog = page.getByRole('dialog');
  const missed: string[] = [];
  for (const [question, ids] of QUESTIONS) {
    await page.getByRole('searchbox').fill('');
    await expect(dialog.getByRole('status')).toBeEmpty();
    await page.getByRole('searchbox').fill(question);
    await expect(dialog.getByRole('status')).toHaveText(/page|Nothing/);
    const found = await dialog
      .locator('a:not(.sub, .entry, .place)')
      .evaluateAll((links) =>
        links.slice(0, 3).map((link) => (link as HTMLAnchorElement).pathname),
      );
    if (!ids.some((id) => found.some((path) => path === `/${addressOf(id)}`)))
      missed.push(`${question}: ${found.join(', ')}`);
  }
  expect(missed).toEqual([]);
});

/** The links that are found, in their order, without the site’s base. */
async function found(page: Page, query: string): Promise<string[]> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill('');
  await expect(dialog.getByRole('status')).toBeEmpty();
  await dialog.getByRole('searchbox').fill(query);
  await expect(dialog.getByRole('status')).toHaveText(/page|section|card|Nothing/);
  return dialog
    .locator('ol a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!.replace(/^\//, '')));
}

for (const [name, searches] of [
  ['an operator or a command', OPERATORS],
  ['words', WORDS],
] as const)
  test(`${name}: the exact entry of the card comes first, and the section that teaches it soon @once`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const targets = new Map(collectPermalinks().map(({ id, target }) => [id, target]));
    await page.goto('');
    await page.getByRole('button', { name: 'Search' }).click();
    const missed: string[] = [];
    for (const { query, first, soon = [] } of searches) {
      const links = await found(page, query);
      if (first !== undefined && links[0] !== targets.get(first))
        missed.push(`${query}: ${first} is not first, but ${links[0]}`);
      for (const id of soon)
        if (!links.slice(0, 4).includes(targets.get(id)!))
          missed.push(`${query}: ${id} is not among ${links.slice(0, 4).join(', ')}`);
    }
    expect(missed).toEqual([]);
  });
