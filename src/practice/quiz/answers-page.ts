/** Where the answers of a section stand in clear, for readers without JavaScript. */

/** The address, from the site’s base. */
export const answersPath = (section: string): string => `answers/${section}/`;
