import { describe, expect, it } from 'vitest';
import { deferScripts } from './defer-scripts.ts';

const importsOf = (script: string): string[] =>
  script === '/_astro/cell.js' ? ['/_astro/shared.js', '/_astro/base.js'] : ['/_astro/shared.js'];
const defer = (html: string): string => deferScripts(html, importsOf, 'start()');
const script = (address: string): string => `<script type="module" src="${address}"></script>`;

describe('scripts that start when the page is seen', () => {
  it('are held at the end of the page, what they import before them, each once', () => {
    const html = `<body><main>${script('/_astro/cell.js')}<p>Text</p></main>${script('/_astro/foot.js')}</body></html>`;
    expect(defer(html)).toBe(
      '<body><main><p>Text</p></main><template id="held-scripts">' +
        ['shared', 'base', 'cell', 'foot'].map((name) => script(`/_astro/${name}.js`)).join('') +
        '</template><script type="module">start()</script></body></html>',
    );
  });

  it('are not those that stand in the page: they cost no request', () => {
    const html = '<body><script>theme()</script><script type="module">menu()</script></body>';
    expect(defer(html)).toBe(html);
  });

  it('are modules: one that would be loaded before is refused by name', () => {
    const html = `<head><script src="/early.js" defer></script></head><body>${script('/_astro/cell.js')}</body>`;
    expect(() => defer(html)).toThrow(
      '<script src="/early.js" defer> is loaded before the page is seen. Make it a module.',
    );
  });
});
