/** A reader has the course open in several tabs, and all of them write at once. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { addressOf, pages, PREFIX } from './course.ts';
import { expect, test } from './fixtures.ts';

const IDS = 600;

/** As if this many cells ended their runs one right after the other, from a moment that all tabs agree on. */
const runAll = (page: Page, ids: readonly string[], start: number): Promise<void> =>
  page.evaluate(
    async ({ ids, start }) => {
      const pause = (time: number): Promise<void> =>
        new Promise((resolve) => setTimeout(resolve, time));
      await pause(start - Date.now());
      for (const [at, id] of ids.entries()) {
        const detail = { kind: 'cell', id, right: true };
        document.dispatchEvent(new CustomEvent('course:done', { detail }));
        // Other tabs are heard between two of them.
        if (at % 5 === 0) await pause(0);
      }
    },
    { ids, start },
  );

const kept = (page: Page): Promise<number> =>
  page.evaluate(
    (start) => Object.keys(localStorage).filter((key) => key.startsWith(start)).length,
    `${PREFIX}ran/9.9.tab-`,
  );

for (const tabs of [2, 4])
  test(`of ${IDS} things that ${tabs} tabs keep at once, ${IDS} are kept @once`, async ({
    page,
    context,
  }) => {
    test.setTimeout(120_000);
    const open = [page];
    while (open.length < tabs) open.push(await context.newPage());
    for (const tab of open) await tab.goto(addressOf('1.4'));
    const ids = Array.from({ length: IDS }, (_, at) => `9.9.tab-${at}`);
    const start = Date.now() + 1000;
    await Promise.all(
      open.map((tab, at) =>
        runAll(
          tab,
          ids.filter((_, place) => place % tabs === at),
          start,
        ),
      ),
    );
    // Browsers tell one tab of another's writes a moment later.
    for (const tab of open) await expect.poll(() => kept(tab)).toBe(IDS);
    await page.reload();
    expect(await kept(page)).toBe(IDS);
  });

test('two tabs that mark pages and answer a question lose nothing, and each shows what the other did @once', async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  await other.goto(addressOf('1.4'));
  await page.goto(addressOf('1.1'));
  await Promise.all([
    runAll(other, ['1.2.eav-one-filter', '1.2.eav-plan'], Date.now() + 500),
    runAll(page, ['1.1.no-such-cell'], Date.now() + 500),
    page.evaluate(() => {
      const detail = { kind: 'question', id: '1.1.q-money-type', right: false };
      document.dispatchEvent(new CustomEvent('course:done', { detail }));
    }),
  ]);
  await other.goto('progress/');
  await expect(other.locator('[data-row="1.2"] [data-kind=cells]')).toContainText('2 of ');
  await expect(other.locator('[data-standing=missed] li')).toHaveCount(1);
  // The page of progress hears of what happens in the other tab.
  await runAll(page, ['1.2.jsonb-escape'], Date.now());
  await page.evaluate(() => {
    const detail = { kind: 'question', id: '1.1.q-next-category', right: false };
    document.dispatchEvent(new CustomEvent('course:done', { detail }));
  });
  await expect(other.locator('[data-standing=missed] li')).toHaveCount(2);
});

test('a tab that is closed right after something happened has kept it @once', async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  await other.goto(addressOf('1.4'));
  await page.goto(addressOf('1.1'));
  await page.evaluate(() =>
    addEventListener('pagehide', () => {
      const detail = { kind: 'question', id: '1.1.q-money-type', right: false };
      document.dispatchEvent(new CustomEvent('course:done', { detail }));
    }),
  );
  await page.close({ runBeforeUnload: true });
  await other.goto('progress/');
  await expect(other.locator('[data-standing=missed] li')).toHaveCount(1);
});

test('readers of an earlier release find what they had @once', async ({ page }) => {
  await page.goto(addressOf('1.1'));
  const path = new URL(page.url()).pathname;
  const cell = (await page.locator('course-cell').first().getAttribute('id'))!;
  await page.evaluate(
    ({ path, cell }) => {
      const day = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
      const earlier = {
        'starlight-theme': 'light',
        'course-progress': JSON.stringify({
          version: 1,
          read: ['1', '1.2'],
          ran: ['1.2.eav-plan'],
          solved: ['1.2.x-eav-furniture'],
          reviews: { '1.1.q-money-type': { step: 0, day } },
        }),
        'course-answers': JSON.stringify({
          '1.1.q-next-category': {
            given: ['0'],
            right: false,
            tries: 2,
            first: false,
            at: `${day}T10:00:00.000Z`,
          },
        }),
        [`course-draft:${path}#${cell}`]: '[{"name":"query.sql","code":"SELECT 42 AS mine;"}]',
      };
      for (const [key, text] of Object.entries(earlier)) localStorage.setItem(key, text);
    },
    { path, cell },
  );
  // The page moves it all, and starts once more with it.
  await page.evaluate(() => location.reload());
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator(`course-cell#${cell}`)).toContainText('SELECT 42 AS mine;');
  await expect(page.locator('#q-next-category .question-answers')).toBeVisible();
  await expect(page.locator('.sidebar-content a[data-section="1.2"] .progress-mark')).toHaveText(
    ', read',
  );
  expect(
    await page.evaluate(
      (prefix) => Object.keys(localStorage).filter((key) => !key.startsWith(prefix)),
      PREFIX,
    ),
  ).toEqual([]);
  await page.goto('progress/');
  await expect(page.locator('[data-total=read]')).toHaveText(`2 of ${pages.length}`);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  for (const id of ['1.2.eav-plan', '1.2.x-eav-furniture', '1.1.q-next-category'])
    expect(text).toContain(id);
});
