import { expectAccessible } from './axe.ts';
import { addressOf, cell, run, write } from './course.ts';
import { expect, test } from './fixtures.ts';

test('axe finds nothing on the home page, in edit, after an error, in the search', async ({
  page,
}) => {
  test.setTimeout(180_000);
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
  test.setTimeout(180_000);
  await page.goto(addressOf('1.1'));
  await page.getByLabel('Show the teacher’s notes').check();
  await expectAccessible(page, 'with the teacher’s notes');
  await page.goto('datasets/catalog-eav-postgres/');
  await expectAccessible(page, 'a dataset');
});

// A phone has no Tab key.
test('the keyboard alone runs, edits and leaves a cell', { tag: '@desk' }, async ({ page }) => {
  await page.goto('');
  const one = cell(page, 'five-products');
  await one.getByRole('button', { name: 'Run', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(one.locator('.cell-status')).toContainText('in your browser', { timeout: 20_000 });
  await expect(one.getByRole('button', { name: 'Run', exact: true })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(one.locator('.cm-content')).toBeFocused({ timeout: 20_000 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(one.locator('.cm-content')).not.toBeFocused();
});
