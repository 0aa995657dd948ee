/**
 * How long a reader on a phone waits for the first PostgreSQL result: on slow lines with a processor that is slowed down,
 * and on a second visit, from the copy that the browser keeps.
 */
import type { Browser, Page } from '@playwright/test';
import { cellsOf, runCell } from '../../browser/cells.ts';
import { median } from '../../check/budgets/page-weight.ts';
import { ROOT } from '../../process/command.ts';
import { lecturePages } from '../../build/lecture-pages.ts';
import { listenOnFreePort } from '../../process/port.ts';
import { clickToResult } from './click.ts';
import { duration, type Row } from './row.ts';
import { FAST_4G, NO_LIMIT, SLOW_3G, slowLine, type Line, type SlowLine } from './slow-line.ts';

/** A phone's processor, beside that of a desk. */
const SLOWER = 4;

const LINES: readonly { name: string; line: Line; reach: number }[] = [
  { name: '8.1 Mbit/s, 165 ms', line: FAST_4G, reach: 5000 },
  { name: '1.4 Mbit/s, 560 ms', line: SLOW_3G, reach: 22_000 },
];
const SECOND_VISIT = 600;

/**
 * @param rounds how often each is measured, three times at most on the slow lines; the median counts
 * @param origin where the built site is served
 */
export async function benchNetwork(
  browser: Browser,
  origin: string,
  rounds: number,
): Promise<Row[]> {
  const line = slowLine(Number(new URL(origin).port));
  const port = await listenOnFreePort(line.server, 0);
  const { slug } = lecturePages(ROOT).find(({ id }) => id === '1.2')!;
  const url = `http://localhost:${port}/${slug}/`;
  const rows: Row[] = [];
  try {
    for (const { name, line: speed, reach } of LINES) {
      const times: number[] = [];
      for (let round = 0; round < Math.min(rounds, 3); round++)
        times.push(await firstResult(browser, url, line, speed));
      rows.push(row(`first PostgreSQL result, ${SLOWER}× CPU, ${name}`, times, reach));
    }
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await secondVisit(browser, url, line));
    rows.push(row('first PostgreSQL result of a second visit, from the copy', times, SECOND_VISIT));
  } finally {
    line.server.close();
  }
  return rows;
}

function row(what: string, times: readonly number[], reach: number): Row {
  const time = median(times);
  return {
    what: `${what} (median of ${times.length})`,
    measured: duration(time),
    beside: '',
    figure: duration(time),
    reach: `≤ ${duration(reach)}`,
    reached: time <= reach,
  };
}

async function firstResult(
  browser: Browser,
  url: string,
  line: SlowLine,
  speed: Line,
): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await slowDown(page);
    line.set(speed);
    // A reader reads before they press: what the page itself needs has come.
    await page.goto(url, { timeout: 120_000 });
    await page.waitForFunction(
      () => document.querySelector('course-cell [data-action=run]') !== null,
      undefined,
      { timeout: 120_000 },
    );
    return await clickToResult(cellsOf(page, 'postgres').first());
  } finally {
    await context.close();
  }
}

async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** The first visit is on a line without limits, the second on the slowest. */
async function secondVisit(browser: Browser, url: string, line: SlowLine): Promise<number> {
  const context = await browser.newContext();
  try {
    line.set(NO_LIMIT);
    const first = await context.newPage();
    await first.goto(url);
    await first.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await first.reload();
    await runCell(cellsOf(first, 'postgres').first());
    await first.waitForLoadState('networkidle');
    // What ran is kept when the page has nothing else to do.
    await first.waitForTimeout(3000);
    await first.close();
    line.set(SLOW_3G);
    const page = await context.newPage();
    await page.goto(url, { timeout: 120_000 });
    return await clickToResult(cellsOf(page, 'postgres').first());
  } finally {
    await context.close();
  }
}
