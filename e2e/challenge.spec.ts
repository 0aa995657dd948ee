/** A reader designs the catalog of 1.1, meets a request a month, and compares what it cost with other designs. */
import type { Locator, Page } from '@playwright/test';
import { readChallenge } from '../src/practice/challenge/read.ts';
import { expectAccessible } from './axe.ts';
import { addressOf, cell, expectNoSidewaysScroll, outputOf, run, write } from './course.ts';
import { expect, test } from './fixtures.ts';

const { id, stages, designs } = readChallenge('content/challenges/x-catalog-design.yaml').challenge;
const names = stages.map(({ name }) => name);
/** The code with which a design meets a stage. */
const codeOf = (design: string, stage: string): string =>
  designs.find(({ name }) => name === design)!.code[stage]!;

const challenge = (page: Page): Locator => page.locator(`course-challenge#${id}`);
const stage = (page: Page, name: string): Locator => page.locator(`#${id}-${name}`);
const mine = (page: Page, name: string): Locator => cell(page, `${id}-${name}-code`);
const button = (one: Locator, name: string): Locator =>
  one.getByRole('button', { name, exact: true });
const verdict = (one: Locator): Locator => one.locator('.exercise-verdict');
const status = (one: Locator): Locator => one.locator('.exercise-status');
const met = (one: Locator): Locator => one.locator('.exercise-solved');
const board = (one: Locator): Locator => one.locator('.challenge-board');
const bill = (page: Page): Locator => page.locator('.challenge-bill');
const progress = (page: Page): Locator => page.locator('.challenge-progress');

/** Presses Check and waits for the verdict. */
async function check(one: Locator): Promise<void> {
  await button(one, 'Check').click();
  await judged(one);
}

async function judged(one: Locator): Promise<void> {
  await verdict(one).locator('strong').waitFor({ timeout: 120_000 });
  await button(one, 'Check').waitFor();
}

/** What the scoreboard says of the reader, by its rows. */
const yours = (one: Locator): Promise<string[]> =>
  board(one).locator('tbody td[data-you]').allInnerTexts();

test.beforeEach(() => test.setTimeout(400_000));

const look = (page: Page, state: string, within = `#${id}`): Promise<void> =>
  expectAccessible(page, state, { within });

test('a wide table: wrongly first, then met, and the next month comes', async ({ page }) => {
  await page.goto(addressOf('1.1'));
  const [launch, toys, filters] = [
    stage(page, 'launch'),
    stage(page, 'toys'),
    stage(page, 'filters'),
  ];
  await expect(launch).toBeVisible();
  await expect(mine(page, 'launch').locator('.cell-code')).toContainText('ThinkPad X1, 1299.99');
  await expect(toys, 'a month comes when the one before is met').toBeHidden();
  await expect(board(launch), 'and the scoreboard with it').toBeHidden();
  await expect(bill(page)).toBeHidden();
  await look(page, 'before the first check');

  await write(mine(page, 'launch'), "VALUES ('Granola', 8.00);");
  await check(launch);
  await expect(verdict(launch)).toContainText('Missing: Part of the five products is not stored.');
  await expect(verdict(launch)).toContainText('“220” (voltage of ThinkPad X1)');
  await expect(met(launch)).toBeHidden();
  await expect(board(launch), 'who fails may look at the others').toBeVisible();
  await look(page, 'launch is not met');

  await write(mine(page, 'launch'), codeOf('wide', 'launch'));
  await check(launch);
  await expect(verdict(launch)).toContainText('Solved: all 3 checks hold.');
  await expect(met(launch)).toBeVisible();
  await expect(status(launch)).toHaveText('Below, Month 1: Toys arrive.');
  expect(await yours(launch)).toEqual(['1', '1', '31', '104 (67%)', '0', '1']);
  await expect(progress(page)).toHaveText('1 of 6 met.');
  await expect(toys).toBeVisible();
  await expect(filters).toBeHidden();
  await look(page, 'launch is met');
  await expectNoSidewaysScroll(page, 'launch is met');
});

test('a wide table: month after month, and the bill at the end @once', async ({ page }) => {
  await page.goto(addressOf('1.1'));
  const [toys, filters, colors, orders] = (['toys', 'filters', 'colors', 'orders'] as const).map(
    (name) => stage(page, name),
  ) as [Locator, Locator, Locator, Locator];
  await write(mine(page, 'launch'), codeOf('wide', 'launch'));
  await check(stage(page, 'launch'));
  await write(
    mine(page, 'toys'),
    "INSERT INTO products (name, min_age) VALUES ('Desktop Train Set', 4);",
  );
  await check(toys);
  await expect(verdict(toys)).toContainText('The engine refuses line 1 of your code.');
  await expect(verdict(toys)).toContainText('column "min_age" of relation "products" does not');
  await look(page, 'the engine refuses', `#${id}-toys`);

  await write(mine(page, 'toys'), codeOf('wide', 'toys'));
  await check(toys);
  await page.reload();
  await expect(met(toys), 'what was met survives a reload').toBeVisible();
  expect((await yours(toys))[0]).toBe('1');
  await expect(progress(page)).toHaveText('2 of 6 met.');

  for (const name of ['filters', 'warranty']) {
    await write(mine(page, name), codeOf('wide', name));
    await check(stage(page, name));
    await expect(met(stage(page, name))).toBeVisible();
  }
  expect((await yours(filters))[0], 'a filter on columns needs no migration').toBe('0');
  await write(
    mine(page, 'colors'),
    "UPDATE products SET color = 'navy, olive, charcoal' WHERE name = 'Cotton Basic Tee';\n" +
      "SELECT name FROM products WHERE color LIKE '%olive%';",
  );
  await check(colors);
  await expect(verdict(colors)).toContainText('Olive was changed to “dark olive”');
  await write(mine(page, 'colors'), codeOf('wide', 'colors'));
  await check(colors);

  await write(
    mine(page, 'orders'),
    codeOf('wide', 'orders').replace(' REFERENCES products (id)', ''),
  );
  await check(orders);
  await expect(verdict(orders)).toContainText(
    'Missing: The order for a product that is not there was accepted.',
  );
  await expect(bill(page)).toBeHidden();
  const told = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener('course:done', (event) => resolve((event as CustomEvent).detail)),
      ),
  );
  await write(mine(page, 'orders'), codeOf('wide', 'orders'));
  await check(orders);
  await expect(progress(page)).toHaveText('6 of 6 met.');
  expect(await told).toEqual({ kind: 'exercise', id: `1.1.${id}`, right: true });
  await expect(bill(page)).toBeVisible();
  await expect(bill(page)).toContainText('JSONB, the next escape hatch.');
  expect((await yours(bill(page))).length).toBeGreaterThan(2);
  expect(await yours(bill(page)), 'the same as design A').toEqual(
    await board(bill(page)).locator('tbody tr td:nth-child(3)').allInnerTexts(),
  );
  await look(page, 'all months are met');
});

test('entity–attribute–value, by keyboard alone @desk', async ({ page }) => {
  await page.goto(addressOf('1.1'));
  const key = (name: string): Promise<void> => page.keyboard.press(name);
  /** Goes on with Tab until it is there. */
  const reach = async (target: Locator): Promise<void> => {
    for (let times = 0; times < 40; times += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await key('Tab');
    }
    await expect(target).toBeFocused();
  };
  await mine(page, 'launch').locator('.cell-title').focus();
  for (const name of names) {
    const one = stage(page, name);
    await reach(mine(page, name).getByRole('button', { name: 'Edit' }));
    await key('Enter');
    await expect(mine(page, name).locator('.cm-content')).toBeFocused({ timeout: 30_000 });
    await key('ControlOrMeta+a');
    await page.keyboard.insertText(codeOf('eav', name));
    await key('Escape');
    await key('Tab');
    await reach(button(one, 'Check'));
    await key('Enter');
    await judged(one);
    await expect(met(one)).toBeVisible();
    await expect(button(one, 'Check'), 'focus stays where it was').toBeFocused();
  }
  await expect(progress(page)).toHaveText('6 of 6 met.');
  expect(await yours(stage(page, 'filters'))).toEqual(['1', '2', '9', '0', '2', '3']);
  await expect(bill(page)).toBeVisible();
  await reach(board(bill(page)));
});

test('JSONB: what was met stays met until its code changes, and all of it can be deleted @once', async ({
  page,
}) => {
  await page.goto(addressOf('1.1'));
  const [launch, toys] = [stage(page, 'launch'), stage(page, 'toys')];
  for (const name of ['launch', 'toys']) {
    await write(mine(page, name), codeOf('jsonb', name));
    await check(stage(page, name));
  }
  expect((await yours(toys))[0], 'a new kind is no migration').toBe('0');

  // Run shows what the months so far come to, before and after a check.
  await run(mine(page, 'toys'));
  expect(await outputOf(mine(page, 'toys'))).toContain('Desktop Train Set');
  await expect(mine(page, 'toys').locator('.cell-status')).toContainText('after 1 earlier cell');

  await write(mine(page, 'launch'), `${codeOf('jsonb', 'launch')}\n-- changed`);
  await button(toys, 'Check').click();
  await expect(status(toys)).toContainText('“Launch: Five products” has changed since it was met.');
  await check(launch);
  await expect(met(toys), 'what builds on other code is open again').toBeHidden();
  await check(toys);
  await expect(met(toys)).toBeVisible();

  const restart = challenge(page).locator('[data-challenge-action=restart]');
  await restart.click();
  await expect(restart).toHaveText('Really delete all of it?');
  await expect(met(launch)).toBeVisible();
  await restart.click();
  await expect(progress(page)).toHaveText('0 of 6 met.');
  await expect(status(launch)).toHaveText('Your design is deleted.');
  await expect(toys).toBeHidden();
  await expect(mine(page, 'launch').locator('.cell-code')).toContainText('1. Your tables');
  await page.reload();
  await expect(progress(page)).toHaveText('0 of 6 met.');
});

test('whoever only reads sees all months; a link leads into one; a check of it says what comes first', async ({
  page,
  context,
}) => {
  await page.goto(addressOf('1.1'));
  await button(challenge(page), 'Show all months').click();
  for (const name of names) await expect(stage(page, name)).toBeVisible();
  await expect(bill(page)).toContainText('JSONB, the next escape hatch.');
  const designsOf = stage(page, 'filters').locator('.challenge-designs');
  await designsOf.locator('summary').click();
  await expect(designsOf).toContainText('voltage_is_a_number');
  await expectAccessible(page, 'all months, and the code of the designs', { within: `#${id}` });

  await page.emulateMedia({ media: 'print' });
  await expect(challenge(page).locator('.challenge-bar')).toBeHidden();
  await expect(button(stage(page, 'toys'), 'Check')).toBeHidden();
  await expect(board(stage(page, 'toys')), 'what it costs is on paper').toBeVisible();
  await page.emulateMedia({ media: 'screen' });

  await button(stage(page, 'orders'), 'Check').click();
  await expect(status(stage(page, 'orders'))).toHaveText(
    '“Launch: Five products” is not met yet. This month builds on it: press Check there first.',
  );
  await button(challenge(page), 'Show all months').click();
  await expect(stage(page, 'orders')).toBeHidden();

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await button(challenge(page), 'Show all months').click();
  const link = { name: 'Copy link to “Month 3: Furniture gets a warranty”' };
  await challenge(page).getByRole('button', link).click();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toMatch(new RegExp(`/go/1\\.1\\.${id}-warranty/$`));
  await button(challenge(page), 'Show all months').click();
  await page.goto('about:blank');
  await page.goto(address);
  await expect(stage(page, 'warranty')).toBeInViewport();
});

test('code that would answer the checks itself is told to leave it out, and then met without it @once', async ({
  page,
}) => {
  await page.goto(addressOf('1.1'));
  const launch = stage(page, 'launch');
  const forged = `
    CREATE FUNCTION yes(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
    CREATE OPERATOR public.~ (LEFTARG = text, RIGHTARG = text, FUNCTION = yes);
    SET search_path = public, pg_catalog;
    CREATE TABLE products (name text, price numeric); INSERT INTO products VALUES ('Granola', 8.00);
    SELECT name, price FROM products;`;
  await write(mine(page, 'launch'), forged);
  await button(launch, 'Check').click();
  await expect(status(launch)).toContainText('your code makes an operator ~ of its own', {
    timeout: 120_000,
  });
  await expect(status(launch)).toContainText('Leave it out.');
  await expect(met(launch)).toBeHidden();
  await write(mine(page, 'launch'), codeOf('wide', 'launch'));
  await check(launch);
  await expect(met(launch)).toBeVisible();
});

test('Stop ends a check, and the next one works @once', async ({ page }) => {
  await page.goto(addressOf('1.1'));
  const launch = stage(page, 'launch');
  await write(mine(page, 'launch'), 'SELECT pg_sleep(600);');
  await button(launch, 'Check').click();
  await expect(status(launch)).toHaveText('Checking.', { timeout: 60_000 });
  await button(launch, 'Stop').click();
  await expect(status(launch)).toHaveText('Stopped. Nothing was checked.');
  await expect(button(launch, 'Check')).toBeFocused();
  await write(mine(page, 'launch'), codeOf('joined', 'launch'));
  await check(launch);
  await expect(met(launch)).toBeVisible();
});

test('in a frame it is judged as well, and where storage is denied for the visit @once', async ({
  page,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(self, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    }),
  );
  await page.goto(`embed/1.1.${id}/`);
  await expectAccessible(page, 'embedded');
  const launch = stage(page, 'launch');
  await write(mine(page, 'launch'), codeOf('tables', 'launch'));
  await check(launch);
  await expect(met(launch)).toBeVisible();
  await expect(status(launch)).toContainText('This browser keeps nothing');
  await expect(stage(page, 'toys')).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('all months, the scoreboards and the designs read, and no button does nothing @once', async ({
    page,
  }) => {
    await page.goto(addressOf('1.1'));
    for (const { name, question } of stages)
      await expect(stage(page, name)).toContainText(question);
    await expect(challenge(page).getByRole('button')).toHaveCount(0);
    const toys = board(stage(page, 'toys')).locator('tbody tr').first();
    await expect(toys).toContainText('Changes of the schema');
    await expect(toys.locator('td:not([hidden])')).toHaveText(['1', '0', '1', '1', '0']);
    await expect(bill(page)).toContainText('JSONB, the next escape hatch.');
    await stage(page, 'orders').locator('summary').click();
    await expect(stage(page, 'orders')).toContainText('num_nonnulls');
  });
});
