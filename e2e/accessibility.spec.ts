import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { addressOf, cell, cells, parts, run, sections, write } from './course.ts';
import { expect, test } from './fixtures.ts';

async function expectAccessible(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, target }) => `${String(target)} ${html}`).join('\n  ')}`,
  );
  expect(found, state).toEqual([]);
}

for (const { id, title } of [...parts, ...sections])
  test(`axe finds nothing in ${id} ${title}, before and after its cells ran`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto(addressOf(id));
    await expectAccessible(page, 'as it is read');
    const all = await cells(page).all();
    for (const one of all) await run(one);
    if (all.length > 0) await expectAccessible(page, 'after its cells ran');
  });

test('axe finds nothing on the home page, in edit, after an error, in the search', async ({
  page,
}) => {
  await page.goto('');
  await expectAccessible(page, 'as it is read');
  const one = cell(page, 'five-products');
  await write(one, 'SELECT * FROM nowhere;');
  await expectAccessible(page, 'in edit');
  await run(one);
  await expectAccessible(page, 'after an error');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('table');
  await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible();
  await expectAccessible(page, 'in the search');
});

test('axe finds nothing with the teacher’s notes open, and on a dataset’s page', async ({
  page,
}) => {
  await page.goto(addressOf('1.1'));
  await page.getByLabel('Show the teacher’s notes').check();
  await expectAccessible(page, 'with the teacher’s notes');
  await page.goto('datasets/catalog-eav-postgres/');
  await expectAccessible(page, 'a dataset');
});

test('the keyboard alone runs, edits and leaves a cell', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a phone has no Tab key');
  await page.goto('');
  const one = cell(page, 'five-products');
  await one.getByRole('button', { name: 'Run' }).focus();
  await page.keyboard.press('Enter');
  await expect(one.locator('.cell-status')).toContainText('in your browser', { timeout: 20_000 });
  await expect(one.getByRole('button', { name: 'Run' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(one.locator('.cm-content')).toBeFocused({ timeout: 20_000 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(one.locator('.cm-content')).not.toBeFocused();
});
