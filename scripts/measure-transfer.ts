/**
 * `node scripts/measure-transfer.ts`: what Run and Edit transfer, seen by a browser, against
 * `budgets.json`.
 *
 * What a click loads is decided while the page runs, so no reading of files can tell: the built site
 * is opened in Chromium with an empty cache, the button is pressed, and the files that were fetched
 * between the click and its effect are added up.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { EngineName } from '../src/engines/engine.ts';
import { cellsOf, editCell, nameOf, runCell } from './browser-cells.ts';
import { browserArgs, findBrowser } from './browser.ts';
import { budgetTable, compare, readBudgets, type Measurement } from './budgets/budget.ts';
import { gzipSize } from './budgets/page-weight.ts';
import { BuiltSite } from './built-site/site.ts';
import { command, ROOT } from './command.ts';
import { listenOnFreePort } from './port.ts';
import { createSiteServer } from './serve.ts';

/** Files that one act made the browser fetch. */
interface Transfer {
  /** Sum of the files as they lie on the host, in bytes. */
  served: number;
  /** Sum of their gzip, in bytes. */
  gzip: number;
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
  act: (page: Page) => Promise<void>,
): Promise<Transfer> {
  // The service worker fetches for later, not for this click.
  const context = await browser.newContext({ serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await settle(page);
    const fetched = new Set<string>();
    page.on('request', (request) => fetched.add(request.url()));
    await act(page);
    const files = [...fetched].flatMap((url) => {
      const target = url.startsWith('http')
        ? site.resolve(new URL(url).pathname, 'index.html')
        : null;
      return target?.kind === 'file' ? [target.path] : [];
    });
    const bytes = files.map((path) => readFileSync(join(site.folder, path)));
    return {
      files,
      served: bytes.reduce((sum, content) => sum + content.length, 0),
      gzip: bytes.reduce((sum, content) => sum + Math.min(content.length, gzipSize(content)), 0),
    };
  } finally {
    await context.close();
  }
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
  const site = new BuiltSite(join(ROOT, 'dist'), '/');
  const server = createSiteServer({ folder: site.folder });
  const port = await listenOnFreePort(server, 0);
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs });
  const measurements: Measurement[] = [];
  const details: string[] = [];
  const measure = async (
    engine: EngineName,
    group: string,
    entry: string,
    size: 'gzip' | 'served',
    press: typeof runCell | typeof editCell,
  ) => {
    const address = `http://localhost:${port}${site.addressOf(pageWith(site, engine))}`;
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
