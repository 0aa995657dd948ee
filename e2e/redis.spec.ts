import { addressOf, cell, outputOf, run, write } from './course.ts';
import { expect, test } from './fixtures.ts';

test('a reader measures both engines, stops, measures again, and the cells are as they were @once', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto(addressOf('4.3'));
  const measure = page.locator('course-measure');
  const start = measure.getByRole('button', { name: 'Measure on this device' });
  const status = measure.getByRole('status');

  await start.click();
  await expect(status).toContainText('round');
  await measure.getByRole('button', { name: 'Stop' }).click();
  await expect(status).toHaveText('Stopped.');
  await expect(measure.locator('table')).toBeHidden();

  await start.click();
  await expect(status).toContainText('7 rounds on each', { timeout: 180_000 });
  await expect(measure.locator('tbody tr')).toHaveCount(2);
  for (const row of await measure.locator('tbody tr').all()) {
    const times = await row.locator('td').allInnerTexts();
    expect(times).not.toEqual([]);
    for (const time of times) expect(time).toMatch(/^[\d,.]+\sµs$/);
  }
  await expect(measure).toContainText(/PostgreSQL takes [\d,.]+ times as long/);

  for (const id of ['mget', 'pk-lookup']) {
    const one = cell(page, id);
    const printed = await outputOf(one);
    await run(one);
    expect(await outputOf(one)).toBe(printed);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the ladder, the race and the crashes read as text @once', async ({ page }) => {
    await page.goto(addressOf('4.3'));
    await expect(page.getByText('needs JavaScript')).toBeVisible();
    const rungs = page.locator('.ladder li');
    await expect(rungs.first()).toContainText('100 ns');
    await expect(rungs.last()).toContainText('10 ms');

    await page.goto(addressOf('4.4'));
    await page.getByRole('heading', { name: 'A thousand at once' }).click();
    const race = page.getByRole('group', { name: 'Race of counters' });
    const rows = await race.locator('tbody tr').all();
    expect(rows).not.toEqual([]);
    for (const row of rows) await expect(row.locator('td').last()).toHaveText('1,000');

    await page.goto(addressOf('4.5'));
    const power = page.getByRole('group', { name: 'What survives a power failure' });
    await expect(power.getByRole('row', { name: /^None/ }).getByText('lost')).toHaveCount(4);
    await expect(power.getByRole('row', { name: /^AOF, always/ }).getByText('kept')).toHaveCount(4);
  });
});

test('a cell of three clients is edited client by client, and prints one session', async ({
  page,
}) => {
  await page.goto(addressOf('4.4'));
  const target = cell(page, 'three-servers');
  await expect(target.locator('.cell-results')).toContainText('server-b> SUBSCRIBE task:updates');
  await target.getByRole('button', { name: 'Edit' }).click();
  await expect(target.getByRole('tab')).toHaveText(['server-b', 'server-c', 'server-a']);
  await target.getByRole('tab', { name: 'server-a' }).click();
  await expect(target.locator('.cm-content')).toContainText('PUBLISH');
  await write(target, 'PUBLISH task:updates hello');
  await run(target);
  const printed = await target.locator('.cell-results').innerText();
  expect(printed).toContain('server-a> PUBLISH task:updates hello\n(integer) 2');
  expect(printed.match(/3\) "hello"/g)).toHaveLength(2);
});

test('a script of Lua runs in a cell as it was printed, and one without an end ends with a sentence', async ({
  page,
}) => {
  await page.goto(addressOf('4.4'));
  const target = cell(page, 'rate-limit-sliding-lua');
  const printed = await outputOf(target);
  expect(printed).toContain('"allowed"');
  await run(target);
  expect(await outputOf(target)).toBe(printed);

  await write(target, 'EVAL "while true do end" 0\nEVAL "\n  return 6 * 7" 0');
  await run(target);
  const results = target.locator('.cell-results');
  await expect(results).toContainText('ERR this emulator ends a script after 50,000,000 steps');
  await expect(results).toContainText('(integer) 42');
});
