/** Progress from a file that may be anything: what the course has is taken, the rest is told, and all can be undone. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf, COURSE, PREFIX } from './course.ts';
import { expect, test } from './fixtures.ts';

const said = (page: Page): Locator => page.locator('.progress-said');
const count = (page: Page, id: string, kind: string): Locator =>
  page.locator(`[data-row="${id}"] [data-kind=${kind}]`);
const total = (page: Page): Locator => page.locator('[data-total=read]');
const undo = (page: Page): Locator => page.getByRole('button', { name: /^Undo the import of / });

/** Days before now. */
const day = (before: number): string =>
  new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10);

const answer = (at: string) => ({ given: ['0'], right: false, tries: 1, first: false, at });

/** Chooses a file that holds this and nothing else. */
async function choose(page: Page, progress: object, answers: object = {}): Promise<void> {
  const whole = { version: 1, read: [], ran: [], solved: [], reviews: {}, ...progress };
  const text = JSON.stringify({ course: COURSE, version: 1, progress: whole, answers });
  await page.getByLabel('Import a file').setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
}

/** What the reader of these journeys has before any file. */
async function read(page: Page): Promise<void> {
  await page.goto('progress/');
  await choose(page, { read: ['1.1'], reviews: { '1.1.q-money-type': { step: 0, day: day(3) } } });
  await expect(said(page)).toContainText('Added from mine.json: 1 page read');
  // That one is not to be undone any more.
  await page.evaluate((key) => localStorage.removeItem(key), `${PREFIX}import/`);
  await page.reload();
  await expect(total(page)).toContainText('1 of ');
  await expect(undo(page)).toBeHidden();
}

test('a file with dates at the end of time and before the course harms nothing, and the page goes on working @once', async ({
  page,
}) => {
  await read(page);
  await choose(
    page,
    {
      read: ['1.2'],
      reviews: {
        '1.1.q-money-type': { step: 0, day: '9999-12-31' },
        '1.1.q-next-category': { step: 4, day: '0001-01-01' },
        '1.3.q-text-operator': { step: 99, day: day(1) },
      },
    },
    {
      '1.1.q-next-category': answer('+275760-09-13T00:00:00.000Z'),
      '1.1.q-money-type': answer('9999-12-31T23:59:59.999Z'),
    },
  );
  await expect(said(page)).toHaveText(
    'Added from mine.json: 1 page read. 5 of 6 entries were left out: 4 with dates that cannot be right (1.1.q-money-type, 1.1.q-next-category) and 1 that is damaged (1.3.q-text-operator).',
  );
  await expectAccessible(page, 'entries left out', { within: 'course-progress' });
  await page.reload();
  await expect(page.locator('.progress-due a'), 'what was missed is still due').toHaveCount(1);
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(said(page)).toContainText('Exported as ');
  await choose(page, { read: ['1.3'] });
  await expect(said(page)).toHaveText('Added from mine.json: 1 page read.');
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('button', { name: 'Remove it all' }).click();
  await expect(total(page)).toContainText('0 of ');
  await expect(undo(page), 'what is removed is gone').toBeHidden();
});

test('2,000 things that the course does not have push out nothing that it has @once', async ({
  page,
}) => {
  await read(page);
  const junk = Array.from({ length: 2000 }, (_, at) => `7.${at}`);
  await choose(page, {
    read: [...junk, '1.2'],
    ran: junk,
    reviews: Object.fromEntries(junk.map((id) => [`${id}.q-a`, { step: 0, day: day(1) }])),
  });
  await expect(said(page)).toHaveText(
    'Added from mine.json: 1 page read. 6000 of 6001 entries were left out: 6000 that this course does not have (7.0, 7.1, 7.2, …).',
  );
  await page.reload();
  for (const id of ['1.1', '1.2']) await expect(count(page, id, 'read')).toHaveText('yes');
  await page.goto(addressOf('1.4'));
  await page.evaluate(() => {
    const detail = { kind: 'cell', id: '1.2.eav-plan', right: true };
    document.dispatchEvent(new CustomEvent('course:done', { detail }));
  });
  await page.goto('progress/');
  await expect(count(page, '1.2', 'cells')).toContainText('1 of ');
});

test('an import is undone after a reload, without what was done since @once', async ({ page }) => {
  await read(page);
  await choose(
    page,
    {
      read: ['1.1', '1.2', '1.3'],
      reviews: {
        '1.1.q-money-type': { step: 3, day: day(1) },
        '1.1.q-next-category': { step: 0, day: day(2) },
      },
    },
    { '1.1.q-next-category': answer(`${day(2)}T10:00:00.000Z`) },
  );
  await expect(total(page)).toContainText('3 of ');
  await page.reload();
  await expect(undo(page)).toHaveText('Undo the import of mine.json');
  await expectAccessible(page, 'an import to undo', { within: 'course-progress' });
  // Whoever reviews a question has gone on with it.
  await page.evaluate(() => {
    const detail = { kind: 'question', id: '1.1.q-next-category', right: true };
    document.dispatchEvent(new CustomEvent('course:done', { detail }));
  });
  await undo(page).focus();
  await page.keyboard.press('Enter');
  await expect(said(page)).toHaveText(
    'The import of mine.json is undone: 4 entries of it. 1 entry stays, because you went on with it since.',
  );
  await expect(undo(page)).toBeHidden();
  await expect(page.getByLabel('Import a file')).toBeFocused();
  await expect(total(page)).toContainText('1 of ');
  await expect(page.locator('.progress-due a'), 'missed as before').toHaveCount(1);
  await page.reload();
  await expect(total(page)).toContainText('1 of ');
  await expect(undo(page)).toBeHidden();
});

test('an import cannot be undone any more two days later @once', async ({ page }) => {
  await page.clock.install();
  await read(page);
  await choose(page, { read: ['1.2'] });
  await expect(undo(page)).toBeVisible();
  await page.clock.setSystemTime(new Date(Date.now() + 2 * 86_400_000));
  await page.reload();
  await expect(total(page)).toContainText('2 of ');
  await expect(undo(page)).toBeHidden();
});

test('where storage is denied, an import can be undone as long as the page is there @once', async ({
  page,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    }),
  );
  await page.goto('progress/');
  await choose(page, { read: ['1.2'] });
  await expect(said(page)).toContainText('It lasts until you leave this page.');
  await undo(page).click();
  await expect(said(page)).toHaveText('The import of mine.json is undone.');
  await expect(total(page)).toContainText('0 of ');
});
