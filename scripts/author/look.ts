/**
 * `npm run look -- 1.2`: pictures of pages, to be looked at before they are called done.
 *
 * For every page named (a section's number, `home`, or a path such as `/datasets/catalog-eav/`) at
 * 360 and 1280 px, light and dark, before and after its cells ran, into `screenshots/`. Long pages
 * come in several pictures. Options: `--only phone-dark` takes the pictures whose name contains that;
 * `--as-built` looks at `dist/` as it is; `--readme` makes the picture of the README.
 */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { buildIfStale, targetFor } from '../build/build.ts';
import { cellsOf, runCell } from '../browser/cells.ts';
import { browserArgs, findBrowser } from '../browser/find.ts';
import { command, ROOT } from '../process/command.ts';
import { lecturePages, type LecturePage } from '../build/lecture-pages.ts';
import { listenOnFreePort } from '../process/port.ts';
import { createSiteServer } from '../build/serve.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';
import { readSettings } from '../../src/foundation/course/settings.ts';

/** One way of looking at a page. */
interface View {
  screen: 'phone' | 'desktop';
  theme: 'light' | 'dark';
  /** Before or after the page's cells ran. */
  moment: 'before' | 'after';
}

const SCREENS = {
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false },
} as const;

/** The height of one picture, in CSS pixels: viewers and Chromium get into trouble beyond. */
const SLICE = 2400;

/** What the README shows. */
const README = { section: '1.2', cell: 'eav-one-filter' };

const VIEWS: readonly View[] = (['phone', 'desktop'] as const).flatMap((screen) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['before', 'after'] as const).map((moment) => ({ screen, theme, moment })),
  ),
);

await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string', default: '' },
      'as-built': { type: 'boolean', default: false },
      readme: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0 && !values.readme)
    throw new Error('Which page? npm run look -- 1.2, or home, or a path such as /datasets/…/');
  const target = targetFor('/');
  if (!values['as-built'] && !(await buildIfStale(ROOT, target))) return false;

  const server = createSiteServer({ folder: join(ROOT, target.outDir) });
  const origin = `http://localhost:${await listenOnFreePort(server, 0)}`;
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs });
  try {
    if (values.readme) await pictureForReadme(browser, origin);
    const lecture = lecturePages(courseRoot(ROOT));
    for (const wanted of positionals) {
      const { name, path } = place(wanted, lecture);
      for (const view of VIEWS) {
        const title = `${name}-${view.screen}-${view.theme}-${view.moment}`;
        if (title.includes(values.only)) await picture(browser, origin + path, view, title);
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
  return true;
});

/** The address of what a person named, and a name for its pictures. */
function place(wanted: string, lecture: readonly LecturePage[]): { name: string; path: string } {
  if (wanted === 'home') return { name: 'home', path: '/' };
  const page = lecture.find(({ id }) => id === wanted);
  if (page) return { name: page.id, path: `/${page.slug}/` };
  if (wanted.startsWith('/'))
    return { name: wanted.replace(/[^\w.]+/g, '-').replace(/^-|-$/g, '') || 'home', path: wanted };
  throw new Error(
    `There is no section ${wanted}. There are: home, ${lecture.map(({ id }) => id).join(', ')}.`,
  );
}

async function picture(browser: Browser, url: string, view: View, title: string): Promise<void> {
  const page = await open(browser, url, view);
  try {
    if (view.moment === 'after') {
      const cells = await cellsOf(page).all();
      if (cells.length === 0) return;
      for (const cell of cells) await runCell(cell);
      // Without the focus ring and the hover of the last button.
      await page.mouse.move(0, 0);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    }
    await page.evaluate(() => {
      scrollTo(0, 0);
      // What is below the first screen is not drawn before a reader gets there.
      document.documentElement.style.setProperty('--out-of-sight', 'visible');
    });
    const { width, height } = await page.evaluate(() => ({
      width: document.documentElement.clientWidth,
      height: document.documentElement.scrollHeight,
    }));
    const slices = Math.ceil(height / SLICE);
    for (let slice = 0; slice < slices; slice++) {
      const suffix = slices > 1 ? `-${slice + 1}` : '';
      const y = slice * SLICE;
      await save(page, join('screenshots', `${title}${suffix}.png`), {
        fullPage: true,
        clip: { x: 0, y, width, height: Math.min(SLICE, height - y) },
      });
    }
  } finally {
    await page.context().close();
  }
}

/** A cell that ran, in its section, as one screen. */
async function pictureForReadme(browser: Browser, origin: string): Promise<void> {
  const { path } = place(README.section, lecturePages(courseRoot(ROOT)));
  const page = await open(browser, origin + path, {
    screen: 'desktop',
    theme: 'light',
    moment: 'after',
  });
  try {
    const cell = page.locator(`course-cell#${README.cell}`);
    await runCell(cell);
    await page.mouse.move(0, 0);
    await cell.evaluate((element) => {
      (document.activeElement as HTMLElement | null)?.blur();
      scrollTo(0, element.getBoundingClientRect().top + scrollY - 190);
    });
    // A second run shows the time of the query, not of the start before it.
    await runCell(cell);
    await page.mouse.move(0, 0);
    await save(page, join('docs', 'screenshot.png'), {});
  } finally {
    await page.context().close();
  }
}

async function open(browser: Browser, url: string, { screen, theme }: View): Promise<Page> {
  const context = await browser.newContext({
    ...SCREENS[screen],
    colorScheme: theme,
    serviceWorkers: 'block',
  });
  await context.addInitScript(
    ([key, chosen]) => localStorage.setItem(key, JSON.stringify([1, chosen])),
    [`${readSettings().id}/theme/`, theme] as const,
  );
  const page = await context.newPage();
  const answer = await page.goto(url);
  if (!answer?.ok()) throw new Error(`${url} answers with ${answer?.status() ?? 'nothing'}.`);
  await page.waitForLoadState('networkidle');
  return page;
}

async function save(
  page: Page,
  path: string,
  options: Parameters<Page['screenshot']>[0],
): Promise<void> {
  await mkdir(join(ROOT, path, '..'), { recursive: true });
  await page.screenshot({ path: join(ROOT, path), animations: 'disabled', ...options });
  console.log(relative(ROOT, join(ROOT, path)));
}
