import { readFile } from 'node:fs/promises';
import { expectAccessible } from './axe.ts';
import { addressOf, expectNoSidewaysScroll } from './course.ts';
import { expect, test } from './fixtures.ts';

const PAGE = addressOf('next');

test('a reader decides a case in writing, finds it after a reload, and takes it along as Markdown', async ({
  page,
  isMobile,
}) => {
  await page.goto(PAGE);
  const one = page.locator('course-case');
  await one.getByLabel('Context').fill('400 seats.\n1,500 reads a second at ten o’clock.');
  await one.getByLabel('Decision').fill('PostgreSQL holds what must be true.');
  await one.getByRole('checkbox', { name: 'The load is a number' }).check();
  await expect(one.locator('.case-status')).toHaveText('Kept in this browser.');
  await expect(one.locator('output')).toHaveText('1 of 8 found in your record.');
  await page.reload();
  await expect(one.getByLabel('Decision')).toHaveValue('PostgreSQL holds what must be true.');
  await expect(one.getByRole('checkbox', { name: 'The load is a number' })).toBeChecked();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    one.getByRole('button', { name: 'Download as Markdown' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('0001-theater-tickets.md');
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('## Context\n\n400 seats.\n1,500 reads a second at ten o’clock.\n');
  expect(text).toContain('## Alternatives\n\n_Not written yet._');

  const expert = one.getByText('One expert’s record, to compare with');
  await expert.click();
  await expect(one.getByText('a unique constraint on performance and seat')).toBeVisible();
  await expectAccessible(page, 'a case', { within: 'course-case', colors: !isMobile });
  await expectNoSidewaysScroll(page, 'a case');
});

test('where nothing can be kept, that is said, and what was written can be taken along @once', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto(PAGE);
  const one = page.locator('course-case');
  await one.getByLabel('Context').fill('Not to be lost.');
  await expect(one.locator('.case-status')).toContainText('copy or download what you wrote');
  await page.emulateMedia({ media: 'print' });
  await expect(one.getByText('Not to be lost.')).toBeVisible();
});
