/**
 * What a table needs in order to be drawn as cards: each value knows the name of its column, because the
 * head is not above it any more, and everything keeps its role, because a row that is no table row to the
 * style sheet is none to some screen readers either.
 */

const ROLES: Readonly<Record<string, string>> = {
  table: 'table',
  thead: 'rowgroup',
  tbody: 'rowgroup',
  tr: 'row',
  th: 'columnheader',
  td: 'cell',
};

/**
 * @param html a table as Markdown makes it: one head, a row per line, no cell spans others.
 * @throws Error with the remedy, if there is not exactly one table.
 */
export function withColumns(html: string): string {
  const tables = html.match(/<table[\s>]/g)?.length ?? 0;
  if (tables !== 1)
    throw new Error(
      `<SortableTable> and <FoldingTable> hold one table each, and here are ${tables}. Write one Markdown table, with an empty line before and after.`,
    );
  const columns = [...html.matchAll(/<th(?:\s[^>]*)?>([\s\S]*?)<\/th>/g)].map(([, content]) =>
    content!.replace(/<[^>]*>/g, '').replaceAll('"', '&quot;'),
  );
  let column = 0;
  return html.replace(/<(table|thead|tbody|tr|th|td)(?=[\s>])/g, (start, tag: string) => {
    if (tag === 'tr') column = 0;
    const name = tag === 'td' ? ` data-column="${columns[column++] ?? ''}"` : '';
    return `${start} role="${ROLES[tag]}"${name}`;
  });
}
