import { describe, expect, it } from 'vitest';
import { withColumns } from './columns.ts';

const TABLE =
  '<div class="table-scroll"><table><thead><tr><th>Feature</th><th>Best <em>database</em></th></tr></thead>' +
  '<tbody><tr><td>Search</td><td>PostgreSQL</td></tr><tr><td>Cache</td><td>Redis</td></tr></tbody></table></div>';

describe('a table that may become cards', () => {
  it('tells each value its column, and begins anew with each row', () => {
    const html = withColumns(TABLE);
    expect([...html.matchAll(/data-column="([^"]*)">(\w+)/g)].map(([, ...pair]) => pair)).toEqual([
      ['Feature', 'Search'],
      ['Best database', 'PostgreSQL'],
      ['Feature', 'Cache'],
      ['Best database', 'Redis'],
    ]);
  });

  it('says its roles', () => {
    const html = withColumns(TABLE);
    expect(html).toContain('<table role="table">');
    expect(html.match(/role="row"/g)).toHaveLength(3);
    expect(html).toContain('<th role="columnheader">Feature');
  });

  it('refuses what is no table, with the remedy', () => {
    expect(() => withColumns('<p>Text.</p>')).toThrow('here are 0. Write one Markdown table');
  });
});
