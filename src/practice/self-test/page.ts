/** The page of the self-test, for whoever links to it. */

/** Its lasting id. */
export const SELF_TEST_ID = 'self-test';
export const SELF_TEST_TITLE = 'Self-test';
/** From the site's base. */
export const SELF_TEST_PATH = 'self-test/';
