/** Where a reader goes on. */

/**
 * @param read ids of pages that were read, in the order in which they were.
 * @param pages ids of all pages, in reading order.
 * @returns the first page not read yet behind the one read last, or else from the start; `undefined`
 * if all were read.
 */
export function nextPage(read: readonly string[], pages: readonly string[]): string | undefined {
  const last = read.findLast((id) => pages.includes(id));
  const start = last === undefined ? 0 : pages.indexOf(last);
  return [...pages.slice(start), ...pages].find((id) => !read.includes(id));
}
