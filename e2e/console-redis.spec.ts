import { expectAccessible } from './axe.ts';
import { open, reopen, field, log, type, choose } from './consoles.ts';
import { expect, test } from './fixtures.ts';

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
    console = await reopen(page);
    await expect(field(console)).toHaveValue('half');
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
