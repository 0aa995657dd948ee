import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import {
  addressOf,
  cell,
  ended,
  expectNoSidewaysScroll,
  outputOf,
  PREFIX,
  run,
  write,
} from './course.ts';
import { expect, test } from './fixtures.ts';

interface File {
  name: string;
  code: string;
}

const ONE = 'five-products';
const MINE = "SELECT 'mine' AS whose;";
const THEIRS = "SELECT 'theirs' AS whose;";
/** What the course says there. */
const COURSE = 'CREATE TABLE products';

const file = (code: string, name = 'query.sql'): File => ({ name, code });
/** What Share writes behind a cell's id. */
const encoded = (data: unknown): string =>
  Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)).toString('base64url');
const link = (files: readonly File[], id = ONE): string => `#${id}:${encoded(files)}`;

/** Opens an address as a reader does who was elsewhere. */
async function follow(page: Page, address: string): Promise<void> {
  await page.goto('404.html');
  await page.goto(address);
}

const button = (of: Locator, name: string): Locator =>
  of.getByRole('button', { name, exact: true });
const code = (of: Locator): Locator => of.locator('.cell-code');
const whose = (of: Locator): Locator => of.locator('.cell-author');
const status = (of: Locator): Locator => of.locator('.cell-status');
const versions = (of: Locator): Locator => of.locator('.cell-versions');

/** Unfolds the earlier versions, or one of them. */
const earlier = (of: Locator): Locator => versions(of).locator(':scope > summary');
const version = (of: Locator, text: string): Locator =>
  versions(of).getByRole('listitem').filter({ hasText: text });
async function restore(of: Locator, text: string): Promise<void> {
  await earlier(of).click();
  await version(of, text).locator('summary').click();
  await button(version(of, text), 'Restore').click();
}

/** Types at the end of the code, key by key. */
async function typeOn(of: Locator, text: string): Promise<void> {
  await of.locator('.cm-content').click();
  await of.page().keyboard.press('ControlOrMeta+End');
  await of.page().keyboard.type(text);
}

test.describe('a link’s code', () => {
  test('stands beside the reader’s own, which Back brings again', async ({ page, isMobile }) => {
    await page.goto('');
    const one = cell(page, ONE);
    await write(one, MINE);
    await follow(page, link([file(THEIRS)]));
    await expect(code(one)).toContainText(THEIRS);
    await expect(whose(one)).toContainText('not the course’s own: read it before you run it.');
    await expect(whose(one)).toContainText('Your version is kept.');
    await expect(one.locator('.cm-content')).toContainText(THEIRS);
    await expectAccessible(page, 'code of a link', { within: `#${ONE}`, colors: true });
    await run(one);
    await expect(one.locator('td')).toHaveText('theirs');
    if (isMobile) await expectNoSidewaysScroll(page);

    await button(one, 'Back to mine').click();
    await expect(whose(one)).toHaveText('Your version');
    await expect(one.locator('.cm-content')).toContainText(MINE);
    await expect(one.locator('.cell-output-note')).toContainText('code that stood here before');
    await page.reload();
    await expect(code(one)).toContainText(MINE);
    await run(one);
    await expect(one.locator('td')).toHaveText('mine');
  });

  test('leaves the course’s code where the reader has none @once', async ({ page }) => {
    await page.goto(link([file(THEIRS)]));
    const one = cell(page, ONE);
    await expect(one.locator('.cm-content')).toContainText(THEIRS);
    // Nobody typed: whoever scrolls with the space bar does not either.
    await page.keyboard.press('Space');
    await expect(whose(one)).toContainText('came with a link');
    await button(one, 'Back to the course’s code').click();
    await expect(one.locator('.cm-content')).toContainText(COURSE);
    await expect(whose(one)).toBeEmpty();
    await page.reload();
    await expect(code(one)).toContainText(COURSE);
    await expect(whose(one)).toBeEmpty();
  });

  test('becomes the reader’s when they say so, and what they had is among the versions', async ({
    page,
    isMobile,
  }) => {
    await page.goto('');
    const one = cell(page, ONE);
    await write(one, MINE);
    await follow(page, link([file(THEIRS)]));
    await button(one, 'Keep as mine').click();
    await expect(whose(one)).toHaveText('Your version');
    await expect(status(one)).toContainText('The version before is among the earlier versions.');
    await page.reload();
    await expect(code(one)).toContainText(THEIRS);
    await expect(earlier(one)).toHaveText('Earlier versions (1)');
    await earlier(one).click();
    await version(one, MINE).locator('summary').click();
    await expect(version(one, MINE)).toContainText(/Today, \d\d:\d\d, 1 line/);
    await expectAccessible(page, 'versions', { within: `#${ONE}`, colors: true });
    if (isMobile) await expectNoSidewaysScroll(page);
    await button(version(one, MINE), 'Restore').click();
    await expect(code(one)).toContainText(MINE);
    await expect(version(one, THEIRS)).toHaveCount(1);
  });

  test('that a reader types into is theirs from then on, and destroys nothing @once', async ({
    page,
  }) => {
    await page.goto('');
    const one = cell(page, ONE);
    await write(one, MINE);
    await follow(page, link([file(THEIRS)]));
    await expect(one.locator('.cm-content')).toContainText(THEIRS);
    await typeOn(one, ' -- I added this');
    await expect(status(one)).toContainText('This is your version now.');
    await page.reload();
    await expect(code(one)).toContainText(`${THEIRS} -- I added this`);
    await restore(one, MINE);
    await expect(code(one)).toContainText(MINE);
  });

  test('is read by who opens it on a page that is open already @once', async ({ page }) => {
    await page.goto('');
    const one = cell(page, ONE);
    await write(one, MINE);
    await page.evaluate((hash) => (location.hash = hash), link([file(THEIRS)]));
    await expect(one.locator('.cm-content')).toContainText(THEIRS);
    await button(one, 'Back to mine').click();
    await expect(one.locator('.cm-content')).toContainText(MINE);
    // The editor began anew: there is nothing to undo that was not typed.
    await one.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(one.locator('.cm-content')).toContainText(MINE);
    await expect(earlier(one)).toBeHidden();
  });

  test('that is what the reader has already is theirs @once', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('');
    const one = cell(page, ONE);
    await write(one, MINE);
    await button(one, 'Share').click();
    await expect(status(one)).toContainText('Link copied');
    await follow(page, await page.evaluate(() => navigator.clipboard.readText()));
    await expect(status(one)).toHaveText('The link brings the code that stands here already.');
    await expect(whose(one)).toHaveText('Your version');
    await expect(code(one)).toContainText(MINE);
  });

  const REFUSED: Record<string, string> = {
    'two files of the same name': link([file(THEIRS), file('SELECT 2;')]),
    'a file more, which nobody would see': link([file(THEIRS), file('SELECT 2;', 'more.sql')]),
    'a file that the editor breaks on': link([file(THEIRS), file('{', 'package.json')]),
    'a file of another name': link([file(THEIRS, 'package.json')]),
    'no files': link([]),
    'no list': `#${ONE}:${encoded({ __proto__: { length: 1 }, length: 1 })}`,
    'names that are no text': `#${ONE}:${encoded([{ name: { toString: 1 }, code: THEIRS }])}`,
    'a prototype': `#${ONE}:${encoded('[{"__proto__":{"name":"query.sql","code":"SELECT 1"}}]')}`,
    'lists in lists': `#${ONE}:${encoded('['.repeat(5000))}`,
    'a million characters': `#${ONE}:${encoded([file('x'.repeat(750_000))])}`,
    'half of it': link([file(THEIRS)]).slice(0, -9),
    'characters that no link has': `#${ONE}:%%%`,
  };
  for (const [what, address] of Object.entries(REFUSED))
    test(`with ${what} is refused, and changes nothing @once`, async ({ page }) => {
      await page.goto('');
      const one = cell(page, ONE);
      await write(one, MINE);
      await follow(page, address);
      await expect(status(one)).toContainText('Nothing was changed');
      await expect(code(one)).toContainText(MINE);
      await expect(whose(one)).toHaveText('Your version');
      await expect(one).toBeInViewport();
      await run(one);
      await expect(one.locator('td')).toHaveText('mine');
      await follow(page, '');
      await expect(code(one)).toContainText(MINE);
    });

  test('is all seen where the editor does not load, and that is what runs and is copied @once', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await context.route('**/_astro/mount.*', (route) => route.abort());
    const [worker, web] = ['SET seen:worker 1\nGET seen:web', 'SET seen:web 2\nGET seen:worker'];
    await page.goto(
      addressOf('4.4') + link([file(web, 'web'), file(worker, 'worker')], 'job-queue'),
    );
    const one = cell(page, 'job-queue');
    await expect(whose(one)).toContainText('came with a link');
    // Of several files the editor would show one.
    await expect(one.locator('.cell-editor')).toHaveCount(0);
    await button(one, 'Edit').click();
    await expect(status(one)).toContainText('The editor could not be loaded');
    const listing = one.locator('.cell-file');
    await expect(listing).toHaveCount(2);
    await expect(listing.nth(0).locator('code')).toHaveText(worker, { useInnerText: true });
    await expect(listing.nth(1).locator('code')).toHaveText(web, { useInnerText: true });
    for (const at of [0, 1]) await expect(listing.nth(at)).toBeVisible();
    await run(one);
    const commands = await one.locator('.cell-results kbd').allInnerTexts();
    expect(commands.sort()).toEqual(`${worker}\n${web}`.split('\n').sort());
    await button(one, 'Copy').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${worker}\n\n${web}`);
    await follow(page, link([file(THEIRS)]));
    await expect(status(cell(page, ONE))).toContainText('The editor could not be loaded');
    await expect(code(cell(page, ONE)).locator('pre')).toHaveText(THEIRS);
    await expect(code(cell(page, ONE)).locator('pre')).toBeVisible();
  });

  test('of several files is listed whole, also where the editor was open @once', async ({
    page,
  }) => {
    await page.goto(addressOf('4.4'));
    const one = cell(page, 'job-queue');
    await button(one, 'Edit').click();
    await expect(one.locator('.cm-content')).toBeFocused();
    const files = [file('SET seen 1', 'worker'), file('GET seen', 'web')];
    await page.evaluate((hash) => (location.hash = hash), link(files, 'job-queue'));
    await expect(one.locator('.cell-file code')).toHaveText(['SET seen 1', 'GET seen']);
    for (const at of [0, 1]) await expect(one.locator('.cell-file').nth(at)).toBeVisible();
    await button(one, 'Edit').click();
    await one.getByRole('tab', { name: 'web' }).click();
    await expect(one.locator('.cm-content')).toHaveText('GET seen');
    await typeOn(one, ' seen2');
    await page.reload();
    await expect(one.locator('.cell-file code')).toHaveText(['SET seen 1', 'GET seen seen2']);
  });

  test('shows the characters that nobody sees, in the listing and in the editor @once', async ({
    page,
  }) => {
    const tricky = "SELECT 'safe' \u202e\u2066AS\u2069 who\u200bse; -- \u3164 \u{e0041} end";
    await page.goto(link([file(tricky)]));
    const one = cell(page, ONE);
    const marks = ['U+202E', 'U+2066', 'U+2069', 'U+200B', 'U+3164', 'U+E0041'];
    await expect(one.locator('.cm-content .hidden-character')).toHaveText(marks);
    await expect(code(one).locator('pre .hidden-character')).toHaveText(marks);
    await expect(whose(one)).toContainText('characters that nobody sees: they are marked.');
    await expect(one.getByTitle('right-to-left override').last()).toHaveText('U+202E');
    await expectAccessible(page, 'hidden characters', { within: `#${ONE}`, colors: true });
    await button(one, 'Keep as mine').click();
    await page.reload();
    await expect(code(one).locator('pre .hidden-character')).toHaveText(marks);
    await expect(whose(one)).toContainText('they are marked');
  });

  test('may be written from right to left, with joiners and emoji @once', async ({ page }) => {
    const text = "SELECT 'שלום עולם' AS a, 'می‌خواهم' AS b, 'क्‍ष' AS c, '👩‍🚀 ❤️ 1️⃣' AS d;";
    await page.goto(link([file(text)]));
    const one = cell(page, ONE);
    await expect(one.locator('.cm-content')).toHaveText(text);
    await expect(one.locator('.hidden-character')).toHaveCount(0);
    await expect(whose(one)).not.toContainText('marked');
  });

  test('counts for later cells of a session only when it was run where it stands @once', async ({
    page,
  }) => {
    await page.goto(`${addressOf('1.3')}${link([file('DROP TABLE products;')], 'gin-ignored')}`);
    const first = cell(page, 'gin-ignored');
    await expect(whose(first)).toContainText('came with a link');
    const later = cell(page, 'gin-contains');
    const printed = await outputOf(later);
    await run(later);
    expect(await outputOf(later)).toBe(printed);
    await run(first);
    await run(later);
    await expect(later.locator('.out-error').first()).toContainText('does not exist');
  });

  test('is unfolded in a frame, where the cells before it are folded @once', async ({ page }) => {
    await page.goto(`embed/1.3.gin-contains/${link([file(THEIRS)], 'gin-ignored')}`);
    await expect(cell(page, 'gin-ignored').locator('.cm-content')).toContainText(THEIRS);
    await expect(cell(page, 'gin-ignored').locator('.cm-content')).toBeVisible();
  });

  test('does not come where its script does not load, and the page says so @once', async ({
    page,
    context,
  }) => {
    await context.route('**/_astro/edits.*', (route) => route.abort());
    await page.goto(link([file(THEIRS)]));
    const one = cell(page, ONE);
    await expect(status(one)).toContainText('The code of this link could not be loaded.');
    await expect(code(one)).toContainText(COURSE);
  });
});

test('an editor that breaks off, now or later, leaves all of the code to be seen @once', async ({
  page,
}) => {
  await page.goto(addressOf('4.4'));
  const one = cell(page, 'job-queue');
  const breakEditors = () =>
    page.evaluate(() => {
      const kept = window.MutationObserver;
      class Broken {
        constructor() {
          throw new Error('broken');
        }
      }
      Object.assign(window, { kept, MutationObserver: Broken });
    });
  await button(one, 'Edit').click();
  await typeOn(one, '\nSET seen 1');
  await breakEditors();
  // Another file is another view, which cannot be made.
  await one.getByRole('tab', { name: 'web' }).click();
  await expect(status(one)).toContainText('The editor broke off.');
  for (const at of [0, 1]) await expect(one.locator('.cell-file').nth(at)).toBeVisible();
  await expect(one.locator('.cell-file').first()).toContainText('SET seen 1');
  await button(one, 'Edit').click();
  await expect(status(one)).toContainText('The editor could not be loaded.');
  await expect(one.locator('.cell-file').first()).toBeVisible();
  await page.evaluate(() =>
    Object.assign(window, { MutationObserver: Reflect.get(window, 'kept') }),
  );
  await button(one, 'Edit').click();
  await expect(one.locator('.cm-content')).toContainText('SET seen 1');
});

test.describe('a draft', () => {
  test('is written by typing alone: neither the editor nor its line ends write one @once', async ({
    page,
  }) => {
    await page.goto(link([file(`${MINE}\r\nSELECT 2;\rSELECT 3;`)]));
    const one = cell(page, ONE);
    await expect(one.locator('.cm-line')).toHaveCount(3);
    await expect(whose(one)).toContainText('came with a link');
    await follow(page, '');
    await expect(whose(one)).toBeEmpty();
    await button(one, 'Edit').click();
    await expect(one.locator('.cm-content')).toBeFocused();
    await page.reload();
    await expect(code(one)).toContainText(COURSE);
    await expect(whose(one)).toBeEmpty();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(ONE);
  });

  test('comes back after Reset', async ({ page }) => {
    await page.goto('');
    const one = cell(page, ONE);
    await write(one, MINE);
    await button(one, 'Reset').click();
    await expect(code(one)).toContainText(COURSE);
    await expect(status(one)).toContainText('Yours is among the earlier versions.');
    await expect(button(one, 'Run')).toBeFocused();
    await page.reload();
    await expect(code(one)).toContainText(COURSE);
    await restore(one, MINE);
    await expect(whose(one)).toHaveText('Your version');
    await expect(code(one)).toContainText(MINE);
    await run(one);
    await expect(one.locator('td')).toHaveText('mine');
  });

  test('has its earlier versions by keyboard: one for a run, one for a pause, none for a key @desk', async ({
    page,
  }) => {
    await page.clock.setFixedTime('2026-03-02T10:00:00');
    await page.goto('');
    const one = cell(page, ONE);
    await write(one, "SELECT 'first' AS whose;");
    await page.keyboard.type(' -- typed key by key');
    await expect(earlier(one)).toBeHidden();
    await page.keyboard.press('ControlOrMeta+Enter');
    await ended(one);
    await write(one, "SELECT 'second' AS whose;");
    await expect(earlier(one)).toHaveText('Earlier versions (1)');
    await page.clock.setFixedTime('2026-03-02T10:05:00');
    await page.keyboard.type(' -- after a pause');
    await expect(earlier(one)).toHaveText('Earlier versions (2)');

    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    const reach = async (target: Locator): Promise<void> => {
      for (let times = 0; times < 20; times += 1) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press('Tab');
      }
      await expect(target).toBeFocused();
    };
    await reach(earlier(one));
    await page.keyboard.press('Enter');
    const first = version(one, 'typed key by key');
    await expect(versions(one).getByRole('listitem')).toHaveText([/second/, /first/]);
    await reach(first.locator('summary'));
    await page.keyboard.press('Enter');
    await reach(button(first, 'Restore'));
    await page.keyboard.press('Enter');
    await expect(code(one)).toContainText("SELECT 'first' AS whose; -- typed key by key");
    await expect(version(one, 'after a pause')).toHaveCount(1);
    await expect(earlier(one)).toBeFocused();

    await page.clock.setFixedTime('2026-03-10T10:05:00');
    await page.reload();
    await expect(code(one)).toContainText("SELECT 'first' AS whose;");
    await expect(earlier(one)).toBeHidden();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('second');
  });

  test('that does not fit its cell any more does not run, and can be read and copied @once', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('');
    // As an earlier release kept it.
    await page.evaluate(
      ([key, text]) => localStorage.setItem(key!, text!),
      [`${PREFIX}draft//#${ONE}`, JSON.stringify([1, [file(MINE, 'old.sql')]])],
    );
    await page.reload();
    const one = cell(page, ONE);
    await expect(whose(one)).toContainText('This cell was changed since you edited it.');
    await expect(code(one)).toContainText(COURSE);
    await run(one);
    await expect(one.locator('.cell-results')).toContainText('ThinkPad X1');
    await earlier(one).click();
    const old = version(one, MINE);
    await expect(old.locator('summary')).toContainText('made for an earlier form of this cell');
    await old.locator('summary').click();
    await button(old, 'Copy').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(MINE);
    await write(one, THEIRS);
    await page.reload();
    await expect(code(one)).toContainText(THEIRS);
    await earlier(one).click();
    await expect(version(one, MINE)).toHaveCount(1);
  });

  test('of two tabs is one: each shows what the other made of it, and both survive @once', async ({
    page,
    context,
  }) => {
    await page.goto('');
    const here = cell(page, ONE);
    await write(here, MINE);
    const tab = await context.newPage();
    await tab.goto('');
    const there = cell(tab, ONE);
    await expect(code(there)).toContainText(MINE);
    await write(there, THEIRS);
    await expect(here.locator('.cm-content')).toContainText(THEIRS);
    await expect(status(here)).toHaveText('You changed this code in another tab.');
    await typeOn(here, ' -- and here');
    await expect(code(there)).toContainText(`${THEIRS} -- and here`);
    await button(there, 'Reset').click();
    await expect(code(here)).toContainText(COURSE);
    await expect(whose(here)).toBeEmpty();
    await earlier(here).click();
    for (const text of [MINE, `${THEIRS} -- and here`])
      await expect(version(here, text)).toHaveCount(1);
  });

  test('of another tab is offered beside the code of a link @once', async ({ page, context }) => {
    await page.goto(link([file(THEIRS)]));
    const here = cell(page, ONE);
    await expect(button(here, 'Back to the course’s code')).toBeVisible();
    const tab = await context.newPage();
    await tab.goto('');
    await write(cell(tab, ONE), MINE);
    await expect(here.locator('.cm-content')).toContainText(THEIRS);
    await button(here, 'Back to mine').click();
    await expect(here.locator('.cm-content')).toContainText(MINE);
  });

  test('survives when the page crashes @once', async ({ page, context }) => {
    await page.goto('');
    await write(cell(page, ONE), MINE);
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
    const again = await context.newPage();
    await again.goto('');
    await expect(code(cell(again, ONE))).toContainText(MINE);
  });

  test('makes room for itself where the browser is full, and says when there is none @once', async ({
    page,
  }) => {
    await page.goto('');
    const one = cell(page, ONE);
    await write(one, `SELECT '${'long ago '.repeat(40)}' AS whose;`);
    await run(one);
    await write(one, MINE);
    await expect(earlier(one)).toHaveText('Earlier versions (1)');
    const fill = () =>
      page.evaluate(() => {
        for (let size = 1 << 22, at = 0; size >= 1;)
          try {
            localStorage.setItem(`fill-${(at += 1)}`, 'x'.repeat(size));
          } catch {
            size = Math.floor(size / 2);
          }
      });
    await fill();
    await write(one, `SELECT '${'longer '.repeat(20)}' AS whose;`);
    await expect(status(one)).not.toContainText('no room');
    await page.reload();
    await expect(code(one)).toContainText('longer longer');

    await fill();
    await write(one, `SELECT '${'longest '.repeat(90)}' AS whose;`);
    await expect(status(one)).toContainText('This browser has no room left for your edits');
    await run(one);
    await expect(one.locator('td')).toContainText('longest');
  });

  test('lives as long as the page where storage is denied, its versions too @once', async ({
    page,
  }) => {
    await page.addInitScript(() =>
      Object.defineProperty(self, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      }),
    );
    await page.goto('');
    const one = cell(page, ONE);
    await write(one, MINE);
    await expect(status(one)).toContainText('This browser keeps no edits');
    await button(one, 'Reset').click();
    await restore(one, MINE);
    await expect(code(one)).toContainText(MINE);
  });

  test('and its versions are there offline @once @offline', async ({ page, context }) => {
    await page.goto('');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    const one = cell(page, ONE);
    await write(one, MINE);
    await context.setOffline(true);
    await page.reload();
    await expect(code(one)).toContainText(MINE);
    await write(one, THEIRS);
    await page.reload();
    await expect(code(one)).toContainText(THEIRS);
  });
});
