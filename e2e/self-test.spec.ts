/** A reader tests themselves over the whole course, on a screen. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf, expectNoSidewaysScroll, PREFIX, sections } from './course.ts';
import { expect, test } from './fixtures.ts';
import { untilKept } from './keeping.ts';
import {
  drawn,
  ideas,
  PAGE,
  TEST,
  heading,
  shown,
  press,
  pass,
  next,
  keyOf,
} from './self-tests.ts';

/** From the top of the page to what it says, past the menus. */
async function skipToContent(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
}

/** Presses Tab until it is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let tabs = 0; tabs < 40; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

/** Answers the question that is shown by keyboard: rightly where that takes no sorting or matching. */
async function answerByKeyboard(page: Page): Promise<boolean> {
  const question = shown(page);
  const { way, right } = await keyOf(page);
  if (way === 'one') {
    await tabTo(page, question.getByRole('radio').first());
    await page.keyboard.press('Space');
    for (let place = 0; place < Number(right[0]); place += 1)
      await page.keyboard.press('ArrowDown');
  }
  if (way === 'several')
    for (const place of right) {
      await tabTo(page, question.getByRole('checkbox').nth(Number(place)));
      await page.keyboard.press('Space');
    }
  if (way === 'match') {
    const boxes = await question.getByRole('combobox').all();
    expect(boxes.length).toBeGreaterThan(1);
    for (const box of boxes) {
      await tabTo(page, box);
      await page.keyboard.press('ArrowDown');
    }
  }
  if (way === 'type') {
    await tabTo(page, question.getByRole('textbox'));
    await page.keyboard.type(right[0]!);
  }
  await tabTo(page, question.getByRole('button', { name: 'Check' }));
  await page.keyboard.press('Enter');
  await expect(question.getByRole('status')).toContainText(/^(Right|Not right)\./);
  return way === 'one' || way === 'several' || way === 'type';
}

// A phone has no Tab key.
test(
  'the keyboard alone takes a test, over a reload, to a result that says what to reread',
  { tag: '@desk' },
  async ({ page }) => {
    test.setTimeout(180_000);
    await page.goto(TEST);
    await expect(heading(page)).toHaveText('Question 1 of 20');
    await expect(page.locator('self-test')).not.toContainText('Right:', { useInnerText: true });
    await skipToContent(page);
    const missed = new Set<string>();
    for (const [place, { id }] of drawn.entries()) {
      await expect(heading(page)).toHaveText(`Question ${place + 1} of 20`);
      await expect(shown(page)).toHaveAttribute('data-question', id);
      if (place === 3) {
        missed.add(id);
        await tabTo(page, pass(page));
        await page.keyboard.press('Enter');
        await expect(shown(page).getByRole('status')).toContainText('Counts as missed.');
      } else if (place === 5) {
        await tabTo(page, next(page));
      } else if (!(await answerByKeyboard(page))) missed.add(id);
      if (place === 8) {
        // What was said stays, what was left is still open, and the test goes on where it was.
        await page.reload();
        await expect(heading(page)).toHaveText('Question 9 of 20');
        await expect(shown(page).getByRole('status')).toContainText(/Right|Not right/);
        await expect(shown(page).locator('fieldset')).toHaveAttribute('disabled');
        await skipToContent(page);
        await tabTo(page, next(page));
      }
      await expect(next(page)).toBeFocused();
      await page.keyboard.press('Enter');
    }
    await expect(heading(page)).toHaveText('One question is open');
    await expect(heading(page)).toBeFocused();
    await tabTo(page, press(page, 'Question 6'));
    await page.keyboard.press('Enter');
    await expect(heading(page)).toHaveText('Question 6 of 20');
    await tabTo(page, pass(page));
    await page.keyboard.press('Enter');
    missed.add(drawn[5]!.id);
    for (let place = 5; place < 20; place += 1) {
      await tabTo(page, next(page));
      await page.keyboard.press('Enter');
    }
    expect(missed.size).toBeGreaterThan(2);
    await expect(heading(page)).toHaveText(`You knew ${20 - missed.size} of 20.`);
    await expect(heading(page)).toBeFocused();

    const reread = page.locator('.self-test-ideas > li');
    await expect(reread).toHaveCount(missed.size);
    for (const { id, idea } of drawn) {
      if (!missed.has(id)) {
        await expect(page.locator('.self-test-known')).toContainText(ideas.get(idea)!);
        continue;
      }
      const one = reread.filter({ hasText: ideas.get(idea)! });
      await expect(one.getByRole('link').first()).toHaveAttribute(
        'href',
        /^\/[a-z-]+\/[a-z-]+\/#[a-z-]+$/,
      );
    }
    const ofFirst = drawn.filter(({ part }) => part === '1');
    await expect(page.locator('.self-test-parts tbody tr')).toHaveCount(5);
    await expect(page.locator('.self-test-parts tbody td').first()).toHaveText(
      `${ofFirst.filter(({ id }) => !missed.has(id)).length} of ${ofFirst.length}`,
    );
    await expect(page.locator('.self-test-all > li')).toHaveCount(20);
    await expect(page.locator('.self-test-all details[open]')).toHaveCount(missed.size);
    await page.reload();
    await expect(heading(page)).toHaveText(`You knew ${20 - missed.size} of 20.`);
  },
);

test('asks fresh, and leaves alone what was answered on the section’s page @once', async ({
  page,
}) => {
  const id = drawn.find(({ kind }) => kind === 'single')!.id;
  const [section, anchor] = [id.slice(0, 3), id.slice(4)];
  const own = page.locator(`course-question#${anchor}`);
  await page.goto(addressOf(section));
  await own.getByRole('radio').last().check();
  await own.getByRole('button', { name: 'Check' }).click();
  await expect(own.getByRole('status')).toContainText(/Right|Not yet/);
  const answers = (): Promise<string> =>
    page.evaluate((start) => {
      const isAnswer = ([key]: [string, string]): boolean => key.startsWith(start);
      return JSON.stringify(Object.entries<string>(localStorage).filter(isAnswer));
    }, `${PREFIX}answer/`);
  const kept = await answers();
  expect(kept).toContain(id);
  await page.goto(TEST);
  await expect(heading(page)).toHaveText('Question 1 of 20');
  for (let place = 0; drawn[place]!.id !== id; place += 1) await next(page).click();
  await expect(shown(page).getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(shown(page).getByRole('status')).toBeEmpty();
  await shown(page).getByRole('radio').first().check();
  await shown(page).getByRole('button', { name: 'Check' }).click();
  await expect(shown(page).getByRole('status')).toContainText(/Right|Not right/);
  expect(await answers()).toBe(kept);
});

test('an answer in a test counts for the reader’s progress, and so does “I don’t know” @once', async ({
  page,
}) => {
  await page.goto(TEST);
  await expect(heading(page)).toHaveText('Question 1 of 20');
  const done = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener('course:done', (event) =>
          resolve((event as CustomEvent<unknown>).detail),
        ),
      ),
  );
  await pass(page).click();
  expect(await done).toEqual({ kind: 'question', id: drawn[0]!.id, right: false });
});

test('draws from Start, asks again only what was missed, and the way back is the browser’s', async ({
  page,
  isMobile,
}) => {
  await page.goto(PAGE);
  await press(page, 'Start').click();
  await expect(heading(page)).toHaveText('Question 1 of 20');
  await expect(heading(page)).toBeInViewport();
  await expect(page).toHaveURL(/\?draw=[a-z0-9]{8}$/);
  await page.goBack();
  await expect(press(page, 'Go on with the last test')).toBeVisible();
  await press(page, 'Go on with the last test').click();
  await expect(heading(page)).toHaveText('Question 1 of 20');

  await page.goto(TEST);
  await expect(heading(page)).toHaveText('Question 1 of 20');
  const place = drawn.findIndex(({ kind }) => kind === 'single');
  for (let at = 0; at < place; at += 1) await next(page).click();
  const { right } = await keyOf(page);
  await shown(page).getByRole('radio').nth(Number(right[0])).check();
  const check = shown(page).getByRole('button', { name: 'Check' });
  await (isMobile ? check.tap() : check.click());
  await expect(shown(page).getByRole('status')).toContainText('Right.');
  await expect(shown(page).getByRole('status')).toBeInViewport();
  for (let at = place; at < 20; at += 1) await next(page).click();
  await expect(heading(page)).toHaveText('19 questions are open');
  await press(page, 'See the result').click();
  await expect(heading(page)).toHaveText('You knew 1 of 20.');
  await press(page, 'Only what I missed').click();
  await expect(heading(page)).toHaveText('Question 1 of 19');
  await expect(page).toHaveURL(/\?draw=k3f9x2&only=[\d-]+$/);
  await page.reload();
  await expect(heading(page)).toHaveText('Question 1 of 19');
  await page.goBack();
  await expect(heading(page)).toHaveText('You knew 1 of 20.');
  await press(page, 'Draw 20 others').click();
  await expect(heading(page)).toHaveText('Question 1 of 20');
  await expect(page).not.toHaveURL(/k3f9x2/);
});

test('works without a network @once @offline', async ({ page, context }) => {
  await page.goto('');
  await untilKept(page);
  await context.setOffline(true);
  await page.goto(PAGE);
  await press(page, 'Start').click();
  await expect(heading(page)).toHaveText('Question 1 of 20');
  await pass(page).click();
  await expect(shown(page).getByRole('status')).toContainText('Counts as missed.');
});

test.describe('when questions do not arrive', () => {
  test('says so, and Retry fetches what is missing @once', async ({ page }) => {
    let fetched = 0;
    await page.route('**/questions/**', async (route) => {
      fetched += 1;
      if (fetched === 2) await route.fulfill({ status: 503, body: 'busy' });
      else if (fetched === 3) await route.abort();
      else await route.continue();
    });
    await page.goto(TEST);
    const status = page.locator('.self-test-status');
    await expect(status).toHaveText(/did not arrive/);
    await expect(press(page, 'Retry')).toBeFocused();
    await expectAccessible(page, 'questions that did not arrive');
    const before = fetched;
    await page.keyboard.press('Enter');
    await expect(heading(page)).toHaveText('Question 1 of 20');
    await expect(status).toBeEmpty();
    expect(fetched - before, 'what has arrived is not fetched again').toBe(2);
  });
});

test('works for the visit where storage is denied @once', async ({ page }) => {
  await page.addInitScript((start) => {
    // Other scripts of the page have keys of their own.
    const { getItem, setItem } = Storage.prototype;
    const guarded = (key: string): void => {
      if (key.startsWith(start)) throw new DOMException('denied', 'SecurityError');
    };
    Storage.prototype.getItem = function (key) {
      guarded(key);
      return getItem.call(this, key);
    };
    Storage.prototype.setItem = function (key, value) {
      guarded(key);
      setItem.call(this, key, value);
    };
  }, `${PREFIX}sitting/`);
  await page.goto(PAGE);
  await press(page, 'Start').click();
  await expect(heading(page)).toHaveText('Question 1 of 20');
  await pass(page).click();
  await next(page).click();
  await page.goBack();
  await press(page, 'Go on with the last test').click();
  await expect(heading(page)).toHaveText('Question 2 of 20');
});

test('in a frame it takes a test without the site around it @once', async ({ page }) => {
  await page.goto('embed/self-test/?theme=dark');
  await press(page, 'Start').click();
  await expect(heading(page)).toHaveText('Question 1 of 20');
  await expect(page).toHaveURL(/\?theme=dark&draw=/);
  await pass(page).click();
  const away = page.waitForEvent('popup');
  await shown(page).locator('.question-answers a').first().click();
  await (await away).close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('says why there is no test, and leads to the questions of every section @once', async ({
    page,
  }) => {
    await page.goto(PAGE);
    await expect(page.locator('self-test').getByRole('button')).toHaveCount(0);
    await expect(page.locator('self-test noscript')).toBeVisible();
    for (const { id, title, slug } of sections)
      await expect(
        page.locator('self-test').getByRole('link', { name: `${id} ${title}` }),
      ).toHaveAttribute('href', new RegExp(`^/${slug}/#(check-yourself|q-.+)$`));
  });
});

// Paper is as wide from a phone.
test('axe finds nothing before, during and after a test, and nothing scrolls sideways', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const fits = () => expectNoSidewaysScroll(page);
  await page.goto(PAGE);
  await expectAccessible(page, 'before a test');
  await fits();
  await page.goto(TEST);
  await expectAccessible(page, 'a question', { within: 'self-test' });
  for (const place of drawn.keys()) {
    await expect(heading(page)).toHaveText(`Question ${place + 1} of 20`);
    await fits();
    if (place % 2 === 0) {
      await pass(page).click();
      if (place === 0) await expectAccessible(page, 'explained', { within: 'self-test' });
    }
    await fits();
    await next(page).click();
  }
  await expectAccessible(page, 'what is open', { within: 'self-test' });
  await press(page, 'See the result').click();
  await expectAccessible(page, 'the result', { within: 'self-test' });
  await fits();
});
