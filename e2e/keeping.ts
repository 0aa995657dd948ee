/** What the service worker keeps, as a page can ask it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { Kept } from '../src/site/offline/messages.ts';

/** Asks the worker; nothing if there is none yet. */
export const keptBy = (page: Page): Promise<Kept | null> =>
  page.evaluate(async () => {
    const worker = navigator.serviceWorker.controller;
    if (!worker) return null;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    worker.postMessage({ ask: 'kept' }, [port2]);
    return (await answer) as Kept;
  });

/**
 * In milliseconds. Chromium looks for a new worker when the old one has had nothing to do for a second:
 * who asks it all the time keeps it from that.
 */
export const UNHURRIED = [500, 2500];

/** Waits until this page has a worker. */
export async function untilControlled(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), {
      timeout: 30_000,
    })
    .toBe(true);
}

/**
 * Waits until all is kept that is kept without being used.
 *
 * @param folder of the built site whose worker it shall be.
 * @param but how many files cannot be kept.
 */
export async function untilKept(page: Page, { folder = 'dist', but = 0 } = {}): Promise<void> {
  // One file after the other, while nobody waits for anything: on a busy machine it takes its time.
  test.info().setTimeout(test.info().timeout + 120_000);
  const version = /"version":"(\w+)"/.exec(readFileSync(join(folder, 'sw.js'), 'utf8'))?.[1];
  await expect
    .poll(
      async () => {
        const kept = await keptBy(page);
        return kept?.version === version && kept?.missing.filter(isKeptAhead).length;
      },
      { timeout: 120_000, intervals: UNHURRIED },
    )
    .toBe(but);
}

const isKeptAhead = ([path, bytes]: Kept['missing'][number]): boolean =>
  !/^(_engines|pagefind|search)\//.test(path) && !(path.startsWith('_astro/') && bytes > 30_000);

/** Addresses of all that is kept, in all caches. */
export const keptAddresses = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const addresses = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) addresses.push(url);
    return addresses;
  });
