import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLinks } from './check.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'links-'));
  write('index.html', '<h1 id="_top">The course</h1>');
  write('the-problem/jsonb/index.html', '<h2 id="gin">GIN</h2><h2 id="bézier">Curves</h2>');
  write('go/1.3/index.html', '<meta http-equiv="refresh" content="0;url=/the-problem/jsonb/">');
  write('_astro/page.css', 'body { color: red }');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** What is wrong with a page that holds this. */
function problemsOf(body: string, base = '/'): string[] {
  write('the-problem/index.html', body);
  return checkLinks({ folder, base }).problems;
}

describe('links', () => {
  it.each([
    '<a href="/the-problem/jsonb/#gin">',
    '<a href="jsonb/">',
    '<a href="./jsonb/#b%C3%A9zier">',
    '<a href="#here"></a><p id="here">',
    '<a href="#">',
    '<a href="#top">',
    '<a href="/#_top">',
    '<a href="?print=1">',
    '<a href="/go/1.3/#gin">',
    '<a href="/#:~:text=The%20course">',
    '<a href="https://www.postgresql.org/docs/18/">',
    '<a href="mailto:author@example.org">',
    '<a id="empty" name="no link at all">',
  ])('may look like this: %s', (body) => {
    expect(problemsOf(body)).toEqual([]);
  });

  it('that lead nowhere are named with their page', () => {
    expect(problemsOf('<a href="/the-problem/json/">')).toEqual([
      '/the-problem/: <a href> leads nowhere: /the-problem/json/',
    ]);
  });

  it.each([
    ['<a href="javascript:alert(1)">', '<a href> begins with javascript:'],
    ['<a href=" &#1;JavaScript:alert(1)">', '<a href> begins with javascript:'],
    ['<a href="java&#10;scr&Tab;ipt:alert(1)">', '<a href> begins with javascript:'],
    ['<a href="&#106;avascript&colon;alert(1)">', '<a href> begins with javascript:'],
    ['<a href="data:text/html,x">', '<a href> begins with data:'],
    ['<img src="data:text/html,x">', '<img src> begins with data:'],
    ['<a href="data:image/svg+xml,x">', '<a href> begins with data:'],
    ['<img src="/a.png" srcset="javascript:x 2x">', '<img srcset> begins with javascript:'],
    ['<form action="vbscript:x">', '<form action> begins with vbscript:'],
    ['<button formaction="javascript:x">', '<button formaction> begins with javascript:'],
    ['<svg><a xlink:href="javascript:x">', '<a xlink:href> begins with javascript:'],
    ['<svg><set attributeName="href" to="javascript:x">', '<set to> begins with javascript:'],
    ['<object data="file:///etc/passwd">', '<object data> begins with file:'],
    ['<a href="#" ping="blob:x">', '<a ping> begins with blob:'],
    ['<meta http-equiv="refresh" content="0;url=javascript:x">', 'leads to javascript:x'],
  ])('may not hold a program or a page in disguise: %s', (body, message) => {
    expect(problemsOf(body).join('\n')).toContain(message);
  });

  it('name the file an author edits, where there is one', () => {
    write('the-problem/index.html', '<a href="/nowhere/">');
    const sources = new Map([
      ['the-problem/index.html', 'content/lecture/1-the-problem/index.mdx'],
    ]);
    expect(checkLinks({ folder, base: '/', sources }).problems[0]).toMatch(
      /^content\/lecture\/1-the-problem\/index\.mdx: /,
    );
  });

  it('to an id that is not there are found, behind a redirect as well', () => {
    expect(problemsOf('<a href="jsonb/#btree"><a href="/go/1.3/#eav">')).toEqual([
      '/the-problem/: <a href> leads to an id that /the-problem/jsonb/ does not have: jsonb/#btree',
      '/the-problem/: <a href> leads to an id that /the-problem/jsonb/ does not have: /go/1.3/#eav',
    ]);
  });

  it('without their trailing slash would cost a redirect', () => {
    expect(problemsOf('<a href="/the-problem/jsonb">')[0]).toContain('lacks its trailing slash');
  });

  it('read attributes as browsers do: entities, quotes and a > in between', () => {
    expect(problemsOf(`<a title="data -> 'a' > 1" href='jsonb/?a=1&amp;b=2#gin'>`)).toEqual([]);
    expect(problemsOf('<a title="a > b" href="/a&amp;b/">')[0]).toContain('leads nowhere: /a&b/');
  });

  it('in a script or a comment are none', () => {
    expect(problemsOf(`<script>'<a href="/x/">'</script><!-- <a href="/y/"> -->`)).toEqual([]);
  });

  it('wrong in the same way on every page are one problem', () => {
    write('the-problem/jsonb/index.html', '<nav><a href="/old/">');
    expect(problemsOf('<nav><a href="/old/">')).toEqual([
      '/the-problem/ and 1 more: <a href> leads nowhere: /old/',
    ]);
  });
});

describe('sources', () => {
  it('are looked up wherever an element can have one', () => {
    const problems = problemsOf(
      `<script src="/a.js"></script><img src="b.png" srcset="c.png 1x, d.png 2x">
       <link rel="stylesheet" href="/_astro/page.css"><link rel="modulepreload" href="/e.js">
       <video poster="f.jpg"></video><svg><use href="/g.svg#h"/></svg>
       <meta property="og:image" content="/i.png">`,
    );
    expect(problems.map((problem) => /: (\/?\w\.\w+)/.exec(problem)?.[1])).toEqual([
      '/a.js',
      'b.png',
      'c.png',
      'd.png',
      '/e.js',
      'f.jpg',
      '/g.svg',
      '/i.png',
    ]);
  });

  it('are looked up in styles of the page and in style sheets', () => {
    write('_astro/page.css', '@import "more.css"; /* url(old.png) */ a { background: url(x.svg) }');
    expect(
      problemsOf('<p style="background: url(\'/y.png\')"><style>b{src:url("z.woff2")}</style>'),
    ).toEqual([
      '/the-problem/: <style> leads nowhere: /y.png',
      '/the-problem/: <style> leads nowhere: z.woff2',
      '/_astro/page.css: url() leads nowhere: x.svg',
      '/_astro/page.css: url() leads nowhere: more.css',
    ]);
  });

  it('may be data', () => {
    expect(problemsOf('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')).toEqual([]);
  });

  it.each([
    '<script src="https://cdn.example.com/x.js"></script>',
    '<link rel="stylesheet" href="//cdn.example.com/x.css">',
    '<link rel="preconnect" href="https://cdn.example.com">',
    '<img src="https://cdn.example.com/x.png">',
    '<iframe src="https://cdn.example.com/">',
    '<style>@font-face { src: url(https://cdn.example.com/x.woff2) }</style>',
  ])('are never another host’s: %s', (body) => {
    expect(problemsOf(body)[0]).toContain('loads from cdn.example.com');
  });

  it('may name the site’s own origin, as its canonical links do', () => {
    const canonical = '<link rel="canonical" href="https://course.example.org/the-problem/">';
    expect(
      problemsOf(`${canonical}<a href="https://course.example.org/the-problem/jsonb/">`),
    ).toEqual([]);
    expect(problemsOf(`${canonical}<a href="https://course.example.org/gone/">`)).toHaveLength(1);
  });
});

describe('under a sub-path', () => {
  it('links stay below it', () => {
    write('go/1.3/index.html', '');
    expect(
      problemsOf('<a href="/course/the-problem/jsonb/#gin"><a href="jsonb/">', '/course/'),
    ).toEqual([]);
    expect(problemsOf('<a href="/the-problem/jsonb/">', '/course/')).toEqual([
      '/course/the-problem/: <a href> leaves /course/, the path the site is served under: /the-problem/jsonb/',
    ]);
  });
});

describe('ids', () => {
  it('stand for one place', () => {
    expect(problemsOf('<p id="eav"><h2 id="eav">')[0]).toContain('the id "eav" is given twice');
  });

  it('that labels refer to are there', () => {
    expect(problemsOf('<figure aria-labelledby="t"><b id="t"></b></figure>')).toEqual([]);
    expect(problemsOf('<figure aria-labelledby="t u"><b id="t"></b></figure>')[0]).toContain('"u"');
  });
});

describe('files that list others', () => {
  it('such as the web app manifest name what is there', () => {
    write('manifest.webmanifest', '{"start_url": "./", "icons": [{"src": "icon-512.png"}]}');
    expect(problemsOf('')).toEqual(['/manifest.webmanifest: icons leads nowhere: icon-512.png']);
  });

  it('such as the sitemap name what is there', () => {
    write('sitemap-0.xml', '<url><loc>/the-problem/jsonb/</loc></url><url><loc>/gone/</loc></url>');
    write('robots.txt', 'User-agent: *\nSitemap: /sitemap-index.xml\n');
    expect(problemsOf('')).toEqual([
      '/robots.txt: the entry leads nowhere: /sitemap-index.xml',
      '/sitemap-0.xml: the entry leads nowhere: /gone/',
    ]);
  });
});

describe('lasting links', () => {
  const permalinks = [{ id: '1.3', embeds: false }];

  it('that were published are answered', () => {
    expect(checkLinks({ folder, base: '/', permalinks }).problems).toEqual([]);
    const embeds = [{ id: '1.3', embeds: true }];
    expect(checkLinks({ folder, base: '/', permalinks: embeds }).problems).toEqual([
      '/embed/1.3/: the lasting link 1.3 has no page here',
    ]);
    rmSync(join(folder, 'go'), { recursive: true });
    expect(checkLinks({ folder, base: '/', permalinks }).problems).toHaveLength(1);
  });

  it('that a page offers to copy are there', () => {
    const offered =
      '<h2 id="gin"></h2><a class="sl-anchor-link" href="#gin"></a><footer data-page="1.3">';
    expect(problemsOf(offered)[0]).toContain('#gin has a button that copies its lasting link');
    write('go/1.3.gin/index.html', '<meta http-equiv="refresh" content="0;url=/the-problem/">');
    expect(problemsOf(offered)).toEqual([]);
  });

  it('lead to an id that their page has', () => {
    write('go/1.3.old/index.html', '<noscript><meta http-equiv="refresh" content="0;url=/#old">');
    expect(problemsOf('')).toEqual([
      '/go/1.3.old/: <meta http-equiv="refresh"> leads to an id that / does not have: /#old',
    ]);
  });
});

it('a folder without a site is told from a site without mistakes', () => {
  rmSync(join(folder, 'index.html'));
  expect(() => checkLinks({ folder, base: '/' })).toThrow('npm run build');
});
