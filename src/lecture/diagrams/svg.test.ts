import { describe, expect, it } from 'vitest';
import type { DiagramFence } from './fences.ts';
import type { FlatDrawing } from './flatten/flatten.ts';
import { readStamp, withoutStamp } from './stamp.ts';
import { finish } from './svg.ts';

const FENCE: DiagramFence = {
  id: 'eav-join',
  variant: 'main',
  title: 'Joins & filters',
  description: 'voltage > 220 needs one JOIN.',
  scroll: false,
  hasNarrow: false,
  source: 'flowchart TD\n  A:::postgres --> B',
  file: 'content/lecture/1-the-problem/1.2.mdx',
  line: 12,
};

/** The box of a node with class postgres, an arrow and a label, as the browser computed their colors. */
const FLAT: FlatDrawing = {
  markup:
    '<defs><marker id="dg-eav-join-0" orient="auto"><path d="M0 0L10 5L0 10z" fill="rgb(163, 11, 3)"/></marker></defs>' +
    '<path d="M50,40L50,80" fill="none" stroke="rgb(163, 11, 3)" marker-end="url(#dg-eav-join-0)"/>' +
    '<rect x="0" y="0" width="100" height="40" fill="rgb(177, 12, 1)" stroke="rgb(178, 12, 2)"/>' +
    '<text x="50" y="25" fill="rgb(162, 11, 2)" font-size="15" text-anchor="middle">products &lt;p&gt;</text>',
  viewBox: [-2, -2, 104, 84],
  smallestText: 15,
  unsupported: [],
};

describe('a finished drawing', () => {
  const svg = finish(FLAT, FENCE);

  it('has a variable of the theme for every color, and no color of its own', () => {
    const paints = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, paint]) => paint);
    expect(paints).toContain('var(--dg-postgres)');
    expect(paints).toContain('var(--dg-postgres-line)');
    for (const paint of paints) expect(paint).toMatch(/^(none|var\(--dg-[a-z-]+\))$/);
    expect(svg).not.toMatch(/rgb\(|#[0-9a-f]{3,6}"/);
  });

  it('is an image with a name and a description, escaped', () => {
    expect(svg).toMatch(/<svg[^>]* role="img"/);
    expect(svg).toMatch(/<svg[^>]* aria-labelledby="dg-eav-join-title"/);
    expect(svg).toMatch(/<svg[^>]* aria-describedby="dg-eav-join-desc"/);
    expect(svg).toContain('<title id="dg-eav-join-title">Joins &amp; filters</title>');
    expect(svg).toContain('<desc id="dg-eav-join-desc">voltage &gt; 220 needs one JOIN.</desc>');
  });

  it('needs no style of its own, so that the page can forbid inline styles', () => {
    expect(svg).not.toMatch(/<style|\sstyle=|\sclass=/);
  });

  it('keeps the ids that are referred to', () => {
    expect(svg).toContain('<marker id="dg-eav-join-0"');
    expect(svg).toContain('marker-end="url(#dg-eav-join-0)"');
  });

  it('says what it was made from, outside of what the page shows', () => {
    expect(readStamp(svg)).toMatchObject({ smallestText: 15 });
    expect(withoutStamp(svg)).toMatch(/^<svg[\s\S]*<\/svg>$/);
  });

  it('has other ids in its narrow form, since both stand in one page', () => {
    const narrow = finish(FLAT, { ...FENCE, variant: 'narrow' });
    expect(narrow).toContain('id="dg-eav-join-narrow-title"');
  });
});

describe('a drawing that cannot be themed', () => {
  it('is refused for a color of the author’s own, with the classes to use instead', () => {
    const red = { ...FLAT, markup: FLAT.markup.replace('rgb(177, 12, 1)', 'rgb(255, 0, 0)') };
    expect(() => finish(red, FENCE)).toThrow(
      /1\.2\.mdx:12: .*not the theme's: rgb\(255, 0, 0\).*:::postgres/,
    );
  });

  it('is refused for what is not plain SVG', () => {
    expect(() => finish({ ...FLAT, unsupported: ['image'] }, FENCE)).toThrow(/contains <image>/);
  });
});
