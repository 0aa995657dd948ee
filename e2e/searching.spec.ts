import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';
import { QUESTIONS } from './questions.ts';

test('searching “EAV” by keyboard lands on the section', async ({ page }) => {
  await page.goto('');
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Search the course' });
  await expect(dialog.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('EAV');
  await expect(dialog.getByRole('link').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  const first = dialog.getByRole('link').first();
  await expect(first).toBeFocused();
  const section = dialog.locator('a.sub').first();
  const address = (await section.getAttribute('href'))!;
  expect(address).toContain(`/${addressOf('1.2')}#`);
  await section.click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
});

test('the search finds nothing of the teacher’s notes @once', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  // From a teacher's note of 1.1: “You will usually find all of the next section's designs in the room.”
  await page.getByRole('searchbox').fill('"designs in the room"');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('Nothing found');
  await page.getByRole('searchbox').fill('"hired by an online shop"');
  await expect(page.getByRole('dialog').getByRole('link').first()).toContainText('catalog');
});

test('nothing of the search is loaded before it is opened @once', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto('', { waitUntil: 'networkidle' });
  expect(requests.filter((url) => url.includes('pagefind'))).toEqual([]);
});

test('a search without results says so, and Escape gives the focus back', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('qqqqzzzz');
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(
    'Nothing found for “qqqqzzzz”.',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Search' })).toBeFocused();
});

test('thirty questions of students lead to a fitting page within the first three @desk', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).click();
  const dialog = page.getByRole('dialog');
  const missed: string[] = [];
  for (const [question, ids] of QUESTIONS) {
    await page.getByRole('searchbox').fill('');
    await expect(dialog.getByRole('status')).toBeEmpty();
    await page.getByRole('searchbox').fill(question);
    await expect(dialog.getByRole('status')).toHaveText(/page|Nothing/);
    const found = await dialog
      .locator('a:not(.sub)')
      .evaluateAll((links) =>
        links.slice(0, 3).map((link) => (link as HTMLAnchorElement).pathname),
      );
    if (!ids.some((id) => found.some((path) => path === `/${addressOf(id)}`)))
      missed.push(`${question}: ${found.join(', ')}`);
  }
  expect(missed).toEqual([]);
});
