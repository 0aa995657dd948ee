import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';

test('the theme that a reader chose stays, and the system’s is followed where none is', async ({
  page,
  isMobile,
}) => {
  const html = page.locator('html');
  const select = page.getByRole('combobox', { name: 'Select theme' }).locator('visible=true');
  const unfold = async () => {
    if (isMobile) await page.getByRole('button', { name: 'Menu' }).click();
  };
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(addressOf('1.4'));
  await expect(html).toHaveAttribute('data-theme', 'light');
  await unfold();
  await expect(select).toHaveValue('auto');
  await select.selectOption('Dark');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.goto(addressOf('1.1'));
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await unfold();
  await expect(select).toHaveValue('dark');
  await select.selectOption('Auto');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(html).toHaveAttribute('data-theme', 'dark');
});

test('the theme can be chosen where the site may keep nothing @once', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(addressOf('1.4'));
  const select = page.getByRole('combobox', { name: 'Select theme' }).locator('visible=true');
  for (const theme of ['Dark', 'Light']) {
    await select.selectOption(theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase());
  }
  // For this page it stays, whatever the system does.
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect
    .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    .toBe(true);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

// On a phone the sidebar is a menu, of which nothing is kept.
test('the sidebar is on the next page as it was left, from its first frame @desk', async ({
  page,
}) => {
  // The first frame that has all of the page, behind what the page itself does in it.
  await page.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () =>
      requestAnimationFrame(() => {
        const { scrollTop } = document.querySelector('#starlight__sidebar')!;
        Object.assign(window, { firstSeen: scrollTop });
      }),
    ),
  );
  await page.goto(addressOf('1.4'));
  const sidebar = page.getByRole('navigation', { name: 'Main' });
  const group = sidebar.getByRole('group').filter({ hasText: '2. ' });
  await group.locator('summary').click();
  await expect(group).not.toHaveAttribute('open');
  const last = sidebar.getByRole('link').last();
  await last.scrollIntoViewIfNeeded();
  const scrolled = () => page.locator('#starlight__sidebar').evaluate(({ scrollTop }) => scrollTop);
  const before = await scrolled();
  expect(before).toBeGreaterThan(100);
  await last.click();
  await expect(page.locator('h1')).toHaveText('Your progress');
  await expect(group).not.toHaveAttribute('open');
  expect(await scrolled()).toBe(before);
  expect(await page.evaluate(() => (window as { firstSeen?: number }).firstSeen)).toBe(before);
  await group.locator('summary').click();
  await sidebar.getByRole('link', { name: 'Overview' }).first().click();
  await expect(group).toHaveAttribute('open');
});

test('the sidebar shows where the reader is, however far down that is, and so does the menu of a phone', async ({
  page,
  isMobile,
}) => {
  await page.goto(addressOf('5.1'));
  if (isMobile) await page.getByRole('button', { name: 'Menu' }).click();
  const here = page.locator('#starlight__sidebar [aria-current=page]');
  await expect(here).toHaveText('5.1 The decision framework');
  await expect(here).toBeInViewport({ ratio: 1 });
});
