import type { FrameLocator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addressOf, expectNoSidewaysScroll, outputOf, run } from './course.ts';
import { expect, test, type Watch } from './fixtures.ts';
import { otherSite } from './other-site.ts';
import { LISTENER } from '../src/sharing/lms/snippets.ts';

/** A page of another site with a page of the course in a frame, and the lines that `/lms/` shows. */
async function embed(page: Page, watch: Watch, source: string): Promise<FrameLocator> {
  const site = await otherSite(`<title>Week 9</title><h1>Week 9</h1>
    <iframe title="Course" src="${source}" width="100%" height="150" style="border:0"></iframe>
    <script>
      window.heights = [];
      addEventListener('message', (event) => heights.push(JSON.parse(event.data).height));
      ${LISTENER}
    </script>`);
  watch.allow(new RegExp(`^${site.address}$`));
  await page.goto(site.address);
  page.on('close', () => site.close());
  return page.frameLocator('iframe');
}

const heights = (page: Page): Promise<number[]> =>
  page.evaluate(() => (globalThis as unknown as { heights: number[] }).heights);

const frameHeight = (page: Page): Promise<number> =>
  page.locator('iframe').evaluate((frame) => frame.getBoundingClientRect().height);

test.describe('in a frame of another site', () => {
  test('a cell of a session runs, after the cells before it, and the frame grows with it', async ({
    page,
    watch,
    baseURL,
  }) => {
    const frame = await embed(page, watch, `${baseURL}embed/1.3.gin-contains/`);
    const one = frame.locator('course-cell#gin-contains');
    const printed = await outputOf(one);
    await run(one);
    expect(await outputOf(one)).toBe(printed);
    await expect(one.locator('.cell-status')).toContainText('earlier cell');
    const before = (await heights(page)).at(-1)!;
    await frame.getByText(/^Show the .*cells? that runs? before it$/).click();
    await expect.poll(async () => (await heights(page)).at(-1)).toBeGreaterThan(before);
    await expect
      .poll(async () => (await frameHeight(page)) - (await heights(page)).at(-1)!)
      .toBe(0);
    const scrolls = await one.evaluate(
      () => document.documentElement.scrollHeight > document.documentElement.clientHeight,
    );
    expect(scrolls).toBe(false);
  });

  test('a frame shrinks again with its content @once', async ({ page, watch, baseURL }) => {
    const frame = await embed(page, watch, `${baseURL}embed/1.2.eav-shape/`);
    const words = frame.getByText('Diagram in words');
    await expect.poll(async () => (await heights(page)).length).toBeGreaterThan(0);
    const before = (await heights(page)).at(-1)!;
    await words.click();
    await expect.poll(async () => (await heights(page)).at(-1)).toBeGreaterThan(before);
    await words.click();
    await expect.poll(async () => (await heights(page)).at(-1)).toBe(before);
  });

  test('links to the rest of the course open in a new tab @once', async ({
    page,
    watch,
    context,
    baseURL,
  }) => {
    const frame = await embed(page, watch, `${baseURL}embed/1.2/`);
    await expect(frame.locator('h1')).toHaveText('Three broken solutions');
    await expect(frame.locator('nav, header, .page-foot')).toHaveCount(0);
    for (const [link, address] of [
      [frame.getByRole('link', { name: 'six requests' }), `${addressOf('1.1')}#requests`],
      [frame.locator('.embed-foot a').first(), addressOf('1.2')],
    ] as const) {
      const [tab] = await Promise.all([context.waitForEvent('page'), link.click()]);
      await tab.waitForURL(baseURL! + address);
      await tab.close();
    }
    await expect(frame.locator('h1')).toHaveText('Three broken solutions');
  });

  test('a cell runs where storage is denied @once', async ({ page, watch, baseURL }) => {
    // What browsers do in a frame of another site when they block its storage.
    await page.addInitScript(() => {
      if (self === top) return;
      const denied = {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
        Object.defineProperty(self, name, denied);
    });
    const frame = await embed(page, watch, `${baseURL}embed/home.five-products/?theme=dark`);
    const one = frame.locator('course-cell');
    await run(one);
    await expect(one.locator('.cell-results')).toContainText('ThinkPad X1');
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
    await one.getByRole('button', { name: 'Edit' }).click();
    await one.locator('.cm-content').press('End');
    await page.keyboard.type(' ');
    await expect(one.locator('.cell-status')).toContainText('This browser keeps no edits');
  });
});

test('the theme is the address’s, or the system’s @once', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('embed/1.2.eav-shape/?theme=light');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.goto('embed/1.2.eav-shape/?theme=anything');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

for (const id of ['1.4', '1.3.gin-contains', '1.2.joined-shape'])
  test(`axe finds nothing in the frame of ${id}`, async ({ page }) => {
    await page.goto(`embed/${id}/`);
    await expectAccessible(page, 'embedded');
  });

test('no frame scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 600 });
  for (const id of ['1', '1.2', '1.2.eav-plan', '1.2.joined-shape']) {
    await page.goto(`embed/${id}/`);
    await expectNoSidewaysScroll(page, id);
  }
});

test.describe('the page for lecturers', () => {
  test('copies links, and the code of a frame in the theme that was chosen', async ({
    page,
    context,
    baseURL,
    isMobile,
  }) => {
    test.setTimeout(180_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await page.goto(addressOf('1.2'));
    await page.getByRole('link', { name: 'Link or embed this page' }).click();
    const links = page.locator('#on-1\\.2');
    await links.getByRole('button', { name: 'Copy: link of One filter, one JOIN' }).click();
    await expect(page.locator('lms-links [role=status]')).toContainText('Copied');
    expect(await copied()).toBe(`${baseURL}go/1.2.eav-one-filter/`);
    await page.getByLabel('Frames follow').selectOption('dark');
    await links.getByRole('button', { name: 'Copy code: frame of One filter, one JOIN' }).click();
    await expect(page.locator('lms-links [role=status]')).toContainText('<iframe');
    expect(await copied()).toContain(`src="${baseURL}embed/1.2.eav-one-filter/?theme=dark"`);
    await expectNoSidewaysScroll(page);
    // Every link of the course is a lot to look at: once is enough.
    if (!isMobile) await expectAccessible(page, 'with a copied link');
  });

  test('gives all links as a file with whole addresses @once', async ({ page, baseURL }) => {
    await page.goto('lms/');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'All links as a file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('course-links.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    expect(text).toContain(
      `"1.2.eav-one-filter","cell","One filter, one JOIN","1.2 Three broken solutions","${baseURL}go/1.2.eav-one-filter/","${baseURL}embed/1.2.eav-one-filter/"`,
    );
  });

  test('gives all sections as a list', async ({ page, context, baseURL }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('lms/');
    await page.getByText('Parts and sections as the HTML of a list').click();
    await page.getByRole('button', { name: 'Copy the list' }).click();
    await expect(page.locator('lms-links [role=status]')).toContainText('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      `<li><a href="${baseURL}go/1.2/">1.2 Three broken solutions</a></li>`,
    );
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    test('shows every link as a path @once', async ({ page }) => {
      await page.goto('lms/#on-1.2');
      await page.locator('#on-1\\.2 > summary').click();
      await expect(
        page.locator('#on-1\\.2').getByText('/go/1.2.eav/', { exact: true }),
      ).toBeVisible();
      await expect(page.locator('lms-links button:visible')).toHaveCount(0);
    });
  });
});
