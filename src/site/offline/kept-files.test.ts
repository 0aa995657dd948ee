import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { serviceWorker } from './integration.ts';
import { keptFiles, keptSite, lastingLinks } from './kept-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'offline-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const ENGINE = 'serve(engine, self);';

write('404.html', 'not kept');
write('go/1/index.html', 'not kept');
write('embed/1/index.html', 'not kept');
write(
  'index.html',
  '<link href="/course/_astro/site.css"><a href="https://x.example/y.js">away</a>',
);
write('the-problem/index.html', '<script type="module" src="/course/_astro/cell.js"></script>');
write('_astro/cell.js', 'import{a}from"./shared.js";const run=()=>import("./editor.js");');
write('_astro/shared.js', 'export const a=1;');
write('_astro/editor.js', 'export {};'.repeat(5000));
write('_astro/run.js', 'export {};');
write('_astro/site.css', '');
write('_engines/redis-worker.abc.bin', gzipSync(ENGINE));
write('pagefind/pagefind.js', 'export {};');
write('pagefind/pagefind-ui.js', 'not used');
write('pagefind/pagefind-component-ui.css', 'not used');

const hash = (content: string | Buffer) =>
  createHash('sha256').update(content).digest('base64url').slice(0, 12);

describe('what is kept for reading offline', () => {
  const { atOnce, pages, onDemand, onUse } = keptFiles(folder, '/course/');

  it('is every page of the site itself', () => {
    expect(pages).toEqual(['', 'the-problem/']);
  });

  it('and what pages load at once, but nothing of other hosts', () => {
    expect(atOnce).toEqual(['_astro/cell.js', '_astro/shared.js', '_astro/site.css']);
  });

  it('then what they load on demand, if it is small', () => {
    expect(onDemand).toEqual(['_astro/run.js']);
  });

  it('and when a reader uses it, what is large, and the parts of the search that the course uses', () => {
    expect(onUse).toEqual([
      '_astro/editor.js',
      '_engines/redis-worker.abc.bin',
      'pagefind/pagefind.js',
    ]);
  });
});

describe('the list of what is kept', () => {
  it('knows each file by its content, and an engine’s by its content uncompressed as well', async () => {
    const { groups } = await keptSite(folder, '/course/', new Map());
    expect(groups.pages['the-problem/']?.[0]).toBe(
      hash('<script type="module" src="/course/_astro/cell.js"></script>'),
    );
    expect(groups.onUse['_engines/redis-worker.abc.bin']).toEqual([
      hash(gzipSync(ENGINE)),
      gzipSync(ENGINE).length,
      hash(ENGINE),
    ]);
  });

  it('is of another version when a page is another, and of the same when nothing is', async () => {
    const version = async () => (await keptSite(folder, '/course/', new Map())).version;
    const first = await version();
    write('the-landscape/index.html', 'New');
    const second = await version();
    rmSync(join(folder, 'the-landscape'), { recursive: true });
    expect(second).not.toBe(first);
    expect(await version()).toBe(first);
  });

  it('stands at the beginning of the worker, which is one classic script', async () => {
    const site = await keptSite(folder, '/course/', new Map());
    const script = await serviceWorker(site);
    expect(script.startsWith(`const SITE=${JSON.stringify(site)};`)).toBe(true);
    expect(script).not.toMatch(/^(import|export)\b/m);
  });
});

it('lasting links lead on without a network, each listed that its id does not tell', () => {
  const destinations = new Map([
    ['1.2', { target: 'tables/' }],
    ['1.2.eav', { target: 'tables/#eav' }],
    ['1.2.old', { target: 'tables/#eav' }],
    ['card.lookup', { target: 'reference/#lookup' }],
  ]);
  expect(lastingLinks(destinations)).toEqual({
    '1.2': 'tables/',
    '1.2.old': 'tables/#eav',
    'card.lookup': 'reference/#lookup',
  });
});
