import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RENDERED } from './rendered.ts';
import { withoutStamp } from './stamp.ts';

const folder = `${RENDERED}/`;
const drawings = readdirSync(folder)
  .filter((name) => name.endsWith('.svg'))
  .map((name) => ({ name, svg: readFileSync(folder + name, 'utf8') }));

const idsIn = (svg: string) => [...svg.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!);

describe.each(drawings)('the committed drawing $name', ({ svg }) => {
  it('has no color but the theme’s', () => {
    const paints = [...svg.matchAll(/\s(?:fill|stroke|color)="([^"]+)"/g)];
    expect(paints.length).toBeGreaterThan(2);
    for (const [, paint] of paints) expect(paint).toMatch(/^(none|var\(--dg-[a-z-]+\))$/);
    expect(svg).not.toMatch(/<style|\sstyle=|rgb\(|#[0-9a-f]{6}\b/);
  });

  it('refers to nothing that is not in it', () => {
    const ids = new Set(idsIn(svg));
    const described = [...svg.matchAll(/\saria-\w+="([^"]+)"/g)];
    expect(described).not.toEqual([]);
    for (const [, id] of [...described, ...svg.matchAll(/url\(#([^)]+)\)/g)])
      expect(ids).toContain(id);
  });

  it('weighs at most 3 kB in the page, compressed', () => {
    expect(gzipSync(withoutStamp(svg)).length).toBeLessThanOrEqual(3000);
  });
});

describe('all committed drawings together', () => {
  it('share no id, so any of them may stand in one page', () => {
    const ids = drawings.flatMap(({ svg }) => idsIn(svg));
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
