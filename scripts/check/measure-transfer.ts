/**
 * `npx node scripts/check/measure-transfer.ts [folder]`: what opening a page, Run and Edit transfer, seen by
 * a browser, against `budgets.json`.
 *
 * What a page fetches when it is idle and what a click loads is decided while the page runs, so no
 * reading of files can tell: the built site is opened in Chromium with an empty cache, a button is
 * pressed, and the files that were fetched between the click and its effect are added up.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { EngineName } from '../../src/engines/engine.ts';
import { cellsOf, editCell, nameOf, runCell } from '../browser/cells.ts';
import { browserArgs, findHeadlessBrowser } from '../browser/find.ts';
import { budgetTable, compare, readBudgets, type Measurement } from './budgets/budget.ts';
import { gzipSize } from './budgets/page-weight.ts';
import { BuiltSite } from '../build/built-site/site.ts';
import { command, ROOT } from '../process/command.ts';
import { lecturePages } from '../build/lecture-pages.ts';
import { listenOnFreePort } from '../process/port.ts';
import { createSiteServer } from '../build/serve.ts';

/** Files that one act made the browser fetch. */
interface Transfer {
  /** Sum of the files as they lie on the host, in bytes. */
  served: number;
  /** Sum of their gzip, in bytes. */
  gzip: number;
  /** The scripts' share of it, in bytes. */
  javascript: number;
  files: string[];
}

/** Waits until the page has fetched what it fetches by itself, the service worker left out. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}

/** Opens a page with an empty cache, acts, and adds up what that fetched. */
async function transferOf(
  browser: Browser,
  site: BuiltSite,
  address: string,
  act: ((page: Page) => Promise<unknown>) | 'open',
): Promise<Transfer> {
  // The service worker fetches for later, not for this click.
  const context = await browser.newContext({ serviceWorkers: 'block' });
  // Neither does what comes for later when nobody waits, which a dear line keeps from coming.
  await context.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
  );
  try {
    const page = await context.newPage();
    const fetched = new Set<string>();
    const count = () => page.on('request', (request) => fetched.add(request.url()));
    if (act === 'open') count();
    await page.goto(address);
    await settle(page);
    if (act !== 'open') {
      count();
      await act(page);
    }
    return added(site, fetched);
  } finally {
    await context.close();
  }
}

function added(site: BuiltSite, urls: ReadonlySet<string>): Transfer {
  const files = [...urls].flatMap((url) => {
    const target = url.startsWith('http')
      ? site.resolve(new URL(url).pathname, 'index.html')
      : null;
    return target?.kind === 'file' ? [target.path] : [];
  });
  const transfer: Transfer = { served: 0, gzip: 0, javascript: 0, files };
  for (const path of files) {
    const content = readFileSync(join(site.folder, path));
    const gzip = Math.min(content.length, gzipSize(content));
    transfer.served += content.length;
    transfer.gzip += gzip;
    if (path.endsWith('.js')) transfer.javascript += gzip;
  }
  return transfer;
}

/** The first page that has a cell of that engine. */
function pageWith(site: BuiltSite, engine: EngineName): string {
  const page = site.pages.find(({ elements }) =>
    elements.some(
      ({ name, attributes }) => name === 'course-cell' && attributes['data-engine'] === engine,
    ),
  );
  if (!page) throw new Error(`No page has a cell for ${engine}: there is nothing to measure.`);
  return page.path;
}

await command(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const site = new BuiltSite(join(ROOT, positionals[0] ?? 'dist'), '/');
  const server = createSiteServer({ folder: site.folder });
  const origin = `http://localhost:${await listenOnFreePort(server, 0)}`;
  const browser = await chromium.launch({
    executablePath: await findHeadlessBrowser(),
    args: browserArgs,
  });
  const measurements: Measurement[] = [];
  const details: string[] = [];
  const measure = async (
    engine: EngineName,
    group: string,
    entry: string,
    size: 'gzip' | 'served',
    press: typeof runCell | typeof editCell,
  ) => {
    const address = origin + site.addressOf(pageWith(site, engine));
    let of = '';
    const transfer = await transferOf(browser, site, address, async (page) => {
      const cell = cellsOf(page, engine).first();
      of = await nameOf(cell);
      await press(cell);
    });
    measurements.push({ group, entry, bytes: transfer[size], of });
    details.push(`${group}, ${of}:\n${transfer.files.map((path) => `  ${path}`).join('\n')}`);
  };
  try {
    const sections = lecturePages(ROOT).filter(({ kind }) => kind === 'section');
    for (const { page } of sections) {
      const path = site.addressOf(page);
      const { gzip, javascript } = await transferOf(browser, site, origin + path, 'open');
      const group = 'lesson page, first load';
      measurements.push(
        { group, entry: 'JavaScript, gzip, any page', bytes: javascript, of: path },
        { group, entry: 'all files, gzip, heaviest page', bytes: gzip, of: path },
      );
    }
    const run = 'Run, extra to first result';
    await measure('sqlite', run, 'sqlite cell, gzip', 'gzip', runCell);
    await measure('postgres', run, 'postgres cell, served', 'served', runCell);
    await measure('postgres', 'Edit, extra to first keystroke', 'any cell, gzip', 'gzip', editCell);
  } finally {
    await browser.close();
    server.close();
  }
  const comparisons = compare(measurements, readBudgets(ROOT));
  console.log(`${details.join('\n')}\n\n${budgetTable(comparisons)}`);
  return comparisons.every(({ kept }) => kept);
});
