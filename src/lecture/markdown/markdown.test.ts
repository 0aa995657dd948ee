import { mdxToJs, markdownToHtml, type MdastPluginInput } from 'satteri';
import { describe, expect, it } from 'vitest';
import { componentImports } from './components.ts';
import { headingIds } from '../../foundation/markup/heading-ids.ts';
import { scrollingTables } from './tables.ts';

const html = (source: string, plugin: MdastPluginInput): string =>
  (markdownToHtml(source, { mdastPlugins: [plugin] }) as { html: string }).html;

describe('a heading', () => {
  it('keeps the id that its author gave it', () => {
    expect(html('## The wide table \\{#wide}\n', headingIds)).toBe(
      '<h2 id="wide">The wide table</h2>\n',
    );
  });

  it('may end with something other than text', () => {
    expect(html('## Why `JSONB` \\{#why}\n', headingIds)).toContain(
      '<h2 id="why">Why <code>JSONB</code></h2>',
    );
  });

  it('without an id is refused, with its place', () => {
    expect(() => html('Text.\n\n## The wide table\n', headingIds)).toThrow(
      'a page:3: the heading "The wide table" needs a lasting id: end it with \\{#some-id}.',
    );
  });
});

describe('a table', () => {
  it('stands in a region that scrolls by keyboard and says what it is', () => {
    const table = html('| Query | Index |\n|---|---|\n| `@>` | yes |\n', scrollingTables);
    expect(table).toContain('role="group"');
    expect(table).toContain('aria-label="Table: Query, Index"');
    expect(table).toContain('tabindex="0"');
    expect(table.indexOf('table-scroll')).toBeLessThan(table.indexOf('<table'));
  });
});

describe('a component in a page', () => {
  const imports = (source: string): string[] =>
    [
      ...(mdxToJs(source, { mdastPlugins: [componentImports] }) as { code: string }).code.matchAll(
        /^import (\w+) from ["'](\/src[^"']+)/gm,
      ),
    ].map(([, name]) => name!);

  it('is imported when it is used, and only then', () => {
    expect(imports('<Recall week="5" topic="JSONB">Two sentences.</Recall>\n')).toEqual(['Recall']);
    expect(imports('Only text about Recall.\n')).toEqual([]);
  });

  it('comes with the fence that needs it', () => {
    expect(imports('```sql run id="a" title="t"\nSELECT 1;\n```\n')).toEqual(['LiveCell']);
    expect(imports('```python\nx = 1\n```\n')).toEqual(['Listing']);
    expect(imports('```mermaid id="a"\nflowchart TD\n```\n')).toEqual(['Diagram']);
  });
});
