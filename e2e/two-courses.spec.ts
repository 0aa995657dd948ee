/** Two courses under sub-paths of one host, each with a service worker of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { serviceWorker } from '../src/site/offline/integration.ts';
import { keptSite } from '../src/site/offline/kept-files.ts';
import { expect } from './fixtures.ts';
import { keptAddresses, keptBy, UNHURRIED } from './keeping.ts';
import { test as base } from './unreliable-site.ts';

const test = base.extend<{ host: string }>({
  host: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'two-courses-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

/** Publishes a small course: a home page with a script, and a second page. */
async function publish(host: string, name: string, text: string): Promise<void> {
  rmSync(join(host, name), { recursive: true, force: true });
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(host, name, path)), { recursive: true });
    writeFileSync(join(host, name, path), content);
  };
  const page = (title: string) =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
     <h1>${title}</h1><script type="module" src="/${name}/_astro/start.js"></script></html>`;
  write('index.html', page(`${name}, ${text}`));
  write('second/index.html', page(`second page of ${name}, ${text}`));
  write(
    '_astro/start.js',
    `const worker = navigator.serviceWorker;
     const fill = () => worker.controller?.postMessage({ ask: 'fill' });
     worker.addEventListener('controllerchange', fill);
     worker.register('/${name}/sw.js').then(fill);`,
  );
  const folder = join(host, name);
  const site = await keptSite(folder, `/${name}/`, new Map());
  writeFileSync(join(folder, 'sw.js'), await serviceWorker(site));
}

test('two courses on one host keep apart, and a new edition of one leaves the other alone @once @offline', async ({
  page,
  context,
  site,
  host,
}) => {
  site.deploy(host);
  await publish(host, 'sql', 'first');
  await publish(host, 'databases', 'first');
  const visit = async (name: string) => {
    await page.goto(`${name}/`);
    await expect.poll(async () => (await keptBy(page))?.missing.length).toBe(0);
  };
  await visit('sql');
  await visit('databases');
  const of = async (name: string) =>
    (await keptAddresses(page)).filter((url) => url.includes(`/${name}/`)).sort();
  const before = await of('sql');
  expect(before.length).toBeGreaterThan(2);

  await publish(host, 'databases', 'second');
  await page.goto('databases/');
  await expect(page.locator('h1')).toHaveText('databases, second');
  const version = /"version":"(\w+)"/.exec(
    await serviceWorker(await keptSite(join(host, 'databases'), '/databases/', new Map())),
  )![1];
  await expect
    .poll(async () => (await keptBy(page))?.version, { timeout: 20_000, intervals: UNHURRIED })
    .toBe(version);
  await expect.poll(async () => (await keptBy(page))?.missing.length).toBe(0);
  await page.reload();
  expect(await of('sql')).toEqual(before);

  await context.setOffline(true);
  await page.goto('sql/second/');
  await expect(page.locator('h1')).toHaveText('second page of sql, first');
  await page.goto('databases/second/');
  await expect(page.locator('h1')).toHaveText('second page of databases, second');
});
