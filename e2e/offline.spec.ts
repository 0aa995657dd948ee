import { expectAccessible } from './axe.ts';
import { addressOf, cell, expectNoSidewaysScroll, run, write } from './course.ts';
import { expect, test } from './fixtures.ts';
import { keptBy, untilControlled, untilKept } from './keeping.ts';
import { test as unreliable } from './unreliable-site.ts';

test('after the first visit the course reads offline, and what was used once still works @once @offline', async ({
  page,
  context,
}) => {
  // Before there is a worker, as on every first visit.
  await page.goto('');
  const one = cell(page, 'five-products');
  await write(one, "SELECT 'before' AS edit;");
  await run(one);
  await untilKept(page);

  await context.setOffline(true);
  await page.goto(addressOf('1.2'));
  await expect(page.locator('h1')).toBeVisible();
  await expect(page.locator('course-cell').first()).toBeVisible();
  await page.goto('');
  await expect(one.locator('.cell-code')).toContainText("SELECT 'before' AS edit;");
  await run(one);
  await expect(one.locator('td')).toHaveText('before');
});

test('without a network, a page that is not kept says what there is @offline', async ({
  page,
  context,
}) => {
  await page.goto('');
  await untilKept(page);
  await context.setOffline(true);
  await page.goto('no-such-page/');
  await expect(page.locator('.kept-instead')).toBeVisible();
  await expect(page.locator('.kept-state')).toContainText(/All \d+ pages/);
  await expectAccessible(page, 'a page that is not kept');
  await expectNoSidewaysScroll(page);
  await page.getByRole('main').getByRole('link', { name: 'the reference card' }).click();
  await expect(page.locator('h1')).toHaveText('Reference card');
});

test('without a network, an address without its slash leads to its page @once @offline', async ({
  page,
  context,
}) => {
  await page.goto('');
  await untilKept(page);
  await context.setOffline(true);
  await page.goto(addressOf('1.2').slice(0, -1));
  await expect(page.locator('h1')).toContainText('Three broken solutions');
});

test('a reader keeps everything, and goes on without a network where nothing was used before @once @offline', async ({
  page,
  context,
}) => {
  await page.goto('offline/');
  await untilControlled(page);
  await expect(page.locator('.kept-instead')).toBeHidden();
  await expect(page.locator('.kept-size')).toContainText(/Up to \d+\.\d MB to download\./);
  await page.getByRole('button', { name: 'Keep everything' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeFocused();
  await expect(page.locator('.kept-state')).toContainText('Everything: all', { timeout: 60_000 });
  expect((await keptBy(page))!.missing).toEqual([]);
  await expect(page.getByRole('button', { name: 'Keep everything' })).toBeHidden();

  await context.setOffline(true);
  await page.goto(addressOf('1.2'));
  await run(cell(page, 'wide-rows'));
  await expect(cell(page, 'wide-rows').locator('.cell-status')).toContainText('in your browser');
  await page.keyboard.press('/');
  await page.keyboard.type('EAV');
  await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible();
});

unreliable.describe('keeping everything', () => {
  unreliable(
    'says how much is left when the connection breaks off, and goes on later @once @offline',
    async ({ page, site }) => {
      await page.goto('offline/');
      await untilKept(page);
      await page.reload();
      const well = site.instead(/^\/_engines\/sqlite-wasm/, (_, response) => response.destroy());
      const button = page.getByRole('button', { name: 'Keep everything' });
      await button.click();
      await expect(page.locator('.kept-state')).toContainText('The connection broke off:');
      await expect(button).toBeVisible();
      well();
      await button.click();
      await expect(page.locator('.kept-state')).toContainText('Everything: all');
    },
  );

  unreliable(
    'says that there is no more room, and what to do @once @offline',
    async ({ page, site }) => {
      await page.goto('offline/');
      await untilKept(page);
      await page.reload();
      const browser = await page.context().newCDPSession(page);
      await browser.send('Storage.overrideQuotaForOrigin', {
        origin: new URL(site.address).origin,
        quotaSize: 8_000_000,
      });
      await page.getByRole('button', { name: 'Keep everything' }).click();
      await expect(page.locator('.kept-state')).toContainText('gives this site no more room:');
    },
  );

  unreliable('can be stopped @once @offline', async ({ page, site }) => {
    await page.goto('offline/');
    await untilKept(page);
    await page.reload();
    const flows = site.stall(/^\/_engines\/sqlite-wasm/);
    await page.getByRole('button', { name: 'Keep everything' }).click();
    await expect.poll(() => site.asked.some((path) => path.includes('sqlite-wasm'))).toBe(true);
    await page.getByRole('button', { name: 'Stop' }).click();
    flows();
    await expect(page.locator('.kept-state')).toContainText('Stopped:');
  });
});
