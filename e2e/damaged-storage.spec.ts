/**
 * What a browser keeps for the site may be damaged, forged, or of another release: every page is shown, and what is on
 * it works. A journey fails when an error stays uncaught.
 */
import type { Page } from '@playwright/test';
import { HOSTILE_TEXTS, hugeText } from '../src/foundation/kept/hostile-values.ts';
import { KEPT_NAMES } from '../src/foundation/kept/names.ts';
import { field, log, type } from './consoles.ts';
import { addressOf, COURSE, PREFIX } from './course.ts';
import { expect, test } from './fixtures.ts';

/** What the site kept in earlier releases, and what Starlight keeps. */
const OTHER_KEYS = [
  'starlight-theme',
  'course-teacher',
  'course-progress',
  'course-answers',
  'course-exercises',
  'course-self-tests',
  'course-challenge:1.1.x-catalog-design',
];

/** Every entry that the page could read, by the ids that it has. */
const keysOf = (page: Page): Promise<string[]> =>
  page.evaluate(
    ({ names, prefix }) => {
      const ids = new Set(['', '?draw=k3f9x2', '?draw=%', 'redis', 'mongosh', '__proto__', '<b>']);
      for (const element of document.querySelectorAll<HTMLElement>('body *')) {
        const { section, question, exercise, challenge, row } = element.dataset;
        for (const id of [section, question, exercise, challenge, row]) if (id) ids.add(id);
        if (element.localName === 'course-cell') ids.add(`${location.pathname}#${element.id}`);
      }
      const things = document.querySelector('course-progress script')?.textContent;
      for (const [, id] of things?.matchAll(/"([1-5]\.\d\.[\w-]+)"/g) ?? []) ids.add(id!);
      return names.flatMap((name) => [...ids].map((id) => `${prefix}${name}/${id}`));
    },
    { names: KEPT_NAMES, prefix: PREFIX },
  );

/** Each key gets another of the texts, and another one each time. */
const damage = (page: Page, keys: readonly string[], turn: number): Promise<void> =>
  page.evaluate(
    ({ keys, texts, turn }) => {
      for (const storage of [localStorage, sessionStorage]) {
        storage.clear();
        for (const [at, key] of keys.entries())
          storage.setItem(key, texts[(at + turn) % texts.length]!);
        const sidebar = document.querySelector<HTMLElement>('sl-sidebar-state-persist');
        const states = [
          'null',
          '[]',
          '{"open":null}',
          '{"open":[{}],"scroll":{}}',
          '{"open":{}}',
          '7',
        ];
        const state = states[turn % states.length]!;
        storage.setItem(
          'sl-sidebar-state',
          state.replace('{', `{"hash":"${sidebar?.dataset['hash']}",`),
        );
      }
    },
    { keys, texts: SHORT, turn },
  );

/** A deep nest is in the unit tests; a hundred of them would be more than a browser keeps. */
const SHORT = HOSTILE_TEXTS.filter(({ length }) => length < 1000);

/** Every fifth, which is enough to meet all texts: a page has more keys than there are texts. */
const someOf = <T>(all: readonly T[]): T[] => all.filter((_, at) => at % 5 === 0);

test('there are at least 25 texts, and as many kinds as the site keeps @once', () => {
  expect(SHORT.length).toBeGreaterThanOrEqual(25);
  expect(KEPT_NAMES.length).toBeGreaterThan(10);
});

async function survives(
  page: Page,
  path: string,
  works: (page: Page) => Promise<void>,
): Promise<void> {
  test.setTimeout(300_000);
  await page.goto(path);
  const keys = await keysOf(page);
  expect(keys.length).toBeGreaterThan(SHORT.length);
  // Each kind with each text is in the unit tests (`kept/everywhere.test.ts`). Here neighbors differ in every turn.
  for (const turn of someOf([...SHORT.keys()]))
    await test.step(`turn ${turn}`, async () => {
      await damage(page, keys, turn);
      // Not reloaded: what was done on it may have led on.
      await page.goto(path);
      await expect(page.locator('html')).toHaveAttribute('data-theme', /^(light|dark)$/);
      await works(page);
    });
}

test('a section with questions, cells and the challenge @desk', async ({ page }) => {
  await survives(page, addressOf('1.1'), async () => {
    const select = page.getByRole('combobox', { name: 'Select theme' }).locator('visible=true');
    for (const theme of ['Light', 'Dark']) {
      await select.selectOption(theme);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase());
    }
    await expect(page.locator('.challenge-progress').first()).toContainText(' met.');
    const one = page.locator('course-question#q-money-type');
    await one.getByRole('radio').last().check();
    await one.locator('button[type=submit]').click();
    await expect(one.getByRole('status')).toContainText(/Right\.|Not yet\./);
    await expect(page.locator('course-cell .cell-bar').first()).toBeVisible();
  });
});

test('a section with an exercise @once', async ({ page }) => {
  await survives(page, addressOf('1.2'), async () => {
    const exercise = page.locator('course-exercise').first();
    await expect(exercise.getByRole('button', { name: 'Check' })).toBeVisible();
    const hint = exercise.locator('.exercise-hints details').first();
    await hint.locator('summary').click();
    await expect(hint).toHaveAttribute('open');
  });
});

test('the page of progress, where Export, Import and Reset work @once', async ({ page }) => {
  await survives(page, 'progress/', async () => {
    const said = page.locator('.progress-said');
    await expect(page.locator('[data-total=read]')).toContainText(' of ');
    await page.getByRole('button', { name: 'Export' }).click();
    await expect(said).toContainText('Exported as ');
    const progress = { version: 1, read: ['1.1'], ran: [], solved: [], reviews: {} };
    const file = { course: COURSE, version: 1, progress, answers: {} };
    await page.getByLabel('Import a file').setInputFiles({
      name: 'mine.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(file)),
    });
    await expect(said).toContainText(
      /^(Added from mine\.json: 1 page read|mine\.json held nothing)/,
    );
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('button', { name: 'Remove it all' }).click();
    await expect(said).toHaveText('All progress is removed.');
    await expect(page.locator('[data-total=read]')).toHaveText(/^0 of /);
    await expect(page.locator('[data-standing=missed]')).toBeHidden();
  });
});

test('a self-test, from its start page to its result @once', async ({ page }) => {
  await survives(page, 'self-test/', async () => {
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.locator('.self-test-stage h2')).toHaveText('Question 1 of 20');
  });
});

test('a self-test that seems to be begun, or finished, with answers that nobody could give @once', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('self-test/');
  const ids = await page.locator('self-test').evaluate((element) => {
    const text = element.querySelector('script[type="application/json"]')!.textContent;
    return (JSON.parse(text) as { bank: { id: string }[] }).bank.map(({ id }) => id);
  });
  for (const finished of [true, false])
    for (const given of [['77'], ['-1', 'x'], [''], Array<string>(20).fill('0'), ['\ud800']]) {
      await page.evaluate(
        ({ key, ids, finished, given }) => {
          const all = Object.fromEntries(ids.map((id) => [id, given]));
          localStorage.setItem(
            key,
            JSON.stringify([1, { at: 9007199254740991, finished, given: all, when: 1 }]),
          );
        },
        { key: `${PREFIX}sitting/?draw=k3f9x2`, ids, finished, given },
      );
      await page.goto('self-test/?draw=k3f9x2');
      await expect(page.locator('.self-test-stage h2')).toHaveText(
        finished ? /^You knew \d+ of 20/ : 'Question 20 of 20',
      );
    }
});

test('a console with a history @once', async ({ page }) => {
  await survives(page, 'console/redis/', async () => {
    await page.getByRole('button', { name: 'Open the console' }).click();
    const console = page.locator('course-console');
    await expect(field(console)).toBeFocused();
    await field(console).press('ArrowUp');
    await field(console).fill('');
    await type(console, 'PING');
    await expect(log(console)).toContainText('PONG');
  });
});

test('the home page, which leads on @once', async ({ page }) => {
  await survives(page, '', async () =>
    expect(page.locator('course-continue')).toHaveText(
      /^(Start with|Go on with|You read it all:) /,
    ),
  );
});

test('what fills all that the browser keeps for the site takes nothing away from the page @once', async ({
  page,
}) => {
  await page.goto(addressOf('1.1'));
  await page.evaluate(
    ([prefix, text]) => {
      for (const name of ['answer/1.1.q-money-type', 'review/1.1.q-money-type', 'draft/x'])
        try {
          localStorage.setItem(`${prefix}${name}`, text);
        } catch {
          // That was all.
        }
      for (let size = 1_000_000; size >= 1; size = Math.floor(size / 2))
        try {
          for (;;) localStorage.setItem(`junk-${localStorage.length}`, 'x'.repeat(size));
        } catch {
          // No room for another one of this size.
        }
    },
    [PREFIX, hugeText()] as const,
  );
  await page.reload();
  const one = page.locator('course-question#q-next-category');
  await one.getByRole('radio', { name: /fewer tables/ }).check();
  await one.getByRole('button', { name: 'Check' }).click();
  await expect(one.getByRole('status')).toContainText('Not yet.');
  await page.goto('progress/');
  await expect(page.locator('.progress-denied')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.locator('.progress-said')).toContainText('Exported as ');
});

/** Raw texts of an earlier release, which had no versions: what stands under a key is taken over as soon as it can be. */
test('entries of an earlier release, whatever is in them @once', async ({ page }) => {
  test.setTimeout(300_000);
  await page.goto(addressOf('1.4'));
  const texts = [...SHORT, ...SHORT.map((text) => text.slice(3, -1)), 'auto', '"', '.dark'];
  for (const text of someOf(texts)) {
    await page.evaluate(
      ({ keys, text }) => {
        localStorage.clear();
        for (const key of keys) localStorage.setItem(key, text);
        location.reload();
      },
      { keys: OTHER_KEYS, text },
    );
    // The theme is among what is moved last, and any text can be moved.
    await page.waitForFunction(() => localStorage.getItem('starlight-theme') === null);
    await page.waitForLoadState();
    await expect(page.locator('html')).toHaveAttribute('data-theme', /^(light|dark)$/);
    await expect(page.locator('starlight-theme-select select').first()).toHaveValue(
      /^(auto|light|dark)$/,
    );
  }
});
