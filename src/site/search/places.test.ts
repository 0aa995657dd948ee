import { describe, expect, it } from 'vitest';
import { readReference } from '../../lecture/reference/read.ts';
import { destinations } from '../../sharing/permalinks/destinations.ts';
import { readPages } from '../../foundation/course/outline.ts';
import { createLookup } from './places.ts';
import { signedSections } from './signed-sections.ts';
import { placesTable } from './table.ts';

const page = `<html><nav><code>$menu</code></nav><div class="sl-markdown-content">
  <p>Before: <code>a -> b</code></p>
  <h2 id="ask">Ask <code>->></code> it, will you?</h2>
  <p>With <code>attributes->>'size'</code>, <code>->></code> and <code>->></code> and <code>->></code>.</p>
  <pre><code>SELECT a->>'b', c @> '[]'</code></pre>
  <div class="cell-results"><code>->> ||</code></div>
  <div data-pagefind-ignore><code>$secret</code></div>
  <section class="exercise"><h3 id="x-title">Try ||</h3></section>
  <h3>No id</h3><p><code>#>></code></p>
  <h2 id="lookup">$lookup: the JOIN there is</h2>
</div></html>`;

describe('the sections of a page and their signs', () => {
  const sections = signedSections(page);
  const of = (id: string): Record<string, number> =>
    Object.fromEntries(sections.find((section) => section.id === id)!.signs);

  it('are those of headings with an id, and what stands before them', () => {
    expect(sections.map(({ id, title }) => [id, title])).toEqual([
      ['', ''],
      ['ask', 'Ask ->> it, will you?'],
      ['lookup', '$lookup: the JOIN there is'],
    ]);
  });

  it('count a heading for more than a sentence, that for more than a listing, and nothing without end', () => {
    expect(of('ask')).toMatchObject({ '->>': 20 + 12 + 1, '@>': 1, '#>>': 4 });
    expect(of('lookup')).toEqual({ $lookup: 20 });
  });

  it('leave out what a query printed, what is asked, and a question mark in a heading', () => {
    const all = sections.flatMap(({ signs }) => [...signs.keys()]);
    expect(all).not.toContain('||');
    expect(all).not.toContain('$secret');
    expect(all).not.toContain('$menu');
    expect(all).not.toContain('?');
  });
});

describe('the exact place of a name or an operator', () => {
  const pages = readPages();
  const lookup = createLookup(
    placesTable({
      entries: readReference().flatMap(({ entries }) => entries),
      pages,
      destinations: destinations(),
      htmlOf: ({ id }) => (id === '1.3' ? page : ''),
      base: '/course/',
    }),
  );
  const names = (query: string): string[] => lookup.entries(query).map(({ entry }) => entry.name);

  it.each([
    ['$lookup', 'JOIN → $lookup'],
    ['@>', '@> → value in an array'],
    ['INCR', 'INCR'],
    ['set nx', 'SET'],
    ['sorted set leaderboard', 'Sorted sets'],
    ['transaction', 'Transaction → transaction'],
  ])('“%s” is the entry “%s”', (query, name) => {
    expect(names(query)[0]).toBe(name);
  });

  it('is none for what only begins like an entry, or only names a database', () => {
    expect(names('incre')).toEqual([]);
    expect(names('PostgreSQL family')).not.toContain('Document store');
  });

  it('is no list', () => {
    expect(names('leaderboard').length).toBe(2);
  });

  it('comes with the section that tells more', () => {
    expect(lookup.entries('$lookup')[0]!.more).toMatchObject({
      address: '/course/document-stores/embedding-vs-referencing/#lookup',
    });
  });

  it('of an operator is each section that has it, of two the section that has both', () => {
    const anchors = (query: string): string[] =>
      lookup.sections(query).map(({ address }) => address.replace(/.*\//, ''));
    expect(anchors('->>')).toEqual(['#ask']);
    expect(anchors('->> @>')).toEqual(['#ask']);
    expect(anchors('->> $lookup')).toEqual([]);
    expect(anchors('->')).toEqual(['']);
  });
});
