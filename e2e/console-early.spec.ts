/** What a reader types while a console is on its way is not lost: neither before its prompt is there nor before its database. */
import { missing, test } from './unreliable-site.ts';
import { expect } from './fixtures.ts';
import { prompt } from './consoles.ts';

for (const { engine, shell, inputs, answer, files } of [
  {
    engine: 'postgres',
    shell: 'psql',
    inputs: ['CREATE TABLE t (n int);', 'INSERT INTO t VALUES (41);', 'SELECT n + 1 AS n FROM t;'],
    answer: '42',
    files: /_engines\/.*postgres/,
  },
  {
    engine: 'sqlite',
    shell: 'sqlite3',
    inputs: ['CREATE TABLE t (n int);', 'INSERT INTO t VALUES (41);', 'SELECT n + 1 AS n FROM t;'],
    answer: '42',
    files: /_engines\/.*sqlite/,
  },
  {
    engine: 'documents',
    shell: 'mongosh',
    inputs: ['db.t.insertOne({ n: 41 })', 'db.t.findOne().n + 1'],
    answer: '42',
    files: /_engines\/.*documents/,
  },
]) {
  test(`${shell}: inputs entered before the database is there run in their order @once`, async ({
    page,
    site,
  }) => {
    test.setTimeout(120_000);
    await page.goto(`console/${engine}/`);
    const arrive = site.stall(files);
    await page.getByRole('button', { name: 'Open the console' }).click();
    const field = prompt(page.locator('course-console'), shell);
    await expect(field).toBeFocused({ timeout: 30_000 });
    for (const input of inputs) {
      await field.pressSequentially(input);
      await field.press('Escape');
      await field.press('Enter');
      await expect(field).toHaveValue('');
    }
    await field.pressSequentially('half typed');
    await expect(page.locator('.console-status')).toContainText('runs when it is there');
    arrive();
    const log = page.getByRole('log');
    await expect(log.locator('kbd')).toHaveText(inputs, { timeout: 60_000 });
    await expect(log).toContainText(answer);
    await expect(field).toHaveValue('half typed');
  });
}

test('redis: lines entered before the server is there run in their order @once', async ({
  page,
  site,
}) => {
  await page.goto('console/redis/');
  const arrive = site.stall(/_engines\/.*redis/);
  await page.getByRole('button', { name: 'Open the console' }).click();
  const field = page.getByRole('combobox', { name: 'Client 1: command' });
  await expect(field).toBeFocused({ timeout: 30_000 });
  for (const line of ['SET n 41', 'INCR n']) {
    await field.pressSequentially(line);
    await field.press('Enter');
  }
  arrive();
  await expect(page.getByRole('log')).toContainText('(integer) 42', { timeout: 30_000 });
});

for (const [engine, shell] of [
  ['sqlite', 'sqlite3'],
  ['redis', 'Client 1'],
] as const) {
  test(`${shell}: keys pressed before there is a prompt come to it @once`, async ({
    page,
    site,
  }) => {
    await page.goto(`console/${engine}/`);
    const arrive = site.stall(/_astro\/console\..*\.css|_astro\/open\..*\.js/);
    await page.getByRole('button', { name: 'Open the console' }).click();
    await expect(page.locator('.console-status')).toContainText('Loading the console');
    const [first, second] =
      engine === 'redis' ? ['SET n 42', 'GET n'] : ['SELECT 40 + 2 AS n;', 'SELECT'];
    await page.keyboard.type(first);
    await page.keyboard.press('Enter');
    await page.keyboard.type(`${second}x`);
    await page.keyboard.press('Backspace');
    arrive();
    const field = page.locator('course-console .console-field').first();
    await expect(field).toHaveValue(second, { timeout: 30_000 });
    await expect(page.getByRole('log').locator('kbd')).toHaveText([first], { timeout: 30_000 });
  });
}

test('inputs that wait for a database that does not come are at the prompt again @once', async ({
  page,
  site,
}) => {
  await page.goto('console/sqlite/');
  site.instead(/_engines\/.*sqlite/, missing);
  await page.getByRole('button', { name: 'Open the console' }).click();
  const field = prompt(page.locator('course-console'), 'sqlite3');
  await expect(field).toBeFocused({ timeout: 30_000 });
  for (const input of ['SELECT 1;', 'SELECT 2;']) {
    await field.pressSequentially(input);
    await field.press('Escape');
    await field.press('Enter');
  }
  await expect(page.getByRole('log').locator('.console-error')).not.toHaveCount(0);
  await expect(page.getByRole('log').locator('kbd').first()).toHaveText('SELECT 1;');
  await expect
    .poll(async () => (await field.inputValue()) + (await page.getByRole('log').innerText()))
    .toContain('SELECT 2;');
});
