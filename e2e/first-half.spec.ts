/** PostgreSQL comes in two halves: cells begin on the first, and what the rest brings loses and repeats nothing. */
import type { Page } from '@playwright/test';
import { enter, prompt } from './consoles.ts';
import { addressOf, cell, ended, outputOf, run, write } from './course.ts';
import { expect, test } from './fixtures.ts';
import { keptBy, untilControlled, untilKept } from './keeping.ts';

/** Something that no cell of the course does. */
const COLD = 'SELECT regr_slope(y, x) AS slope FROM (VALUES (1, 2), (2, 4)) AS v (y, x);';

/** A line on which nothing comes that nobody asked for. */
const onDearLine = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });

/** Addresses of the rest that were asked for. */
function rests(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/_engines/postgres-rest.')) asked.push(request.url());
  });
  return asked;
}

/** The rest does not come before it is released. */
async function holdRest(page: Page): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/_engines/postgres-rest.*', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test('a cell of the course runs on the first half of PostgreSQL; the rest comes when nobody waits @once', async ({
  page,
}) => {
  const asked = rests(page);
  await page.goto(addressOf('1.2'));
  const one = cell(page, 'wide-null-share');
  const printed = await outputOf(one);
  await run(one);
  expect(await outputOf(one)).toBe(printed);
  await expect.poll(() => asked.length).toBe(1);
  // What it brought is there for the next: nothing is asked for again.
  await write(one, COLD);
  await run(one);
  await expect(one.locator('td')).toHaveText('0.5');
  expect(asked).toHaveLength(1);
});

test('on a dear line the rest waits until a cell needs it, and the cell says so @once', async ({
  page,
}) => {
  await onDearLine(page);
  const asked = rests(page);
  await page.goto(addressOf('1.2'));
  const one = cell(page, 'wide-null-share');
  await run(one);
  await run(one);
  expect(asked).toEqual([]);
  await write(
    one,
    `DO $$ BEGIN RAISE NOTICE 'once'; END $$;
     CREATE TABLE mine (i serial, at timestamptz DEFAULT now());
     INSERT INTO mine DEFAULT VALUES;
     ${COLD}
     SELECT nextval('mine_i_seq') || ' ' || count(*) AS mine FROM mine;`,
  );
  const release = await holdRest(page);
  await one.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(one.locator('.cell-status')).toHaveText(
    /^This needs all of PostgreSQL: 1\.\d MB more\.$/,
  );
  release();
  await ended(one);
  await expect(one.locator('td')).toHaveText(['0.5', '2 1']);
  await expect(one.locator('.cell-results').getByText('once', { exact: false })).toHaveCount(1);
  expect(asked).toHaveLength(1);
});

test('a session of cells needs no more than its cells do, and goes on with the rest where one does @once', async ({
  page,
}) => {
  await onDearLine(page);
  const asked = rests(page);
  await page.goto(addressOf('1.3'));
  const session = page.locator('course-cell[data-session="indexes"]');
  expect(await session.count()).toBeGreaterThan(2);
  await run(session.first());
  await run(session.nth(1));
  expect(asked).toEqual([]);
  const third = session.nth(2);
  await write(third, `SELECT count(*) > 0 AS kept FROM pg_class WHERE oid >= 16384; ${COLD}`);
  await run(third);
  await expect(third.locator('td')).toHaveText(['t', '0.5']);
  expect(asked).toHaveLength(1);
});

test('a console goes on with what it holds: an open transaction, a sequence, a variable @once', async ({
  page,
}) => {
  await onDearLine(page);
  const asked = rests(page);
  await page.goto('console/postgres/');
  await page.getByRole('button', { name: 'Open the console' }).click();
  const psql = page.locator('course-console');
  await expect(prompt(psql, 'psql')).toBeFocused({ timeout: 30_000 });
  const log = psql.getByRole('log');
  await enter(psql, 'psql', 'CREATE SEQUENCE s;');
  await enter(psql, 'psql', '\\set mine seven');
  await enter(psql, 'psql', "BEGIN; SELECT 'first ' || nextval('s');");
  await expect(log).toContainText('first 1');
  await enter(psql, 'psql', '\\d');
  await expect(log.locator('td', { hasText: /^sequence$/ })).toBeVisible();
  expect(asked).toEqual([]);
  await enter(psql, 'psql', `SELECT 'second ' || nextval('s') || :'mine'; ${COLD}`);
  await expect(log).toContainText('second 2seven');
  await expect(log).toContainText('0.5');
  await enter(psql, 'psql', "COMMIT; SELECT 'third ' || nextval('s');");
  await expect(log).toContainText('third 3');
  expect(asked).toHaveLength(1);
});

test('a console keeps what it holds where the rest does not come @once', async ({ page }) => {
  await onDearLine(page);
  await page.goto('console/postgres/');
  await page.getByRole('button', { name: 'Open the console' }).click();
  const psql = page.locator('course-console');
  await expect(prompt(psql, 'psql')).toBeFocused({ timeout: 30_000 });
  const log = psql.getByRole('log');
  await enter(psql, 'psql', 'CREATE TABLE mine (i int); BEGIN; INSERT INTO mine VALUES (41);');
  await expect(log).toContainText('INSERT 0 1');
  await page.route('**/_engines/postgres-rest.*', (route) => route.abort());
  await enter(psql, 'psql', `INSERT INTO mine VALUES (42); ${COLD}`);
  await expect(log).toContainText(
    'Could not load PostgreSQL 18: the download broke off. Check your connection and retry.',
  );
  await enter(psql, 'psql', "SELECT 'still ' || sum(i) AS sum FROM mine;");
  await expect(log).toContainText('still 41');
  await page.unroute('**/_engines/postgres-rest.*');
  await enter(psql, 'psql', `INSERT INTO mine VALUES (42); ${COLD}`);
  await expect(log).toContainText('0.5');
  await enter(psql, 'psql', "COMMIT; SELECT 'now ' || sum(i) AS sum FROM mine;");
  await expect(log).toContainText('now 83');
});

test('Stop ends the wait for the rest, and Run tries again @once', async ({ page }) => {
  await onDearLine(page);
  await page.goto(addressOf('1.2'));
  const one = cell(page, 'wide-null-share');
  await run(one);
  let held = 0;
  await page.route('**/_engines/postgres-rest.*', () => void held++);
  await write(one, `CREATE TABLE mine (i int); ${COLD}`);
  await one.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => held).toBe(1);
  await expect(one.locator('.cell-status')).toHaveText(/This needs all of PostgreSQL/);
  await one.getByRole('button', { name: 'Stop' }).click();
  await ended(one);
  await page.unroute('**/_engines/postgres-rest.*');
  await run(one);
  await expect(one.locator('td')).toHaveText('0.5');
});

test('without a network, a cell that needs the rest says so and what to do; with one it runs @once @offline', async ({
  page,
  context,
}) => {
  await onDearLine(page);
  await page.goto(addressOf('1.2'));
  await untilControlled(page);
  const one = cell(page, 'wide-null-share');
  const printed = await outputOf(one);
  await write(one, 'SELECT 1 AS mine;');
  await run(one);
  await context.setOffline(true);
  await write(one, `CREATE TABLE mine (i int); ${COLD}`);
  await one.getByRole('button', { name: 'Run', exact: true }).click();
  await ended(one);
  await expect(one.locator('.cell-status')).toHaveText(
    /^Could not load PostgreSQL 18: the download broke off\. Check your connection and retry\. Run tries again\.$/,
  );
  // What the first half can do goes on.
  await one.getByRole('button', { name: 'Reset' }).click();
  await run(one);
  expect(await outputOf(one)).toBe(printed);
  await context.setOffline(false);
  await write(one, `CREATE TABLE mine (i int); ${COLD}`);
  await run(one);
  await expect(one.locator('td')).toHaveText('0.5');
});

test('what came when nobody waited is kept: without a network, everything runs @once @offline', async ({
  page,
  context,
}) => {
  const asked = rests(page);
  await page.goto(addressOf('1.2'));
  await untilControlled(page);
  const one = cell(page, 'wide-null-share');
  await write(one, 'SELECT 1 AS mine;');
  await run(one);
  await expect.poll(() => asked.length).toBe(1);
  await untilKept(page);
  await expect
    .poll(async () => (await keptBy(page))?.missing.some(([path]) => asked[0]!.endsWith(path)))
    .toBe(false);
  await context.setOffline(true);
  await page.reload();
  await write(one, `CREATE TABLE mine (i int); ${COLD}`);
  await run(one);
  await expect(one.locator('td')).toHaveText('0.5');
});
