import { describe, expect, it } from 'vitest';
import type { KeptSite } from '../kept-site.ts';
import { isUnchanging, lastingPath, outdated, pathOf } from './addresses.ts';

const site: KeptSite = {
  base: '/course/',
  version: 'b',
  groups: {
    atOnce: { '_astro/cell.B.js': ['cellB', 10] },
    pages: { '': ['homeB', 10], 'summary/': ['summaryB', 10] },
    onDemand: {},
    onUse: { '_engines/redis.A.bin': ['redisA', 10, 'unpacked'] },
  },
  lasting: { '1.2': 'tables/', '1.2.old': 'tables/#eav' },
};

describe('an address', () => {
  const path = (url: string) => pathOf(url, site, 'https://host.example');

  it('is a path below the site’s base, whatever its query', () => {
    expect(path('https://host.example/course/summary/?utm_source=lms#end')).toBe('summary/');
    expect(path('https://host.example/course/')).toBe('');
  });

  it('is nothing of ours elsewhere on the host, or on another', () => {
    expect(path('https://host.example/other-course/')).toBeUndefined();
    expect(path('https://host.example/')).toBeUndefined();
    expect(path('https://elsewhere.example/course/summary/')).toBeUndefined();
  });
});

it('files whose names carry a hash do not change; pages and the search’s entry do', () => {
  const paths = ['_astro/cell.B.js', '_engines/redis.A.bin', 'pagefind/fragment/en_1.pf_fragment'];
  expect(paths.every(isUnchanging)).toBe(true);
  expect(
    ['', 'summary/', 'pagefind/pagefind.js', 'pagefind/pagefind-entry.json'].some(isUnchanging),
  ).toBe(false);
});

it('lasting links and frames lead to the page that they are of', () => {
  expect(lastingPath(site, 'go/1.2/')).toBe('tables/');
  expect(lastingPath(site, 'go/1.2.old/')).toBe('tables/#eav');
  expect(lastingPath(site, 'embed/1.2.wide-rows/')).toBe('tables/#wide-rows');
  expect(lastingPath(site, 'go/9.9/')).toBeUndefined();
  expect(lastingPath(site, 'summary/')).toBeUndefined();
});

describe('what a build has no use for', () => {
  const entry = (path: string, hash: string) => ({ path, hash });
  const current = [
    entry('', 'homeB'),
    entry('summary/', 'summaryB'),
    entry('_astro/cell.B.js', 'cellB'),
    entry('_engines/redis.A.bin', 'redisA'),
  ];
  const oldScript = entry('_astro/cell.A.js', 'cellA');

  it('is all that it does not name', () => {
    const old = [oldScript, entry('', 'homeA'), entry('gone/', 'goneA')];
    expect(outdated(site, [...old, ...current], false)).toEqual(old);
  });

  it('is not what a tab of an earlier build may still load', () => {
    const old = [oldScript, entry('', 'homeA')];
    expect(outdated(site, [...old, ...current], true)).toEqual([entry('', 'homeA')]);
  });

  it('is not the old copy of a page whose new one has not come, nor the scripts of such a page', () => {
    const old = [entry('summary/', 'summary0'), entry('summary/', 'summaryA'), oldScript];
    const without = current.filter(({ path }) => path !== 'summary/');
    expect(outdated(site, [...old, ...without], false)).toEqual([entry('summary/', 'summary0')]);
  });

  it('is what many builds ago left, however long a tab stays open', () => {
    const old = Array.from({ length: 400 }, (_, i) => entry(`_astro/cell.${i}.js`, String(i)));
    expect(outdated(site, [...old, ...current], true)).toEqual(old.slice(0, 100));
  });
});
