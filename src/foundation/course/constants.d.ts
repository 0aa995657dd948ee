/** The course’s id, which all begins with that a browser keeps of it. */
declare const COURSE_ID: string;
/** Where its `content/` lies, from the project’s root: empty, or `/fixtures/course`. Names from globs begin with it. */
declare const COURSE_FOLDER: string;
