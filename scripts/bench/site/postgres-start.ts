/**
 * How long a reader waits for the first PostgreSQL result, beside plain `PGlite.create()`.
 *
 * Both start cold, each time in a fresh browser context, in turn, in the same browser on the same
 * machine, from the same kind of server: what is compared is the start, not the weather.
 */
import { join } from 'node:path';
import type { PGlite as PGliteClass } from '@electric-sql/pglite';
import type { Browser } from '@playwright/test';
import { cellsOf } from '../../browser/cells.ts';
import { median } from '../../check/budgets/page-weight.ts';
import { ROOT } from '../../process/command.ts';
import { lecturePages } from '../../build/lecture-pages.ts';
import { listenOnFreePort } from '../../process/port.ts';
import { createSiteServer } from '../../build/serve.ts';
import { clickToResult } from './click.ts';
import { duration, type Row } from './row.ts';

async function ours(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForLoadState('networkidle');
    return await clickToResult(cellsOf(page, 'postgres').first());
  } finally {
    await context.close();
  }
}

/** `PGlite.create()` alone: the library itself is loaded before the clock starts. */
async function plain(browser: Browser, origin: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.route('**/plain.html', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>PGlite</title>' }),
    );
    await page.goto(`${origin}/plain.html`);
    return await page.evaluate(async (library) => {
      const { PGlite } = (await import(library)) as { PGlite: typeof PGliteClass };
      const started = performance.now();
      const database = await PGlite.create();
      const took = performance.now() - started;
      await database.query('SELECT 1');
      return took;
    }, `${origin}/index.js`);
  } finally {
    await context.close();
  }
}

/**
 * @param rounds how often each is started; the medians are compared
 * @param origin where the built site is served
 */
export async function benchPostgresStart(
  browser: Browser,
  origin: string,
  rounds: number,
): Promise<Row> {
  const server = createSiteServer({ folder: join(ROOT, 'node_modules/@electric-sql/pglite/dist') });
  const plainOrigin = `http://localhost:${await listenOnFreePort(server, 0)}`;
  const section = lecturePages(ROOT).find(({ id }) => id === '1.2')!;
  const times = { ours: [] as number[], plain: [] as number[] };
  try {
    for (let round = 0; round < rounds; round++) {
      times.plain.push(await plain(browser, plainOrigin));
      times.ours.push(await ours(browser, `${origin}/${section.slug}/`));
    }
  } finally {
    server.close();
  }
  const ratio = median(times.ours) / median(times.plain);
  return {
    what: `click to first PostgreSQL result, cold (median of ${rounds})`,
    measured: duration(median(times.ours)),
    beside: `PGlite.create(): ${duration(median(times.plain))}`,
    figure: ratio.toFixed(3),
    reach: '≤ 0.20',
    reached: ratio <= 0.2,
  };
}
