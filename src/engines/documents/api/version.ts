/** The version of MongoDB whose behaviour this store follows. */
export const MONGODB_VERSION = '8.0';
