/** The watch over every journey is itself watched: each of these has to fail, and is fine when it does. */
import type { Page } from '@playwright/test';
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
