/** Where all teacher’s notes stand in clear. */

/** The address, from the site’s base. */
export const NOTES_PATH = 'teach/notes/';

/** The id there of what a part or a section has, by its number. */
export const noteId = (id: string): string => (id.includes('.') ? `section-${id}` : `part-${id}`);

/** @returns what leads there on the page, `#section-1.2`; nothing for a page without a number. */
export const noteAnchor = (id: string | undefined): string =>
  id !== undefined && /^\d/.test(id) ? `#${noteId(id)}` : '';
