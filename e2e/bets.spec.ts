/** A reader bets before looking: what is folded until then, what is said, what is kept, and what comes back. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { cell, expectNoSidewaysScroll, run } from './course.ts';
import { expect } from './fixtures.ts';
import { STORE, TABLE, test } from './small-course.ts';

const bet = (page: Page, id: string): Locator => cell(page, id).locator('course-bet');
const output = (page: Page, id: string): Locator => cell(page, id).locator('.cell-results');
const said = (page: Page, id: string): Locator => bet(page, id).getByRole('status');
const place = (page: Page, id: string): Promise<void> =>
  bet(page, id).getByRole('button', { name: 'Bet', exact: true }).press('Enter');
const show = (page: Page, id: string): Locator =>
  cell(page, id).getByText('Show me', { exact: true });
const field = (page: Page, id: string): Locator => bet(page, id).getByRole('textbox');

test('bets a number, a choice and an order, is told how far off, and finds it all after a reload', async ({
  page,
}) => {
  await page.goto(TABLE);
  await expect(output(page, 'book-by-key')).toBeVisible();
  for (const id of ['how-many', 'which-fails', 'in-order'])
    await expect(output(page, id)).toBeHidden();

  await expect(field(page, 'how-many')).toHaveAccessibleName(
    /How many books have a key below three/,
  );
  await place(page, 'how-many');
  await expect(said(page, 'how-many')).toHaveText('Type one number first, such as 12.');
  await expect(field(page, 'how-many')).toBeFocused();
  await page.keyboard.insertText('<b>9</b> '.repeat(20));
  expect((await field(page, 'how-many').inputValue()).length).toBeLessThanOrEqual(60);
  await field(page, 'how-many').fill('1,000 books');
  await expectAccessible(page, 'bets before they are placed');
  await expectNoSidewaysScroll(page, 'bets before they are placed');
  await field(page, 'how-many').press('Enter');
  await expect(said(page, 'how-many')).toHaveText(
    'Not right. You bet 1,000. It is 2: your bet is 998 too high.The index holds keys in order.',
  );
  await expect(said(page, 'how-many')).toBeFocused();
  await expect(output(page, 'how-many')).toBeVisible();

  await bet(page, 'which-fails').getByRole('radio', { name: 'The first' }).press('Space');
  await place(page, 'which-fails');
  await expect(said(page, 'which-fails')).toContainText(
    'You bet “The first”. It is “The second, name”.',
  );
  await expect(said(page, 'which-fails')).toContainText('A key that is not there is no mistake');
  await expect(said(page, 'which-fails')).not.toContainText('at once');

  // Solaris, Ubik, Kindred: one move and another, by keyboard.
  const up = bet(page, 'in-order').getByRole('button', { name: 'Move up: Kindred' });
  await up.press('Enter');
  await up.press('Enter');
  await expect(said(page, 'in-order')).toHaveText('Kindred: place 1 of 3');
  await place(page, 'in-order');
  await expect(said(page, 'in-order')).toHaveText('Right. You bet: Kindred, Solaris, Ubik.');
  await expectAccessible(page, 'bets that were placed');
  await expectNoSidewaysScroll(page, 'bets that were placed');

  await page.reload();
  for (const id of ['how-many', 'which-fails', 'in-order'])
    await expect(output(page, id)).toBeVisible();
  await expect(said(page, 'how-many')).toContainText('998 too high');
  await expect(bet(page, 'how-many').locator('form')).toBeHidden();
  // The truth has become another one since.
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.endsWith('/1.1.how-many'))
        localStorage.setItem(key, JSON.stringify([1, { given: ['3'], of: 'earlier' }]));
  });
  await page.reload();
  await expect(field(page, 'how-many')).toBeVisible();
  await expect(output(page, 'how-many')).toBeHidden();
  await expect(output(page, 'in-order')).toBeVisible();
});

test('opens an output by Run and by Show me, and wants no more folding', async ({ page }) => {
  await page.goto(STORE);
  for (const id of ['with-end', 'with-end-sql', 'now']) await expect(output(page, id)).toBeHidden();
  await expect(cell(page, 'with-end-sql')).toContainText(
    'would tell the answer to A key with an end',
  );
  await run(cell(page, 'with-end'));
  await expect(output(page, 'with-end')).toContainText('(nil)');
  await expect(output(page, 'with-end-sql')).toBeVisible();
  await expect(field(page, 'with-end')).toBeHidden();
  await expect(output(page, 'now')).toBeHidden();
  await show(page, 'now').press('Enter');
  await expect(output(page, 'now')).toContainText('timestamp');

  await page.goto(TABLE);
  await bet(page, 'in-order').getByRole('button', { name: 'Always show outputs' }).click();
  for (const id of ['how-many', 'which-fails', 'in-order'])
    await expect(output(page, id)).toBeVisible();
  await page.reload();
  await expect(output(page, 'how-many')).toBeVisible();
  await expect(field(page, 'how-many')).toBeHidden();
  await expect(bet(page, 'how-many')).toContainText('How many books');
  await page.goto('progress/');
  const folding = page.getByRole('checkbox', { name: /Fold such outputs/ });
  await expect(folding).not.toBeChecked();
  await folding.check();
  await page.goto(TABLE);
  await expect(output(page, 'how-many')).toBeHidden();
  await expect(field(page, 'how-many')).toBeVisible();
});

test('sees bets in progress, and answers a wrong one again the next day', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-05-01T10:00:00') });
  await page.goto(TABLE);
  await field(page, 'how-many').fill('3');
  await place(page, 'how-many');
  await expect(said(page, 'how-many')).toContainText('1 too high');
  await page.goto(STORE);
  await field(page, 'with-end').fill('nil');
  await place(page, 'with-end');
  await expect(said(page, 'with-end')).toContainText('Right. You bet “nil”.');

  await page.goto('progress/');
  await expect(page.locator('.progress-bets')).toHaveText(
    'You placed 2 of 4 bets, and 1 was right.',
  );
  await expect(page.locator('[data-total=bets]')).toHaveText('1 of 4');
  await expect(page.locator('[data-row="1.2"] [data-kind=bets]')).toContainText('1 of 1');
  await expect(page.locator('[data-standing=missed]')).toContainText('0 of 1 bet');
  await expect(page.locator('.progress-review')).toContainText('1 question comes back');

  await page.clock.setSystemTime(new Date('2026-05-02T10:00:00'));
  await page.reload();
  await expect(page.locator('.progress-due a')).toHaveText(
    'How many books have a key below three?',
  );
  await page.getByRole('button', { name: 'Answer here' }).click();
  const asked = page.locator('.progress-due course-bet');
  await expect(asked.getByRole('status')).toContainText('It is here for review.');
  await expect(page.locator('.progress-due .cell-code')).toContainText('SELECT count(*)');
  await expect(page.locator('.progress-due .cell-results')).toBeHidden();
  await expectAccessible(page, 'a bet to review');
  await expectNoSidewaysScroll(page, 'a bet to review');
  await asked.getByRole('textbox').fill('2');
  await asked.getByRole('button', { name: 'Bet', exact: true }).click();
  await expect(asked.getByRole('status')).toContainText('Right. You bet 2.');
  await expect(page.locator('.progress-due .cell-results')).toBeVisible();
  await expect(page.locator('.progress-bets')).toContainText('and 2 were right');

  // Where it is due, its own page asks again as well.
  await page.clock.setSystemTime(new Date('2026-05-05T10:00:00'));
  await page.goto(TABLE);
  await expect(said(page, 'how-many')).toContainText('It is here for review.');
  await expect(output(page, 'how-many')).toBeHidden();
});

test('is presented as a question and an output, stands in a frame, and is not found by its output @once', async ({
  page,
}) => {
  await page.goto(`${TABLE}?present=how-many`);
  const bar = page.locator('.present-bar');
  await expect(bet(page, 'how-many')).toBeVisible();
  await expect(output(page, 'how-many')).toBeHidden();
  await bar.getByRole('button', { name: 'Next step' }).click();
  await expect(output(page, 'how-many')).toBeVisible();
  await expect(page).toHaveURL(/present=how-many%3Aoutput/);
  await bar.getByRole('button', { name: 'Next step' }).click();
  await expect(bet(page, 'which-fails')).toBeVisible();
  await expect(output(page, 'which-fails')).toBeHidden();
  // A class may bet, and sees it at once.
  await bet(page, 'which-fails')
    .getByRole('radio', { name: /The second/ })
    .check();
  await place(page, 'which-fails');
  await expect(output(page, 'which-fails')).toBeVisible();
  await bar.getByRole('button', { name: 'Previous step' }).click();
  await bar.getByRole('button', { name: 'Next step' }).click();
  await expect(output(page, 'which-fails')).toBeHidden();

  await page.goto('embed/1.1.how-many/');
  await expect(output(page, 'how-many')).toBeHidden();
  await field(page, 'how-many').fill('2');
  await place(page, 'how-many');
  await expect(said(page, 'how-many')).toContainText('Right.');
  await expect(output(page, 'how-many')).toBeVisible();

  await page.goto('');
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Search the course' });
  await dialog.getByRole('searchbox').fill('Which of the two queries');
  await expect(dialog.getByRole('link', { name: /How many, and which/ }).first()).toBeVisible();
  await dialog.getByRole('searchbox').fill('42703');
  await expect(dialog.getByRole('status')).toContainText(/nothing|no /i);
});

test('prints open, with its question @once', async ({ page }) => {
  await page.goto(TABLE);
  await expect(show(page, 'how-many')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(bet(page, 'how-many')).toContainText('How many books have a key below three?');
  await expect(output(page, 'how-many')).toBeVisible();
  await expect(show(page, 'how-many')).toBeHidden();
  await expect(field(page, 'how-many')).toBeHidden();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a question stands above an output that opens, with what there is to say @once', async ({
    page,
  }) => {
    await page.goto(STORE);
    await expect(bet(page, 'with-end')).toContainText('when the minute is over?');
    await expect(bet(page, 'with-end').getByRole('button')).toHaveCount(0);
    await expect(output(page, 'with-end')).toBeHidden();
    await show(page, 'with-end').click();
    await expect(output(page, 'with-end')).toContainText('(nil)');
    await expect(cell(page, 'with-end')).toContainText('ada: The key ended with its time');
  });
});
