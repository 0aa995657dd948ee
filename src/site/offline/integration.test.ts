import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keptFiles, lastingLinks } from './integration.ts';

const folder = mkdtempSync(join(tmpdir(), 'offline-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

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
write('_astro/editor.js', 'export {};');
write('_astro/site.css', '');

describe('what is kept for reading offline', () => {
  const { pages, files } = keptFiles(folder, '/course/');

  it('is every page of the site itself', () => {
    expect(pages).toEqual(['/course/', '/course/the-problem/']);
  });

  it('and what pages load at once, but neither what they load on demand nor other hosts', () => {
    expect(files).toEqual([
      '/course/_astro/cell.js',
      '/course/_astro/shared.js',
      '/course/_astro/site.css',
    ]);
  });
});

it('lasting links lead on without a network, each listed that its id does not tell', () => {
  const destinations = new Map([
    ['1.2', { target: 'tables/' }],
    ['1.2.eav', { target: 'tables/#eav' }],
    ['1.2.old', { target: 'tables/#eav' }],
    ['card.lookup', { target: 'reference/#lookup' }],
  ]);
  expect(lastingLinks(destinations, '/course/')).toEqual({
    '1.2': '/course/tables/',
    '1.2.old': '/course/tables/#eav',
    'card.lookup': '/course/reference/#lookup',
  });
});
