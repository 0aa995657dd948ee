import { addressOf, cell, run } from './course.ts';
import { expect, test } from './fixtures.ts';
import { otherSite } from './other-site.ts';

test('a page is painted before it asks for its first script @once', async ({ page }) => {
  await page.goto(addressOf('1.2'));
  await run(cell(page, 'wide-rows'));
  const { painted, scripts } = await page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
    scripts: performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .map(({ name, startTime }) => ({ name, startTime })),
  }));
  expect(scripts.map(({ name }) => name).join(' ')).toContain('LiveCell');
  expect(scripts.filter(({ startTime }) => startTime < painted)).toEqual([]);
});

test('a page that nobody sees is not painted, and has its scripts all the same @once', async ({
  page,
  watch,
  baseURL,
}) => {
  const site = await otherSite(`<title>Week 9</title><h1>Week 9</h1>
    <iframe title="Course" src="${baseURL}embed/1.2.wide-rows/" style="display: none"></iframe>`);
  watch.allow(new RegExp(`^${site.address}$`));
  page.on('close', () => site.close());
  await page.goto(site.address);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('#held-scripts')).toHaveCount(0);
  await expect(frame.locator('course-cell [data-action=run]')).toHaveCount(1);
});
