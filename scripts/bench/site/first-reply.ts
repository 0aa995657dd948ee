/**
 * How long a reader waits for the first answer of an engine of our own, on a page where it is warm:
 * the pointer has been on Run, so that the engine has been fetched, and nothing has run yet.
 */
import type { Browser } from '@playwright/test';
import type { EngineName } from '../../../src/engines/engine.ts';
import { cellsOf } from '../../browser/cells.ts';
import { median } from '../../check/budgets/page-weight.ts';
import { ROOT } from '../../process/command.ts';
import { lecturePages } from '../../build/lecture-pages.ts';
import { clickToResult } from './click.ts';
import { duration, type Row } from './row.ts';

/** Where each is measured, and the wait that its readers were promised, in milliseconds. */
const ENGINES: readonly { engine: EngineName; section: string; reach: number }[] = [
  { engine: 'redis', section: '4.2', reach: 100 },
  { engine: 'documents', section: '3.1', reach: 200 },
];

async function firstReply(browser: Browser, url: string, engine: EngineName): Promise<number> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.goto(url);
    const cell = cellsOf(page, engine).first();
    await cell.locator('[data-action="run"]').hover();
    await page.waitForLoadState('networkidle');
    // The worker of an engine starts when its files are there.
    await page.waitForTimeout(1000);
    return await clickToResult(cell);
  } finally {
    await context.close();
  }
}

/**
 * @param rounds how often each is measured; the median counts
 * @param origin where the built site is served
 */
export async function benchFirstReplies(
  browser: Browser,
  origin: string,
  rounds: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { engine, section, reach } of ENGINES) {
    const { slug } = lecturePages(ROOT).find(({ id }) => id === section)!;
    const times: number[] = [];
    for (let round = 0; round < rounds; round++)
      times.push(await firstReply(browser, `${origin}/${slug}/`, engine));
    const time = median(times);
    rows.push({
      what: `click to first ${engine} reply, warm (median of ${rounds})`,
      measured: duration(time),
      beside: '',
      figure: duration(time),
      reach: `≤ ${reach} ms`,
      reached: time <= reach,
    });
  }
  return rows;
}
