import { open, field, type, prompt } from './consoles.ts';
import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';

test('a console in a section starts from its data, and again when it is told to', async ({
  page,
}) => {
  await page.goto(addressOf('4.2'));
  const redis = page.locator('course-console');
  await redis.getByRole('button', { name: 'Open the console' }).click();
  const board = redis.getByRole('row', { name: /leaderboard/ });
  await expect(board).toContainText('bob: 2200', { timeout: 20_000 });
  await type(redis, 'DEL leaderboard');
  await expect(board).toHaveCount(0);
  await redis.getByRole('button', { name: 'Start over' }).click();
  await expect(board).toContainText('bob: 2200');

  await page.goto(addressOf('3.3'));
  const shop = page.locator('course-console');
  await shop.getByRole('button', { name: 'Open the console' }).click();
  await expect(prompt(shop, 'mongosh')).toBeFocused({ timeout: 20_000 });
  await expect(shop.getByRole('row', { name: /^products/ })).toBeVisible({ timeout: 20_000 });
  await expect(shop.locator('.console-line .prompt')).toHaveText('shop>');
});

// A phone has no Tab key.
test(
  'the keyboard alone walks through a console and out of it',
  { tag: '@desk' },
  async ({ page }) => {
    const console = await open(page, 'redis');
    await field(console).pressSequentially('zad');
    await field(console).press('Escape');
    await field(console).press('Tab');
    await expect(console.getByRole('button', { name: 'Run (Client 1)' })).toBeFocused();
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await console.locator(':focus').count()) === 0) return;
    }
    throw new Error('Tab does not leave the console.');
  },
);

test('everything can be tapped by a thumb and fits the screen', async ({ page, isMobile }) => {
  const console = await open(page, 'redis');
  await type(console, 'SET a 1 EX 100');
  await console.getByRole('button', { name: 'Add a client' }).click();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()!.width);
  if (!isMobile) return;
  const targets = await console.locator('button:visible, select:visible, input:visible').all();
  expect(targets.length).toBeGreaterThan(3);
  for (const target of targets) {
    const box = (await target.boundingBox())!;
    expect(box.height, await target.innerText()).toBeGreaterThanOrEqual(44);
    expect(box.width, await target.innerText()).toBeGreaterThanOrEqual(44);
  }
});
