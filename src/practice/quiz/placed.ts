/** Where a page asks its questions. */

/** The heading over the questions at a section's end. */
export const QUESTIONS_TITLE = 'Check yourself';
/** Its lasting id on the page. */
export const QUESTIONS_ID = 'check-yourself';

/** @returns the ids of the questions that a page's source places itself. */
export const placedInline = (source: string): string[] =>
  [...source.matchAll(/<Question\s+id="([^"]*)"/g)].map(([, id]) => id!);
