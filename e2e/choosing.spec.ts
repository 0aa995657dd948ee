/** Part 5: a reader is led to a database, sorts the audit, and follows an order through three engines. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf, cell, outputOf, run } from './course.ts';
import { expect, test } from './fixtures.ts';

const chooser = (page: Page): Locator => page.locator('course-chooser');
const asked = (page: Page): Locator => chooser(page).locator('h3:visible');
const answer = (page: Page, which: 'Yes' | 'No'): Locator =>
  chooser(page).locator('a[data-answer]:visible', { hasText: new RegExp(`^\\s*${which}\\b`) });
const way = (page: Page): Locator =>
  chooser(page).getByRole('list', { name: 'Your answers so far' });

test.describe('the chooser', () => {
  test('asks one question at a time, shows the way, goes back and starts over', async ({
    page,
  }) => {
    await page.goto(addressOf('5.1'));
    await expect(asked(page)).toHaveText(/clear relationships/);
    await expect(chooser(page).getByRole('button')).toHaveCount(0);

    await answer(page, 'No').click();
    await expect(asked(page)).toHaveText(/self-contained/);
    await answer(page, 'Yes').click();
    await answer(page, 'Yes').click();
    await expect(asked(page)).toHaveText('A document store, such as MongoDB');
    await expect(page).toHaveURL(/#choose-documents$/);
    await expect(way(page).getByRole('listitem')).toHaveText([
      'Clear relationships between records? No',
      'Self-contained records, searched by field? Yes',
      'Nearly all data like that? Yes',
    ]);

    await chooser(page).getByRole('button', { name: 'Back' }).click();
    await expect(asked(page)).toHaveText(/nearly all/);
    await answer(page, 'No').click();
    await expect(asked(page)).toHaveText(/PostgreSQL, with JSONB/);

    await way(page)
      .getByRole('link', { name: /Self-contained/ })
      .click();
    await expect(asked(page)).toHaveText(/self-contained/);
    await expect(way(page).getByRole('listitem')).toHaveCount(1);

    await chooser(page).getByRole('button', { name: 'Start over' }).click();
    await expect(asked(page)).toHaveText(/clear relationships/);
    await expect(way(page)).toBeHidden();
  });

  test('follows the browser’s own back and forward @once', async ({ page }) => {
    await page.goto(addressOf('5.1'));
    await answer(page, 'Yes').click();
    await answer(page, 'No').click();
    await expect(asked(page)).toHaveText(/happen together/);
    await page.goBack();
    await expect(asked(page)).toHaveText(/step after step/);
    await expect(way(page).getByRole('listitem')).toHaveCount(1);
    await page.goBack();
    await expect(asked(page)).toHaveText(/clear relationships/);
    await page.goForward();
    await page.goForward();
    await expect(asked(page)).toHaveText(/happen together/);
    await page.reload();
    await expect(asked(page)).toHaveText(/happen together/);
    await expect(way(page).getByRole('listitem')).toHaveCount(2);
  });

  test('is answered by keyboard, and Tab goes on from what is asked @once', async ({ page }) => {
    await page.goto(addressOf('5.1'));
    await answer(page, 'Yes').focus();
    await page.keyboard.press('Enter');
    await expect(asked(page)).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(answer(page, 'Yes')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(asked(page)).toHaveText('A graph database, such as Neo4j');
    await expect(asked(page)).toBeFocused();
  });

  test('shows an outcome that somebody linked, with the shortest way to it and its reasons', async ({
    page,
  }) => {
    await page.goto(`${addressOf('5.1')}#choose-postgres-jsonb`);
    await expect(asked(page)).toHaveText(/PostgreSQL, with JSONB/);
    await expect(asked(page)).toBeInViewport();
    await expect(way(page).getByRole('listitem')).toHaveText([
      'Clear relationships between records? Yes',
      'Traversals at the core of the queries? No',
      'ACID transactions needed? No',
    ]);
    await expect(
      chooser(page).getByRole('link', { name: '1.3 The JSONB escape hatch' }),
    ).toBeVisible();
    await expectAccessible(page, 'an outcome');
    await page.goto('go/5.1.choose-key-value/');
    await expect(asked(page)).toHaveText('A key-value store, such as Redis');
  });

  test('every outcome explains itself and names a section @once', async ({ page }) => {
    await page.goto(addressOf('5.1'));
    const outcomes = chooser(page).locator('.chooser-outcome');
    await expect(outcomes).toHaveCount(5);
    for (const outcome of await outcomes.all()) {
      await page.goto(`${addressOf('5.1')}#${await outcome.getAttribute('id')}`);
      await expect(outcome).toBeVisible();
      await expect(outcome).toContainText('Before you decide:');
      await expect(outcome).toContainText(/Argued in \D*\d\.\d/);
    }
  });

  test('has answers large enough for a thumb', async ({ page }) => {
    await page.goto(addressOf('5.1'));
    for (const which of ['Yes', 'No'] as const) {
      const { width, height } = (await answer(page, which).boundingBox())!;
      expect(Math.min(width, height), which).toBeGreaterThanOrEqual(44);
    }
  });
});

test.describe('the sortable table', () => {
  const features = (page: Page): Locator => page.locator('sortable-table tbody tr td:first-child');
  const head = (page: Page, name: string): Locator =>
    page.locator('sortable-table').getByRole('columnheader', { name });

  test('sorts up, down, and back to the order of the text', async ({ page }) => {
    await page.goto(addressOf('5.3'));
    await expect(page.getByRole('table', { name: 'Database audit' })).toBeVisible();
    const before = await features(page).allInnerTexts();
    expect(before).toHaveLength(9);

    const button = head(page, 'Comes in').getByRole('button');
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(head(page, 'Comes in')).toHaveAttribute('aria-sort', 'ascending');
    await expect(features(page).last()).toContainText('Real-time task updates');
    await expect(page.locator('.sortable-status')).toHaveText('Sorted by Comes in, ascending.');
    await expect(button).toBeFocused();

    await page.keyboard.press('Enter');
    await expect(head(page, 'Comes in')).toHaveAttribute('aria-sort', 'descending');
    await expect(features(page).first()).toContainText('Real-time task updates');
    await expectAccessible(page, 'sorted');

    await page.keyboard.press('Enter');
    await expect(head(page, 'Comes in')).not.toHaveAttribute('aria-sort');
    expect(await features(page).allInnerTexts()).toEqual(before);
  });

  test('sorts by one column at a time @once', async ({ page }) => {
    await page.goto(addressOf('5.3'));
    await head(page, 'Feature').getByRole('button').click();
    await head(page, 'Best database').getByRole('button').click();
    await expect(page.locator('sortable-table [aria-sort]')).toHaveCount(1);
    const databases = page.locator('sortable-table tbody td:nth-child(2)');
    await expect(databases.first()).toContainText('PostgreSQL');
    await expect(databases.last()).toContainText('Redis');
  });

  test('is a table on a desk and cards on a phone, each value with its column', async ({
    page,
    isMobile,
  }) => {
    await page.goto(addressOf('5.3'));
    const [feature, database] = await page.locator('sortable-table tbody tr:first-child td').all();
    const { y: first } = (await feature!.boundingBox())!;
    const { y: second } = (await database!.boundingBox())!;
    const label = await database!.evaluate((value) => getComputedStyle(value, '::before').content);
    if (isMobile) {
      expect(second).toBeGreaterThan(first);
      expect(label).toContain('Best database');
    } else {
      expect(second).toBe(first);
      expect(label).toBe('none');
    }
  });
});

test('an order: what Redis keeps is what PostgreSQL said, stale after the sale and mended by a delete @once', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto(addressOf('5.2'));
  // Running the last of a database runs the earlier ones first.
  await run(cell(page, 'order-fresh'));
  await run(cell(page, 'order-repair'));
  const answered = async (id: string) => await outputOf(cell(page, id));
  const page300 = /\{"stock".*?\}/.exec(await answered('order-page-data'))![0];
  expect(JSON.parse(page300)).toEqual({ price: 1299.99, stock: 3 });
  expect(await answered('order-cache-aside')).toContain(`SET page:laptop '${page300}'`);
  expect(await answered('order-stale')).toContain('\\"stock\\" : 3');
  expect(await answered('order-fresh')).toMatch(/laptop\s+1299\.99\s+2/);
  expect(await answered('order-repair')).toContain('\\"stock\\" : 2');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('all questions and outcomes are there, and each answer leads to the next @once', async ({
    page,
  }) => {
    await page.goto(addressOf('5.1'));
    await expect(asked(page)).toHaveCount(10);
    await expect(chooser(page).getByRole('button')).toHaveCount(0);
    await chooser(page).getByRole('link', { name: 'No Each record stands alone.' }).click();
    await expect(page.locator('#choose-self-contained')).toBeInViewport();
    await page.goto(`${addressOf('5.1')}#choose-graph`);
    await expect(page.locator('#choose-graph')).toBeInViewport();
    await expect(page.locator('#choose-graph')).toContainText(
      'Clear relationships between records? Yes. Traversals at the core of the queries? Yes.',
    );
  });

  test('the audit is a table with all its rows and no button @once', async ({ page }) => {
    await page.goto(addressOf('5.3'));
    const table = page.locator('sortable-table');
    await expect(table.getByRole('row').filter({ hasText: 'PostgreSQL' })).toHaveCount(4);
    await expect(table.getByRole('button')).toHaveCount(0);
    await expect(table).toContainText('Audit log');
  });
});
