/**
 * `npm run judge -- browsers [firefox 1.2 home]`: runs every cell of the course, or of the pages named, in
 * Firefox and in WebKit where they are installed, and compares what they answer with what the pages
 * printed. `npm test` does so in Chromium.
 *
 * Debian: `apt-get install firefox-esr webkit2gtk-driver xvfb`, then `xvfb-run npm run judge -- browsers`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { masked, runEach, type SeenAnswer } from '../../e2e/answers.ts';
import { buildIfStale, targetFor } from '../build/build.ts';
import { programOnPath } from '../browser/find.ts';
import { command, ROOT } from '../process/command.ts';
import { lecturePages } from '../build/lecture-pages.ts';
import { openFirefox } from './browsers/firefox.ts';
import type { Visitor } from './browsers/visitor.ts';
import { openWebKit } from './browsers/webkit.ts';
import { listenOnFreePort } from '../process/port.ts';
import { createSiteServer } from '../build/serve.ts';

/** For all cells of one page, in milliseconds. */
const PATIENCE = 300_000;

/** Where Debian, Fedora and Arch put WebKitGTK's browser, which is not on the path. */
const MINI_BROWSERS = [
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/webkit2gtk-4.1/MiniBrowser',
];

/** How each is opened, or what it lacks here. */
const BROWSERS: Record<string, () => Promise<Visitor> | string> = {
  firefox() {
    const program = programOnPath(['firefox', 'firefox-esr']);
    return program === undefined ? 'no firefox' : openFirefox(program, PATIENCE);
  },
  webkit() {
    const driver = programOnPath(['WebKitWebDriver']);
    const browser = MINI_BROWSERS.find((path) => existsSync(path));
    if (driver === undefined || browser === undefined) return 'no WebKitWebDriver';
    if (!process.env['DISPLAY']) return 'no screen: start this with xvfb-run';
    return openWebKit({ driver, browser }, PATIENCE);
  },
};

/** Where everything is laid out, and the design challenge shows all its months. */
const RUN_ALL = `(async () => {
  document.documentElement.style.setProperty('--out-of-sight', 'visible');
  while (document.querySelector('course-cell .cell-bar')?.hidden)
    await new Promise((done) => setTimeout(done, 50));
  for (const button of document.querySelectorAll('button'))
    if (button.textContent.trim() === 'Show all months') button.click();
  return (${runEach.toString()})(document.querySelectorAll('course-cell'));
})()`;

await command(async () => {
  const names = process.argv.slice(2);
  const chosen = Object.keys(BROWSERS).filter((name) => names.includes(name));
  const ids = names.filter((name) => !(name in BROWSERS));
  const pages = [{ id: 'home', slug: '' }, ...lecturePages(ROOT)].filter(
    ({ id }) => ids.length === 0 || ids.includes(id),
  );
  if (pages.length === 0) throw new Error(`The lecture has no page ${ids.join(', ')}.`);
  const target = targetFor('/');
  if (!(await buildIfStale(ROOT, target))) return false;
  const server = createSiteServer({ folder: join(ROOT, target.outDir) });
  const origin = `http://localhost:${await listenOnFreePort(server, 0)}`;
  let visited = 0;
  let well = true;
  for (const name of chosen.length > 0 ? chosen : Object.keys(BROWSERS)) {
    const visitor = await BROWSERS[name]!();
    if (typeof visitor === 'string') {
      console.log(`– ${name} is left out: ${visitor}`);
      continue;
    }
    visited++;
    console.log(visitor.name);
    for (const { id, slug } of pages) {
      const faults = await visit(visitor, `${origin}/${slug === '' ? '' : `${slug}/`}`, id);
      well &&= faults === 0;
    }
    await visitor.close();
  }
  if (visited === 0) throw new Error('There is neither Firefox nor WebKit to visit the course in.');
  return well;
});

/** Runs the cells of a page and says how that went. @returns how much went wrong */
async function visit(visitor: Visitor, url: string, id: string): Promise<number> {
  await visitor.open(url);
  const answers = (await visitor.evaluate<SeenAnswer[]>(RUN_ALL)).map(masked);
  const other = answers.filter(
    ({ printed, answered, status }) =>
      answered !== printed || !status.includes('in your browser in'),
  );
  const errors = visitor.errors();
  const faults = other.length + errors.length;
  console.log(`${faults === 0 ? '✓' : '✗'} ${id.padEnd(8)} ${answers.length} cells`);
  for (const { id, status, printed, answered } of other)
    console.log(`  #${id}: ${status}\n  printed: ${printed}\n  answered: ${answered}`);
  for (const error of errors) console.log(`  ${error}`);
  return faults;
}
