/** Tables as CSV (RFC 4180), for spreadsheets: every field in quotes, and none of them a formula. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const field = (text: string): string =>
    `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
