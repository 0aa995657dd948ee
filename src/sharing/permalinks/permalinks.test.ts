import { describe, expect, it } from 'vitest';
import { collectPermalinks } from './collect.ts';
import { compareIds } from '../../foundation/course/pages.ts';
import { PERMALINK_ID } from '../../foundation/addresses/permalink.ts';
import { redirectPage } from './redirect-page.ts';

describe('lasting links', () => {
  const links = new Map(collectPermalinks().map((link) => [link.id, link]));

  it.each([
    ['home', 'page', ''],
    ['1', 'part', 'the-problem/'],
    ['1.2', 'section', 'the-problem/three-broken-solutions/'],
    ['1.2.eav', 'heading', 'the-problem/three-broken-solutions/#eav'],
    ['1.2.eav-one-filter', 'cell', 'the-problem/three-broken-solutions/#eav-one-filter'],
    ['1.2.eav-shape', 'diagram', 'the-problem/three-broken-solutions/#eav-shape'],
  ])('%s is a %s', (id, kind, target) => {
    expect(links.get(id)).toMatchObject({ id, kind, target });
  });

  it('have the titles that a reader sees', () => {
    expect(links.get('1.2.wide')!.title).toBe('A: the wide table');
    expect(links.get('1.2.eav-one-filter')!.title).toBe('One filter, one JOIN');
  });

  it('are one path segment that no host has to encode', () => {
    expect(links.size).toBeGreaterThan(100);
    for (const id of links.keys()) expect(id).toMatch(PERMALINK_ID);
    for (const id of ['../1', '1/2', '1.', '.1', 'Ü', 'a b', ''])
      expect(id).not.toMatch(PERMALINK_ID);
  });

  it('come in the order of the lecture', () => {
    expect(['1.10', '1.2.b', '2', '1.2', 'home', '1'].sort(compareIds)).toEqual([
      'home',
      '1',
      '1.2',
      '1.2.b',
      '1.10',
      '2',
    ]);
  });
});

describe('the page at /go/', () => {
  const html = redirectPage({
    path: '/course/a/?x="1"&y=2#b',
    title: 'What is <b>?',
    origin: 'https://example.org',
  });

  it('leads on without JavaScript, and search engines to the page itself', () => {
    expect(html).toContain('content="0;url=/course/a/?x=&quot;1&quot;&amp;y=2#b"');
    expect(html).toContain('<meta name="robots" content="noindex">');
    expect(html).toContain(
      'rel="canonical" href="https://example.org/course/a/?x=&quot;1&quot;&amp;y=2"',
    );
  });

  it('shows titles as text', () => {
    expect(html).toContain('<title>What is &lt;b&gt;?</title>');
    expect(html).not.toContain('<b>');
  });

  it('allows nothing but its own script', () => {
    expect(html).toMatch(/content="default-src 'none'; script-src 'sha256-[^' ]+'; img-src data:;/);
  });
});
