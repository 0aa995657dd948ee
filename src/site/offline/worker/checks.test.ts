import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../kept-site.ts';
import { isItsContent, isOfKind, maybeIt } from './checks.ts';

const html = new Response('<h1>Sign in</h1>', {
  headers: { 'content-type': 'text/html; charset=utf-8' },
});
const typed = (type: string) => new Response('', { headers: { 'content-type': type } });

describe('a response', () => {
  it('in the place of a script, a style, an engine or an index may not be a page', () => {
    for (const path of ['_astro/a.js', '_astro/a.css', '_engines/a.bin', 'pagefind/a.pf_index'])
      expect(isOfKind(path, html), path).toBe(false);
    for (const path of ['', 'summary/', '404.html']) expect(isOfKind(path, html), path).toBe(true);
  });

  it('is of its kind by any of the names that hosts give it', () => {
    expect(isOfKind('_astro/a.js', typed('application/javascript'))).toBe(true);
    expect(isOfKind('_astro/a.js', typed('text/javascript; charset=utf-8'))).toBe(true);
    expect(isOfKind('_astro/a.js', typed('text/plain'))).toBe(false);
    expect(isOfKind('_engines/a.bin', typed('application/octet-stream'))).toBe(true);
    expect(isOfKind('_engines/a.bin', new Response(new Uint8Array(1)))).toBe(true);
    expect(isOfKind('summary/', typed('application/octet-stream'))).toBe(false);
  });

  it('that tells of trouble, is a part, or was redirected is not looked at', () => {
    const init = { headers: { 'content-type': 'text/javascript' } };
    expect(maybeIt('_astro/a.js', new Response('', init))).toBe(true);
    for (const status of [206, 404, 503])
      expect(maybeIt('_astro/a.js', new Response('', { ...init, status }))).toBe(false);
    expect(maybeIt('_astro/a.js', Response.error())).toBe(false);
    const redirected = Object.defineProperty(new Response('', init), 'redirected', { value: true });
    expect(maybeIt('_astro/a.js', redirected)).toBe(false);
  });
});

describe('a content', () => {
  const bytes = new TextEncoder().encode('export const a = 1;');

  it('is known by its hash', async () => {
    const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
    expect(await contentHash(bytes)).toBe(hash);
    expect(await isItsContent([hash, bytes.length], bytes)).toBe(true);
    expect(await isItsContent([hash, bytes.length], bytes.slice(0, -1))).toBe(false);
  });

  it('is known uncompressed as well', async () => {
    expect(await isItsContent(['packed', 3, await contentHash(bytes)], bytes)).toBe(true);
  });
});
