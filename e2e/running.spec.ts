import type { Locator } from '@playwright/test';
import { addressOf, cell, ended, outputOf, run, write } from './course.ts';
import { expect, test } from './fixtures.ts';

test('a cell of a session runs the cells before it first, and again gives the same @once', async ({
  page,
}) => {
  await page.goto(addressOf('1.3'));
  const session = page.locator('course-cell[data-session="indexes"]');
  expect(await session.count()).toBeGreaterThan(2);
  const last = session.last();
  const printed = await outputOf(last);
  for (let time = 0; time < 2; time += 1) {
    await run(last);
    expect(await outputOf(last)).toBe(printed);
    await expect(last.locator('.cell-status')).toContainText(
      `after ${(await session.count()) - 1} earlier cells`,
    );
  }
});

test('output says whose it is once the code above it is another, and again when both are one @once', async ({
  page,
}) => {
  await page.goto('');
  const one = cell(page, 'five-products');
  const note = one.locator('.cell-output-note');
  await expect(note).toHaveText('Output');
  await write(one, 'SELECT 1 AS mine;');
  await expect(note).toContainText('Output of the course’s code');
  await run(one);
  await expect(note).toContainText('Output of this run');
  await write(one, 'SELECT 2 AS mine;');
  await expect(note).toContainText('Output of the code that stood here before');
  await page.reload();
  await expect(note).toContainText('Output of the course’s code');
  await one.getByRole('button', { name: 'Reset' }).click();
  await expect(note).toHaveText('Output');
});

test('no engine is fetched before the reader asks, and once for all cells @once', async ({
  page,
}) => {
  const engines: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/_engines/')) engines.push(request.url());
  });
  await page.goto('', { waitUntil: 'networkidle' });
  expect(engines).toEqual([]);
  await run(cell(page, 'five-products'));
  const fetched = engines.length;
  expect(fetched).toBeGreaterThan(0);
  await run(cell(page, 'five-products'));
  expect(engines).toHaveLength(fetched);
});

test('an edit runs with Ctrl+Enter, its error points at the place, Reset brings the original back', async ({
  page,
}) => {
  await page.goto('');
  const one = cell(page, 'five-products');
  const printed = await outputOf(one);
  await write(one, 'SELECT 6 * 7 AS answer;\nSELECT * FROM nowhere;');
  await page.keyboard.press('ControlOrMeta+Enter');
  await ended(one);
  await expect(one.locator('td')).toHaveText('42');
  await expect(one.locator('.out-error')).toContainText('no such table: nowhere');
  await expect(one.locator('.cell-status')).toContainText('1 error');

  await one.getByRole('button', { name: 'Reset' }).click();
  expect(await outputOf(one)).toBe(printed);
  await expect(one.locator('.cm-content')).toContainText('CREATE TABLE products');
  await run(one);
  expect(await outputOf(one)).toBe(printed);
});

test('an edit survives a reload, without loading the editor for it @once', async ({ page }) => {
  await page.goto('');
  const one = cell(page, 'five-products');
  await write(one, "SELECT 'kept' AS mine;");
  await page.reload();
  await expect(one.locator('.cell-code')).toContainText("SELECT 'kept' AS mine;");
  await expect(one.locator('.cell-author')).toHaveText('Your version');
  await expect(one.locator('.cm-content')).toHaveCount(0);
  await run(one);
  await expect(one.locator('td')).toHaveText('kept');
});

test('a shared link fills the editor, says whose code it is, and does not run', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('');
  const one = cell(page, 'five-products');
  const code = "SELECT 'über' || ' 🦝' AS shared;";
  await write(one, code);
  await one.getByRole('button', { name: 'Share' }).click();
  await expect(one.locator('.cell-status')).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const reader = await context.newPage();
  await reader.addInitScript(() => {
    if (self === top) localStorage.clear();
  });
  await reader.goto(link);
  const theirs = cell(reader, 'five-products');
  await expect(theirs.locator('.cm-content')).toContainText(code);
  await expect(theirs.locator('.cell-author')).toContainText('not the course’s own');
  await expect(theirs.locator('.cell-results')).toContainText('ThinkPad X1');
  await run(theirs);
  await expect(theirs.locator('td')).toHaveText('über 🦝');
});

/** Counts how often a cell has begun to run. */
const countRuns = (one: Locator): Promise<void> =>
  one.evaluate((element) => {
    let runs = 0;
    new MutationObserver(() => {
      if ((element as HTMLElement).dataset['state'] === 'running') runs += 1;
      (element as HTMLElement).dataset['runs'] = String(runs);
    }).observe(element, { attributeFilter: ['data-state'] });
  });

test('a double click, or a finger that taps twice, runs once and stops nothing', async ({
  page,
  isMobile,
}) => {
  await page.goto(addressOf('1.1'));
  const one = cell(page, 'your-schema');
  const runButton = one.getByRole('button', { name: 'Run', exact: true });
  await countRuns(one);
  // The first time it loads the database, the second time it is over before the second click.
  for (const runs of ['1', '2']) {
    if (isMobile) {
      await runButton.scrollIntoViewIfNeeded();
      const { x, y } = (await runButton.boundingBox())!;
      await Promise.all([1, 2].map(() => page.touchscreen.tap(x + 20, y + 20)));
    } else await runButton.dblclick({ delay: 40 });
    await ended(one);
    await expect(one.locator('.cell-status')).toContainText('in your browser');
    await expect(one).toHaveAttribute('data-runs', runs);
    await expect(runButton).toBeEnabled();
  }
});

test('Enter pressed twice, or held down, runs once, and Stop is a Tab away @desk', async ({
  page,
}) => {
  await page.goto(addressOf('1.1'));
  const one = cell(page, 'your-schema');
  const runButton = one.getByRole('button', { name: 'Run', exact: true });
  await countRuns(one);
  await runButton.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await ended(one);
  await expect(one.locator('.cell-status')).toContainText('in your browser');
  await expect(runButton).toBeFocused();
  await expect(one).toHaveAttribute('data-runs', '1');

  await expect(runButton).toBeEnabled();
  await page.keyboard.down('Enter');
  await ended(one);
  // Held until a press would count as another one.
  await expect(runButton).toBeEnabled();
  for (let times = 0; times < 10; times += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(one).toHaveAttribute('data-runs', '2');

  await write(one, 'DO $$ BEGIN LOOP NULL; END LOOP; END $$;');
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.keyboard.press('ControlOrMeta+Enter');
  const stop = one.getByRole('button', { name: 'Stop' });
  await expect(stop).toBeVisible();
  await expect(one.locator('.cell-status')).toHaveText('Running.', { timeout: 20_000 });
  await runButton.focus();
  for (let tabs = 0; tabs < 6; tabs += 1) {
    if (await stop.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(stop).toBeFocused();
  await page.keyboard.press('Enter');
  // The focus is on Run by now.
  await page.keyboard.press('Enter');
  await expect(one.locator('.cell-status')).toContainText('Stopped.');
  await expect(runButton).toBeFocused();
  await expect(one).toHaveAttribute('data-state', 'idle');
  await expect(one).toHaveAttribute('data-runs', '3');
});

test('an endless query stops at once and the cell works again @once', async ({ page }) => {
  await page.goto(addressOf('1.1'));
  for (const endless of [
    'WITH RECURSIVE forever(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM forever) SELECT count(*) FROM forever;',
    'DO $$ BEGIN LOOP NULL; END LOOP; END $$;',
  ]) {
    const one = cell(page, 'your-schema');
    await write(one, endless);
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(one.locator('.cell-status')).toHaveText('Running.', { timeout: 20_000 });
    const milliseconds = await one.evaluate(async (element) => {
      const start = performance.now();
      element.querySelector<HTMLElement>('[data-action=stop]')!.click();
      while (!element.querySelector('.cell-status')!.textContent.startsWith('Stopped.'))
        await new Promise(requestAnimationFrame);
      return performance.now() - start;
    });
    expect(milliseconds).toBeLessThan(1000);
    await write(one, 'SELECT 1 AS alive;');
    await run(one);
    await expect(one.locator('td')).toHaveText('1');
  }
});

test('a million rows are capped, and the cell says so @once', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(addressOf('1.1'));
  const one = cell(page, 'your-schema');
  await write(one, 'SELECT n, md5(n::text) FROM generate_series(1, 1000000) AS n;');
  await page.keyboard.press('ControlOrMeta+Enter');
  await ended(one);
  await expect(one.locator('.out-limit')).toContainText('200 of 1,000,000');
  expect(await one.locator('tbody tr').count()).toBe(200);
});

test('a result that looks like markup is shown as text @once', async ({ page }) => {
  await page.goto('');
  const one = cell(page, 'five-products');
  const evil = '<img src=x onerror="document.title=1">';
  await write(one, `SELECT '${evil}' AS evil;`);
  await run(one);
  await expect(one.locator('td')).toHaveText(evil);
  await expect(one.locator('img')).toHaveCount(0);
});

test.describe('with a network that fails or drags', () => {
  // The service worker would answer in the network's place.
  test('a failed download says so, and Run tries again @once', async ({ page, context }) => {
    await page.goto('');
    await context.route('**/_engines/**', (route) => route.abort());
    const one = cell(page, 'five-products');
    await one.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(one.locator('.cell-status')).toContainText('Could not load SQLite', {
      timeout: 20_000,
    });
    await context.unroute('**/_engines/**');
    await run(one);
    await expect(one.locator('.cell-status')).toContainText('in your browser');
  });

  for (const comes of [true, false])
    test(`PostgreSQL answers the same ${comes ? 'from' : 'without'} the image of its data @once`, async ({
      page,
      context,
    }) => {
      const images: string[] = [];
      await context.route('**/_engines/postgres-catalog-wide.*', (route) => {
        images.push(route.request().url());
        return comes ? route.continue() : route.abort();
      });
      await page.goto(addressOf('1.2'));
      const one = cell(page, 'wide-null-share');
      const printed = await outputOf(one);
      await run(one);
      expect(await outputOf(one)).toBe(printed);
      expect(images.length).toBeGreaterThan(0);
    });

  test('a slow download shows how far it is and can be cancelled @once', async ({
    page,
    context,
  }) => {
    await page.goto('');
    const held: (() => void)[] = [];
    await context.route('**/_engines/*wasm*', async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.abort();
    });
    const one = cell(page, 'five-products');
    await one.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(one.locator('.cell-status')).toContainText(/Loading SQLite: 0\.\d MB/);
    await expect(one.getByRole('progressbar')).toBeVisible();
    await one.getByRole('button', { name: 'Stop' }).click();
    await expect(one.locator('.cell-status')).toContainText('Stopped.');
    await expect(one.getByRole('button', { name: 'Run', exact: true })).toBeFocused();
    for (const release of held) release();
  });
});
