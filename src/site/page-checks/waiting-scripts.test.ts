import { describe, expect, it } from 'vitest';
import { waitingScripts } from './waiting-scripts.ts';

const page = (head: string, body: string) =>
  `<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`;
const SHEET = '<link rel="stylesheet" href="/a.css">';

describe('scripts that wait for a style sheet', () => {
  it.each([
    ['written into the page', page(SHEET, '<p>a</p><script>restore()</script>'), 'restore()'],
    ['a file', page(SHEET, '<script src="/a.js"></script>'), '/a.js'],
    ['with its type', page(SHEET, '<script type="text/javascript">b()</script>'), 'b()'],
    ['in the head', page(`${SHEET}<script>c()</script>`, ''), 'c()'],
  ])('are found: %s', (_, html, script) => {
    expect(waitingScripts(html)).toEqual([script]);
  });

  it.each([
    ['before it', page(`<script>theme()</script>${SHEET}`, '')],
    ['a module', page(SHEET, '<script type="module">a()</script>')],
    ['deferred', page(SHEET, '<script defer src="/a.js"></script>')],
    ['data', page(SHEET, '<script type="application/json">{}</script>')],
    [
      'behind a sheet for paper',
      page('<link rel="stylesheet" media="print" href="/p.css">', '<script>a()</script>'),
    ],
  ])('are not seen in one that does not: %s', (_, html) => {
    expect(waitingScripts(html)).toEqual([]);
  });
});
