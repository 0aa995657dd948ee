/** Where a page has its exercises. */

/** The heading over the exercises at a section's end. */
export const EXERCISES_TITLE = 'Exercises';
/** Its lasting id on the page. */
export const EXERCISES_ID = 'exercises';

/** @returns the ids of the exercises that a page's source places itself. */
export const placedExercises = (source: string): string[] =>
  [...source.matchAll(/<Exercise\s+id="([^"]*)"/g)].map(([, id]) => id!);
