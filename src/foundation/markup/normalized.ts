/** A text as answers are compared: case, spaces, quotes and a final mark do not count. */
export const normalized = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/["'`“”‘’]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.;!?]+$/, '')
    .trim();
