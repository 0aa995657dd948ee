/**
 * The `test` that every journey uses. On top of Playwright's own it watches what no page of the
 * course may do, and fails the journey that saw it: ask another host for anything, violate the
 * page's content security policy, leave an error uncaught.
 */
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

export { expect };

/** What a journey expects to be refused, because being refused is what it proves. */
export interface Watch {
  /**
   * From here on, complaints that match are part of the journey: a cell that tries to make a
   * request does violate a policy.
   */
  allow(pattern: RegExp): void;
}

interface Complaint {
  kind: 'request to another host' | 'content security policy' | 'uncaught error';
  text: string;
}

/** How a page is shown to a journey. */
export interface Showing {
  /**
   * Whether everything is laid out at once. For readers, what is out of sight is not (`content-visibility`);
   * a journey that scrolls and clicks within one frame would miss what moves in it. Default: true.
   */
  layOutAll: boolean;
}

export const test = base.extend<{ watch: Watch; laidOut: void } & Showing>({
  layOutAll: [true, { option: true }],
  // Keeping the whole course for later takes a third of a short journey, and most never come back to it:
  // those that go on without a network say `@offline`.
  serviceWorkers: async ({}, use, { tags }) => use(tags.includes('@offline') ? 'allow' : 'block'),
  // A page starts its scripts when it was painted. No person presses a key before that, but a journey would.
  page: async ({ page, javaScriptEnabled }, use) => {
    if (javaScriptEnabled === false) return use(page);
    await page.addInitScript(noteScripts);
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
    page.goto = async (...args) => started(page, await goto(...args));
    page.reload = async (...args) => started(page, await reload(...args));
    await use(page);
  },
  laidOut: [
    async ({ context, layOutAll }, use) => {
      if (layOutAll)
        await context.addInitScript(() =>
          document.addEventListener('DOMContentLoaded', () =>
            document.documentElement.style.setProperty('--out-of-sight', 'visible'),
          ),
        );
      await use();
    },
    { auto: true },
  ],
  watch: [
    async ({ context, baseURL }, use) => {
      const allowed: RegExp[] = [];
      const complaints: Complaint[] = [];
      await observe(context, new URL(baseURL!).origin, (complaint) => complaints.push(complaint));
      await use({ allow: (pattern) => allowed.push(pattern) });
      const left = complaints.filter(({ text }) => !allowed.some((pattern) => pattern.test(text)));
      expect(
        left.map(({ kind, text }) => `${kind}: ${text}`),
        'a page asks no other host, keeps its policy and catches its errors',
      ).toEqual([]);
    },
    { auto: true },
  ],
});

/** Notes which of a page's scripts ran, or could not be loaded. */
function noteScripts(): void {
  const ended = new Set<EventTarget | null>();
  for (const event of ['load', 'error'])
    document.addEventListener(event, ({ target }) => ended.add(target), { capture: true });
  (globalThis as Started).scriptsEnded = () =>
    document.querySelector('#held-scripts') === null &&
    [...document.querySelectorAll('script[type=module][src]')].every((one) => ended.has(one));
}

interface Started {
  scriptsEnded?: () => boolean;
}

async function started<T>(page: Page, result: T): Promise<T> {
  await expect
    .poll(() => page.evaluate(() => (globalThis as Started).scriptsEnded?.() ?? true))
    .toBe(true);
  return result;
}

async function observe(
  context: BrowserContext,
  origin: string,
  complain: (complaint: Complaint) => void,
): Promise<void> {
  // Requests of the service worker are the context's as well.
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== origin)
      complain({ kind: 'request to another host', text: request.url() });
  });
  context.on('weberror', (error) =>
    complain({ kind: 'uncaught error', text: String(error.error().stack ?? error.error()) }),
  );
  context.on('console', (message) => {
    if (/content security policy/i.test(message.text()))
      complain({ kind: 'content security policy', text: message.text() });
  });
  // The event tells of violations that the console leaves out, report-only ones among them.
  await context.exposeBinding('reportPolicyViolation', ({ page }, violation: string) =>
    complain({ kind: 'content security policy', text: `${violation} on ${page.url()}` }),
  );
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as { reportPolicyViolation?: (text: string) => void })
        .reportPolicyViolation;
      report?.(`${event.effectiveDirective} refused ${event.blockedURI}`);
    });
  });
}
