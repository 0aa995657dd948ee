import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';
import { linksAsCsv, linksByPage } from './links.ts';
import { frameCode, listCode } from './snippets.ts';

describe('a table of links as CSV', () => {
  it('keeps commas, quotes and lines in their fields', () => {
    expect(toCsv([['a,b', 'say "x"', 'two\nlines']])).toBe('"a,b","say ""x""","two\nlines"\r\n');
  });

  it('holds nothing that a spreadsheet would compute', () => {
    expect(toCsv([['=1+1', '@sum', 'plain']])).toBe(`"'=1+1","'@sum","plain"\r\n`);
  });
});

describe('the code of a frame', () => {
  it('has its title as text, and the theme that was asked for', () => {
    const code = frameCode('https://example.org/embed/1.2/', 'A "wide" <table>', 'dark');
    expect(code).toContain('src="https://example.org/embed/1.2/?theme=dark"');
    expect(code).toContain('title="A &quot;wide&quot; &lt;table&gt;"');
  });

  it('leaves the theme to the reader’s system otherwise', () => {
    expect(frameCode('https://example.org/embed/1.2/', 'T', 'system')).toContain('embed/1.2/"');
  });
});

it('links as a list show their titles as text', () => {
  expect(listCode([{ address: '/go/1/', title: 'a < b' }])).toBe(
    '<ul>\n  <li><a href="/go/1/">a &lt; b</a></li>\n</ul>',
  );
});

describe('the links of the course', () => {
  it('come in the order of the lecture, and on a page in that of the page', () => {
    const pages = linksByPage();
    expect(pages.slice(0, 3).map(({ page }) => page.id)).toEqual(['home', '1', '1.1']);
    const anchors = pages.find(({ page }) => page.id === '1.2')!.things.map(({ id }) => id);
    expect(anchors.slice(0, 3)).toEqual(['1.2.wide', '1.2.wide-rows', '1.2.wide-table-row']);
  });

  it('are a line each of the file, with their paths under the site’s own', () => {
    const lines = linksAsCsv('/course').split('\r\n');
    expect(lines).toContain(
      '"1.2.eav","heading","B: entity–attribute–value","1.2 Three broken solutions","/course/go/1.2.eav/",""',
    );
  });
});
