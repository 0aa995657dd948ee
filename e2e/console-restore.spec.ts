/** What a reader did in a console outlives its page: it can be run again, and never runs by itself. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { chromium, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { choose, enter, field, log, open, prompt, reopen, type } from './consoles.ts';
import { expect, test } from './fixtures.ts';

const earlier = (of: Locator): Locator => of.getByRole('group', { name: 'What ran here before' });
const status = (of: Locator): Locator => of.locator('.console-status');
const key = (of: Locator, name: RegExp): Locator => of.getByRole('row', { name });
const button = (of: Locator, name: string): Locator => of.getByRole('button', { name });

test.describe('mongosh', () => {
  test('after a reload runs again what ran, when it is told to', async ({ page }) => {
    let console = await open(page, 'documents');
    await enter(console, 'mongosh', "db.users.insertOne({ name: 'Alice', age: 30 })");
    await enter(console, 'mongosh', 'const alice = db.users.findOne()');
    await enter(console, 'mongosh', 'alice.nothing.more');
    await expect(console.getByRole('log')).toContainText('TypeError');
    await prompt(console, 'mongosh').pressSequentially("alice.name + ' is half typed");

    console = await reopen(page);
    await expect(earlier(console)).toContainText(
      '3 inputs that ran here before are kept in this tab; the database itself is gone.',
    );
    await expect(earlier(console)).toBeFocused();
    await expect(prompt(console, 'mongosh')).toHaveValue("alice.name + ' is half typed");
    await expect(console.getByText('No collections yet.')).toBeVisible();
    await expect(console.getByRole('log').locator('kbd')).toHaveCount(0);
    await prompt(console, 'mongosh').fill('alice.age');
    await prompt(console, 'mongosh').press('Enter');
    await expect(status(console)).toContainText('First choose above');
    await expect(prompt(console, 'mongosh')).toHaveValue('alice.age');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(page.viewportSize()!.width);
    await expectAccessible(page, 'earlier inputs', { within: 'course-console' });

    await button(console, 'Run them again').click();
    await expect(status(console)).toHaveText('3 inputs ran again.');
    await expect(earlier(console)).toBeHidden();
    await expect(prompt(console, 'mongosh')).toBeFocused();
    await expect(console.getByRole('log').locator('kbd')).toHaveText([
      /insertOne/,
      /findOne/,
      /alice\.nothing/,
    ]);
    await expect(console.getByRole('log')).toContainText('TypeError');
    await expect(
      key(console, /^users/)
        .getByRole('cell')
        .first(),
    ).toHaveText('1');
    await prompt(console, 'mongosh').press('Enter');
    await expect(console.getByRole('log').locator('.console-entry').last()).toHaveText('30');

    console = await reopen(page);
    await expect(earlier(console)).toContainText('4 inputs');
    await button(console, 'Forget them and begin anew').click();
    await expect(earlier(console)).toBeHidden();
    await enter(console, 'mongosh', 'db.users.countDocuments()');
    await expect(console.getByRole('log').locator('.console-entry').last()).toHaveText('0');
    console = await reopen(page);
    await expect(earlier(console)).toContainText('1 input that ran here before is kept');
    await button(console, 'Start over').click();
    await expect(earlier(console)).toBeHidden();
    console = await reopen(page);
    await expect(prompt(console, 'mongosh')).toBeFocused();
    await expect(earlier(console)).toBeHidden();
  });

  test('leaves out what was stopped, and what ran when the page went @once', async ({ page }) => {
    let console = await open(page, 'documents');
    await enter(console, 'mongosh', 'db.users.insertOne({ name: 1 })');
    await expect(key(console, /^users/)).toBeVisible({ timeout: 20_000 });
    await enter(console, 'mongosh', 'while (true) {}');
    await expect(status(console)).toContainText('Running.');
    await prompt(console, 'mongosh').fill('1 + 1');
    await prompt(console, 'mongosh').press('Enter');
    await expect(status(console)).toHaveText('The last input still runs. Stop ends it.');
    await button(console, 'Stop').click();
    await expect(earlier(console)).toContainText('1 input that ran here before is kept');
    await expect(earlier(console).locator('code')).toHaveText('while (true) {}');
    await expect(console.getByText('No collections yet.')).toBeVisible();
    await expectAccessible(page, 'an input left out', { within: 'course-console' });
    // Nobody has to choose: what was typed meanwhile runs.
    await prompt(console, 'mongosh').press('Enter');
    await expect(console.getByRole('log').locator('.console-entry').last()).toHaveText('2');
    await button(console, 'Run it again').click();
    await expect(status(console)).toHaveText('1 input ran again.');
    await expect(
      key(console, /^users/)
        .getByRole('cell')
        .first(),
    ).toHaveText('1');

    await enter(console, 'mongosh', 'for (;;) {}');
    await expect(status(console)).toContainText('Running.');
    console = await reopen(page);
    await expect(earlier(console)).toContainText('1 input that ran here before is kept');
    await expect(earlier(console).locator('code')).toHaveText('for (;;) {}');
    await button(console, 'Run it again').click();
    await expect(status(console)).toHaveText('1 input ran again.');
    await expect(
      key(console, /^users/)
        .getByRole('cell')
        .first(),
    ).toHaveText('1');
  });

  test('stops while it runs again, says where it is, and offers all of it once more @once', async ({
    page,
  }) => {
    let console = await open(page, 'documents');
    await enter(console, 'mongosh', 'db.users.insertOne({ name: 1 })');
    await enter(console, 'mongosh', 'const until = Date.now() + 4000; while (Date.now() < until);');
    await enter(console, 'mongosh', 'db.users.insertOne({ name: 2 })');
    await expect(
      key(console, /^users/)
        .getByRole('cell')
        .first(),
    ).toHaveText('2');
    console = await reopen(page);
    await button(console, 'Run them again').click();
    await expect(earlier(console)).toContainText('Running input 2 of 3.');
    await expect(status(console)).toHaveText('Running 3 inputs again. Stop ends it.');
    await button(console, 'Stop').click();
    await expect(console.getByRole('log')).toContainText('Stopped. The database begins anew.');
    await expect(earlier(console)).toContainText('3 inputs that ran here before');
    await expect(console.getByText('No collections yet.')).toBeVisible();
    await button(console, 'Run them again').click();
    await expect(earlier(console).getByRole('progressbar')).toBeVisible();
    await expectAccessible(page, 'inputs that run again', { within: 'course-console' });
    await expect(status(console)).toHaveText('3 inputs ran again.', { timeout: 20_000 });
    await expect(
      key(console, /^users/)
        .getByRole('cell')
        .first(),
    ).toHaveText('2');
  });

  test('works as ever where storage is denied @once', async ({ page }) => {
    await page.addInitScript(() =>
      Object.defineProperty(self, 'sessionStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      }),
    );
    let console = await open(page, 'documents');
    await enter(console, 'mongosh', 'db.users.insertOne({ name: 1 })');
    await expect(key(console, /^users/)).toBeVisible({ timeout: 20_000 });
    await prompt(console, 'mongosh').fill('db.users.fi');
    console = await reopen(page);
    await expect(prompt(console, 'mongosh')).toBeFocused();
    await expect(prompt(console, 'mongosh')).toHaveValue('');
    await expect(earlier(console)).toBeHidden();
  });

  test('two tabs keep each its own @once', async ({ page, context }) => {
    await enter(await open(page, 'documents'), 'mongosh', 'db.here.insertOne({})');
    const tab = await context.newPage();
    const there = await open(tab, 'documents');
    await expect(earlier(there)).toBeHidden();
    await enter(there, 'mongosh', 'db.there.insertOne({})');
    await expect(key(there, /^there/)).toBeVisible();
    const here = await reopen(page);
    await button(here, 'Run it again').click();
    await expect(key(here, /^here/)).toBeVisible();
    await expect(key(here, /^there/)).toHaveCount(0);
  });
});

for (const [engine, shell] of [
  ['postgres', 'psql'],
  ['sqlite', 'sqlite3'],
] as const)
  test(`${shell} brings back tables and a transaction that was open @once`, async ({ page }) => {
    test.setTimeout(120_000);
    let console = await open(page, engine);
    await enter(console, shell, 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);');
    await expect(key(console, /^users/).last()).toContainText('id, name', { timeout: 60_000 });
    await enter(console, shell, "INSERT INTO users VALUES (1, 'Alice');");
    await enter(console, shell, "INSERT INTO users VALUES (1, 'Bob');");
    await expect(console.getByRole('log').locator('.out-error')).toBeVisible();
    await enter(console, shell, 'BEGIN;');
    await enter(console, shell, 'DELETE FROM users;');
    await expect(
      key(console, /^users/)
        .last()
        .getByRole('cell')
        .first(),
    ).toHaveText('0');
    console = await reopen(page);
    await button(console, 'Run them again').click();
    await expect(status(console)).toHaveText('5 inputs ran again.', { timeout: 60_000 });
    await expect(console.getByRole('log').locator('.out-error')).toBeVisible();
    await expect(
      key(console, /^users/)
        .last()
        .getByRole('cell')
        .first(),
    ).toHaveText('0');
    await enter(console, shell, 'ROLLBACK;');
    await enter(console, shell, 'SELECT name FROM users;');
    await expect(console.getByRole('log').getByRole('cell', { name: 'Alice' })).toBeVisible();
  });

test.describe('Redis', () => {
  test('brings back keys, clock, mode and clients, and what stands at each prompt', async ({
    page,
  }) => {
    let console = await open(page, 'redis');
    await button(console, 'Pause').click();
    await type(console, 'SET session:1 alice EX 90');
    await type(console, 'INCR session:1');
    await console.getByLabel('Kept on disk').selectOption('AOF, fsync always');
    await button(console, 'Add a client').click();
    await type(console, 'BRPOP jobs 0', 2);
    await button(console, '+10 s').click();
    const ttl = key(console, /session:1/)
      .getByRole('cell')
      .nth(1);
    await expect(ttl).toHaveText('1 min 20 s');
    await field(console, 2).pressSequentially('GET second');
    await choose(console, 1);
    await field(console).pressSequentially('GET fir');

    console = await reopen(page);
    await expect(earlier(console)).toContainText('3 commands that ran here before are kept');
    await expect(field(console)).toHaveValue('GET fir');
    await expect(console.getByText('No keys.')).toBeVisible();
    await button(console, 'Pause').click();
    for (const [name, act] of [
      ['Enter', () => field(console).press('Enter')],
      ['a leap', () => button(console, '+10 s').click()],
      ['a mode', () => console.getByLabel('Kept on disk').selectOption('None')],
      ['a crash', () => button(console, 'Crash: power failure').click()],
      ['a client', () => button(console, 'Add a client').click()],
    ] as const) {
      await act();
      await expect(status(console), name).toContainText('First choose above');
      // Another button says something else in between.
      await button(console, 'Stop').click();
      await expect(status(console)).toHaveText('Nothing runs.');
    }
    await expect(console.getByLabel('Kept on disk')).toHaveValue('rdb');
    await expect(console.locator('.console-client')).toHaveCount(1);
    await expectAccessible(page, 'earlier commands', { within: 'course-console' });
    await button(console, 'Run them again').click();
    await expect(status(console)).toHaveText('3 commands ran again.');
    await expect(ttl).toHaveText('1 min 20 s');
    await expect(console.getByLabel('Kept on disk')).toHaveValue('aof-always');
    await expect(log(console)).toContainText('value is not an integer');
    await expect(log(console, 2)).toContainText('BRPOP jobs 0');
    await choose(console, 2);
    await expect(field(console, 2)).toHaveValue('GET second');
    await choose(console, 1);
    await field(console).fill('LPUSH jobs mail');
    await field(console).press('Enter');
    await expect(log(console, 2)).toContainText('"mail"');

    console = await reopen(page);
    await expect(earlier(console)).toContainText('4 commands');
    await button(console, 'Forget them and begin anew').click();
    await type(console, 'DBSIZE');
    await expect(log(console)).toContainText('(integer) 0');
  });

  test('does not bring back what was too much to be kept, and says so in time @once', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    let console = await open(page, 'redis');
    const lines = Array.from({ length: 1200 }, (_, n) => `SET key:${n} ${n}`).join('\n');
    await page.evaluate((text) => navigator.clipboard.writeText(text), lines);
    await field(console).press('ControlOrMeta+v');
    await expect(log(console)).toContainText(
      'More than 1,000 commands or 200 kB ran on this server: it cannot be brought back when the page is loaded again.',
    );
    console = await reopen(page);
    await expect(field(console)).toBeFocused();
    await expect(earlier(console)).toBeHidden();
    await expect(log(console)).toContainText('the server of before cannot be brought back');
    await type(console, 'SET a 1');
    await expect(key(console, /^a /)).toBeVisible();
    console = await reopen(page);
    await expect(earlier(console)).toContainText('1 command that ran here before');
  });
});

/** A port of this machine that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A tab whose page can crash, be loaded again by the browser, and be looked at again. */
async function crashAndReload(
  run: (page: Page) => Promise<void>,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const { baseURL, launchOptions } = test.info().project.use;
  const port = await freePort();
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), `--remote-debugging-port=${port}`],
  });
  try {
    const page = await browser.newPage({ ...(baseURL !== undefined && { baseURL }) });
    await run(page);
    const tab = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void tab.send('Page.crash').catch(() => undefined);
    await crashed;
    await tab.send('Page.reload');
    const again = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const pages = again.contexts().flatMap((context: BrowserContext) => context.pages());
    const reloaded = pages.find((page) => page.url().includes('/console/'))!;
    await look(reloaded);
  } finally {
    await browser.close();
  }
}

for (const engine of ['documents', 'redis'] as const)
  test(`after a crash of the page the tab still has what ran in its ${engine} console @once`, async () => {
    await crashAndReload(
      async (page) => {
        const console = await open(page, engine);
        if (engine === 'redis') await type(console, 'SET users:1 Alice');
        else await enter(console, 'mongosh', "db.users.insertOne({ name: 'Alice' })");
        await expect(key(console, /^users/)).toBeVisible({ timeout: 20_000 });
        await console.locator('.console-field').pressSequentially('half ty');
      },
      async (page) => {
        await button(page.locator('main'), 'Open the console').click();
        const console = page.locator('course-console');
        await expect(console.locator('.console-field')).toHaveValue('half ty');
        await button(console, 'Run it again').click();
        await expect(key(console, /^users/)).toBeVisible({ timeout: 20_000 });
      },
    );
  });
