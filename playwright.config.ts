import { defineConfig, devices } from '@playwright/test';
import { browserArgs, findHeadlessBrowser } from './scripts/browser/find.ts';

/**
 * The journeys of `e2e/`, on a phone and on a desk; `axe.ts` looks at both in light and dark. They see the built site as the
 * plainest host serves it; `npm test` builds it first, and so does `npm run e2e`.
 */
const port = Number(process.env['E2E_PORT'] ?? 4399);
const baseURL = `http://localhost:${port}/`;

const phone = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
const desktop = { viewport: { width: 1280, height: 800 } };

/** What does not depend on the screen is walked once: on the desk. */
const testIgnore = [
  '**/watch.spec.ts',
  '**/isolation.spec.ts',
  '**/frame-life.spec.ts',
  '**/forging.spec.ts',
  '**/rough-typing.spec.ts',
  '**/shipped.spec.ts',
  '**/tampering.spec.ts',
  '**/other-course.spec.ts',
  '**/authoring.spec.ts',
];
/** `@once`: the same. `@desk`: what only a desk has, a Tab key, a printer. */
const grepInvert = /@once|@desk/;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // A journey that fails now and then is a mistake in the site or in the journey: it is named at the end as flaky, and is to
  // be mended. What else changed need not wait for that.
  retries: 1,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: 'list',
  timeout: 60_000,
  // Both are long for a busy machine: what comes, comes far sooner.
  expect: { timeout: 15_000 },
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    // Without it, what never comes is waited for until the journey's own time is up.
    actionTimeout: 60_000,
    // A trace of every journey costs as much as the journeys; TRACE=1 keeps those of what fails.
    trace: process.env['TRACE'] ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: await findHeadlessBrowser(),
      // What has a process of its own in a browser that people use, and costs a tenth of the journeys: drawing, and the
      // network. Pages and frames keep theirs.
      args: [...browserArgs, '--in-process-gpu', '--enable-features=NetworkServiceInProcess2'],
    },
  },
  projects: [
    { name: 'phone', testIgnore, grepInvert, use: phone },
    { name: 'desktop', use: desktop },
  ],
  webServer: {
    command: `"${process.execPath}" scripts/build/serve.ts dist --port ${port} --strict`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
