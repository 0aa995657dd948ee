/** What is painted stays where it is, in whatever order and pieces a page arrives. */
import type { Page } from '@playwright/test';
import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';
import { slowHost } from './slow-host.ts';

/** What “good” ends at: https://web.dev/articles/cls */
const GOOD = 0.1;

test.beforeEach(({ page }) => page.addInitScript(noteShifts));

/** Where a page may break off: before its menu, in its contents, before and in its text. */
const CUTS = [
  '<nav class="sidebar',
  '<sl-sidebar-restore',
  '<aside class="right-sidebar-container',
  '<nav class="toc toc-column',
  '</aside><div class="main-pane',
  '<main',
  '<div class="sl-markdown-content',
  '<footer',
];

for (const [name, width] of [
  ['desk', 1280],
  ['wide desk', 1920],
  ['tablet', 820],
] as const)
  test(`on a ${name}, a page that arrives in pieces is painted where it stays @once`, async ({
    page,
    watch,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    const host = await slowHost(baseURL!);
    page.on('close', () => host.close());
    watch.allow(new RegExp(`^${host.address}`));
    await page.setViewportSize({ width, height: 800 });
    const moved: string[] = [];
    for (const path of [addressOf('1.2'), 'reference/'])
      for (const cut of CUTS) {
        host.cutBefore(cut);
        await page.goto(host.address + path, { waitUntil: 'commit' });
        await page.waitForFunction(isPainted);
        host.release();
        await page.waitForLoadState();
        const { sum, what } = await shifts(page);
        if (sum >= GOOD) moved.push(`${path} cut before ${cut}: ${sum.toFixed(3)} (${what})`);
      }
    expect(moved).toEqual([]);
  });

test('nothing jumps, whether the style sheet or the scripts keep a page waiting', async ({
  page,
}) => {
  test.setTimeout(120_000);
  let delays: Record<string, number> = {};
  await page.route(/\.(css|js)$/, async (route) => {
    const [kind = ''] = /css$|js$/.exec(route.request().url()) ?? [];
    await new Promise((resolve) => setTimeout(resolve, delays[kind] ?? 0));
    await route.continue();
  });
  const moved: string[] = [];
  for (const path of ['', addressOf('1.2'), addressOf('4.2'), 'reference/'])
    for (const [css, js] of [
      [400, 0],
      [0, 400],
      [200, 400],
    ] as const) {
      delays = { css, js };
      await page.goto(path);
      const { sum, what } = await shifts(page);
      if (sum >= GOOD) moved.push(`${path} css ${css} js ${js}: ${sum.toFixed(3)} (${what})`);
    }
  expect(moved).toEqual([]);
});

interface Shifts {
  sum: number;
  /** What moved. */
  what: string;
}

/** @returns what moved until now, once two more frames are drawn. */
const shifts = (page: Page): Promise<Shifts> =>
  page.evaluate(
    () =>
      new Promise<Shifts>((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => resolve((globalThis as { shifts?: Shifts }).shifts!)),
        ),
      ),
  );

const isPainted = (): boolean => performance.getEntriesByName('first-contentful-paint').length > 0;

/** Adds up in the page what moves in it. */
function noteShifts(): void {
  interface LayoutShift extends PerformanceEntry {
    value: number;
    sources: { node?: Node }[];
  }
  const all: Shifts = { sum: 0, what: '' };
  (globalThis as { shifts?: Shifts }).shifts = all;
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as LayoutShift[]) {
      all.sum += value;
      const moved = sources.map(({ node }) => (node as Element | undefined)?.className);
      all.what += ` ${value.toFixed(3)} ${moved.join(', ')}`;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
