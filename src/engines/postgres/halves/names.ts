/** How a first half and its rest call what they share. */

/** What the first half exports for the rest, besides what the module does. */
export const EXPORTS = {
  /** The functions of the rest; before them, as number 0, what fetches them. */
  rest: '#rest',
  /** Every function that the module defines. */
  functions: '#functions',
  memory: '#memory',
  table: '#table',
  global: '#global',
} as const;

/** Where the rest imports from. */
export const FROM = { first: 'first', functions: 'f', imported: 'i' } as const;

/** The name of a function, by its number. */
export const short = (index: number): string => index.toString(36);

/** What of the module is no code: custom sections. */
export const SECTIONS = {
  /** In the first half: which pages of which files it lacks, as JSON. */
  absent: 'absent',
  /** In the rest: these pages, as an image. */
  pages: 'pages',
} as const;
