import { addressOf, cell, cells, ended, pages, parts, sections } from './course.ts';
import { CARD_TITLE } from '../src/lecture/reference/entry.ts';
import { expect, test } from './fixtures.ts';

test.describe('a reader without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('reads 1.2 with every output in the page, and no button that does nothing', async ({
    page,
  }) => {
    await page.goto(addressOf('1.2'));
    expect(await cells(page).count()).toBeGreaterThan(10);
    for (const one of await cells(page).all()) {
      await expect(one.locator('.cell-code')).not.toBeEmpty();
      await expect(one.locator('.cell-results')).not.toBeEmpty();
      await expect(one.locator('.cell-bar')).toBeHidden();
    }
    const figures = await page.locator('figure.diagram').all();
    expect(figures).not.toEqual([]);
    for (const figure of figures) await expect(figure.locator('svg').first()).toBeVisible();
    // What asks first opens without a script, too.
    await page.getByRole('heading', { name: 'When a cast meets a color' }).click();
    await cell(page, 'eav-navy').getByText('Show me', { exact: true }).click();
    await expect(
      page.getByText('invalid input syntax for type double precision: "navy"').first(),
    ).toBeVisible();
  });

  test('finds the sidebar, the way on and the teacher’s notes closed @once', async ({ page }) => {
    await page.goto(addressOf('1.1'));
    await expect(page.locator('.teacher-note').first()).not.toHaveAttribute('open');
    await page.locator('a[rel=next]').click();
    await expect(page.locator('h1')).toHaveText(sections[1]!.title);
  });
});

test.describe('from page to page, each laid out as it is read', () => {
  test.use({ layOutAll: false });

  test('the sidebar and the way on follow the lecture @once', async ({ page }) => {
    // Every page of the lecture, one after another.
    test.setTimeout(180_000);
    await page.goto('');
    await page.getByRole('link', { name: `Part 1 ${parts[0]!.title}` }).click();
    const titles: string[] = [];
    for (;;) {
      titles.push((await page.locator('h1').innerText()).trim());
      const next = page.locator('a[rel=next]');
      if ((await next.count()) === 0) break;
      const there = new URL((await next.getAttribute('href'))!, page.url()).href;
      // By key: what is laid out on the way down to it may move it away under a pointer.
      await next.press('Enter');
      await page.waitForURL(there);
    }
    expect(titles).toEqual([...pages.map(({ title }) => title), CARD_TITLE]);
  });
});

test('the pages in the sidebar are reached on any screen', async ({ page, isMobile }) => {
  await page.goto(addressOf('1.1'));
  // The last section of each part: as far to scroll as there is.
  for (const { id, title } of parts.map((part) => part.sections.at(-1)!)) {
    if (isMobile) await page.getByRole('button', { name: 'Menu' }).click();
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: `${id} ${title}` })
      .click();
    await expect(page.locator('h1')).toHaveText(title);
  }
});

test('the table of contents leads to a heading, and says which one is being read', async ({
  page,
  isMobile,
}) => {
  await page.goto(addressOf('1.2'));
  const toc = page.getByRole('navigation', { name: 'On this page' });
  const bar = toc.getByRole('button', { name: 'On this page' });
  const list = toc.getByRole('list').first();
  const current = toc.locator('a[aria-current]');
  const heading = page.locator('main h2[id]').nth(3);
  const title = (await heading.innerText()).trim();
  if (isMobile) {
    await expect(toc.locator('.toc-current')).toHaveText('Overview');
    await bar.click();
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(bar).toBeFocused();
    await bar.click();
  }
  await expect(current).toHaveText('Overview');
  await toc.getByRole('link', { name: title, exact: true }).click();
  await expect(heading).toBeInViewport();
  if (isMobile) {
    await expect(list).toBeHidden();
    await expect(toc.locator('.toc-current')).toHaveText(title);
  } else await expect(current).toHaveText(title);
  const above = page.locator('main h2[id]').nth(2);
  await above.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  if (isMobile) await bar.click();
  await expect(current).toHaveText((await above.innerText()).trim());
});

test('the teacher’s notes are shown by one switch that is remembered @once', async ({ page }) => {
  await page.goto(addressOf('1.1'));
  const note = page.locator('.teacher-note').first();
  await expect(note).toBeHidden();
  await page.getByLabel('Show the teacher’s notes').check();
  await expect(note).toBeVisible();
  await expect(note).toContainText('Do not help');
  await page.goto(addressOf('1.2'));
  await expect(page.locator('.teacher-note').first()).toBeVisible();
  await expect(page.getByLabel('Show the teacher’s notes')).toBeChecked();
  await page.getByLabel('Show the teacher’s notes').uncheck();
  await page.reload();
  await expect(page.locator('.teacher-note').first()).toBeHidden();
});

test('the timer of the exercise counts, pauses and starts over @once', async ({ page }) => {
  await page.clock.install();
  await page.goto(addressOf('1.1'));
  const timer = page.locator('course-timer');
  await timer.getByRole('button', { name: 'Start 5 minutes' }).click();
  await page.clock.runFor(61_000);
  await timer.getByRole('button', { name: 'Pause' }).click();
  const left = await timer.getByRole('timer').innerText();
  expect(left).toMatch(/^3:5\d$/);
  await page.clock.runFor(10_000);
  await expect(timer.getByRole('timer')).toHaveText(left);
  await timer.getByRole('button', { name: 'Continue' }).click();
  await page.clock.runFor(240_000);
  await expect(timer.getByRole('status')).toContainText('Time is up');
  await timer.getByRole('button', { name: 'Start over' }).click();
  await expect(timer.getByRole('timer')).toHaveText('5:00');
});

test('a cell shows the dataset that it starts from @once', async ({ page }) => {
  await page.goto(addressOf('1.2'));
  await page.locator('.cell-dataset a').first().click();
  await expect(page.locator('h1')).toContainText('Dataset catalog-');
  await expect(page.locator('.listing')).toContainText('INSERT INTO');
});

test('a link to a cell leads to the cell @once', async ({ page }) => {
  await page.goto('');
  await page.goto('#five-products');
  await expect(cell(page, 'five-products')).toBeInViewport();
});

test.describe('on a long page that lays out what is in view', () => {
  test.use({ layOutAll: false });

  test('a link into its middle shows what it names, and the cell runs @once', async ({ page }) => {
    await page.goto(`${addressOf('1.2')}#eav-plan`);
    const target = cell(page, 'eav-plan');
    await expect(target).toBeInViewport();
    const first = cell(page, 'wide-rows').locator('.cell-results');
    expect(
      await first.evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true })),
    ).toBe(false);
    await target.getByRole('button', { name: 'Run', exact: true }).focus();
    await page.keyboard.press('Enter');
    await ended(target);
    await expect(target).toBeInViewport();
    await expect(target.locator('.cell-results')).toContainText('Seq Scan');
  });

  test('every heading and cell of it can be jumped to, and stays where it was put', async ({
    page,
  }) => {
    await page.goto(addressOf('1.2'));
    const { targets, off } = await page.evaluate(async () => {
      const frames = async (count: number) => {
        for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
      };
      const scrolled = getComputedStyle(document.documentElement).scrollPaddingTop;
      const off: string[] = [];
      const targets = [...document.querySelectorAll('main h2[id], main h3[id], course-cell[id]')];
      // From the last to the first: what lies above has not been laid out when it is jumped to.
      for (const { id } of targets.toReversed()) {
        location.hash = `#${id}`;
        await frames(2);
        const { y } = document.getElementById(id)!.getBoundingClientRect();
        await frames(6);
        const after = document.getElementById(id)!.getBoundingClientRect().y;
        if (Math.abs(after - y) > 1 || y > parseFloat(scrolled) + 40)
          off.push(`#${id}: ${y}, then ${after}`);
      }
      return { targets: targets.length, off };
    });
    expect(targets).toBeGreaterThan(10);
    expect(off).toEqual([]);
  });

  for (const [section, id] of [
    ['1.2', 'joined-lie'],
    ['3.3', 'group-mongosh'],
    ['3.3', 'driver-sql'],
  ] as const)
    test(`a link from elsewhere to #${id} puts it below the bars`, async ({ page }) => {
      await page.goto(`${addressOf(section)}#${id}`);
      const top = await page.evaluate(async (id) => {
        // Until what is in view has been laid out.
        for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame);
        const padding = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
        return document.getElementById(id)!.getBoundingClientRect().y - padding;
      }, id);
      expect(Math.abs(top)).toBeLessThanOrEqual(40);
    });
});

test('a table that is wider than the screen fades at its edge, until its last column is seen @once', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('');
  await page.getByText('Show me', { exact: true }).click();
  const table = page.locator('.out-scroll').first();
  await table.scrollIntoViewIfNeeded();
  const beyond = () => table.evaluate((it) => getComputedStyle(it).getPropertyValue('--beyond'));
  await expect.poll(beyond).toBe('40px');
  await table.evaluate((it) => it.scrollTo(it.scrollWidth, 0));
  await expect.poll(beyond).toBe('0px');
  // Its outline is seen on all sides.
  await table.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(table).toHaveCSS('mask-image', 'none');
});
