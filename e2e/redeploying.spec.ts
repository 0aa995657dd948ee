/** The course is published anew while readers have it open. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { addressOf, cell, run, write } from './course.ts';
import { expect } from './fixtures.ts';
import { keptAddresses, keptBy, UNHURRIED, untilControlled, untilKept } from './keeping.ts';
import { redeployed, SECOND_EDITION } from './redeployed.ts';
import { test as base } from './unreliable-site.ts';

const test = base.extend<object, { second: string }>({
  second: [
    async ({}, use) => {
      const { folder, remove } = await redeployed();
      await use(folder);
      remove();
    },
    { scope: 'worker' },
  ],
});

const five = (page: Page) => cell(page, 'five-products');
const status = (page: Page) => five(page).locator('.cell-status');
const press = (page: Page, name: string) =>
  five(page).getByRole('button', { name, exact: true }).click();

/** The home page, served by the worker; all is kept that is kept by itself. */
async function reading(page: Page): Promise<void> {
  await page.goto('');
  await untilControlled(page);
  await untilKept(page);
}

test('without a service worker, an old page says that the course was updated, and reloads with its edits @once', async ({
  page,
  site,
  second,
}) => {
  await page.goto('');
  await write(five(page), "SELECT 'mine' AS edit;");
  site.deploy(second);
  await press(page, 'Run');
  await expect(status(page)).toContainText('The course was updated since you opened this page.');
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(page.locator('h1')).toContainText(SECOND_EDITION);
  await expect(five(page).locator('.cell-code')).toContainText("SELECT 'mine' AS edit;");
  await run(five(page));
  await expect(five(page).locator('td')).toHaveText('mine');
});

test('what else an old page loads on demand says so, too @once', async ({ page, site, second }) => {
  await page.goto('');
  site.deploy(second);
  await press(page, 'Edit');
  await expect(status(page)).toContainText('The course was updated since you opened this page.');

  site.deploy('dist');
  await page.goto('console/redis/');
  site.deploy(second);
  await page.locator('course-console').getByRole('button').first().click();
  await expect(page.locator('.console-status')).toContainText('The course was updated');

  site.deploy('dist');
  await page.goto(addressOf('4.2'));
  site.deploy(second);
  const exercise = page.locator('course-exercise').first();
  await exercise.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(exercise.locator('.exercise-status')).toContainText('The course was updated');
});

test('an engine that the site has no more says so @once', async ({ page, site, second }) => {
  await page.goto('');
  // Its scripts are there already.
  await five(page).getByRole('button', { name: 'Run', exact: true }).focus();
  const stopped = site.stall(/^\/_engines\//);
  await expect.poll(() => site.asked.some((path) => path.startsWith('/_engines/'))).toBe(true);
  await press(page, 'Run');
  site.deploy(second);
  stopped();
  await expect(status(page)).toHaveText(
    /^Could not load SQLite [\d.]+\. The course was updated since you opened this page\. Reload it: your edits and answers stay\.$/,
  );
});

test('a line that is down, or a sign-in page, is not taken for an update @once', async ({
  page,
  site,
}) => {
  await page.goto('');
  const well = site.instead(/./, (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>'),
  );
  await press(page, 'Run');
  await expect(status(page)).toContainText('Check your connection and press Run again.');
  await expect(page.getByRole('button', { name: 'Reload the page' })).toHaveCount(0);
  well();
  await run(five(page));
  await expect(status(page)).toContainText('Ran in your browser');
});

test('an old page whose scripts are kept goes on beside a new one @once @offline', async ({
  page,
  context,
  site,
  second,
}) => {
  await reading(page);
  await run(five(page));
  await press(page, 'Edit');
  await expect(five(page).locator('.cm-content')).toBeVisible();
  const old = page;
  await old.reload();

  site.deploy(second);
  const fresh = await context.newPage();
  await fresh.goto('');
  await expect(fresh.locator('h1')).toContainText(SECOND_EDITION);
  await untilKept(fresh, { folder: second });
  await run(five(fresh));
  await expect(status(fresh)).toContainText('Ran in your browser');

  // It has not loaded any of this since it was opened, and the site has none of it any more.
  await write(five(old), "SELECT 'old' AS edition;");
  await run(five(old));
  await expect(five(old).locator('td')).toHaveText('old');
  await expect(old.locator('h1')).not.toContainText(SECOND_EDITION);

  // With it, what only the first edition names is gone.
  const names = readdirSync('dist/_astro');
  const ofTheFirst = async () =>
    (await keptAddresses(fresh)).filter((url) => names.some((name) => url.includes(name)));
  expect((await ofTheFirst()).length).toBeGreaterThan(0);
  await old.close();
  await fresh.reload();
  await expect.poll(async () => (await ofTheFirst()).length).toBe(0);
  await context.setOffline(true);
  await fresh.goto(addressOf('1.2'));
  await expect(fresh.locator('h1')).toContainText(SECOND_EDITION);
  await fresh.goto('');
  await run(five(fresh));
});

test('without a network, right after a new edition, what is kept of the old one reads @once @offline', async ({
  page,
  context,
  site,
  second,
}) => {
  await reading(page);
  await run(five(page));
  site.deploy(second);
  // The new worker comes, and hardly anything else.
  site.instead(/^\/(?!sw\.js$|$)/, (_, response) => response.destroy());
  await page.goto('');
  await expect
    .poll(async () => (await keptBy(page))?.version, { timeout: 20_000, intervals: UNHURRIED })
    .toBe(/"version":"(\w+)"/.exec(readFileSync(`${second}/sw.js`, 'utf8'))![1]);
  await context.setOffline(true);
  await page.goto(addressOf('1.2'));
  await expect(page.locator('h1')).toContainText('Three broken solutions');
  await expect(page.locator('h1')).not.toContainText(SECOND_EDITION);
  await expect(page.locator('course-cell .cell-bar').first()).toBeVisible();
});

test('a new edition that is taken back leaves a course that works @once @offline', async ({
  page,
  context,
  site,
  second,
}) => {
  await reading(page);
  site.deploy(second);
  await page.goto('');
  await expect(page.locator('h1')).toContainText(SECOND_EDITION);
  await untilKept(page, { folder: second });
  site.deploy('dist');
  await page.goto('');
  await expect(page.locator('h1')).not.toContainText(SECOND_EDITION);
  await run(five(page));
  await expect(status(page)).toContainText('Ran in your browser');
  await untilKept(page);
  await context.setOffline(true);
  await page.goto(addressOf('1.2'));
  await expect(page.locator('h1')).not.toContainText(SECOND_EDITION);
  await page.goto('');
  await run(five(page));
  await expect(status(page)).toContainText('Ran in your browser');
});

for (const [worker, tag] of [
  ['with', ' @offline'],
  ['without', ''],
])
  test(`a search that was begun before finds what the new edition has, ${worker} a service worker @once${tag}`, async ({
    page,
    site,
    second,
  }) => {
    await page.goto('');
    await page.keyboard.press('/');
    await page.keyboard.type('leaderboard');
    const links = page.getByRole('dialog').getByRole('link');
    await expect(links.first()).toBeVisible();
    site.deploy(second);
    // The first is in a part of the index that is there already, but its pages are not.
    for (const query of ['leader', 'EAV']) {
      await page.getByRole('searchbox').fill(query);
      await expect(links.first()).toBeVisible();
      await expect(page.getByRole('dialog').getByRole('status')).toContainText('pages');
    }
  });

test('an old page searches what the new edition has @once @offline', async ({
  page,
  site,
  second,
}) => {
  await reading(page);
  site.deploy(second);
  await page.keyboard.press('/');
  await page.keyboard.type('EAV');
  const first = page.getByRole('dialog').getByRole('link').first();
  await expect(first).toBeVisible();
  await first.click();
  await expect(page.locator('h1')).toContainText(SECOND_EDITION);
});
