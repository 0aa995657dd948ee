/** Where questions are fetched from; the build and the page agree on it here. */

/** The address of a section's questions, from the site's base. */
export const bankPath = (section: string): string => `questions/${section}/`;

/** The section of a question: `1.2` of `1.2.q-null-share`. */
export const sectionOf = (question: string): string => question.slice(0, question.lastIndexOf('.'));
