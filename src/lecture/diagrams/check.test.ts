import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compare, problems } from './check.ts';
import type { DiagramFence } from './fences.ts';
import { hashOf } from './rendered.ts';
import { fileNameOf, stampLine } from './stamp.ts';

const EAV: DiagramFence = {
  id: 'eav',
  variant: 'main',
  title: 'Entity, attribute, value',
  description: 'One row per attribute of a product.',
  scroll: false,
  hasNarrow: false,
  source: 'erDiagram\n  products ||--o{ product_attributes : has',
  file: 'content/lecture/1-the-problem/1.2.mdx',
  line: 40,
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'rendered-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a drawing of the given width there, made from the given fence. */
function drawn(fence: DiagramFence, { width = 300, madeFrom = fence } = {}) {
  const stamp = stampLine(fence, { hash: hashOf(madeFrom), smallestText: 15 });
  writeFileSync(
    join(folder, fileNameOf(fence)),
    `${stamp}<svg viewBox="0 0 ${width} 200"></svg>\n`,
  );
}

describe('the committed drawings', () => {
  it('are right when each was made from what its fence says now', () => {
    drawn(EAV);
    expect(compare([EAV], folder)).toMatchObject({ current: [EAV], missing: [], stale: [] });
    expect(problems([EAV], folder)).toEqual([]);
  });

  it('are told missing, with the place of the fence and what to run', () => {
    expect(problems([EAV], folder)).toEqual([
      'content/lecture/1-the-problem/1.2.mdx:40: diagram "eav" has no drawing yet. Run: npm run diagrams',
    ]);
  });

  it.each(['source', 'title', 'description'] as const)('are stale when the %s changed', (part) => {
    drawn(EAV, { madeFrom: { ...EAV, [part]: 'as it was before' } });
    expect(compare([EAV], folder).stale).toEqual([EAV]);
    expect(problems([EAV], folder).join()).toMatch(/1\.2\.mdx:40: .*changed.*npm run diagrams/);
  });

  it('stay right when the fence only moved', () => {
    drawn(EAV);
    expect(problems([{ ...EAV, file: 'content/lecture/1.3.mdx', line: 3 }], folder)).toEqual([]);
  });

  it('are stale when they do not say what they were made from', () => {
    writeFileSync(join(folder, 'eav.svg'), '<svg viewBox="0 0 1 1"></svg>');
    expect(compare([EAV], folder).stale).toEqual([EAV]);
  });

  it('are orphans when no fence asks for them', () => {
    drawn(EAV);
    expect(problems([], folder, 'content/diagrams')).toEqual([
      'content/diagrams/eav.svg: no diagram has this id. Run: npm run diagrams',
    ]);
  });
});

describe('the width of a drawing', () => {
  it('may be what leaves text at 11 px on a phone, and no more', () => {
    drawn(EAV, { width: 447 });
    expect(problems([EAV], folder)).toEqual([]);
    drawn(EAV, { width: 448 });
    expect(problems([EAV], folder).join()).toMatch(
      /1\.2\.mdx:40: .*448 wide.*447 or less.*narrow-of="eav"/,
    );
  });

  it('may be more where a narrow drawing stands in on phones', () => {
    const main = { ...EAV, hasNarrow: true };
    const narrow: DiagramFence = { ...EAV, variant: 'narrow', line: 60 };
    drawn(main, { width: 785 });
    drawn(narrow, { width: 300 });
    expect(problems([main, narrow], folder)).toEqual([]);
    drawn(narrow, { width: 500 });
    expect(problems([main, narrow], folder).join()).toContain('1.2.mdx:60');
  });

  it('does not matter where the author lets it scroll', () => {
    drawn(EAV, { width: 1200 });
    expect(problems([{ ...EAV, scroll: true }], folder)).toEqual([]);
  });
});
