import { readReference } from '../src/lecture/reference/read.ts';
import { expectAccessible } from './axe.ts';
import { addressOf, cell, expectNoSidewaysScroll, run } from './course.ts';
import { expect, test } from './fixtures.ts';
import type { Locator, Page } from '@playwright/test';

const CARD = 'reference/';
const entries = readReference().flatMap((group) => group.entries);

const filterOf = (page: Page): Locator => page.getByRole('searchbox', { name: 'Filter' });
const status = (page: Page): Locator => page.locator('#card-status');
const shown = (page: Page): Locator => page.locator('.card-entry:visible');
const entry = (page: Page, id: string): Locator =>
  page.locator('.card-entry').filter({ has: page.locator(`h3#${id}`) });
/** The texts that the browser marks. */
const marks = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...(CSS.highlights.get('card-match') ?? [])].map(
      ({ startContainer, startOffset, endOffset }) =>
        startContainer.textContent!.slice(startOffset, endOffset),
    ),
  );

test('a student on a phone finds $lookup by “join” with one thumb, and runs its example', async ({
  page,
  isMobile,
}) => {
  await page.goto(CARD);
  await expect(shown(page)).toHaveCount(entries.length);
  if (isMobile) {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    const thumb = page.getByRole('button', { name: 'Filter', exact: true });
    const { y, height } = (await thumb.boundingBox())!;
    expect(y, 'within reach of the thumb').toBeGreaterThan(740 / 2);
    expect(height).toBeGreaterThanOrEqual(44);
    await thumb.tap();
  } else await filterOf(page).click();
  await expect(filterOf(page)).toBeFocused();
  await page.keyboard.type('join');
  await expect(entry(page, 'lookup')).toBeInViewport();
  expect(await shown(page).count()).toBeLessThan(8);
  expect(await marks(page)).toContain('JOIN');
  await entry(page, 'lookup').getByText('Example').click();
  const example = cell(page, 'lookup-example');
  await expect(example.locator('.cell-results')).toContainText("customer: [ { name: 'Carol' } ]");
  await run(example);
  await expect(example.locator('.cell-status')).toContainText('Ran in your browser');
  await expect(example.locator('.cell-results')).toContainText("customer: [ { name: 'Carol' } ]");
});

test('the keyboard alone filters, walks and opens an entry @once', async ({ page, baseURL }) => {
  await page.goto(CARD);
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await expect(filterOf(page)).toBeFocused();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.type('z');
  await expect(status(page)).toContainText('Enter opens');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(shown(page).nth(1).locator('.entry-name')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(shown(page).first().locator('.entry-name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(filterOf(page)).toBeFocused();
  await page.keyboard.type('leaderbord');
  await expect(status(page)).toContainText('Enter opens Sorted sets');
  expect(await marks(page)).toContain('leaderboard');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${baseURL}${CARD}?q=leaderbord#sorted-sets`);
  await expect(entry(page, 'sorted-sets').locator('.entry-name')).toBeFocused();
  await expect(entry(page, 'sorted-sets').locator('.cell-code')).toBeVisible();
});

test('what is filtered out is nowhere: not for a screen reader, the Tab key, a search in the page or paper @once', async ({
  page,
}) => {
  await page.goto(CARD);
  const card = page.locator('reference-card');
  await expect(card.getByRole('article')).toHaveCount(entries.length);
  await filterOf(page).fill('leaderboard');
  await expect(card).not.toHaveAttribute('data-following');
  const count = await shown(page).count();
  expect(count).toBeLessThan(8);
  await expect(card.getByRole('article')).toHaveCount(count);
  const groups = await page.locator('.card-group:has(.card-entry:not([data-out]))').count();
  await expect(card.getByRole('region')).toHaveCount(groups);
  await shown(page).last().locator('summary').focus();
  await page.keyboard.press('Tab');
  const outside = page.locator('body :focus:not(.card-entry *)');
  await expect(outside).toHaveCount(1);
  const find = (text: string): Promise<boolean> =>
    page.evaluate(
      (text) => (window as unknown as { find(text: string): boolean }).find(text),
      text,
    );
  expect(await find('$lookup')).toBe(false);
  expect(await find('ZADD')).toBe(true);
  await page.emulateMedia({ media: 'print' });
  await expect(shown(page)).toHaveCount(count);
});

test('the address keeps the query, over a reload and from a link @once', async ({
  page,
  baseURL,
}) => {
  await page.goto(CARD);
  await filterOf(page).fill('queue');
  await page.waitForURL(`${baseURL}${CARD}?q=queue`);
  const count = await shown(page).count();
  await page.reload();
  await expect(filterOf(page)).toHaveValue('queue');
  await expect(shown(page)).toHaveCount(count);
  expect(count).toBeLessThan(entries.length / 2);
  await filterOf(page).fill('xyzzy');
  await expect(status(page)).toContainText('Nothing matches “xyzzy”');
  await filterOf(page).fill('');
  await page.waitForURL(`${baseURL}${CARD}`);
  await expect(shown(page)).toHaveCount(entries.length);
});

test('the lasting link of an entry is copied, and leads to it whatever the filter says @once', async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${CARD}?q=hash`);
  const name = entries.find(({ id }) => id === 'hset')!.name;
  await page
    .getByRole('button', { name: `Copy link to “${name}”` })
    .first()
    .click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${baseURL}go/reference.hset/`);
  await page.goto(link);
  await page.waitForURL(`${baseURL}${CARD}#hset`);
  await expect(page.locator('#hset')).toBeInViewport();
  await expect(entry(page, 'hset').locator('.cell-code')).toBeVisible();
  await page.goto(`${CARD}?q=join#zadd`);
  await expect(entry(page, 'zadd')).toBeVisible();
  await expect(filterOf(page)).toHaveValue('');
});

test('the site’s search finds an entry, and the lecture is a link away @once', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('ZREVRANK');
  const found = page.getByRole('dialog').locator('a[href*="/reference/#"]').first();
  await expect(found).toBeVisible();
  await page.goto(`${CARD}#zadd`);
  await entry(page, 'zadd').getByRole('link', { name: '4.2 Redis data structures' }).click();
  await page.waitForURL(new RegExp(`${addressOf('4.2')}#sorted-sets$`));
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('everything is there to read, and nothing that does nothing @once', async ({ page }) => {
    await page.goto(CARD);
    await expect(page.locator('.card-filter')).toBeHidden();
    await expect(page.locator('.card-thumb')).toBeHidden();
    await expect(shown(page)).toHaveCount(entries.length);
    await entry(page, 'zadd').getByText('Example').click();
    await expect(cell(page, 'zadd-example').locator('.cell-results')).toContainText('"2400"');
    await expect(cell(page, 'zadd-example').locator('.cell-bar')).toBeHidden();
  });
});

// Paper is as wide from a phone.
test('it prints on one page, A4 and Letter', { tag: '@desk' }, async ({ page }) => {
  await page.goto(CARD);
  for (const format of ['A4', 'Letter']) {
    const pdf = (await page.pdf({ format })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g), format).toHaveLength(1);
  }
  await page.emulateMedia({ media: 'print' });
  for (const id of ['document-store', 'lookup', 'zadd', 'golden-rule'])
    await expect(entry(page, id).locator('.entry-what')).toBeVisible();
  await expect(page.locator('.card-entry details:visible')).toHaveCount(0);
});

test('axe finds nothing, filtered and with an example open, and nothing scrolls sideways', async ({
  page,
}) => {
  await page.goto(`${CARD}?q=mongodb#lookup`);
  await expectAccessible(page, 'with an example open');
  await page.goto(CARD);
  await expectNoSidewaysScroll(page);
});

test('embedded, the card filters without the site around it @once', async ({ page }) => {
  await page.goto('embed/reference/?theme=dark');
  await expect(page.locator('header, nav.sidebar')).toHaveCount(0);
  await filterOf(page).fill('leaderboard');
  await expect(entry(page, 'zadd')).toBeVisible();
  await expect(entry(page, 'lookup')).toBeHidden();
});
