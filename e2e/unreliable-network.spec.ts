/** What networks and browsers do to a page that a service worker stands behind. */
import { readdirSync } from 'node:fs';
import type { Page, Worker } from '@playwright/test';
import { addressOf, cell, run, titleOf } from './course.ts';
import { expect } from './fixtures.ts';
import { keptAddresses, untilControlled, untilKept } from './keeping.ts';
import {
  cutOff,
  lastingPortal,
  missing,
  portal,
  test,
  type UnreliableSite,
} from './unreliable-site.ts';

const FIVE = 'five-products';

/** A page that the worker serves, and the worker. */
async function withWorker(page: Page): Promise<Worker> {
  await page.goto('');
  await untilControlled(page);
  return page.context().serviceWorkers()[0]!;
}

test.describe('a browser that keeps nothing', () => {
  for (const [why, fault] of [
    [
      'its room is used up',
      () => {
        Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
      },
    ],
    [
      'storage is denied',
      () => {
        caches.open = () => {
          throw new DOMException('', 'SecurityError');
        };
      },
    ],
    [
      'its storage does not answer',
      () => {
        Cache.prototype.match = () => new Promise(() => undefined);
        Cache.prototype.put = () => new Promise(() => undefined);
      },
    ],
  ] as const)
    test(`${why}: pages and cells come from the network @once @offline`, async ({ page }) => {
      const worker = await withWorker(page);
      await worker.evaluate(fault);
      await page.goto(addressOf('2.1'));
      await expect(page.locator('h1')).toContainText(titleOf('2.1'));
      await page.goto('');
      await run(cell(page, FIVE));
      await expect(cell(page, FIVE).locator('.cell-status')).toContainText('Ran in your browser');
    });

  test('the browser’s own limit: pages and cells come from the network @once @offline', async ({
    page,
    site,
  }) => {
    const browser = await page.context().newCDPSession(page);
    await browser.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(site.address).origin,
      quotaSize: 1,
    });
    await withWorker(page);
    await page.reload();
    await page.goto(addressOf('2.1'));
    await expect(page.locator('h1')).toContainText(titleOf('2.1'));
    await page.goto('');
    await run(cell(page, FIVE));
    await expect(cell(page, FIVE).locator('.cell-status')).toContainText('Ran in your browser');
  });
});

test.describe('a sign-in page in the place of', () => {
  test('an engine’s file: Run says so, and works when the network is well @once @offline', async ({
    page,
    site,
  }) => {
    await withWorker(page);
    const well = site.instead(/^\/_engines\//, lastingPortal);
    await cell(page, FIVE).getByRole('button', { name: 'Run', exact: true }).click();
    await expect(cell(page, FIVE).locator('.cell-status')).toContainText(
      'something else came in its place',
    );
    well();
    await page.reload();
    await run(cell(page, FIVE));
    await expect(cell(page, FIVE).locator('.cell-status')).toContainText('Ran in your browser');
  });

  test('a script: Run works when the network is well @once @offline', async ({ page, site }) => {
    await withWorker(page);
    const well = site.instead(/^\/_astro\/(run|databases)\./, portal);
    await cell(page, FIVE).getByRole('button', { name: 'Run', exact: true }).click();
    await expect(cell(page, FIVE).locator('.cell-status')).toContainText('could not be loaded');
    well();
    await page.reload();
    await run(cell(page, FIVE));
    await expect(cell(page, FIVE).locator('.cell-status')).toContainText('Ran in your browser');
  });

  test('a page: it is shown, so that one can sign in, and not kept @once @offline', async ({
    page,
    site,
    context,
  }) => {
    await withWorker(page);
    await untilKept(page);
    const well = site.instead(/./, lastingPortal);
    await page.goto(addressOf('1.2'));
    await expect(page.locator('h1')).toHaveText('Sign in to the hotel’s Wi-Fi');
    well();
    await context.setOffline(true);
    await page.goto(addressOf('1.2'));
    await expect(page.locator('h1')).toContainText('Three broken solutions');
  });
});

test('a sign-in page that an earlier worker kept under a script’s name is not read @once @offline', async ({
  page,
  site,
}) => {
  // No page of the course, which would bring its worker.
  await page.goto('favicon.svg');
  // What the worker before this one kept, and where.
  const names = readdirSync('dist/_engines').filter((name) => name.startsWith('sqlite'));
  await page.evaluate(async (names) => {
    const cache = await caches.open('course-files');
    for (const name of names)
      await cache.put(
        `/_engines/${name}`,
        new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } }),
      );
  }, names);
  await withWorker(page);
  await page.reload();
  await run(cell(page, FIVE));
  await expect(cell(page, FIVE).locator('.cell-status')).toContainText('Ran in your browser');
  expect(await page.evaluate(() => caches.keys())).not.toContain('course-files');
  expect(site.asked.filter((path) => path.includes('sqlite-wasm'))).not.toEqual([]);
});

test('a copy that is damaged is thrown away, and the file comes again @once @offline', async ({
  page,
}) => {
  await withWorker(page);
  await page.reload();
  await run(cell(page, FIVE));
  await untilKept(page);
  const damaged = await page.evaluate(async () => {
    const cache = await caches.open('offline /');
    const keys = await cache.keys();
    const some = keys.filter(({ url }) => /LiveCell|\/_astro\/run\.|_engines\/sqlite/.test(url));
    for (const key of some) {
      const type = (await cache.match(key))!.headers.get('content-type')!;
      await cache.put(key, new Response('const a =', { headers: { 'content-type': type } }));
    }
    return some.length;
  });
  expect(damaged).toBe(4);
  await page.reload();
  await run(cell(page, FIVE));
  await expect(cell(page, FIVE).locator('.cell-status')).toContainText('Ran in your browser');
});

test.describe('a line that', () => {
  test('stalls: the copy comes, and what is not kept is waited for @once @offline', async ({
    page,
    site,
  }) => {
    await withWorker(page);
    await untilKept(page);
    const flows = site.stall(/./);
    await page.goto(addressOf('1.2'));
    await expect(page.locator('h1')).toContainText('Three broken solutions');
    // What is not kept is waited for.
    const later = page.goto('embed/1.2.wide-rows/');
    flows();
    await later;
    await expect(cell(page, 'wide-rows')).toBeVisible();
  });

  test('breaks off in the middle of a page: the copy comes whole @once @offline', async ({
    page,
    site,
  }) => {
    await withWorker(page);
    await untilKept(page);
    site.instead(/^\/the-problem\//, cutOff);
    await page.goto(addressOf('1.2'));
    await expect(page.locator('h1')).toContainText('Three broken solutions');
    await expect(page.locator('course-cell').first()).toBeVisible();
  });

  test('answers that the host has trouble: the copy comes @once @offline', async ({
    page,
    site,
  }) => {
    await withWorker(page);
    await untilKept(page);
    site.instead(/^\/the-problem\//, (_, response) => response.writeHead(503).end('Busy'));
    await page.goto(addressOf('1.2'));
    await expect(page.locator('h1')).toContainText('Three broken solutions');
  });
});

test('however it is asked for, a page is kept once @once @offline', async ({ page }) => {
  await withWorker(page);
  await untilKept(page);
  const before = (await keptAddresses(page)).length;
  for (const query of ['?a=1', '?a=2', '?utm_source=lms', '#here'])
    await page.goto(`${addressOf('1.2')}${query}`);
  await expect.poll(async () => (await keptAddresses(page)).length).toBe(before);
});

test('files that the host lost stop nothing: the others are kept @once @offline', async ({
  page,
  site,
  context,
}) => {
  await missingFiles(site);
  await withWorker(page);
  await untilKept(page, { but: 2 });
  await context.setOffline(true);
  await page.goto(addressOf('1.2'));
  await expect(page.locator('h1')).toContainText('Three broken solutions');
});

async function missingFiles(site: UnreliableSite): Promise<void> {
  site.instead(/^\/summary\//, missing);
  // A host that sends to its front page what it does not have.
  site.instead(/^\/teach\/adapt\//, (_, response) =>
    response.writeHead(302, { location: '/' }).end(),
  );
}

test('what a reader asks for goes before what is kept ahead @once @offline', async ({
  page,
  site,
}) => {
  await withWorker(page);
  const flows = site.stall(/^\/_engines\//);
  const button = cell(page, FIVE).getByRole('button', { name: 'Run', exact: true });
  await button.click();
  await expect.poll(() => site.asked.some((path) => path.startsWith('/_engines/'))).toBe(true);
  // One file may be on its way.
  await page.waitForTimeout(500);
  const before = site.asked.length;
  await page.waitForTimeout(1500);
  expect(site.asked.length).toBe(before);
  flows();
  await expect(cell(page, FIVE).locator('.cell-status')).toContainText('Ran in your browser');
  await untilKept(page);
});
