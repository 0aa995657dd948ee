/** The course, as files and what a browser keeps name it. */
export const COURSE = 'nosql-awareness';

/** What every key begins with. Courses that are served by one host share its storage, and nothing in it. */
export const PREFIX = `${COURSE}/`;
