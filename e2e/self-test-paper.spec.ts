/** A reader takes a test along on paper. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { TEST, heading, passAll } from './self-tests.ts';

test.describe('on paper', { tag: '@desk' }, () => {
  test.beforeEach(() => test.setTimeout(120_000));

  /** As when it prints. */
  async function toPaper(page: Page): Promise<void> {
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 680, height: 960 });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const beyond = await page.evaluate(() =>
      [...document.querySelectorAll('self-test :not(.sr-only)')]
        .filter((element) => element.checkVisibility())
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
        .map((element) => `${element.tagName}.${element.className}`),
    );
    expect(beyond, 'nothing is cut').toEqual([]);
  }

  test('a test is questions to answer with a pen, and a key on a page of its own', async ({
    page,
  }) => {
    await page.goto(TEST);
    await expect(heading(page)).toHaveText('Question 1 of 20');
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    const sheets = pdf.match(/\/Type\s*\/Page\b/g)!.length;
    expect(sheets).toBeGreaterThanOrEqual(4);
    await toPaper(page);
    const paper = page.locator('.self-test-paper');
    await expect(paper.locator('> ol').first().locator('> li')).toHaveCount(20);
    await expect(paper.locator('> ol').last().locator('> li')).toHaveCount(20);
    await expect(paper.getByRole('heading', { name: 'Answers' })).toHaveCSS('break-before', 'page');
    await expect(paper.locator('> ol').first()).not.toContainText('Not right');
    await expect(page.locator('.self-test-asking')).toBeHidden();
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await expect(paper).toHaveCount(0);
  });

  test('a result prints with every question open, and without buttons', async ({ page }) => {
    await page.goto(TEST);
    await passAll(page);
    await expect(heading(page)).toHaveText('You knew 0 of 20.');
    await toPaper(page);
    await expect(page.locator('.self-test-all details:not([open])')).toHaveCount(0);
    await expect(page.locator('self-test button:visible')).toHaveCount(0);
    await expect(page.locator('.self-test-why').first()).toBeVisible();
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000);
  });
});
