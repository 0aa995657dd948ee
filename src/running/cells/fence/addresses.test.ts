import { mdxToJs } from 'satteri';
import { describe, expect, it } from 'vitest';
import { collectPage } from './collect.ts';
import { safeAddresses } from '../../../foundation/markup/addresses.ts';

const FILE = 'content/lecture/1-the-problem/1.2-three-broken-solutions.mdx';
const read = (body: string) => () => collectPage(`---\nid: '1.2'\n---\n\n${body}\n`, FILE);

describe('an address in a page', () => {
  it.each([
    '[a](https://www.postgresql.org/docs/18/)',
    '[a](http://blog.sym-link.com/2009/10/)',
    '[a](mailto:author@example.org)',
    '[a](/the-problem/)',
    '[a](#eav)',
    '[a](adapt/#weeks:first)',
    '[a][b]\n\n[b]: https://redis.io/docs/latest/',
    '![a](/pictures/a.png)',
    '<a href="?print=1">a</a>',
    '<details>\n<summary>Data: what it is</summary>\n</details>',
    'A text with javascript: in it, and `data:text/html`.',
  ])('may be %s', (body) => {
    expect(read(body)).not.toThrow();
  });

  it.each([
    ['[a](javascript:alert%281%29)', 'javascript:'],
    ['[a](JAVASCRIPT:alert)', 'javascript:'],
    ['[a](<java\tscript:alert>)', 'javascript:'],
    ['[a](<\u0001javascript:alert>)', 'javascript:'],
    ['[a](&#106;avascript:alert)', 'javascript:'],
    ['[a](&#x6A;avascript&colon;alert)', 'javascript:'],
    ['[a](java&NewLine;script:alert)', 'javascript:'],
    ['[a](data:text/html;base64,PHNjcmlwdD4=)', 'data:'],
    ['[a](vbscript:msgbox)', 'vbscript:'],
    ['[a](file:///etc/passwd)', 'file:'],
    ['[a](blob:x)', 'blob:'],
    ['[a](ftp://example.org/)', 'ftp:'],
    ['![a](data:image/svg+xml,x)', 'data:'],
    ['[a][b]\n\n[b]: javascript:alert', 'javascript:'],
    ['<a href="javascript:alert(1)">a</a>', 'javascript:'],
    ['<a href="java\nscript:alert(1)">a</a>', 'javascript:'],
    ['<a href="&#106;avascript:alert(1)">a</a>', 'javascript:'],
    ['<a HREF="javascript:alert(1)">a</a>', 'javascript:'],
    ['<img src="data:text/html,x" />', 'data:'],
    ['<img srcset="/a.png 1x, javascript:x 2x" />', 'javascript:'],
    ['<form action="javascript:x">a</form>', 'javascript:'],
    ['<button formaction="javascript:x">a</button>', 'javascript:'],
    ['<button formAction="javascript:x">a</button>', 'javascript:'],
    ['<svg><a xlink:href="javascript:x">a</a></svg>', 'javascript:'],
    ['<svg><a xlinkHref="javascript:x">a</a></svg>', 'javascript:'],
    ['<svg><a><animate attributeName="href" values="#;javascript:x" /></a></svg>', 'javascript:'],
    ['<object data="data:text/html,x"></object>', 'data:'],
    ['<video poster="javascript:x"></video>', 'javascript:'],
  ])('is refused with file and line: %s', (body, scheme) => {
    expect(read(`Before.\n\n${body}`)).toThrow(
      new RegExp(
        `^${FILE.replaceAll('.', '\\.')}:(7|9): the address ".*" begins with ${scheme}, which`,
      ),
    );
  });
});

describe('what is code in a page', () => {
  it.each([
    '{/* a comment */}',
    'A brace \\{is text\\}.',
    '<JudgmentChart title="a" description="b" sides={["A", "B"]} max={-3} rows={[{ name: "c", left: 1.5 }]} />',
  ])('may be %s', (body) => {
    expect(read(body)).not.toThrow();
  });

  it.each([
    ['{process.env.HOME}', '{process.env.HOME} is code'],
    ['Text {(() => { for (;;); })()} text.', 'is code, and the build runs no code of a page'],
    ["import fs from 'node:fs'", 'a page imports and exports nothing'],
    ['export const a = 1', 'a page imports and exports nothing'],
    ['<a href={"javascript:" + 1}>a</a>', 'write the address as a text: href="…"'],
    ['<details {...{ onclick: "x" }}>a</details>', 'takes its attributes by name'],
    ['<details onclick="alert(1)">a</details>', '<details> cannot take onclick'],
    ['<details onToggle="alert(1)">a</details>', '<details> cannot take onToggle'],
    ['<iframe srcdoc="x"></iframe>', '<iframe> cannot take srcdoc'],
    [
      '<JudgmentChart title="a" description="b" sides={["A", "B"]} rows={[process.env]} max={1} />',
      'rows={…} holds more than numbers',
    ],
    ['<Timer minutes={`${1 + 1}`} />', 'minutes={…} holds more than'],
  ])('is refused with file and line: %s', (body, message) => {
    expect(read(body)).toThrow(`${FILE}:5: `);
    expect(read(body)).toThrow(message);
  });

  it('is refused by whatever builds a page, one for lecturers too', () => {
    const build = (source: string) => () => mdxToJs(source, { mdastPlugins: [safeAddresses] });
    expect(build('Text.\n\n[a](javascript:x)\n')).toThrow('a page:3: the address "javascript:x"');
    expect(build('{process.env.HOME}\n')).toThrow('a page:1: {process.env.HOME} is code');
    expect(build('[a](/reference/)\n')).not.toThrow();
  });
});
