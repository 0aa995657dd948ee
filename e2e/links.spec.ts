import { expectAccessible } from './axe.ts';
import { addressOf, cell, write } from './course.ts';
import { expect, test } from './fixtures.ts';
import { untilKept } from './keeping.ts';

const PLACES = [
  ['a part', '1', '1', undefined],
  ['a section', '1.2', '1.2', undefined],
  ['a heading', '1.2.eav', '1.2', 'eav'],
  ['a cell', '1.2.eav-plan', '1.2', 'eav-plan'],
  ['a diagram', '1.2.joined-shape', '1.2', 'joined-shape'],
] as const;

function leadsThere(javaScriptEnabled: boolean): void {
  for (const [what, id, section, anchor] of PLACES)
    test(`the lasting link of ${what} leads there @once`, async ({ page, baseURL }) => {
      await page.goto(`go/${id}/`);
      const there = baseURL! + addressOf(section) + (anchor ? `#${anchor}` : '');
      await page.waitForURL(there);
      await expect(page.locator(anchor ? `#${anchor}` : 'h1')).toBeInViewport();
    });
  test.use({ javaScriptEnabled });
}

test.describe('with JavaScript,', () => leadsThere(true));
test.describe('without JavaScript,', () => leadsThere(false));

test('a fragment behind a section’s lasting link leads on with it @once', async ({
  page,
  baseURL,
}) => {
  await page.goto('go/1.2/#eav');
  await page.waitForURL(`${baseURL}${addressOf('1.2')}#eav`);
  await expect(page.locator('#eav')).toBeInViewport();
});

test('a reader goes back from where a lasting link led to where it stood @once', async ({
  page,
}) => {
  await page.goto('');
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'go/1.2/';
    link.textContent = 'the link';
    document.querySelector('main')!.prepend(link);
  });
  await page.getByRole('link', { name: 'the link' }).click();
  await expect(page.locator('h1')).toHaveText('Three broken solutions');
  await page.goBack();
  await expect(page.locator('h1')).toContainText('for people who know PostgreSQL');
});

test('every heading, cell, diagram and exercise copies its lasting link', async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(addressOf('1.2'));
  for (const [name, id] of [
    ['Three broken solutions', '1.2'],
    ['B: entity–attribute–value', '1.2.eav'],
    ['One filter, one JOIN', '1.2.eav-one-filter'],
    ['Joined tables: one key for all products', '1.2.joined-shape'],
    ['Short furniture for two rooms', '1.2.x-eav-furniture'],
  ] as const) {
    const button = page.getByRole('button', { name: `Copy link to “${name}”` });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.copied-link')).toContainText(`/go/${id}/`);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${baseURL}go/${id}/`);
  }
});

test('where copying is not allowed, the link is there to be copied by hand', async ({
  page,
  baseURL,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'clipboard', { value: undefined }),
  );
  await page.goto('');
  await page.getByRole('button', { name: 'Copy link to “The lecture”' }).click();
  await expect(page.getByRole('textbox', { name: 'The link' })).toHaveValue(
    `${baseURL}go/home.outline/`,
  );
  await expectAccessible(page, 'with a link to copy by hand');
});

test('a shared edit travels with the cell’s lasting link @once', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('');
  const one = cell(page, 'five-products');
  await write(one, "SELECT 'shared' AS edit;");
  await one.getByRole('button', { name: 'Share' }).click();
  await expect(one.locator('.cell-status')).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('/go/home.five-products/#five-products:');
  await one.getByRole('button', { name: 'Reset' }).click();
  const reader = await context.newPage();
  await reader.goto(link);
  await expect(cell(reader, 'five-products').locator('.cm-content')).toContainText(
    "'shared' AS edit",
  );
});

test('without a network, lasting links lead to the pages that were kept @once @offline', async ({
  page,
  context,
  baseURL,
}) => {
  await page.goto('');
  await untilKept(page);
  await context.setOffline(true);
  await page.goto('go/1.2.eav/');
  await page.waitForURL(`${baseURL}${addressOf('1.2')}#eav`);
  await expect(page.locator('#eav')).toBeInViewport();
});
