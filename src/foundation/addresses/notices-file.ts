/** The name of the file that says what of others is in the site, in the built site’s root. */
export const NOTICES_FILE = 'THIRD-PARTY.txt';
