/**
 * Another course on the same site: that of `fixtures/course/`, built with nothing but its `content/`. What any course
 * can do works in it, under its own name. `npm run build -- --content fixtures/course --out dist-fixture` builds it.
 */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { field, log, open, type } from './consoles.ts';
import { cell, COURSE, expectNoSidewaysScroll, outputOf, run, write } from './course.ts';
import { expect } from './fixtures.ts';
import { untilKept } from './keeping.ts';
import { otherSite } from './other-site.ts';
import { FOLDER, STORE, TABLE, test } from './small-course.ts';

const question = (page: Page, id: string): Locator => page.locator(`course-question#${id}`);
const said = (page: Page): Locator => page.locator('.progress-said');

async function answer(one: Locator, option: RegExp): Promise<void> {
  await one.getByRole('radio', { name: option }).check();
  await one.getByRole('button', { name: /^Check/ }).click();
}

test('has its own name, description, logo and colors', async ({ page, request }) => {
  await page.goto(TABLE);
  await expect(page).toHaveTitle('A table | Lookups');
  await expect(page.locator('header .site-title')).toHaveText('Lookups');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const icon = await request.get((await page.locator('link[rel*=icon]').getAttribute('href'))!);
  expect(await icon.text()).toBe(await readFile('fixtures/course/content/logo.svg', 'utf8'));
  const colors = (): Promise<string[]> =>
    page.evaluate(() =>
      ['--sl-color-accent', '--e-redis', '--e-postgres'].map((name) =>
        getComputedStyle(document.documentElement).getPropertyValue(name),
      ),
    );
  await page.emulateMedia({ colorScheme: 'light' });
  await page.reload();
  expect(await colors()).toEqual(['#1f5f8b', '#6b3fa0', '#2a5d92']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  expect(await colors()).toEqual(['#7ab8e0', '#cbb2f0', '#8fbbe8']);
  expect(await (await request.get('THIRD-PARTY.txt')).text()).toMatch(
    /^The text of Two Lookups is by The authors of Two Lookups, under the license CC BY 4\.0\.\n/,
  );
  for (const path of ['', TABLE, 'reference/', 'self-test/', 'teach/', 'lms/']) {
    await page.goto(path);
    await expect(page.locator('h1')).toBeVisible();
    expect(await page.content(), path).not.toMatch(/nosql|adapting/i);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('reads from the home page to its end, every output in the page', async ({ page }) => {
    await page.goto('');
    await page.getByRole('link', { name: 'Part 1 Keys' }).click();
    const titles: string[] = [];
    for (;;) {
      titles.push((await page.locator('h1').innerText()).trim());
      for (const one of await page.locator('course-cell').all())
        await expect(one.locator('.cell-results')).not.toBeEmpty();
      const next = page.locator('a[rel=next]');
      if ((await next.count()) === 0) break;
      const there = new URL((await next.getAttribute('href'))!, page.url()).href;
      await next.click();
      await page.waitForURL(there);
    }
    expect(titles).toEqual(['Keys', 'A table', 'A key-value store', 'Reference card']);
  });
});

test('axe finds nothing in a section, in its colors', async ({ page }) => {
  await page.goto(TABLE);
  await expectAccessible(page, 'a section of another course');
  await expectNoSidewaysScroll(page);
});

test('cells answer as they were printed, from its dataset and without one', async ({ page }) => {
  for (const [path, id] of [
    [TABLE, 'book-by-key'],
    [STORE, 'set-and-get'],
  ] as const) {
    await page.goto(path);
    const printed = await outputOf(cell(page, id));
    expect(printed).toContain('Kindred');
    await run(cell(page, id));
    expect(await outputOf(cell(page, id))).toBe(printed);
  }
  await page.getByRole('link', { name: 'the table of the last section' }).click();
  await cell(page, 'book-by-key').getByRole('link', { name: 'books' }).click();
  await expect(page.locator('h1')).toHaveText('Dataset books');
  await expect(page.locator('main')).toContainText("(2, 'Kindred')");
});

test('an edit is there after a reload, under the course’s own name', async ({ page }) => {
  await page.goto(STORE);
  const one = cell(page, 'with-end');
  await write(one, 'SET mine 1');
  await run(one);
  await page.reload();
  await expect(one.locator('.cell-code')).toContainText('SET mine 1');
  const keys = await page.evaluate(() => Object.keys(localStorage));
  expect(keys.filter((key) => key.startsWith('small-course/draft/'))).toHaveLength(1);
  expect(keys.filter((key) => !key.startsWith('small-course/'))).toEqual([]);
});

test('a question is missed, explained, answered, and due again', async ({ page }) => {
  await page.goto(TABLE);
  const one = question(page, 'q-index-reads');
  await answer(one, /All rows/);
  await expect(one.getByRole('status')).toContainText('That is a table without an index.');
  await answer(one, /The row of the key alone/);
  await expect(one.getByRole('status')).toContainText('Right.');
  await page.reload();
  await expect(one.getByRole('status')).toContainText('Right.');
  await page.goto('progress/');
  await expect(page.locator('.progress-review')).toContainText('1 question comes back');
});

test('a prediction’s right answer is what its own database said', async ({ page }) => {
  await page.goto(TABLE);
  const one = question(page, 'q-second-book');
  await answer(one, /Kindred/);
  await expect(one.getByRole('status')).toContainText('Right.');
});

test('an exercise is tried, mended and solved', async ({ page }) => {
  await page.goto(TABLE);
  const one = page.locator('course-exercise#x-three-books');
  const check = one.locator('.exercise-bar').getByRole('button', { name: 'Check' });
  await one.locator('.cell-bar').waitFor();
  await check.click();
  await expect(one.locator('.exercise-verdict')).toContainText('The answer is another one.', {
    timeout: 60_000,
  });
  await write(one.locator('course-cell'), 'SELECT title FROM books WHERE id = 3;');
  await check.click();
  await expect(one.locator('.exercise-solved')).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(one.locator('.exercise-solved')).toBeVisible();
});

test('the search finds a section and a command', async ({ page }) => {
  await page.goto('');
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Search the course' });
  await dialog.getByRole('searchbox').fill('primary key');
  await expect(dialog.getByRole('link', { name: /A table/ }).first()).toBeVisible();
  await dialog.getByRole('searchbox').fill('SET');
  await expect(dialog.getByRole('status')).toContainText('1 entry of the card');
});

test('a copied link leads back to where it was copied', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(STORE);
  const button = page.getByRole('button', { name: 'Copy link to “It ends by itself”' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.copied-link')).toContainText('/go/1.2.ends/');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('');
  await page.goto(link);
  await page.waitForURL(`${baseURL}${STORE}#ends`);
});

test('a cell runs in a frame of another site', async ({ page, watch, baseURL }) => {
  const site = await otherSite(
    `<title>Week 2</title><iframe title="Course" src="${baseURL}embed/1.2.set-and-get/" width="100%" height="600"></iframe>`,
  );
  watch.allow(new RegExp(`^${site.address}$`));
  page.on('close', () => site.close());
  await page.goto(site.address);
  const frame = page.frameLocator('iframe');
  await run(frame.locator('course-cell#set-and-get'));
  await expect(frame.locator('course-cell#set-and-get .cell-results')).toContainText('Kindred');
  await expect(frame.locator('.embed-foot')).toContainText('A key-value store, in Two Lookups');
});

test('progress goes to another browser, and that of another course is refused', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto(STORE);
  await run(cell(page, 'set-and-get'));
  await page.goto('progress/');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^small-course-progress-.*\.json$/);
  const text = await readFile(await download.path(), 'utf8');

  const elsewhere = await browser.newContext({ baseURL: baseURL! });
  const there = await elsewhere.newPage();
  await there.goto('progress/');
  const choose = (content: string): Promise<void> =>
    there.getByLabel('Import a file').setInputFiles({
      name: 'mine.json',
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    });
  await choose(text.replace('small-course', COURSE));
  await expect(said(there)).toContainText('its name begins with small-course-progress');
  await choose(text);
  await expect(said(there)).toContainText('1 cell run');
  await elsewhere.close();
});

test('a console takes commands', async ({ page }) => {
  const console = await open(page, 'redis');
  await type(console, 'SET book:1 Solaris');
  await expect(log(console)).toContainText('OK');
  await expect(field(console)).toBeFocused();
});

test('the chooser leads to an outcome', async ({ page }) => {
  await page.goto(TABLE);
  const chooser = page.locator('course-chooser');
  await chooser.locator('a[data-answer]:visible', { hasText: /^\s*No\b/ }).click();
  await chooser.locator('a[data-answer]:visible', { hasText: /^\s*Yes\b/ }).click();
  await expect(chooser.locator('h3:visible')).toHaveText('A key-value store');
});

test('the self-test asks all questions, as they are fewer than twenty', async ({ page }) => {
  await page.goto('self-test/');
  await expect(page.locator('self-test')).toContainText('All 6 questions of the course, mixed.');
  await page.locator('self-test').getByRole('button', { name: 'Start' }).click();
  await expect(page.locator('.self-test-stage h2')).toHaveText('Question 1 of 6');
});

test('a lecturer finds the notes and the run sheet', async ({ page }) => {
  await page.goto('teach/');
  await page.getByRole('link', { name: 'Run sheet' }).click();
  await expect(page.getByRole('row', { name: /1\.1 A table/ })).toContainText(
    'what an index costs',
  );
});

test('a section prints with nothing cut and no controls', async ({ page }) => {
  await page.goto(TABLE);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 680, height: 960 }); // A4 less its margins, in CSS pixels
  await expect(page.locator('.cell-bar').first()).toBeHidden();
  await expectNoSidewaysScroll(page);
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
});

test('after the first visit it reads and runs without a network @offline', async ({
  page,
  context,
}) => {
  await page.goto(STORE);
  await run(cell(page, 'set-and-get'));
  await untilKept(page, { folder: FOLDER });
  await context.setOffline(true);
  await page.goto(TABLE);
  await expect(page.locator('h1')).toHaveText('A table');
  await page.goto(STORE);
  await run(cell(page, 'set-and-get'));
  await expect(cell(page, 'set-and-get').locator('.cell-results')).toContainText('Kindred');
});
