/** The page that shows a reader’s progress. */
export const PROGRESS_ID = 'progress';
export const PROGRESS_TITLE = 'Your progress';
/** Its address, from the site’s base. */
export const PROGRESS_PATH = 'progress/';
