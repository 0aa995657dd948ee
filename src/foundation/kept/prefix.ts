/** The course, as files and what a browser keeps name it: the id in `content/course.yaml`, which a build writes here. */
export const COURSE = COURSE_ID;

/** What every key begins with. Courses that are served by one host share its storage, and nothing in it. */
export const PREFIX = `${COURSE}/`;
