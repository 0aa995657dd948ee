/** What a reader does to a Redis console by mistake or on purpose, and that the page outlives it. */
import type { Locator, Page } from '@playwright/test';
import { choose, field, log, open, reopen, type } from './consoles.ts';
import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';

const status = (of: Locator): Locator => of.locator('.console-status');
const key = (of: Locator, name: RegExp): Locator => of.getByRole('row', { name });

/** Pastes at the first prompt, as the keyboard does. */
async function paste(page: Page, of: Locator, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await field(of).focus();
  await field(of).press('ControlOrMeta+v');
}

const numbered = (length: number, line: (n: number) => string): string =>
  Array.from({ length }, (_, n) => line(n)).join('\n');

/** One command that takes minutes: unions of thousands of sets, in one transaction. */
const LONG = [
  `SADD s ${numbered(1000, String).replaceAll('\n', ' ')}`,
  'MULTI',
  ...Array.from({ length: 40 }, () => `SUNIONSTORE union ${'s '.repeat(20_000)}`),
  'EXEC',
].join('\n');

/** The worker dies, as a browser ends one that has no memory left. */
async function endWorker(page: Page): Promise<void> {
  const broker = page.frames().find((frame) => frame.parentFrame() !== null)!;
  await broker.evaluate(() => {
    const { workers } = globalThis as unknown as { workers: Worker[] };
    // The last is the door that stands before the engine's.
    workers.at(-2)!.onerror!(new ErrorEvent('error', { message: 'out of memory' }));
  });
}

test.describe('A Redis console', () => {
  test('refuses what the browser has no room for, whatever is set', async ({ page }) => {
    const console = await open(page, 'redis');
    await type(console, 'CONFIG SET proto-max-bulk-len 512mb');
    await expect(log(console)).toContainText('this emulator has no room for longer strings');
    await type(console, 'SETRANGE giant 500000000 x');
    await expect(log(console)).toContainText('ERR string exceeds maximum allowed size');
    await type(console, 'SETRANGE large 4000000 x');
    await type(console, 'GET large');
    await expect(log(console)).toContainText('(the rest is not shown)');
    await expect(key(console, /large/)).toContainText('raw');
    await paste(
      page,
      console,
      numbered(12, (n) => `COPY large copy:${n}`),
    );
    await expect(log(console)).toContainText('no room for more than 32 MB of keys and values');
    await type(console, 'FLUSHALL');
    await type(console, 'SET small 1');
    await expect(key(console, /small/)).toBeVisible();
  });

  test('runs 100,000 pasted lines while another client is typed at @once', async ({ page }) => {
    const console = await open(page, 'redis');
    await console.getByRole('button', { name: 'Add a client' }).click();
    await paste(
      page,
      console,
      numbered(100_000, (n) => `SET key:${n} value-${n}`),
    );
    await type(console, 'PING', 2);
    await expect(log(console, 2)).toContainText('PONG');
    await type(console, 'DBSIZE');
    await expect(log(console)).toContainText('(integer) 100000', { timeout: 50_000 });
    await expect(console.getByText('… and 99,950 more keys.')).toBeVisible();
    await field(console).pressSequentially('GET key:99');
    await expect(
      console.getByRole('option', { name: 'key:990', exact: false }).first(),
    ).toBeVisible();
  });

  test('Stop ends the lines that are left, and what ran stays @once', async ({ page }) => {
    const console = await open(page, 'redis');
    await paste(
      page,
      console,
      numbered(100_000, (n) => `RPUSH long item-${n}`),
    );
    await expect(status(console)).toContainText('lines are left');
    await console.getByRole('button', { name: 'Stop' }).click();
    await expect(log(console)).toContainText('lines were not run.');
    await expect(key(console, /long/)).toContainText('item-0, item-1');
    await expect(log(console)).not.toContainText('A new server was started');
    const note = (await log(console).locator('.console-note').last().textContent())!;
    const left = Number(/^([\d,]+) lines/.exec(note)![1]!.replaceAll(',', ''));
    await type(console, 'LLEN long');
    await expect(log(console)).toContainText(`(integer) ${100_000 - left}`);
  });

  test('Stop ends a command that takes too long: a new server begins, the transcript and what is being typed stay', async ({
    page,
  }) => {
    const console = await open(page, 'redis');
    await type(console, 'SET before 1');
    await paste(page, console, LONG);
    await expect(log(console).locator('kbd', { hasText: 'EXEC' })).toBeHidden();
    await expect(status(console)).toHaveText('Running. Stop ends it.');
    await field(console).pressSequentially('EXISTS before');
    await console.getByRole('button', { name: 'Stop' }).click();
    await expect(log(console)).toContainText(
      'Stopped. A new server was started. What was written is gone.',
    );
    await expect(log(console)).toContainText('SET before 1');
    await expect(field(console)).toHaveValue('EXISTS before');
    await field(console).press('Enter');
    await expect(log(console)).toContainText('(integer) 0');
    await expect(console.getByText('No keys.')).toBeVisible();
  });

  test('a server that breaks off is started anew, with its clients and its data @once', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      const workers: Worker[] = [];
      Object.assign(globalThis, { workers });
      const Real = Worker;
      globalThis.Worker = class extends Real {
        constructor(url: string | URL) {
          super(url);
          workers.push(this);
        }
      };
    });
    await page.goto(addressOf('4.2'));
    const console = page.locator('course-console');
    await console.getByRole('button', { name: 'Open the console' }).click();
    await expect(field(console)).toBeFocused();
    const keys = console.getByRole('region', { name: 'Keys' });
    await expect(keys.getByRole('row')).not.toHaveCount(0);
    const before = await keys.getByRole('row').count();
    await type(console, 'SET mine 1');
    await console.getByRole('button', { name: 'Add a client' }).click();
    await type(console, 'BRPOP jobs 0', 2);
    await expect(key(console, /mine/)).toBeVisible();
    await choose(console, 1);
    await paste(page, console, LONG);
    await expect(status(console)).toHaveText('Running. Stop ends it.');
    await endWorker(page);
    await expect(log(console)).toContainText(
      /Redis broke off \(.*out of memory.*\)\. A new server was started\. What was written is gone, and the data of the course is there again\./,
    );
    await expect(log(console)).toContainText('SET mine 1');
    await expect(log(console, 2)).toContainText('BRPOP jobs 0');
    await expect(log(console, 2)).toContainText('A new server was started.');
    await expect(keys.getByRole('row')).toHaveCount(before);

    await choose(console, 2);
    await type(console, 'PING', 2);
    await expect(log(console, 2)).toContainText('PONG');
    await endWorker(page);
    await type(console, 'PING', 2);
    await expect(log(console, 2)).toContainText('The server gave way');
    await expect(key(console, /mine/)).toHaveCount(0);
  });

  test('says what to do when the server does not come, and keeps the line @once', async ({
    page,
  }) => {
    await page.route('**/_engines/**', (route) => route.abort());
    const console = await open(page, 'redis');
    await expect(status(console)).toContainText('Could not load Redis');
    await expect(status(console)).toContainText('Type a command to try again.');
    await type(console, 'SET kept 1');
    await expect(field(console)).toHaveValue('SET kept 1');
    await page.unroute('**/_engines/**');
    await field(console).press('Enter');
    await expect(key(console, /kept/)).toBeVisible();
    await expect(status(console)).toHaveText('');
  });

  test('brings what a rare command needs when it is typed, and keeps the line and the server where it does not come @once', async ({
    page,
  }) => {
    const parts: string[] = [];
    page.on('request', (request) => {
      const part = /_engines\/redis-part-([\w-]+)\./.exec(request.url());
      if (part) parts.push(part[1]!);
    });
    const console = await open(page, 'redis');
    await type(console, 'SET mine 1');
    await expect(log(console)).toContainText('OK');
    expect(parts).toEqual(['conversation']);

    await page.route('**/_engines/redis-part-*', (route) => route.abort());
    await type(console, 'SETBIT seen 7 1');
    await expect(status(console)).toContainText('Could not load Redis');
    await expect(field(console)).toHaveValue('SETBIT seen 7 1');
    await expect(key(console, /mine/)).toBeVisible();
    await page.unroute('**/_engines/redis-part-*');
    await field(console).press('Enter');
    await expect(key(console, /seen/)).toBeVisible();
    await expect(key(console, /mine/)).toBeVisible();
    await expect(status(console)).toHaveText('');
    expect(parts).toEqual(['conversation', 'bitmaps', 'bitmaps']);
  });

  test('counts visitors, finds places and takes a value back from its dump @once', async ({
    page,
  }) => {
    const console = await open(page, 'redis');
    await type(console, 'PFADD visitors ann bob cleo ann');
    await type(console, 'PFCOUNT visitors');
    await expect(log(console)).toContainText('(integer) 3');
    await expect(key(console, /visitors/)).toContainText('(HyperLogLog, sparse)');
    await type(console, 'GEOADD towns 13.4050 52.5200 Berlin 11.5761 48.1372 Munich');
    await type(console, 'GEODIST towns Berlin Munich km');
    await expect(log(console)).toContainText('"504.4385"');
    await type(console, String.raw`RESTORE back 0 "\x00\x05hello\n\x00cr\xdfve4 \n"`);
    await expect(key(console, /back/)).toContainText('hello');
  });

  test('has a rare command without a network once it was typed with one @once @offline', async ({
    page,
    context,
  }) => {
    await open(page, 'redis');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const before = await open(page, 'redis');
    await type(before, 'SETBIT seen 7 1');
    await expect(key(before, /seen/)).toBeVisible();
    await context.setOffline(true);
    const console = await reopen(page);
    await console.getByRole('button', { name: 'Run it again' }).click();
    await expect(key(console, /seen/)).toBeVisible();
  });

  test('opens without a network once it was opened with one @once @offline', async ({
    page,
    context,
  }) => {
    await open(page, 'redis');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const console = await open(page, 'redis');
    await type(console, 'PING');
    await expect(log(console)).toContainText('PONG');
    await context.setOffline(true);
    const again = await reopen(page);
    await again.getByRole('button', { name: 'Run it again' }).click();
    await expect(log(again)).toContainText('PONG');
    await type(again, 'SET offline yes');
    await expect(key(again, /offline/)).toBeVisible();
  });

  test('takes what was copied from a terminal or a page for what it is @once', async ({ page }) => {
    const console = await open(page, 'redis');
    await paste(
      page,
      console,
      'redis> SET greeting "Hello World"\nOK\n127.0.0.1:6379> STRLEN\u00a0greeting\n(integer) 11\n127.0.0.1:6379[2](TX)> \n',
    );
    await expect(log(console)).toContainText('2 lines without a prompt were taken for answers');
    await expect(log(console)).toContainText('(integer) 11');
    await expect(log(console)).not.toContainText('(error)');
    await field(console).fill('127.0.0.1:6379> GET greeting');
    await field(console).press('Enter');
    await expect(log(console)).toContainText('"Hello World"');
    await type(console, 'SET title “Hello”');
    await expect(log(console)).toContainText('Redis takes curly quotes for letters.');
  });

  test('a word that is typed quickly is completed all the same @desk', async ({ page }) => {
    const console = await open(page, 'redis');
    await type(console, 'SADD tags red');
    await expect(log(console)).toContainText('(integer) 1');
    // No pause between the last letter and Tab.
    await page.keyboard.insertText('smem');
    await page.keyboard.press('Tab');
    await expect(field(console)).toHaveValue('SMEMBERS ');
    await expect(field(console)).toBeFocused();
  });
});
