/**
 * Draws what `EXPLAIN QUERY PLAN` returns as indented lines.
 *
 * @param rows id, parent's id, (unused), detail; a parent before its children.
 * Source: https://sqlite.org/eqp.html
 */
export function planLines(rows: readonly (string | null)[][]): string[] {
  const depths = new Map<string, number>();
  return rows.map(([id, parent, , detail]) => {
    const depth = (depths.get(parent ?? '') ?? -1) + 1;
    depths.set(id ?? '', depth);
    return `${'  '.repeat(depth)}${detail ?? ''}`;
  });
}
