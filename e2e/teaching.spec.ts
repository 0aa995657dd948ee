import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import {
  addressOf,
  cell,
  expectNoSidewaysScroll,
  outputOf,
  PREFIX,
  run,
  sections,
} from './course.ts';
import { expect, test } from './fixtures.ts';

const status = (page: Page) => page.locator('.present-bar [role=status]');
const bar = (page: Page, name: string) =>
  page.locator('.present-bar').getByRole('button', { name, exact: true });
/** How many steps there are, and which one is shown. */
async function stepOf(page: Page): Promise<{ step: number; count: number }> {
  const [, step, count] = /Step (\d+) of (\d+)/.exec(await status(page).innerText())!;
  return { step: Number(step), count: Number(count) };
}
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length;

// Paper is as wide from a phone.
test('the run sheet is one sheet of paper, A4 or Letter', { tag: '@desk' }, async ({ page }) => {
  await page.goto('teach/run-sheet/');
  for (const { id, title } of sections)
    await expect(page.getByRole('rowheader', { name: `${id} ${title}` })).toBeVisible();
  for (const format of ['A4', 'Letter'])
    expect(pagesOf(await page.pdf({ format, preferCSSPageSize: false })), format).toBe(1);
});

test('the run sheet shows the time of day once it knows when the class starts @once', async ({
  page,
}) => {
  await page.goto('teach/run-sheet/');
  const second = page.getByRole('row', { name: '1.2 Three broken solutions' });
  await expect(second).toContainText('0:08');
  await page.getByLabel('Class starts at').fill('13:55');
  await expect(second).toContainText('14:03');
  await page.getByLabel('Class starts at').fill('');
  await expect(second).toContainText('0:08');
});

test('a lecturer gets from the home page to a section that is presented @once', async ({
  page,
}) => {
  await page.goto('');
  await page.getByRole('link', { name: 'Teach with this course' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Teaching this course');
  await page.getByRole('link', { name: 'Run sheet', exact: true }).click();
  await page.getByRole('link', { name: 'Present 1.3' }).click();
  await expect(status(page)).toContainText('Step 1 of');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The JSONB escape hatch');
});

test('only who switched the notes on sees the button, and in steps they are shown as the switch says @once', async ({
  page,
}) => {
  await page.goto(addressOf('2.4'));
  await expect(page.getByRole('button', { name: 'Present' })).toBeHidden();
  await page.getByLabel('Show the teacher’s notes').check();
  await page.getByRole('button', { name: 'Present' }).click();
  await expect(status(page)).toContainText('Step 1 of');
  const note = page.locator('.teacher-note').first();
  while (!(await note.isVisible())) await bar(page, 'Next step').click();
  await bar(page, 'Notes').click();
  await expect(note).toBeHidden();
  await bar(page, 'Leave').click();
  await expect(page.getByLabel('Show the teacher’s notes')).not.toBeChecked();
});

test('the button fills the screen, and whoever leaves full screen leaves the steps @once', async ({
  page,
}) => {
  const full = () => page.evaluate(() => document.fullscreenElement !== null);
  await page.addInitScript((key) => localStorage.setItem(key, '[1,true]'), `${PREFIX}teacher/`);
  await page.goto(addressOf('4.1'));
  await page.getByRole('button', { name: 'Present' }).click();
  await expect.poll(full).toBe(true);
  await bar(page, 'Full screen').click();
  await expect.poll(full).toBe(false);
  await expect(bar(page, 'Full screen')).toHaveAttribute('aria-pressed', 'false');
  await bar(page, 'Full screen').click();
  await expect.poll(full).toBe(true);
  // What the browser does on Escape, without telling the page of the key.
  await page.evaluate(() => document.exitFullscreen());
  await expect(page.locator('.present-bar')).toHaveCount(0);
});

// A phone has no keys.
test(
  'a section is presented by keyboard alone, runs a cell, and is left at its place',
  { tag: '@desk' },
  async ({ page }) => {
    await page.goto(`${addressOf('1.3')}?present`);
    await expect(status(page)).toContainText('Step 1 of');
    const { count } = await stepOf(page);
    expect(count).toBeGreaterThan(20);

    await page.keyboard.press('ArrowRight');
    expect((await stepOf(page)).step).toBe(2);
    await expect(page.locator('.page-lead')).toBeHidden();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect((await stepOf(page)).step).toBe(1);
    await page.keyboard.press('End');
    expect((await stepOf(page)).step).toBe(count);
    await expect(page.getByRole('link', { name: 'Go on with 1.4' })).toBeVisible();
    await page.keyboard.press('Home');

    const one = cell(page, 'gin-contains');
    while (!(await one.isVisible())) await page.keyboard.press('ArrowRight');
    await expect(page.locator('course-cell:visible')).toHaveCount(1);
    const printed = await outputOf(one);
    const runs = one.getByRole('button', { name: 'Run', exact: true });
    await page.keyboard.press('Tab');
    while (!(await runs.evaluate((button) => button === document.activeElement)))
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(one.locator('.cell-status')).toContainText('in your browser', { timeout: 60_000 });
    expect(await outputOf(one)).toBe(printed);

    const { step } = await stepOf(page);
    await page.reload();
    await expect(one).toBeVisible();
    expect((await stepOf(page)).step).toBe(step);
    await page.keyboard.press('Escape');
    await expect(page.locator('.present-bar')).toHaveCount(0);
    await expect(one).toBeInViewport();
    expect(new URL(page.url()).search).toBe('');
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  },
);

test(
  'every step of a high page can be reached by Page Down alone, and none is skipped',
  { tag: '@desk' },
  async ({ page }) => {
    await page.goto(`${addressOf('1.4')}?present`);
    await expect(status(page)).toContainText('Step 1 of');
    const { count } = await stepOf(page);
    const seen = new Set<number>();
    for (let presses = 0; presses < 80 && seen.size < count; presses += 1) {
      seen.add((await stepOf(page)).step);
      await page.keyboard.press('PageDown');
      await page.waitForTimeout(30); // The browser scrolls on its own time.
    }
    expect([...seen]).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  },
);

test('keys that are typed into the editor stay there', { tag: '@desk' }, async ({ page }) => {
  await page.goto(`${addressOf('1.3')}?present=gin-contains`);
  const one = cell(page, 'gin-contains');
  await one.getByRole('button', { name: 'Edit' }).click();
  const editor = one.locator('.cm-content');
  await expect(editor).toBeFocused({ timeout: 20_000 });
  const before = await stepOf(page);
  for (const key of ['End', 'Space', 'ArrowLeft', 'PageDown', 'Escape'])
    await page.keyboard.press(key);
  expect(await stepOf(page)).toEqual(before);
});

test(
  'the search opens over a step, and Escape closes only the search',
  { tag: '@desk' },
  async ({ page }) => {
    await page.goto(`${addressOf('1.3')}?present`);
    await expect(status(page)).toContainText('Step 1 of');
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('searchbox')).toBeHidden();
    await expect(status(page)).toContainText('Step 1 of');
  },
);

test('on a screen of any size, the buttons go through the steps, and cells run', async ({
  page,
}) => {
  await page.goto(`${addressOf('4.2')}?present`);
  await expect(status(page)).toContainText('Step 1 of');
  const one = page.locator('course-cell').first();
  while (!(await one.isVisible())) await bar(page, 'Next step').click();
  await run(one);
  await expectNoSidewaysScroll(page);
  const { step } = await stepOf(page);
  await bar(page, 'Previous step').click();
  expect((await stepOf(page)).step).toBe(step - 1);
  await bar(page, 'Leave').click();
  await expect(page.locator('.present-bar')).toHaveCount(0);
});

for (const step of ['1', 'gin-contains'])
  test(`axe finds nothing in the step ${step}, with the notes shown`, async ({ page }) => {
    await page.addInitScript((key) => localStorage.setItem(key, '[1,true]'), `${PREFIX}teacher/`);
    await page.goto(`${addressOf('1.3')}?present=${step}`);
    await expect(status(page)).toContainText('Step');
    await expectAccessible(page, step);
  });

for (const path of ['teach/', 'teach/run-sheet/', 'teach/notes/', 'teach/adapt/'])
  test(`axe finds nothing on /${path}, which does not scroll sideways`, async ({ page }) => {
    await page.goto(path);
    await expectAccessible(page, 'as it is read');
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page);
  });
