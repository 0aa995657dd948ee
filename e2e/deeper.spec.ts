import { expectAccessible } from './axe.ts';
import { addressOf, cell, expectNoSidewaysScroll, run } from './course.ts';
import { expect, test } from './fixtures.ts';

test('what a page can do without is folded, opens for a link into it, and is not presented', async ({
  page,
  isMobile,
}) => {
  await page.goto(addressOf('3.3'));
  await expect(page.locator('.page-number')).toHaveText(
    /8 minutes in class, about \d+ minutes alone, and \d+ more if you dig/,
  );
  const folded = page.locator('details.deeper', {
    has: page.getByRole('heading', { name: 'Two conditions on one element' }),
  });
  const inside = cell(page, 'elem-match-sql');
  await expect(folded.locator('> summary')).toContainText(/Deeper: \d minutes, 3 cells/);
  await expect(inside).toBeHidden();
  await page.goto(`${addressOf('3.3')}#elem-match-sql`);
  await expect(inside).toBeVisible();
  await expect(inside).toBeInViewport();
  if (!isMobile) {
    await run(inside);
    await expect(inside.locator('.cell-status')).toContainText('in your browser');
  }
  await expectAccessible(page, 'opened', { within: 'details.deeper[open]', colors: !isMobile });
  await expectNoSidewaysScroll(page, 'opened');
  // Back at the top of the page, a link in it leads there as well.
  await folded.locator('> summary').press('Enter');
  await expect(inside).toBeHidden();
  await page.evaluate(() => (location.hash = '#elem-match'));
  await expect(inside).toBeVisible();
});
