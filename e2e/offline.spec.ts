import { addressOf, cell, run, write } from './course.ts';
import { expect, test } from './fixtures.ts';

test('after the first visit the course reads offline, and what was used once still works @once @offline', async ({
  page,
  context,
}) => {
  await page.goto('');
  const one = cell(page, 'five-products');
  await run(one);
  await write(one, "SELECT 'before' AS edit;");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload(); // from here on the worker serves the page
  await run(one);

  await context.setOffline(true);
  await page.goto(addressOf('1.2'));
  await expect(page.locator('h1')).toBeVisible();
  await expect(page.locator('course-cell').first()).toBeVisible();
  await page.goto('');
  await expect(one.locator('.cell-code')).toContainText("SELECT 'before' AS edit;");
  await run(one);
  await expect(one.locator('td')).toHaveText('before');
});
