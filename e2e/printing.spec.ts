import { addressOf, expectNoSidewaysScroll } from './course.ts';
import { expect, test } from './fixtures.ts';

// Paper is as wide from a phone.
test('1.3 prints with nothing cut and no controls', { tag: '@desk' }, async ({ page }) => {
  await page.goto(addressOf('1.3'));
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 680, height: 960 }); // A4 less its margins, in CSS pixels
  await expect(page.locator('.cell-bar').first()).toBeHidden();
  await expect(page.locator('course-search')).toBeHidden();
  expect(await page.locator('main pre').count()).toBeGreaterThan(10);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('main :not(.sr-only)')]
      .filter((element) => getComputedStyle(element).overflowX !== 'visible')
      .filter(
        (element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1,
      )
      .map(
        (element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 60)}`,
      ),
  );
  expect(cut).toEqual([]);
  await expectNoSidewaysScroll(page);
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.length).toBeGreaterThan(20_000);
});

test(
  'paper is light, and the screen is dark again after it',
  { tag: '@desk' },
  async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(addressOf('1.4'));
    const html = page.locator('html');
    await expect(html).toHaveAttribute('data-theme', 'dark');
    const onScreen = await html.evaluate((root) => getComputedStyle(root).color);
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        const { style } = document.body;
        style.setProperty('--printed', getComputedStyle(document.documentElement).color);
      }),
    );
    await page.pdf({ format: 'A4' });
    const printed = await page.evaluate(() => document.body.style.getPropertyValue('--printed'));
    expect(printed).not.toBe('');
    expect(printed).not.toBe(onScreen);
    await expect(html).toHaveAttribute('data-theme', 'dark');
  },
);
