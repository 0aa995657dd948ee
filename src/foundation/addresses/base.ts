/** The path that the site is deployed under, without a slash at the end: empty, or `/course`. */
export const base = import.meta.env.BASE_URL.replace(/\/$/, '');
