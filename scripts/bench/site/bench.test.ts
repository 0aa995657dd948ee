import { describe, expect, it } from 'vitest';
import { plainMarkdown } from './default-starlight.ts';
import { duration, table, type Row } from './row.ts';

describe('a section as ordinary Markdown', () => {
  const section = [
    '---',
    'title: JSONB in PostgreSQL',
    'id: "1.3"',
    '---',
    'import Extra from "./Extra.astro";',
    '',
    '## The index \\{#gin}',
    '',
    '<Recall week="5">Two sentences.</Recall>',
    '',
    '```sql run id="by-size" dataset="catalog-jsonb"',
    "SELECT data -> 'a' FROM <Table>;",
    '```',
    '',
    '```mermaid id="shape" title="Shape"',
    'flowchart TD',
    '```',
    '',
    'After.',
    '',
  ].join('\n');

  it('keeps title, text and listings', () => {
    const text = plainMarkdown(section);
    expect(text).toMatch(/^---\ntitle: JSONB in PostgreSQL\n---\n/);
    expect(text).toContain("```sql\nSELECT data -> 'a' FROM <Table>;\n```");
    expect(text).toContain('Two sentences.');
    expect(text).toContain('After.');
  });

  it('leaves components, ids, options of fences and diagrams out', () => {
    expect(plainMarkdown(section)).not.toMatch(/import|Recall|gin|dataset|mermaid|flowchart/);
  });
});

describe('the table of the bench', () => {
  const row = (what: string, reached: boolean): Row => ({
    what,
    measured: '412 ms',
    beside: '4.1 s',
    figure: '0.10',
    reach: '≤ 0.20',
    reached,
  });

  it('aligns its columns and marks what was not reached', () => {
    const [head, first, second] = table([row('a', true), row('longer', false)]).split('\n');
    expect(first).toMatch(/^✓ {2}a {7}412 ms/);
    expect(second).toMatch(/^✗ {2}longer {2}412 ms/);
    expect(head?.indexOf('measured')).toBe(first?.indexOf('412'));
  });

  it('prints times in the unit that suits them', () => {
    expect([duration(412.4), duration(3240)]).toEqual(['412 ms', '3.2 s']);
  });
});
