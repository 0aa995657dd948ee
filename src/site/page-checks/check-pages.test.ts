import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { checkPages } from './check-pages.ts';
import { noGluedWords } from './glued-words.ts';
import { noWaitingScripts } from './waiting-scripts.ts';

const folder = mkdtempSync(join(tmpdir(), 'pages-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A build of two pages ends. */
function endBuild(check: ReturnType<typeof checkPages>, html: string): void {
  mkdirSync(join(folder, 'good'), { recursive: true });
  writeFileSync(join(folder, 'good/index.html'), '<p>Well.</p>');
  writeFileSync(join(folder, '404.html'), html);
  const pages = [{ pathname: 'good/' }, { pathname: '404/' }];
  const done = check.hooks['astro:build:done'] as (built: object) => void;
  done({ pages, dir: pathToFileURL(`${folder}/`) });
}

it.each([
  ['glued words', noGluedWords(), '<p>the bank</code>starts</p>', '/404/ prints “the bankstarts'],
  [
    'a waiting script',
    noWaitingScripts(),
    '<link rel="stylesheet" href="/a.css"><script>restore()</script>',
    '/404/ waits for the script “restore()”',
  ],
  [
    'a waiting script that says nothing',
    noWaitingScripts(),
    '<link rel="stylesheet" href="/a.css"><script></script>',
    '/404/ waits for the script “”',
  ],
])('a build with %s fails, and names the page', (_, check, html, message) => {
  expect(() => endBuild(check, html)).toThrow(message);
});

it('a build without a fault ends well', () => {
  for (const check of [noGluedWords(), noWaitingScripts()])
    expect(() => endBuild(check, '<p>Not found.</p>')).not.toThrow();
});
