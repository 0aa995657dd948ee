/** What is folded away, counted for its reader: `2 minutes, 3 cells`. */

/** Words a minute, as in `pace.ts`; a reader wants to know about how long, to the minute. */
const WORDS = 200;

/** @param html of what is folded away. Code is not counted. */
export function count(html: string): string {
  const cells = html.match(/<course-cell\b/g)?.length ?? 0;
  const text = html
    .replace(/<(pre|table|script|style|template|course-bet)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ');
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const minutes = Math.max(1, Math.round(words / WORDS + cells / 3));
  const parts = [`${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`];
  if (cells > 0) parts.push(`${cells} ${cells === 1 ? 'cell' : 'cells'}`);
  return parts.join(', ');
}
