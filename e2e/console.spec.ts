import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';

async function open(page: Page, engine: string): Promise<Locator> {
  await page.goto(`console/${engine}/`);
  await page.getByRole('button', { name: 'Open the console' }).click();
  const console = page.locator('course-console');
  await expect(console.locator('.console-field').first()).toBeFocused({ timeout: 30_000 });
  return console;
}

const field = (of: Locator, client = 1): Locator =>
  of.getByRole('combobox', { name: `Client ${client}: command` });
const log = (of: Locator, client = 1): Locator =>
  of.getByRole('log', { name: `Client ${client}: log`, includeHidden: true });

/** Types a line as a person does, key by key, and presses Enter. */
async function type(of: Locator, line: string, client = 1): Promise<void> {
  await field(of, client).pressSequentially(line);
  await field(of, client).press('Enter');
}

/** On a phone the clients are tabs. */
async function choose(of: Locator, client: number): Promise<void> {
  const tab = of.getByRole('tab', { name: `Client ${client}` });
  if (await tab.isVisible()) await tab.click();
}

test.describe('Redis', () => {
  test('nothing is loaded before the console is opened, and without JavaScript it says what it is @once', async ({
    page,
    browser,
    baseURL,
  }) => {
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.goto('console/redis/', { waitUntil: 'networkidle' });
    expect(loaded.filter((url) => /emulator|_engines/.test(url))).toEqual([]);
    await expect(page.locator('course-console')).toContainText('Type Redis commands');

    const plain = await browser.newContext({ javaScriptEnabled: false });
    const reader = await plain.newPage();
    await reader.goto(`${baseURL}console/redis/`);
    await expect(reader.locator('course-console')).toContainText('It needs JavaScript');
    await expect(reader.getByRole('button', { name: 'Open the console' })).toBeHidden();
    await plain.close();
  });

  test('types the leaderboard by hand', async ({ page }) => {
    const console = await open(page, 'redis');
    await type(console, 'ZADD leaderboard 1500 alice 2300 bob 1800 carol');
    await expect(log(console)).toContainText('(integer) 3');
    await type(console, 'ZREVRANGE leaderboard 0 2 WITHSCORES');
    await expect(log(console)).toContainText('1) "bob"\n2) "2300"\n3) "carol"\n4) "1800"');
    await type(console, 'ZINCRBY leaderboard 1000 alice');
    await type(console, 'ZRANGE leaderboard 0 0 REV WITHSCORES');
    await expect(log(console)).toContainText('1) "alice"\n2) "2500"');
    await expect(field(console)).toBeFocused();
    const row = console.getByRole('row', { name: /leaderboard/ });
    await expect(row).toContainText('zset');
    await expect(row).toContainText('listpack');
    await expect(row).toContainText('bob: 2300');
  });

  test('completes commands, keys and options, by Tab and by tap, and shows what a command takes', async ({
    page,
  }) => {
    const console = await open(page, 'redis');
    await type(console, 'SADD tags red green');
    const list = console.getByRole('listbox');
    await field(console).pressSequentially('smem');
    await expect(list.getByRole('option', { name: 'SMEMBERS' })).toBeVisible();
    await expect(field(console)).toHaveAttribute('aria-expanded', 'true');
    await expectAccessible(page, 'with suggestions');
    await field(console).press('Tab');
    await expect(field(console)).toHaveValue('SMEMBERS ');
    await expect(console.locator('.console-hint')).toContainText('SMEMBERS key');
    await list.getByRole('option', { name: 'tags' }).click();
    await expect(field(console)).toHaveValue('SMEMBERS tags ');
    await expect(field(console)).toBeFocused();
    await field(console).press('Enter');
    await expect(log(console)).toContainText('"red"');

    await field(console).pressSequentially('set a b ');
    await list.getByRole('option', { name: 'NX' }).click();
    await expect(field(console)).toHaveValue('set a b NX ');
    await field(console).press('Escape');
    await expect(list).toBeHidden();
    await field(console).press('ControlOrMeta+a');
    await field(console).press('Delete');

    await field(console).pressSequentially('ge');
    await field(console).press('ArrowDown');
    await expect(list.getByRole('option', { selected: true })).toHaveText('GET');
    await field(console).press('Enter');
    await expect(field(console)).toHaveValue('GET ');
  });

  test('brings back what was typed, over a reload @once', async ({ page }) => {
    let console = await open(page, 'redis');
    await type(console, 'SET a 1');
    await type(console, 'INCR a');
    await field(console).pressSequentially('half');
    await field(console).press('ArrowUp');
    await field(console).press('ArrowUp');
    await expect(field(console)).toHaveValue('SET a 1');
    await field(console).press('ArrowDown');
    await field(console).press('ArrowDown');
    await expect(field(console)).toHaveValue('half');
    console = await open(page, 'redis');
    await field(console).press('ArrowUp');
    await expect(field(console)).toHaveValue('INCR a');
  });

  test('watches a time to live run out, by itself and by skipping @once', async ({ page }) => {
    const console = await open(page, 'redis');
    await type(console, 'SET session:1 alice EX 90');
    const row = console.getByRole('row', { name: /session:1/ });
    await expect(row).toContainText(/1 min 2\d s/);
    await console.getByRole('button', { name: 'Pause' }).click();
    await type(console, 'EXPIRE session:1 90');
    for (const [skip, left] of [
      ['+10 s', '1 min 20 s'],
      ['+1 min', '20 s'],
      ['+10 s', '10 s'],
      ['+1 s', '9 s'],
    ] as const) {
      await console.getByRole('button', { name: skip }).click();
      await expect(row.getByRole('cell').nth(1)).toHaveText(left);
    }
    await console.getByRole('button', { name: '+10 s' }).click();
    await expect(row).toHaveCount(0);
    await type(console, 'GET session:1');
    await expect(log(console)).toContainText('(nil)');
    await console.getByRole('button', { name: 'Play' }).click();
    await type(console, 'SET blink 1 PX 1500');
    await expect(console.getByRole('row', { name: /blink/ })).toBeVisible();
    await expect(console.getByRole('row', { name: /blink/ })).toHaveCount(0);
  });

  test('crashes with each persistence mode and sees what survived @once', async ({ page }) => {
    const console = await open(page, 'redis');
    const report = console.locator('.console-report');
    await console.getByRole('button', { name: 'Pause' }).click();
    for (const [mode, power, process] of [
      ['None', 'lost', 'lost'],
      ['RDB snapshots', 'lost', 'lost'],
      ['AOF, fsync always', 'survived', 'survived'],
      ['AOF, fsync every second', 'lost', 'survived'],
      ['AOF, fsync left to the kernel', 'lost', 'survived'],
      ['RDB and AOF every second', 'lost', 'survived'],
    ] as const) {
      await console.getByRole('button', { name: 'Start over' }).click();
      await console.getByLabel('Kept on disk').selectOption(mode);
      await type(console, 'SET order:1 paid');
      await console.getByRole('button', { name: 'Crash: power failure' }).click();
      await expect(report.getByRole('row', { name: /order:1/ }), mode).toContainText(power);
      await expect(log(console)).toContainText('The power failed.');
      await type(console, 'EXISTS order:1');
      await expect(log(console)).toContainText(`(integer) ${power === 'lost' ? 0 : 1}`);

      await type(console, 'SET order:2 paid');
      await console.getByRole('button', { name: 'Crash: process killed' }).click();
      await expect(report.getByRole('row', { name: /order:2/ }), mode).toContainText(process);
    }
  });

  test('with time to reach the disk, a write survives a power failure @once', async ({ page }) => {
    const console = await open(page, 'redis');
    await console.getByRole('button', { name: 'Pause' }).click();
    await type(console, 'CONFIG SET appendonly yes');
    await expect(console.getByLabel('Kept on disk')).toHaveValue('both');
    await type(console, 'SET stock 5');
    await console.getByRole('button', { name: '+1 s' }).click();
    await type(console, 'DECR stock');
    await console.getByRole('button', { name: 'Crash: power failure' }).click();
    const row = console.locator('.console-report').getByRole('row', { name: /stock/ });
    await expect(row).toContainText('older value');
    await expect(row.getByRole('cell').nth(1)).toHaveText('4');
    await expect(row.getByRole('cell').nth(2)).toHaveText('5');
    await expectAccessible(page, 'after a crash');
  });

  test('runs pub/sub over three clients, and who was away misses the message @once', async ({
    page,
  }) => {
    const console = await open(page, 'redis');
    await console.getByRole('button', { name: 'Add a client' }).click();
    await type(console, 'SUBSCRIBE news', 2);
    await expect(log(console, 2)).toContainText('Reading messages...');
    await console.getByRole('button', { name: 'Add a client' }).click();
    await choose(console, 1);
    await type(console, 'PUBLISH news hello');
    await expect(log(console)).toContainText('(integer) 1');
    await expect(log(console, 2)).toContainText('1) "message"\n2) "news"\n3) "hello"');
    const tab = console.getByRole('tab', { name: 'Client 2' });
    if (await tab.isVisible()) await expect(tab).toContainText('1 new');
    await choose(console, 3);
    await type(console, 'PSUBSCRIBE n*', 3);
    await choose(console, 1);
    await type(console, 'PUBLISH news again');
    await expect(log(console, 3)).toContainText('"again"');
    await expect(log(console, 3)).not.toContainText('"hello"');
    await expectAccessible(page, 'three clients');

    await choose(console, 2);
    await console.getByRole('button', { name: 'Ctrl-C: stop waiting (Client 2)' }).click();
    await choose(console, 1);
    await type(console, 'PUBLISH news alone');
    await expect(log(console, 2)).not.toContainText('"alone"');
    await choose(console, 3);
    await console.getByRole('button', { name: 'Close Client 3' }).click();
    await expect(log(console, 3)).toHaveCount(0);
  });

  test('a client waits for a job, gets it from another, and gives up in time @once', async ({
    page,
  }) => {
    const console = await open(page, 'redis');
    await console.getByRole('button', { name: 'Add a client' }).click();
    await type(console, 'BRPOP jobs 0', 2);
    await field(console, 2).pressSequentially('GET a');
    await field(console, 2).press('Enter');
    await expect(field(console, 2)).toHaveValue('GET a');
    await choose(console, 1);
    await type(console, 'LPUSH jobs send-mail');
    await expect(log(console, 2)).toContainText('"send-mail"');
    await type(console, 'BRPOP jobs 60');
    await console.getByRole('button', { name: '+1 min' }).click();
    await console.getByRole('button', { name: '+1 s' }).click();
    await expect(log(console)).toContainText('(nil)');
  });

  test('breaks the syntax and reads the error @once', async ({ page }) => {
    const console = await open(page, 'redis');
    await type(console, 'SET greeting "hello');
    await expect(log(console)).toContainText('Invalid argument(s)');
    await expect(log(console)).toContainText('A quote is not closed');
    await type(console, 'GET');
    await expect(log(console)).toContainText(
      "(error) ERR wrong number of arguments for 'get' command",
    );
    await type(console, 'LPUSH queue a');
    await type(console, 'INCR queue');
    await expect(log(console)).toContainText('(error) WRONGTYPE');
    await type(console, 'FETCH queue');
    await expect(log(console)).toContainText("(error) ERR unknown command 'FETCH'");
    await type(console, 'HELP INCR');
    await expect(log(console)).toContainText(
      'summary: Increment the integer value of a key by one',
    );
  });

  test('pasted lines run one after another, and a long answer is cut @once', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const console = await open(page, 'redis');
    const lines = Array.from({ length: 700 }, (_, n) => `RPUSH long item-${n}`).join('\n');
    await page.evaluate(
      (text) => navigator.clipboard.writeText(text),
      `# fill\n${lines}\nLLEN long`,
    );
    await field(console).press('ControlOrMeta+v');
    await expect(log(console)).toContainText('(integer) 700');
    expect(await log(console).locator('.console-entry').count()).toBeLessThanOrEqual(300);
    await type(console, 'LRANGE long 0 -1');
    await expect(log(console)).toContainText('(200 more lines are not shown)');
  });
});

const prompt = (of: Locator, shell: string): Locator =>
  of.getByRole('textbox', { name: `${shell}: input` });

/** Types an input at a prompt of several lines, and waits for its echo. */
async function enter(of: Locator, shell: string, input: string): Promise<void> {
  await prompt(of, shell).pressSequentially(input);
  await prompt(of, shell).press('Enter');
  await expect(of.getByRole('log').locator('kbd', { hasText: input }).last()).toBeVisible();
}

test.describe('mongosh', () => {
  test('inserts, finds, uses a variable later, sees an index appear @once', async ({ page }) => {
    const console = await open(page, 'documents');
    const log = console.getByRole('log');
    await enter(console, 'mongosh', "db.users.insertOne({ name: 'Alice', age: 30 })");
    await expect(log).toContainText('acknowledged: true', { timeout: 20_000 });
    const row = console.getByRole('row', { name: /^users/ });
    await expect(row.getByRole('cell').first()).toHaveText('1');
    await expect(row).toContainText('_id, name, age');
    await enter(console, 'mongosh', 'const alice = db.users.findOne({ age: { $gte: 18 } })');
    await enter(console, 'mongosh', "alice.name + ' is ' + alice.age");
    await expect(log).toContainText('Alice is 30');
    await enter(console, 'mongosh', 'db.users.createIndex({ name: 1 }, { unique: true })');
    await expect(row).toContainText('name_1');
    await enter(console, 'mongosh', "db.users.insertOne({ name: 'Alice' })");
    await expect(log).toContainText('E11000 duplicate key error');
    await enter(console, 'mongosh', 'db.users.find({ name: })');
    await expect(log).toContainText('SyntaxError');
    await expectAccessible(page, 'a mongosh in use');
  });

  test('completes collections, methods, operators and fields, and takes several lines', async ({
    page,
  }) => {
    const console = await open(page, 'documents');
    const field = prompt(console, 'mongosh');
    const list = console.getByRole('listbox');
    await enter(console, 'mongosh', 'db.products.insertMany([{ price: 5 }, { price: 7 }])');
    await expect(console.getByRole('row', { name: /^products/ })).toBeVisible({ timeout: 20_000 });
    await field.pressSequentially('db.pro');
    await list.getByRole('option', { name: 'products' }).click();
    await field.pressSequentially('.fi');
    await field.press('Tab');
    await expect(field).toHaveValue('db.products.find(');
    await expect(console.locator('.console-hint')).toContainText('find(filter, projection)');
    await field.press('Enter');
    await field.pressSequentially('{ pri');
    await list.getByRole('option', { name: 'price' }).click();
    await field.pressSequentially('{ $gt');
    await list.getByRole('option', { name: '$gte' }).click();
    await field.pressSequentially('6 } }');
    await field.press('Escape');
    await field.press('Enter');
    await field.pressSequentially(')');
    await expect(field).toHaveValue('db.products.find(\n{ price: { $gte: 6 } }\n)');
    await field.press('Enter');
    await expect(console.getByRole('log')).toContainText('price: 7');
    await expect(field).toHaveValue('');
    await field.press('ArrowUp');
    await expect(field).toHaveValue('db.products.find(\n{ price: { $gte: 6 } }\n)');
  });

  test('stops an endless loop, begins anew, and starts over @once', async ({ page }) => {
    const console = await open(page, 'documents');
    await enter(console, 'mongosh', 'db.users.insertOne({ name: 1 })');
    await expect(console.getByRole('row', { name: /^users/ })).toBeVisible({ timeout: 20_000 });
    await enter(console, 'mongosh', 'while (true) {}');
    await expect(console.locator('.console-status')).toContainText('Running.');
    await console.getByRole('button', { name: 'Stop' }).click();
    await expect(console.getByRole('log')).toContainText('Stopped. The database begins anew.');
    await expect(prompt(console, 'mongosh')).toBeFocused();
    await enter(console, 'mongosh', 'db.users.countDocuments()');
    await expect(console.getByRole('log').locator('.console-entry').last()).toHaveText('0');
    await console.getByRole('button', { name: 'Start over' }).click();
    await expect(console.getByRole('log')).toBeEmpty();
  });

  test('runs what it is given apart from the page @once', async ({ page }) => {
    const console = await open(page, 'documents');
    await enter(console, 'mongosh', 'typeof document + typeof window + typeof localStorage');
    await expect(console.getByRole('log')).toContainText('undefinedundefinedundefined', {
      timeout: 20_000,
    });
    await enter(console, 'mongosh', "print('<img src=x onerror=alert(1)>')");
    await expect(console.getByRole('log')).toContainText('<img src=x');
    await expect(console.locator('img')).toHaveCount(0);
  });
});

for (const [engine, shell] of [
  ['postgres', 'psql'],
  ['sqlite', 'sqlite3'],
] as const) {
  test(`${shell} runs a statement at its semicolon and shows its tables @once`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    const console = await open(page, engine);
    const field = prompt(console, shell);
    await enter(console, shell, 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);');
    const row = console.getByRole('row', { name: /^users/ }).last();
    await expect(row).toContainText('id, name', { timeout: 60_000 });
    await enter(console, shell, "INSERT INTO users VALUES (1, 'Alice'), (2, 'Bob');");
    await expect(row.getByRole('cell').first()).toHaveText('2');
    await field.pressSequentially('SELECT na');
    await console.getByRole('option', { name: 'name' }).click();
    await field.press('Enter');
    await field.pressSequentially('FROM users WHERE id = 2;');
    await field.press('Escape');
    await field.press('Enter');
    const log = console.getByRole('log');
    await expect(log.getByRole('cell', { name: 'Bob' })).toBeVisible();
    await enter(console, shell, 'SELECT * FROM nowhere;');
    await expect(log).toContainText(/nowhere/);
    await expect(log.locator('.out-error')).toBeVisible();
    await expectAccessible(page, `${shell} in use`);
  });
}

test('a console in a section starts from its data, and again when it is told to', async ({
  page,
}) => {
  await page.goto(addressOf('4.2'));
  const redis = page.locator('course-console');
  await redis.getByRole('button', { name: 'Open the console' }).click();
  const board = redis.getByRole('row', { name: /leaderboard/ });
  await expect(board).toContainText('bob: 2200', { timeout: 20_000 });
  await type(redis, 'DEL leaderboard');
  await expect(board).toHaveCount(0);
  await redis.getByRole('button', { name: 'Start over' }).click();
  await expect(board).toContainText('bob: 2200');

  await page.goto(addressOf('3.3'));
  const shop = page.locator('course-console');
  await shop.getByRole('button', { name: 'Open the console' }).click();
  await expect(prompt(shop, 'mongosh')).toBeFocused({ timeout: 20_000 });
  await expect(shop.getByRole('row', { name: /^products/ })).toBeVisible({ timeout: 20_000 });
  await expect(shop.locator('.console-line .prompt')).toHaveText('shop>');
});

// A phone has no Tab key.
test(
  'the keyboard alone walks through a console and out of it',
  { tag: '@desk' },
  async ({ page }) => {
    const console = await open(page, 'redis');
    await field(console).pressSequentially('zad');
    await field(console).press('Escape');
    await field(console).press('Tab');
    await expect(console.getByRole('button', { name: 'Run (Client 1)' })).toBeFocused();
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await console.locator(':focus').count()) === 0) return;
    }
    throw new Error('Tab does not leave the console.');
  },
);

test('everything can be tapped by a thumb and fits the screen', async ({ page, isMobile }) => {
  const console = await open(page, 'redis');
  await type(console, 'SET a 1 EX 100');
  await console.getByRole('button', { name: 'Add a client' }).click();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()!.width);
  if (!isMobile) return;
  for (const target of await console
    .locator('button:visible, select:visible, input:visible')
    .all()) {
    const box = (await target.boundingBox())!;
    expect(box.height, await target.innerText()).toBeGreaterThanOrEqual(44);
    expect(box.width, await target.innerText()).toBeGreaterThanOrEqual(44);
  }
});
