/** A reader sees what was read, run and answered, comes back days later, and takes it along. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf, cell, COURSE, pages, PREFIX, run } from './course.ts';
import { expect, test } from './fixtures.ts';

const QUESTION = 'q-next-category';
const one = (page: Page): Locator => page.locator(`course-question#${QUESTION}`);
const feedback = (page: Page): Locator => one(page).getByRole('status');
/** What the sidebar says of a page. On a phone it stands in a menu. */
const mark = (page: Page, id: string): Locator =>
  page.locator(`.sidebar-content a[data-section="${id}"] .progress-mark`);
const row = (page: Page, id: string): Locator => page.locator(`[data-row="${id}"]`);
const count = (page: Page, id: string, kind: string): Locator =>
  row(page, id).locator(`[data-kind=${kind}]`);
const review = (page: Page): Locator => page.locator('.progress-review');
const due = (page: Page): Locator => page.locator('.progress-due a');
const said = (page: Page): Locator => page.locator('.progress-said');

/** Presses a key on something: everything can be done so. */
async function press(target: Locator, key = 'Enter'): Promise<void> {
  await target.focus();
  await target.press(key);
}

async function answer(page: Page, option: RegExp): Promise<void> {
  await press(one(page).getByRole('radio', { name: option }), 'Space');
  await press(one(page).getByRole('button', { name: /^Check/ }));
}

/** A file that holds this and nothing else. */
function fileOf(progress: object): { name: string; mimeType: string; buffer: Buffer } {
  const whole = { version: 1, read: [], ran: [], solved: [], reviews: {}, ...progress };
  const text = JSON.stringify({
    course: COURSE,
    version: 1,
    progress: whole,
    answers: {},
  });
  return { name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) };
}

/** What a reader has who read, ran and missed something; dates are days before now. */
async function halfWay(page: Page): Promise<void> {
  await page.addInitScript((prefix) => {
    // The frame that cells run in has no storage.
    if (window.origin === 'null' || localStorage.length > 0) return;
    const day = (before: number): string =>
      new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10);
    const keep = (name: string, id: string, value: unknown): void =>
      localStorage.setItem(`${prefix}${name}/${id}`, JSON.stringify([1, value]));
    for (const [at, id] of ['1', '1.1', '1.2', '1.3', '1.4', '2', '2.1'].entries())
      keep('read', id, at);
    for (const id of ['1.2.eav-one-filter', '1.2.eav-plan']) keep('ran', id, 1);
    keep('review', '1.1.q-money-type', { step: 4, day: day(9) });
    keep('review', '1.1.q-next-category', { step: 0, day: day(5) });
    keep('review', '1.2.q-eav-missing-row', { step: 1, day: day(9) });
    keep('review', '1.3.q-text-operator', { step: 2, day: day(2) });
  }, PREFIX);
}

test('answers wrongly, reads why, tries again, sees it in progress, and reviews it three days later', async ({
  page,
}) => {
  await page.clock.install({ time: new Date('2026-05-01T10:00:00') });
  await page.goto(addressOf('1.1'));
  await answer(page, /fewer tables/);
  await expect(feedback(page)).toContainText('A count of tables says little.');
  await answer(page, /next month/);
  await expect(feedback(page)).toContainText('Right.');

  await page.goto('progress/');
  await expect(review(page)).toHaveText('Nothing today. 1 question comes back on Saturday, May 2.');
  await expect(count(page, '1.1', 'questions')).toContainText('0 of ');
  const missed = page.getByRole('group').filter({ hasText: /^Missed \(1\)/ });
  await expect(missed.getByRole('listitem')).toContainText('0 of ');
  await expect(
    missed.getByRole('link', { name: '1.1 The product catalog challenge' }),
  ).toBeVisible();
  await page.reload();
  await expect(missed.getByRole('listitem')).toHaveCount(1);

  await page.clock.setSystemTime(new Date('2026-05-04T09:00:00'));
  await page.reload();
  await expect(review(page)).toContainText('You missed this question before.');
  await expect(mark(page, '1.1')).toHaveText(', 1 to review');
  await press(due(page));
  await page.waitForURL(/#q-next-category$/);
  await expect(one(page).getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(feedback(page)).toHaveText('You missed this one before. It is here for review.');
  await answer(page, /next month/);
  await expect(feedback(page)).toContainText('Right.');
  await expect(mark(page, '1.1')).toHaveCount(0);
  await page.reload();
  await expect(feedback(page), 'what was answered in the review stays').toContainText('Right.');

  await page.goto('progress/');
  await expect(review(page)).toHaveText('Nothing today. 1 question comes back on Thursday, May 7.');
  await expect(count(page, '1.1', 'questions')).toContainText('1 of ');
  await expect(page.locator('[data-standing=known] li')).toHaveCount(1);
});

test('a question missed again in its review can be tried again @once', async ({ page }) => {
  await halfWay(page);
  await page.goto(`${addressOf('1.1')}#${QUESTION}`);
  await answer(page, /fewer tables/);
  await expect(feedback(page)).toContainText('Not yet.');
  await expect(one(page).locator('.question-answers')).toBeHidden();
  await answer(page, /fewer tables/);
  await expect(one(page).locator('.question-answers')).toBeVisible();
});

test('answers what is due on the page of progress', async ({ page }) => {
  await halfWay(page);
  await page.goto('progress/');
  await press(page.getByRole('button', { name: 'Answer here' }));
  const [first, second] = [
    page.locator('course-question').nth(0),
    page.locator('course-question').nth(1),
  ];
  await expect(first.getByRole('radio').first()).toBeFocused();
  await expect(due(page)).toHaveCount(0);
  await press(first.getByRole('radio', { name: '0' }), 'Space');
  await press(first.getByRole('button', { name: 'Check' }));
  await expect(first.getByRole('status')).toContainText('Right.');
  await expect(review(page)).toHaveText('You missed this question before. Answer it again.');
  await expect(mark(page, '1.2')).toHaveText(', read');
  await press(second.getByRole('radio', { name: /fewer tables/ }), 'Space');
  await press(second.getByRole('button', { name: 'Check' }));
  await expect(second.getByRole('status')).toContainText('A count of tables says little.');
  await expect(review(page)).toContainText('Nothing today.');
  await expectAccessible(page, 'reviewed', { within: 'course-progress' });
  await page.reload();
  await expect(due(page)).toHaveCount(0);
  await page.goto(addressOf('1.1'));
  await expect(feedback(page), 'the answer is kept for its page').toContainText('Not yet.');
});

test.describe('where questions cannot be fetched', () => {
  test('says so, and the links stay @once', async ({ page }) => {
    await halfWay(page);
    await page.route('**/questions/**', (route) => route.abort());
    await page.goto('progress/');
    await press(page.getByRole('button', { name: 'Answer here' }));
    await expect(page.locator('.progress-problem')).toContainText('could not be loaded');
    await expect(due(page)).toHaveCount(2);
    await page.unroute('**/questions/**');
    await press(page.getByRole('button', { name: 'Answer here' }));
    await expect(page.locator('course-question')).toHaveCount(2);
  });
});

test('a page is read when its end was on screen, in every tab, and after going back @once', async ({
  page,
  context,
}) => {
  await page.clock.install();
  const other = await context.newPage();
  await other.goto(addressOf('1.1'));
  await page.goto(addressOf('1.2'));
  await page.clock.runFor(60_000);
  await expect(page.locator('.page-foot')).not.toBeInViewport();
  await expect(mark(page, '1.2'), 'opening it is not enough').toHaveCount(0);
  await page.locator('.page-foot').scrollIntoViewIfNeeded();
  await expect(async () => {
    await page.clock.runFor(1000);
    await expect(mark(page, '1.2')).toHaveText(', read', { timeout: 100 });
  }).toPass();
  await expect(mark(other, '1.2'), 'in another tab').toHaveText(', read');

  await other.goto('progress/');
  await expect(count(other, '1.2', 'read')).toHaveText('yes');
  await expect(count(other, '1.1', 'read')).toHaveText('not yet');
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.locator('h1')).toHaveText('The JSONB escape hatch');
  await other.getByLabel('Import a file').setInputFiles(fileOf({ read: ['2.1'] }));
  await page.goBack();
  await expect(page.locator('h1')).toHaveText('Three broken solutions');
  await expect(mark(page, '2.1')).toHaveText(', read');
  // A browser comes back to the end of the page, which counts as read there.
  await page.locator('h1').scrollIntoViewIfNeeded();
  await expect(page.locator('.page-foot')).not.toBeInViewport();
  // As a browser shows a page that it kept: no script starts, and other tabs went on without it.
  await page.evaluate(() => {
    localStorage.clear();
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await expect(page.locator('.progress-mark')).toHaveCount(0);
});

test('who comes to the end by a link has not read the page, until the title was seen @once', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto(`${addressOf('1.2')}#check-yourself`);
  await expect(page.locator('#check-yourself')).toBeInViewport();
  await page.clock.runFor(60_000);
  await page.locator('.page-foot').scrollIntoViewIfNeeded();
  await page.clock.runFor(60_000);
  await expect(mark(page, '1.2')).toHaveCount(0);
  await page.locator('h1').scrollIntoViewIfNeeded();
  await page.waitForTimeout(300);
  await page.locator('.page-foot').scrollIntoViewIfNeeded();
  await expect(async () => {
    await page.clock.runFor(1000);
    await expect(mark(page, '1.2')).toHaveText(', read', { timeout: 100 });
  }).toPass();
});

test('a cell that ran counts, and the home page leads on @once', async ({ page }) => {
  await halfWay(page);
  await page.goto('');
  const goOn = page.locator('course-continue');
  await expect(goOn).toContainText('Go on with 2.2 ');
  await page.goto(addressOf('1.1'));
  const first = page.locator('course-cell').first();
  await run(cell(page, (await first.getAttribute('id'))!));
  await page.goto('progress/');
  await expect(count(page, '1.1', 'cells')).toContainText('1 of ');
  await expect(count(page, '1.2', 'cells')).toContainText('2 of ');
});

test('takes progress to another browser, where a wrong file changes nothing @once', async ({
  page,
  browser,
}) => {
  await halfWay(page);
  await page.goto('progress/');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    press(page.getByRole('button', { name: 'Export' })),
  ]);
  expect(download.suggestedFilename()).toMatch(
    new RegExp(`^${COURSE}-progress-\\d{4}-\\d\\d-\\d\\d\\.json$`),
  );
  await expect(said(page)).toContainText(`Exported as ${COURSE}-progress-`);
  const exported = JSON.parse(await readFile(await download.path(), 'utf8')) as {
    progress: object;
  };
  const text = JSON.stringify({
    ...exported,
    progress: { ...exported.progress, solved: ['1.2.x-eav-furniture'] },
  });

  const elsewhere = await browser.newContext({ baseURL: page.url().replace('progress/', '') });
  const there = await elsewhere.newPage();
  await there.goto('progress/');
  const input = there.getByLabel('Import a file');
  const choose = async (name: string, content: string): Promise<void> =>
    input.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  await choose('mine.json', text);
  await expect(said(there)).toHaveText(
    'Added from mine.json: 7 pages read, 2 cells run, 1 exercise solved, and 4 questions answered.',
  );
  await expect(due(there)).toHaveCount(2);
  await expect(mark(there, '1.2')).toHaveText(', read, 1 to review');
  await choose('mine.json', text);
  await expect(said(there)).toHaveText('mine.json held nothing new.');
  await choose('notes.txt', 'Dear diary');
  await expect(said(there)).toContainText('notes.txt holds no progress: it is not JSON. Choose');
  await expectAccessible(there, 'a wrong file', { within: 'course-progress' });
  await there.reload();
  await expect(count(there, '1.2', 'read')).toHaveText('yes');
  await there.goto(addressOf('1.2'));
  await expect(there.locator('#x-eav-furniture .exercise-solved')).toBeVisible();
  await elsewhere.close();
});

test('reset asks first, and removes answers with their reviews @once', async ({ page }) => {
  await page.goto(addressOf('1.1'));
  await answer(page, /fewer tables/);
  await page.goto('progress/');
  const missed = page.locator('[data-standing=missed] li');
  const reset = page.getByRole('button', { name: 'Reset' });
  await press(reset);
  await expect(page.getByRole('dialog', { name: 'Remove all progress?' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await expectAccessible(page, 'before it is reset', { within: 'course-progress dialog' });
  await page.keyboard.press('Escape');
  await expect(reset).toBeFocused();
  await expect(missed).toHaveCount(1);
  await press(reset);
  await press(page.getByRole('button', { name: 'Remove it all' }));
  await expect(said(page)).toHaveText('All progress is removed.');
  await expect(missed).toHaveCount(0);
  await page.goto(addressOf('1.1'));
  await expect(one(page).getByRole('radio', { checked: true })).toHaveCount(0);
  await page.goto('progress/');
  await expect(missed).toHaveCount(0);
});

test('axe finds nothing at the start and half way, and nothing is wider than the screen', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const fits = async (): Promise<void> =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      page.viewportSize()!.width,
    );
  await page.goto('progress/');
  await expect(review(page)).toContainText('Nothing yet.');
  await expectAccessible(page, 'at the start');
  await fits();
  await halfWay(page);
  await page.reload();
  await expect(due(page)).toHaveCount(2);
  await expect(page.locator('[data-total=read]')).toContainText(`7 of ${pages.length}`);
  await expectAccessible(page, 'half way');
  await fits();
});

// A phone has no Tab key.
test('the Tab key reaches everything', { tag: '@desk' }, async ({ page }) => {
  await halfWay(page);
  await page.goto('progress/');
  await due(page).first().focus();
  const reached: string[] = [];
  for (const end of ['Export', 'Import a file', 'Reset']) {
    for (let times = 0; times < 200 && reached.at(-1) !== end; times++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => {
          const { activeElement } = document;
          const label = (activeElement as HTMLInputElement).labels?.[0];
          return (label ?? activeElement!).textContent.replace(/\s+/g, ' ').trim();
        }),
      );
    }
    expect(reached.at(-1)).toBe(end);
  }
  expect(reached).toContain('1.2 Three broken solutions');
  expect(reached.filter((text) => text.startsWith('Missed'))).toHaveLength(1);
});

test('where storage is denied, says that progress ends with the page @once', async ({ page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    }),
  );
  await page.goto(addressOf('1.1'));
  await answer(page, /fewer tables/);
  await expect(feedback(page)).toContainText('Not yet.');
  await page.goto('progress/');
  const denied = page.locator('.progress-denied');
  await expect(denied).toContainText('Your browser does not let this site keep anything.');
  await expectAccessible(page, 'storage denied', { within: '.progress-denied' });
  await page.getByLabel('Import a file').setInputFiles(fileOf({ read: ['1.2'] }));
  await expect(said(page)).toHaveText(
    'Added from mine.json: 1 page read. It lasts until you leave this page.',
  );
  await expect(count(page, '1.2', 'read')).toHaveText('yes');
});

test('prints what was done, and no buttons', { tag: '@desk' }, async ({ page }) => {
  await halfWay(page);
  await page.goto('progress/');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Export' })).toBeHidden();
  await expect(count(page, '1.2', 'cells')).toBeVisible();
  await expect(due(page).first()).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says why it is empty, and lists what the course has @once', async ({ page }) => {
    await page.goto('progress/');
    await expect(page.locator('.progress-plain')).toContainText('scripts are off');
    await expect(page.getByRole('button', { name: 'Export' })).toBeHidden();
    for (const { id } of pages) await expect(row(page, id).getByRole('link')).toBeVisible();
    await expect(count(page, '1.2', 'cells')).toHaveText(/^\s*\d+\s*$/);
    await expect(count(page, '1.2', 'read')).toBeHidden();
  });
});
