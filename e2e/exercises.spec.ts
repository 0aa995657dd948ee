/** A reader solves exercises: wrongly first, reads what is missing, opens hints, mends, and has it solved after a reload. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf, cell, cells, expectNoSidewaysScroll, outputOf, run, write } from './course.ts';
import { expect, test } from './fixtures.ts';
import { untilKept } from './keeping.ts';

// Colors are looked at in both themes, in every state.
test.beforeEach(() => test.setTimeout(180_000));

const exercise = (page: Page, id: string): Locator => page.locator(`course-exercise#${id}`);
const button = (one: Locator, name: string): Locator =>
  one.locator('.exercise-bar').getByRole('button', { name });
const verdict = (one: Locator): Locator => one.locator('.exercise-verdict');
const status = (one: Locator): Locator => one.locator('.exercise-status');
const hint = (one: Locator, number: number): Locator =>
  one.locator('.exercise-hints summary').nth(number - 1);
const solution = (one: Locator): Locator => one.locator('details.exercise-solution');
const solved = (one: Locator): Locator => one.locator('.exercise-solved');

/** Presses Check and waits for the verdict. */
async function check(one: Locator): Promise<void> {
  await button(one, 'Check').click();
  await judged(one);
}

async function judged(one: Locator): Promise<void> {
  await verdict(one).locator('strong').waitFor({ timeout: 120_000 });
  await button(one, 'Check').waitFor();
}

const REDIS = {
  id: 'x-leaderboard-climb',
  section: '4.2',
  wrong: 'ZADD leaderboard 500 charlie 2000 dana\nZRANGE leaderboard 0 2 REV WITHSCORES',
  missing: 'Charlie has 1800 points at first and should end with 500 more.',
  right: 'ZADD leaderboard 2300 charlie 2000 dana\nZREVRANGE leaderboard 0 2 WITHSCORES',
};
const OTHERS = [
  {
    id: 'x-eav-furniture',
    section: '1.2',
    wrong:
      "SELECT p.name, a.value FROM products AS p JOIN product_attributes AS a ON a.product_id = p.id WHERE a.key = 'length_cm' AND a.key = 'room_type';",
    missing: '2 rows of 2 are missing',
    right: `SELECT DISTINCT p.name, l.value::numeric AS cm
FROM products AS p
JOIN product_attributes AS l ON l.product_id = p.id
JOIN product_attributes AS r ON r.product_id = p.id
WHERE l.key = 'length_cm' AND l.value::numeric < 100
  AND r.key = 'room_type' AND r.value IN ('living room', 'office')
ORDER BY cm;`,
  },
  {
    id: 'x-nested-filter',
    section: '3.3',
    wrong:
      "db.products.find({ 'warranty.years': { $gte: 3 }, connectivity: 'usb-c' }, { name: 1, price: 1 })",
    missing: 'Your documents also have _id.',
    right:
      "db.products.find({ 'warranty.years': { $gt: 2 }, connectivity: { $in: ['usb-c'] } }, { _id: 0, price: 1, name: 1 }).sort({ price: -1 })",
  },
  {
    id: 'x-transfer',
    section: '2.3',
    wrong:
      "UPDATE accounts SET balance = balance - 50 WHERE owner = 'Alice';\nUPDATE accounts SET balance = balance + 50 WHERE owner = 'Bob';",
    missing: 'It stops after line 1',
    right: `BEGIN;
UPDATE accounts SET balance = balance - 50 WHERE owner = 'Alice';
UPDATE accounts SET balance = balance + 50 WHERE owner = 'Bob';
COMMIT;`,
  },
  {
    id: 'x-three-calls',
    section: '4.4',
    wrong: 'INCR calls:alice\nEXPIRE calls:alice 60 NX',
    missing: 'It stops after line 1: INCR calls:alice',
    right: 'MULTI\nINCR calls:alice\nEXPIRE calls:alice 60 LT\nEXEC',
  },
] as const;

test('reads what is missing, opens hints, solves, and has it solved after a reload', async ({
  page,
  isMobile,
}) => {
  const { id, section, wrong, missing, right } = REDIS;
  const within = `#${id}`;
  const colors = { within };
  await page.goto(addressOf(section));
  const one = exercise(page, id);
  await expect(one.getByRole('heading', { name: 'A climb and a newcomer' })).toBeVisible();
  await expect(solved(one)).toBeHidden();
  await expect(solution(one), 'the solution is not there before its time').toHaveCount(0);
  expect(await one.innerText()).not.toContain('ZINCRBY');
  await expectAccessible(page, 'before Check', colors);

  await write(cell(page, `${id}-code`), wrong);
  await check(one);
  await expect(verdict(one)).toContainText('Not yet: 1 of 4 checks holds.');
  await expect(verdict(one).locator('[data-state=missing]').first()).toContainText(
    `Missing: ${missing}`,
  );
  await expect(verdict(one).locator('[data-state=missing]').first()).toContainText(
    'The database answers: "500"',
  );
  await expect(verdict(one).locator('[data-state=holds]').first()).toContainText('Holds: Dana');
  await expectAccessible(page, 'something is missing', colors);

  await write(
    cell(page, `${id}-code`),
    'ZADD leaderboard 2000 dana\nZINCRBY leaderboard charlie 500',
  );
  await check(one);
  await expect(verdict(one)).toContainText('The engine refuses line 2 of your code.');
  await expect(verdict(one).locator('pre')).toContainText('not a valid float');
  await expect(solution(one), 'offered after two failed checks').toBeVisible();
  await expect(solution(one).locator('.cell'), 'and shown to who opens it').toBeHidden();
  await expectAccessible(page, 'the engine refuses', colors);

  await expect(hint(one, 1)).toBeVisible();
  await expect(hint(one, 2)).toBeHidden();
  for (const number of [1, 2, 3]) await hint(one, number).click();
  await expect(one.locator('.exercise-hints')).toContainText('unless you add REV');
  await expectAccessible(page, 'hints open', colors);

  await write(cell(page, `${id}-code`), right);
  await check(one);
  await expect(verdict(one)).toContainText('Solved: all 4 checks hold.');
  await expect(verdict(one).locator('li')).toHaveCount(4);
  await expect(solved(one)).toBeVisible();
  await expectAccessible(page, 'solved', colors);
  await solution(one).locator('summary').click();
  await expect(solution(one)).toContainText('ZINCRBY leaderboard 500 charlie');
  await expect(solution(one).locator('.cell-results')).toContainText('"2300"');
  await expectAccessible(page, 'the solution shown', colors);
  if (isMobile) await expectNoSidewaysScroll(page);

  await page.reload();
  await expect(solved(one)).toBeVisible();
  await expect(cell(page, `${id}-code`).locator('.cell-code')).toContainText('ZREVRANGE');
  await expect(hint(one, 3)).toBeVisible();
  await expect(solution(one)).toBeVisible();
});

for (const { id, section, wrong, missing, right } of OTHERS)
  test(`${id}: a wrong answer is told what is missing, and a right one is solved @once`, async ({
    page,
    isMobile,
  }) => {
    await page.goto(addressOf(section));
    const one = exercise(page, id);
    await write(cell(page, `${id}-code`), wrong);
    await check(one);
    await expect(verdict(one)).toContainText(missing);
    await write(cell(page, `${id}-code`), right);
    await check(one);
    await expect(verdict(one)).toContainText(/Solved: (both|all \d) checks hold\./);
    await expectAccessible(page, 'solved', { within: `#${id}`, colors: !isMobile });
    await page.reload();
    await expect(solved(one)).toBeVisible();
    if (isMobile) await expectNoSidewaysScroll(page);
  });

test('after a check every cell still gives what the page printed @once', async ({ page }) => {
  await page.goto(addressOf('4.2'));
  const one = exercise(page, REDIS.id);
  await write(cell(page, `${REDIS.id}-code`), 'FLUSHALL\nSET mine 1');
  await check(one);
  const other = cells(page).first();
  const printed = await outputOf(other);
  await run(other);
  expect(await outputOf(other)).toBe(printed);
  const mine = cell(page, `${REDIS.id}-code`);
  await mine.getByRole('button', { name: 'Reset' }).click();
  const start = await outputOf(mine);
  await check(one);
  await run(mine);
  expect(await outputOf(mine)).toBe(start);
});

test('a double click on Check, or Enter pressed twice, checks once and stops nothing @once', async ({
  page,
}) => {
  await page.goto(addressOf('4.2'));
  const one = exercise(page, REDIS.id);
  await one.evaluate((element) => {
    const said: string[] = [];
    new MutationObserver(() => {
      said.push(element.querySelector('.exercise-status')!.textContent);
      (element as HTMLElement).dataset['said'] = said.join('|');
    }).observe(element.querySelector('.exercise-status')!, { childList: true });
  });
  await button(one, 'Check').dblclick({ delay: 40 });
  await judged(one);
  await expect(verdict(one)).toContainText('Not yet');
  await expect(button(one, 'Check')).toBeEnabled();
  await button(one, 'Check').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await judged(one);
  await expect(button(one, 'Check')).toBeFocused();
  await expect(one).not.toHaveAttribute('data-said', /Stopped/);
  const said = (await one.getAttribute('data-said'))!.split('|');
  // The first thing that a check says, and the empty line at its end.
  expect(said.filter((text) => text === '')).toHaveLength(2);
});

test('an endless loop in a check stops, and the next check works @once', async ({ page }) => {
  await page.goto(addressOf('3.3'));
  const one = exercise(page, 'x-nested-filter');
  await write(cell(page, 'x-nested-filter-code'), 'while (true) {}');
  await button(one, 'Check').click();
  await expect(status(one)).toHaveText('Checking.', { timeout: 30_000 });
  await button(one, 'Stop').click();
  await expect(status(one)).toHaveText('Stopped. Nothing was checked.');
  await expect(button(one, 'Check')).toBeFocused();
  await write(cell(page, 'x-nested-filter-code'), OTHERS[1].right);
  await check(one);
  await expect(verdict(one)).toContainText('Solved');
});

test('what a program prints is text, however it looks @once', async ({ page }) => {
  await page.goto(addressOf('3.3'));
  const one = exercise(page, 'x-nested-filter');
  const evil = '<img src=x onerror="document.title=1">';
  await write(cell(page, 'x-nested-filter-code'), `print('[ ${evil} }')`);
  await check(one);
  await expect(verdict(one)).toContainText(evil);
  await expect(one.locator('img')).toHaveCount(0);
});

test('by keyboard alone @desk', async ({ page }) => {
  await page.goto(addressOf('4.2'));
  const one = exercise(page, REDIS.id);
  const key = (name: string): Promise<void> => page.keyboard.press(name);
  /** Goes on with Tab until it is there. */
  const reach = async (target: Locator): Promise<void> => {
    for (let times = 0; times < 25; times += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await key('Tab');
    }
    await expect(target).toBeFocused();
  };
  await one.locator('.cell-title').focus();
  await reach(one.getByRole('button', { name: 'Edit' }));
  await key('Enter');
  await expect(one.locator('.cm-content')).toBeFocused();
  const type = async (code: string): Promise<void> => {
    await key('ControlOrMeta+a');
    await page.keyboard.insertText(code);
    await key('Escape');
    await key('Tab');
  };
  await type(REDIS.wrong);
  await reach(button(one, 'Check'));
  await key('Enter');
  await judged(one);
  await expect(verdict(one)).toContainText(REDIS.missing);
  await expect(button(one, 'Check')).toBeFocused();
  for (const number of [1, 2, 3]) {
    // The one before it brings it.
    await expect(hint(one, number)).toBeVisible();
    await reach(hint(one, number));
    await key('Enter');
  }
  await expect(solution(one).locator('summary')).toBeVisible();
  await reach(solution(one).locator('summary'));
  await key('Space');
  await expect(solution(one).locator('.cell')).toBeVisible();
  await one.locator('.cm-content').focus();
  await type(REDIS.right);
  await reach(button(one, 'Check'));
  await key('Enter');
  await expect(verdict(one)).toContainText('Solved', { timeout: 60_000 });
});

test('a shared link brings the code into the exercise, and does not judge it @once', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(addressOf('4.2'));
  const mine = cell(page, `${REDIS.id}-code`);
  await write(mine, REDIS.right);
  await mine.getByRole('button', { name: 'Share' }).click();
  await expect(mine.locator('.cell-status')).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain(`/go/4.2.${REDIS.id}/#${REDIS.id}:`);
  const reader = await context.newPage();
  await reader.addInitScript(() => {
    if (self === top) localStorage.clear();
  });
  await reader.goto(link);
  const theirs = exercise(reader, REDIS.id);
  await expect(theirs.locator('.cm-content')).toContainText('ZREVRANGE');
  await expect(theirs.locator('.cell-author')).toContainText('not the course’s own');
  await expect(verdict(theirs)).toBeEmpty();
});

test('the judge comes when a reader asks for it, and works offline from then on @once @offline', async ({
  page,
  context,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/judge\.|_engines|x-leaderboard/.test(request.url())) asked.push(request.url());
  });
  await page.goto(addressOf('4.2'), { waitUntil: 'networkidle' });
  expect(asked).toEqual([]);
  await untilKept(page);
  await page.reload(); // from here on the worker serves the page
  const one = exercise(page, REDIS.id);
  await check(one);
  expect(asked.length).toBeGreaterThan(2);
  await context.setOffline(true);
  await page.reload();
  await check(one);
  await expect(verdict(one)).toContainText('Not yet');
});

test.describe('with a network that fails', () => {
  // The service worker would answer in the network's place.
  test('a failed download says so, and Check tries again @once', async ({ page, context }) => {
    await page.goto(addressOf('4.2'));
    await context.route('**/_engines/**', (route) => route.abort());
    const one = exercise(page, REDIS.id);
    await button(one, 'Check').click();
    await expect(status(one)).toContainText(/Could not load Redis.* Check tries again\./, {
      timeout: 20_000,
    });
    await expectAccessible(page, 'not loaded', { within: `#${REDIS.id}` });
    await context.unroute('**/_engines/**');
    await check(one);
    await expect(verdict(one)).toContainText('Not yet');
  });
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
  await page.goto(`embed/4.2.${REDIS.id}/`);
  const one = exercise(page, REDIS.id);
  await expectAccessible(page, 'embedded');
  await write(cell(page, `${REDIS.id}-code`), REDIS.right);
  await check(one);
  await expect(verdict(one)).toContainText('Solved');
  await expect(solved(one)).toBeVisible();
  await expect(status(one)).toContainText('This browser keeps nothing');
  await expectNoSidewaysScroll(page);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('task, start, hints and solution read, and no button does nothing @once', async ({
    page,
  }) => {
    await page.goto(addressOf('4.2'));
    const one = exercise(page, REDIS.id);
    await expect(one.locator('.exercise-task')).toContainText('Charlie wins 500 points more.');
    await expect(one.locator('course-cell .cell-code')).toContainText('ZRANGE leaderboard');
    await expect(one.getByRole('button')).toHaveCount(0);
    for (const number of [1, 2, 3]) await hint(one, number).click();
    await expect(one.locator('.exercise-hints')).toContainText('unless you add REV');
    const code = solution(one).locator('.cell-code');
    await expect(code).toBeHidden();
    await solution(one).locator('summary').click();
    await expect(code).toBeVisible();
    await expect(solution(one).locator('.cell-results')).toContainText('2300');
  });
});
