import { describe, expect, it } from 'vitest';
import type { Permalink } from '../../foundation/addresses/permalink.ts';
import { cutEmbed, embedSource } from './cut.ts';
import { elementsOf } from '../../foundation/markup/elements.ts';

const HTML = `<!doctype html><html><head><meta charset="utf-8"/><link rel="stylesheet" href="/c/a.css">
<style>p{}</style><script>site()</script></head><body><nav><a href="/c/">Home</a></nav><main>
<div class="page-title"><p>Section 1.2</p><h1 id="_top">Tables &amp; rows</h1></div>
<div class="sl-markdown-content"><h2 id="eav">EAV</h2><a href="#eav">here</a>
<a href="/c/other/">there</a><a href="https://www.postgresql.org/">manual</a><a href="../wide/#plan">wide</a>
<course-cell id="one" data-engine="postgres" data-session="s"><pre>a &lt; b</pre><script type="module" src="/c/cell.js"></script></course-cell>
<course-cell id="other" data-engine="postgres"></course-cell>
<course-cell id="two" data-engine="postgres" data-session="s"><a href="#two">Two</a><a href="#eav">up</a></course-cell>
<section id="task"><h3 class="title">Task</h3></section>
<figure class="diagram" id="shape"><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></figure>
</div></main><footer><script type="module">foot()</script></footer></body></html>`;

const site = {
  base: '/c/',
  origin: 'https://example.org',
  name: 'The course',
  style: 'main{}',
  script: 'frame()',
};
const page: Permalink = {
  id: '1.2',
  kind: 'section',
  target: 'tables/',
  title: 'Tables & rows',
  page: '1.2',
  embeds: true,
};
const thing = (anchor: string): Permalink => ({
  ...page,
  id: `1.2.${anchor}`,
  kind: 'cell',
  target: `tables/#${anchor}`,
  title: anchor,
});
const cut = (what: Permalink): string => cutEmbed(embedSource(HTML), what, page, site);

describe('a section in a frame', () => {
  const html = cut(page);

  it('is its title and its content, with the page’s styles and none of the site', () => {
    expect(html).toContain('<h1 id="_top">Tables &amp; rows</h1>');
    expect(html).toContain('<figure class="diagram" id="shape">');
    expect(html).toContain('<link rel="stylesheet" href="/c/a.css">');
    expect(html).not.toMatch(/<nav|site\(\)|foot\(\)/);
  });

  it('keeps the scripts of its content', () => {
    expect(html.match(/cell\.js/g)).toHaveLength(1);
  });

  it('opens what is not in it in a new tab', () => {
    expect(html).toContain('<a href="#eav">here</a>');
    expect(html).toContain('<a target="_blank" rel="noopener" href="/c/other/">');
    expect(html).toContain('<a target="_blank" rel="noopener" href="/c/wide/#plan">wide</a>');
    expect(html).toContain('<a target="_blank" rel="noopener" href="https://www.postgresql.org/">');
  });

  it('says where it is from, by the link that lasts', () => {
    expect(html).toContain('href="/c/go/1.2/" target="_blank"');
    expect(html).toContain('rel="canonical" href="https://example.org/c/tables/"');
    expect(html).toContain('<meta name="robots" content="noindex"/>');
  });
});

describe('one thing in a frame', () => {
  it('is that thing alone, under a heading for those who cannot see it', () => {
    const html = cut(thing('shape'));
    expect(html).toContain('<h1 class="sr-only">shape</h1>');
    expect(elementsOf(html).filter(({ attributes }) => attributes['id'])).toHaveLength(1);
  });

  it('has its own heading right below that one, and a page has it where it was', () => {
    expect(cut(thing('task'))).toContain('<h2 class="title">Task</h2>');
    expect(cut(page)).toContain('<h3 class="title">Task</h3>');
  });

  it('has the cells of its session that run before it', () => {
    const ids = elementsOf(cut(thing('two')))
      .filter(({ name }) => name === 'course-cell')
      .map(({ attributes }) => attributes['id']);
    expect(ids).toEqual(['one', 'two']);
  });

  it('has the script that an earlier thing brought into the page, once', () => {
    for (const anchor of ['one', 'two', 'other'])
      expect(cut(thing(anchor)).match(/cell\.js/g)).toHaveLength(1);
  });

  it('leads to its page where it refers to what is not shown', () => {
    expect(cut(thing('two'))).toContain(
      '<a href="#two">Two</a><a target="_blank" rel="noopener" href="/c/tables/#eav">up</a>',
    );
  });

  it('keeps text and markup as they stand', () => {
    expect(cut(thing('one'))).toContain('<pre>a &lt; b</pre>');
  });

  it('must be on its page', () => {
    expect(() => cut(thing('gone'))).toThrow('nothing with the id gone');
  });
});
