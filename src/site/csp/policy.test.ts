import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inlineCode, policyFor, withPolicy } from './policy.ts';

const options = { inheritedScripts: ['broker()'], styleNonce: 'editor' };
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const PAGE = `<!DOCTYPE html><html><head><meta charset="utf-8"/><script>a && b("<x>")</script>
<script type="module" src="/x.js"></script><script type="application/ld+json">{}</script>
<style>p{color:red}</style></head><body><script type="module">c()</script></body></html>`;

describe('a page’s policy', () => {
  it('finds inline scripts and styles as the browser hashes them, and no data blocks', () => {
    expect(inlineCode(PAGE)).toEqual({
      scripts: ['a && b("<x>")', 'c()'],
      styles: ['p{color:red}'],
    });
  });

  it('lets in exactly those, the broker’s script, and style elements of the editor', () => {
    const policy = policyFor(PAGE, options);
    for (const text of ['a && b("<x>")', 'c()', 'broker()', 'p{color:red}', ''])
      expect(policy).toContain(hash(text));
    expect(policy).toContain(`default-src 'self'`);
    expect(policy).toContain(`object-src 'none'`);
    expect(policy).toContain(`'nonce-editor'`);
    const directive = (name: string) =>
      policy.split('; ').find((part) => part.startsWith(`${name} `));
    expect(directive('script-src')).not.toContain('unsafe-inline');
    expect(directive('script-src')).not.toContain(`'unsafe-eval'`);
    expect(directive('style-src')).not.toContain('unsafe-inline');
  });

  it('stands before everything it is to hold for', () => {
    const html = withPolicy(PAGE, options);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
    expect(html.indexOf('Content-Security-Policy')).toBeGreaterThan(html.indexOf('charset'));
  });

  it('is not left out silently where it has no place', () => {
    expect(() => withPolicy('<html></html>', options)).toThrow('no <meta charset');
  });
});
