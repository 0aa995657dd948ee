import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { collectCourse, collectFences, kindOf } from './fences.ts';

const FILE = 'content/lecture/1-the-problem/1.2-three-broken-solutions.mdx';

/** A page of the course, with frontmatter, prose and the given fences. */
const page = (...fences: string[]) =>
  `---\ntitle: Three broken solutions\n---\n\nEvery row is mostly NULL.\n\n${fences.join('\n\n')}\n`;

const fence = (meta: string, source = 'flowchart TD\n  A["{ id, name }"] --> B') =>
  `\`\`\`mermaid ${meta}\n${source}\n\`\`\``;

const WIDE = 'id="wide-table" title="The wide table" description="One table for all."';

describe('the diagrams of a page', () => {
  it('are its mermaid fences, with what the author says of each, and where', () => {
    expect(collectFences(page(fence(WIDE)), FILE)).toEqual([
      {
        id: 'wide-table',
        variant: 'main',
        title: 'The wide table',
        description: 'One table for all.',
        scroll: false,
        hasNarrow: false,
        source: 'flowchart TD\n  A["{ id, name }"] --> B',
        file: FILE,
        line: 7,
      },
    ]);
  });

  it('leave other fences alone, even ones that show Mermaid source', () => {
    const shown = `\`\`\`\`md\n${fence(WIDE)}\n\`\`\`\``;
    expect(collectFences(page('```sql\nSELECT 1;\n```', shown), FILE)).toEqual([]);
  });

  it('are found inside lists and components too', () => {
    const nested = `<Beside>\n\n${fence(WIDE)}\n\n</Beside>`;
    expect(collectFences(page(nested), FILE).map(({ line }) => line)).toEqual([9]);
  });

  it('may be drawn a second time for phones, under the same title', () => {
    const [main, narrow] = collectFences(page(fence(WIDE), fence('narrow-of="wide-table"')), FILE);
    expect(main).toMatchObject({ variant: 'main', hasNarrow: true });
    expect(narrow).toMatchObject({
      id: 'wide-table',
      variant: 'narrow',
      title: 'The wide table',
      description: 'One table for all.',
    });
  });

  it('may be allowed to scroll', () => {
    expect(collectFences(page(fence(`${WIDE} scroll`)), FILE)[0]).toMatchObject({ scroll: true });
  });
});

describe('a fence that is not right', () => {
  it.each([
    ['without an id', 'title="T" description="D"', /needs a lasting id: id="wide-table"/],
    [
      'with an id of another form',
      'id="Wide Table" title="T" description="D"',
      /lowercase letters/,
    ],
    ['without a title', 'id="wide-table" description="D"', /needs a title .*title="…"/],
    ['without a description', 'id="wide-table" title="T"', /needs a description .*description="…"/],
    [
      'with an attribute nobody knows',
      `${WIDE} width="3"`,
      /does not take width="…", only: id, title/,
    ],
    ['with a word nobody knows', `${WIDE} wide`, /unknown word "wide"/],
    ['that is the narrow form of nothing', 'narrow-of="eav"', /names no diagram of this page/],
    ['with quotes that do not match', 'id="wide-table title="T"', /name="value"/],
  ])('%s is refused, with file, line and remedy', (_, meta, message) => {
    const collect = () => collectFences(page(fence(meta)), FILE);
    expect(collect).toThrow(message);
    expect(collect).toThrow(`${FILE}:7: `);
  });

  it('of a kind that has no theme is refused, and the kinds that have are named', () => {
    expect(() => collectFences(page(fence(WIDE, 'pie\n  "NULL" : 80')), FILE)).toThrow(
      /begins with "pie", which is not one of: flowchart, .*sequenceDiagram/,
    );
  });

  it('that takes an id already taken on the page is refused, and the other one named', () => {
    expect(() => collectFences(page(fence(WIDE), fence(WIDE)), FILE)).toThrow(
      `${FILE}:12: the id "wide-table" is taken by the diagram in ${FILE}:7. Choose another.`,
    );
  });

  it('that draws another narrow a second time is refused', () => {
    const narrow = fence('narrow-of="wide-table"');
    expect(() => collectFences(page(fence(WIDE), narrow, narrow), FILE)).toThrow(/narrow twice/);
  });
});

describe('the kind of a diagram', () => {
  it('is the first word, comments and configuration left out', () => {
    expect(kindOf('%% after Codd\nerDiagram\n  a ||--o{ b : has')).toBe('erDiagram');
    expect(kindOf('---\nconfig:\n  x: 1\n---\nstateDiagram-v2\n  [*] --> A')).toBe(
      'stateDiagram-v2',
    );
  });
});

describe('the diagrams of the course', () => {
  let folder: string;
  afterEach(() => rmSync(folder, { recursive: true }));

  function course(pages: Record<string, string>) {
    folder = mkdtempSync(join(tmpdir(), 'diagrams-'));
    for (const [name, source] of Object.entries(pages)) {
      mkdirSync(join(folder, 'content', name, '..'), { recursive: true });
      writeFileSync(join(folder, 'content', name), source);
    }
    return collectCourse(join(folder, 'content'), folder);
  }

  it('are those of all pages, named from the root', () => {
    const eav = fence(WIDE.replace('wide-table', 'eav'));
    const fences = course({ 'lecture/1.1.mdx': page(fence(WIDE)), 'lecture/1.2.mdx': page(eav) });
    expect(fences.map(({ id, file }) => [id, file])).toEqual([
      ['wide-table', 'content/lecture/1.1.mdx'],
      ['eav', 'content/lecture/1.2.mdx'],
    ]);
  });

  it('must not share an id, not even over pages', () => {
    expect(() => course({ 'a.mdx': page(fence(WIDE)), 'b.mdx': page(fence(WIDE)) })).toThrow(
      'content/b.mdx:7: the id "wide-table" is taken by the diagram in content/a.mdx:7.',
    );
  });
});

describe('a fence that is drawn from a decision', () => {
  const fences = (meta: string, body = '') =>
    collectFences(`\`\`\`mermaid ${meta}\n${body}\`\`\`\n`, 'a.mdx');

  it('gets its source and its words from there', () => {
    const [drawn] = fences('id="tree" title="The tree" from="database"');
    expect(drawn!.source).toMatch(/^flowchart TD/);
    expect(drawn!.description).toContain('Clear relationships between records? If yes:');
  });

  it('is refused if something stands in it, or nothing is there to draw from', () => {
    expect(() => fences('id="tree" title="The tree" from="database"', 'flowchart TD\n')).toThrow(
      'a.mdx:1: diagram "tree" is drawn from="database". Leave its fence empty.',
    );
    expect(() => fences('id="tree" title="The tree" from="dinner"')).toThrow(
      'there is no decision "dinner"',
    );
  });
});
