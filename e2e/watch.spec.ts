/** The watch over every journey is itself watched: each of these has to fail, and is fine when it does. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf, cell } from './course.ts';
import { expect, test } from './fixtures.ts';

test.describe('a journey fails', () => {
  async function open(page: Page, body: string): Promise<void> {
    await page.route('**/*', (route) =>
      route.request().url().endsWith('/watched/')
        ? route.fulfill({ contentType: 'text/html', body })
        : route.fulfill({ status: 204 }),
    );
    await page.goto('/watched/');
    await page.waitForLoadState('networkidle');
  }

  test.fail('when a page asks another host', async ({ page }) => {
    await open(page, '<img src="https://cdn.example.com/logo.png">');
  });

  test.fail('when a page violates its own policy', async ({ page }) => {
    await open(
      page,
      `<meta http-equiv="content-security-policy" content="script-src 'none'">
       <script>document.title = 'ran'</script>`,
    );
  });

  test.fail('when a page leaves an error uncaught', async ({ page }) => {
    await open(page, '<script>throw new Error("left alone")</script>');
  });

  test('not for what it was told to expect', async ({ page, watch }) => {
    watch.allow(/cdn\.example\.com/);
    await open(page, '<h1>Watched</h1><img src="https://cdn.example.com/logo.png">');
    await expect(page.getByRole('heading')).toHaveText('Watched');
  });
});

// Readable in the other theme, so that it can only be found in its own.
for (const [theme, color] of [
  ['light', '#c4c4c4'],
  ['dark', '#505050'],
])
  test(`one word too pale for ${theme}, in the middle of a table, is found`, async ({ page }) => {
    await page.goto(addressOf('1.2'));
    const rows = cell(page, 'wide-rows').locator('tbody tr');
    await expectAccessible(page, 'as it is', { within: '#wide-rows' });
    const middle = rows
      .nth(Math.floor((await rows.count()) / 2))
      .locator('td')
      .nth(1);
    await middle.evaluate((element, color) => (element.style.color = color), color);
    await expect(expectAccessible(page, 'spoiled', { within: '#wide-rows' })).rejects.toThrow(
      new RegExp(`spoiled, ${theme}[^]*color-contrast`),
    );
  });
