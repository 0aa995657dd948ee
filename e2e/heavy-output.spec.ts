/**
 * Whatever a cell prints, its page goes on: a reader scrolls, types and stops. What cannot be shown is left
 * out in so many words. A task of seconds is what these journeys look for; how long one may take
 * on an idle machine is another matter, so the bound is generous.
 */
import type { Locator, Page } from '@playwright/test';
import { enter, open } from './consoles.ts';
import { addressOf, cell, ended, write } from './course.ts';
import { expect, test } from './fixtures.ts';
import { evaluateJavaScript } from './isolation/disguise.ts';

/** In milliseconds. What these outputs cost before they were weighed: 15,000 to 100,000. */
const FROZEN = 2500;

declare global {
  var tasks: PerformanceObserver;
  var longestTask: number;
}

/** Notes the longest time for which the page did one thing and nothing else, from now on. */
const watchTasks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    globalThis.longestTask = 0;
    const note = (list: { getEntries(): PerformanceEntryList }) => {
      for (const { duration } of list.getEntries())
        globalThis.longestTask = Math.max(globalThis.longestTask, duration);
    };
    globalThis.tasks = new PerformanceObserver(note);
    globalThis.tasks.observe({ type: 'longtask' });
  });

/** In milliseconds, since it was asked last. */
const longestTask = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    // A task is told of when it has ended, and drawing is one.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const longest = globalThis.longestTask;
    globalThis.longestTask = 0;
    return longest;
  });

/** Runs code in the cell, looks at all of its output, and expects that the page was never held up. */
async function runHeavy(target: Locator, code: string): Promise<void> {
  const page = target.page();
  await write(target, code);
  await longestTask(page);
  await page.keyboard.press('ControlOrMeta+Enter');
  await ended(target);
  await target.locator('.cell-results').evaluate(async (results) => {
    for (const top of [results.scrollHeight, 0]) {
      results.scrollTop = top;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
  });
  expect(await longestTask(page), code.slice(0, 200)).toBeLessThan(FROZEN);
}

const rows = (select: string) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT ${select} FROM n;`;
const columns = (count: number, value: string) =>
  Array.from({ length: count }, (_, i) => `${value} AS c${i}`).join(', ');
/** In SQLite, a text over and over. */
const repeated = (text: string, times: number) => `replace(hex(zeroblob(${times})), '00', ${text})`;

const CUT = 'Some values were cut: this run printed as much text as one run may.';

test('a query that asks for more than a page can lay out gets its beginning, and is told so @once', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto('');
  await watchTasks(page);
  const one = cell(page, 'five-products');
  const results = one.locator('.cell-results');
  const said = one.locator('.out-limit');

  await runHeavy(one, `SELECT 'a' || ${repeated('char(769)', 190_000)} AS pile;`);
  await expect(said).toHaveText(CUT);
  await expect(one.locator('td')).toHaveText(/^a\u0301{8}[\d,]+ more marks…$/);

  // 40 times 40 columns: all of them written out would be a heavy text to edit.
  const wide = Array.from({ length: 40 }, (_, i) => `wide AS w${i}`).join(', ');
  await runHeavy(
    one,
    `CREATE TABLE wide AS SELECT ${columns(40, 'NULL')};
     CREATE TABLE n AS ${rows('i')}
     SELECT ${wide.replaceAll('wide AS ', '').replaceAll(/w\d+/g, '$&.*')} FROM n, ${wide};`,
  );
  await expect(said).toContainText(
    /^Showing the first 100 of 1,600 columns and the first \d+ of 200 rows\.$/,
  );
  await expect(one.locator('thead th')).toHaveCount(100);

  await runHeavy(one, rows(columns(100, "'v' || i")));
  await expect(said).toContainText(/^Showing the first \d\d of 200 rows\.$/);

  await runHeavy(one, `SELECT ${repeated('char(8294) || char(8238)', 50_000)} AS turned;`);
  await expect(said).toHaveText(CUT);
  await expect(one.locator('td')).toContainText('U+2066 U+202E U+2066 U+202E');

  await runHeavy(one, `SELECT ${repeated("'สวัสดี'", 33_000)} AS thai;`);
  await expect(said).toHaveText(CUT);
  await expect(one.locator('td')).toContainText('สวัสดีสวัสดี');

  await runHeavy(one, 'SELECT 1, 2, 3, 4, 5, 6, 7, 8, 9;'.repeat(200));
  await expect(said.last()).toContainText(
    /^Showing the first \d+ outputs; \d+ more were left out\.$/,
  );

  // Ten columns of all the rows that there may be are no heavy output.
  await runHeavy(one, rows(columns(10, "'v' || i")));
  await expect(said).toHaveCount(0);
  await expect(results.locator('tbody tr')).toHaveCount(200);
});

test('accents without end on a letter of PostgreSQL end after eight @once', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(addressOf('1.1'));
  await watchTasks(page);
  const one = cell(page, 'your-schema');
  await runHeavy(one, "SELECT 'a' || repeat(U&'\\0301', 190000) AS pile;");
  await expect(one.locator('td')).toHaveText(/^a\u0301{8}[\d,]+ more marks…$/);
  await expect(one.locator('.out-limit')).toHaveText(CUT);
});

test('a program prints what it likes, and the page shows what it can @once', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto(addressOf('3.5'));
  await watchTasks(page);
  const one = page.locator('course-cell[data-engine=documents]').first();
  const said = one.locator('.out-limit');
  for (const [text, shown] of [
    ["'\\n'.repeat(200000)", ''],
    ["'a\\t'.repeat(100000)", 'a\ta\t'],
    ["('\\u2067'.repeat(60) + 'x' + '\\u2069'.repeat(60)).repeat(1600)", 'U+2067×60xU+2069×60'],
    ["'\\u202ea\\u202cb'.repeat(50000)", 'U+202EaU+202Cb'],
    ["'a' + '\\u0301'.repeat(199999)", 'more marks'],
    [
      "Array.from({ length: 60000 }, (_, i) => String.fromCharCode(1424 + (i * 7919) % 50000)).join('')",
      '',
    ],
    ["'\\ud800'.repeat(200000)", 'U+D800×'],
  ] as const) {
    await runHeavy(one, `print(${text})`);
    await expect(said).toContainText('Some text was cut: this run printed as much as one run may.');
    await expect(one.locator('.out-text')).toContainText(shown, { useInnerText: false });
  }
  await runHeavy(one, "for (let i = 0; i < 10000; i++) print('line ' + i)");
  await expect(said).toContainText(/^Showing the first \d+ outputs; [\d,]+ more were left out\.$/);
  await runHeavy(one, "throw new Error('e\\u0301\\u202e'.repeat(3000000))");
  await expect(one.locator('.out-error')).toContainText('U+202E');
  await runHeavy(one, "print('x'.repeat(150000))");
  await expect(said).toHaveCount(0);
  expect(await one.locator('.out-text').textContent()).toBe('x'.repeat(150_000));
});

test('what stands in an output stays where it is while more comes @once', async ({ page }) => {
  await page.goto(addressOf('3.5'));
  const one = page.locator('course-cell[data-engine=documents]').first();
  await write(
    one,
    'for (let i = 0; i < 120; i++) { print("line " + i); const until = Date.now() + (i === 60 ? 1500 : 0); while (Date.now() < until); }',
  );
  await page.keyboard.press('ControlOrMeta+Enter');
  const first = one.locator('.out-text').first();
  await expect(first).toHaveText('line 0');
  const kept = await first.elementHandle();
  await ended(one);
  await expect(one.locator('.out-text').last()).toHaveText('line 119');
  expect(await kept!.evaluate((node) => node.isConnected)).toBe(true);
});

/** Gets hold of the worker's port to the page, as a hostile program can, and of what it takes to speak on it. */
const STEAL_PORT = `
  const { port, id } = await new Promise((resolve) => {
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (message) {
      MessagePort.prototype.postMessage = post;
      resolve({ port: this, id: message.id });
      return post.call(this, message);
    };
    print('bait');
  });
  const origin = { file: 0, line: 1, statement: 0 };
  const send = (...outputs) => port.postMessage({ type: 'outputs', id, outputs });
  const text = (text) => ({ kind: 'text', origin, text });
  const rest = () => new Promise(() => {});
`;

test('a worker in an attacker’s hands does not hold up the page, whatever it sends @once', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  await evaluateJavaScript(context);
  await page.goto(addressOf('3.5'));
  await watchTasks(page);
  const one = page.locator('course-cell[data-engine=documents]').first();
  for (const attack of [
    "for (;;) send(text('flood'))",
    'for (;;) port.postMessage(Array.from({ length: 1000 }, () => ({ a: [1, { b: 2 }] })))',
    'port.postMessage(Array.from({ length: 2e6 }, (_, i) => ({ i }))); await rest()',
    'port.postMessage(new Map(Array.from({ length: 1e6 }, (_, i) => [i, i]))); await rest()',
    "send(text('\\u4e00'.repeat(50e6))); await rest()",
    'port.postMessage({ type: "outputs", id, outputs: new Array(5e6).fill(0) }); await rest()',
    "send({ kind: 'plan', origin, lines: new Array(100000).fill('->') }); await rest()",
    "send({ kind: 'table', origin, columns: Array.from({ length: 2000 }, () => ({ name: '', type: '', numeric: true })), rows: Array.from({ length: 200 }, () => new Array(2000).fill(null)), rowCount: 1, tag: '' }); await rest()",
    "for (let i = 0; i < 20; i++) send({ kind: 'notice', origin, severity: 'NOTICE', message: 'm', detail: '\\u0301'.repeat(60000) }); await rest()",
    'for (let i = 0; i < 1e5; i++) self.postMessage(i); await rest()',
    "setTimeout(() => { throw 'a\\u0301'.repeat(5e6); }); await rest()",
  ]) {
    await runHeavy(one, STEAL_PORT + attack);
    await expect(one.locator('.cell-status'), attack).toContainText('broke off');
    expect((await one.locator('.cell-status').textContent())!.length).toBeLessThan(3000);
  }
  // As much as a page takes, in as many messages as there may be.
  await runHeavy(
    one,
    `${STEAL_PORT} for (let i = 0; i < 200; i++) {
       send({ kind: 'transcript', origin, client: 'c' + i, prompt: '> ', input: 'GET x', reply: 'x'.repeat(800), failed: false });
       await new Promise((resolve) => setTimeout(resolve, 10));
     }`,
  );
  await expect(one.locator('.cell-status')).toContainText('in your browser');
  await expect(one.locator('.out-transcript')).toContainText('c199> GET x');
});

test('a console’s log stays within what a page can take, over a long session too @once', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const console = await open(page, 'documents');
  const log = console.getByRole('log');
  await watchTasks(page);
  for (let time = 0; time < 4; time += 1) {
    await enter(
      console,
      'mongosh',
      `for (let i = 0; i < 150; i++) print('${time} ' + 'x'.repeat(800))`,
    );
    await expect(log.locator('.console-entry').last()).toContainText(`${time} xxx`, {
      timeout: 20_000,
    });
  }
  await enter(console, 'mongosh', "'a' + '\\u0301'.repeat(150000)");
  await expect(log).toContainText('more marks');
  expect(await log.locator('.console-entry').count()).toBeLessThanOrEqual(300);
  expect((await log.textContent())!.length).toBeLessThan(300_000);
  expect(await longestTask(page)).toBeLessThan(FROZEN);
});
