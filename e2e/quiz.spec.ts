/** A reader answers questions: wrongly, reads why, tries again, and finds the answer after a reload. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf, PREFIX } from './course.ts';
import { expect, test } from './fixtures.ts';

// Colors are looked at in both themes, in every state.
test.beforeEach(() => test.setTimeout(180_000));

const question = (page: Page, id: string): Locator => page.locator(`course-question#${id}`);
const check = (one: Locator): Locator => one.getByRole('button', { name: /^Check/ });
const again = (one: Locator): Locator => one.getByRole('button', { name: 'Ask me again' });
const feedback = (one: Locator): Locator => one.getByRole('status');
const explained = (one: Locator): Locator => one.locator('.question-answers');

test('answers wrongly, reads why, tries again, and finds it all after a reload', async ({
  page,
}) => {
  await page.goto(addressOf('1.1'));
  const one = question(page, 'q-next-category');
  await expect(one.getByRole('group', { name: /tells you most/ })).toBeVisible();
  await one.getByRole('radio', { name: /fewer tables/ }).check();
  await check(one).click();
  await expect(feedback(one)).toContainText('Not yet.');
  await expect(feedback(one)).toContainText('A count of tables says little.');
  await expect(
    feedback(one).getByRole('link', { name: /Put your design to the test/ }),
  ).toHaveAttribute('href', /#requests$/);
  await expect(explained(one), 'the right one can still be found').toBeHidden();
  await page.reload();
  await expect(one.getByRole('radio', { name: /fewer tables/ })).toBeChecked();
  await expect(feedback(one)).toContainText('A count of tables says little.');
  await one.getByRole('radio', { name: /next month/ }).check();
  await check(one).click();
  await expect(feedback(one)).toContainText('Right.');
  await expect(explained(one).getByRole('listitem')).toHaveCount(4);
  await expectAccessible(page, 'answered', { within: '#q-next-category' });
  await page.reload();
  await expect(feedback(one)).toContainText('Right.');
  await expect(explained(one)).toContainText('products fit anywhere.');
  await again(one).click();
  await expect(one.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(feedback(one)).toBeEmpty();
  await page.reload();
  await expect(feedback(one)).toBeEmpty();
});

test('after the second wrong answer everything is explained @once', async ({ page }) => {
  await page.goto(addressOf('1.2'));
  const one = question(page, 'q-eav-missing-row');
  // As it is read, not as a locator reads it: that passes over a noscript.
  expect(await one.innerText()).not.toContain('so the join drops it');
  await check(one).click();
  await expect(feedback(one)).toHaveText('Give an answer first.');
  await one.getByRole('radio', { name: '1' }).check();
  await check(one).click();
  await expect(feedback(one)).toContainText('so the join drops it');
  await expectAccessible(page, 'wrong once', { within: '#q-eav-missing-row' });
  await one.getByRole('radio', { name: '2' }).check();
  await check(one).click();
  await expect(feedback(one)).toContainText('Not yet.');
  await expect(explained(one).locator('[data-right=true] q')).toHaveText('0');
  await expectAccessible(page, 'wrong twice', { within: '#q-eav-missing-row' });
});

test('several right ones: says what is wrong, or that something is missing @once', async ({
  page,
}) => {
  await page.goto(addressOf('5.4'));
  const one = question(page, 'q-redis-jobs');
  await one.getByRole('checkbox', { name: /finished text/ }).check();
  await check(one).click();
  await expect(feedback(one)).toContainText('something is missing: 1 of 3');
  await one.getByRole('checkbox', { name: /Five logins/ }).check();
  await one.getByRole('checkbox', { name: /ten best-selling/ }).check();
  await check(one).click();
  await expect(feedback(one)).toContainText('You found all of them.');
  await expect(explained(one)).toContainText('source of truth');
});

test.describe('by keyboard alone', () => {
  test('chooses, matches and types @once', async ({ page }) => {
    await page.goto(addressOf('1.1'));
    const choice = question(page, 'q-size-type');
    await choice.getByRole('radio').first().focus();
    for (const key of ['Space', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await expect(feedback(choice)).toContainText('Right.');

    const pairs = question(page, 'q-requests');
    const boxes = pairs.getByRole('combobox');
    await boxes.first().focus();
    for (const typed of ['a value', 'a type', 'one table', 'the cost']) {
      await page.keyboard.type(typed);
      await page.keyboard.press('Tab');
    }
    await expect(check(pairs)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(feedback(pairs)).toContainText('4 of 4 pairs are right.');

    await page.goto(addressOf('1.3'));
    const word = question(page, 'q-text-operator');
    await word.getByRole('textbox').focus();
    await page.keyboard.type('->');
    await page.keyboard.press('Enter');
    await expect(feedback(word)).toContainText('A text keeps its quotes');
    await page.keyboard.press('End');
    await page.keyboard.type('> ');
    await page.keyboard.press('Enter');
    await expect(feedback(word)).toContainText('Right.');
    await expectAccessible(page, 'typed', { within: '#q-text-operator' });
  });

  test('sorts steps with buttons that keep the focus and say the place @once', async ({ page }) => {
    await page.goto(addressOf('5.4'));
    const one = question(page, 'q-model-first');
    const inOrder = [
      'List the questions',
      'Note for each',
      'Decide what',
      'Write the rules',
      'Store the first',
    ];
    await check(one).focus();
    await page.keyboard.press('Enter');
    await expect(feedback(one)).toContainText(/[0-4] of 5 steps are in their place/);
    for (const [place, text] of inOrder.entries()) {
      const up = one.getByRole('button', { name: `Move up: ${text}` });
      const step = one.locator('.question-steps li').filter({ hasText: text });
      await up.focus();
      for (;;) {
        const at = await step.evaluate((item) => [...item.parentElement!.children].indexOf(item));
        if (at === place) break;
        await page.keyboard.press('Enter');
        await expect(up).toBeFocused();
        await expect(feedback(one)).toContainText(`place ${at} of 5`);
      }
    }
    await expect(one.locator('.question-steps li')).toContainText(inOrder);
    await check(one).focus();
    await page.keyboard.press('Enter');
    await expect(feedback(one)).toContainText('5 of 5 steps are in their place.');
    await expectAccessible(page, 'sorted', { within: '#q-model-first' });
    await page.reload();
    await expect(one.locator('.question-steps li')).toContainText(inOrder);
  });
});

test('loads no database, and fits the screen', async ({ page }) => {
  const engines: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/_engines/')) engines.push(request.url());
  });
  await page.goto(addressOf('1.3'));
  const one = question(page, 'q-check-hole');
  await one.getByRole('radio').first().check();
  await check(one).click();
  await expect(feedback(one)).toContainText('Not yet.');
  expect(engines).toEqual([]);
  const { width } = page.viewportSize()!;
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    width,
  );
});

test('a lasting link leads to a question, and a frame holds it alone', async ({ page }) => {
  await page.goto('go/1.1.q-money-type/');
  await expect(page).toHaveURL(/#q-money-type$/);
  await expect(question(page, 'q-money-type')).toBeInViewport();
  await page.goto('embed/1.1.q-money-type/');
  const one = question(page, 'q-money-type');
  await expect(page.locator('course-question')).toHaveCount(1);
  await one.getByRole('radio', { name: /voltage loses/ }).check();
  await check(one).click();
  await expect(feedback(one)).toContainText('a measurement');
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
  }, `${PREFIX}answer/`);
  await page.goto(addressOf('1.1'));
  const one = question(page, 'q-money-type');
  await one.getByRole('radio', { name: /voltage loses/ }).check();
  await check(one).click();
  await expect(feedback(one)).toContainText('Not yet.');
  await one.getByRole('radio', { name: /sum of many/ }).check();
  await check(one).click();
  await expect(feedback(one)).toContainText('Right.');
});

test('in a frame, what an explanation links to opens in a new tab @once', async ({ page }) => {
  await page.goto('embed/1.1.q-money-type/');
  const one = question(page, 'q-money-type');
  await one.getByRole('radio', { name: /voltage loses/ }).check();
  await check(one).click();
  await expect(feedback(one).getByRole('link')).toHaveAttribute('target', '_blank');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a question reads, has no button that does nothing, and leads to its answer @once', async ({
    page,
  }) => {
    await page.goto(addressOf('1.1'));
    const one = question(page, 'q-next-category');
    await expect(one.getByRole('button')).toHaveCount(0);
    // What is in a noscript has no text and no role to a locator.
    await expect(one.locator('noscript a')).toBeVisible();
    await one.locator('noscript a').click();
    await expect(page).toHaveURL(/answers\/1\.1\/#q-next-category$/);
    await expect(page.locator('h1')).toHaveText('Answers of section 1.1');
    const answered = page.locator('#q-next-category');
    await expect(answered).toBeInViewport();
    await expect(answered.getByRole('listitem')).toHaveCount(4);
    await expect(answered).toContainText('A count of tables says little.');
    await answered.getByRole('heading').getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(`/${addressOf('1.1')}#q-next-category$`));
  });
});
