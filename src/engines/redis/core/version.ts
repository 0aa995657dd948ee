/** The redis-server this emulator answers like. */
export const REDIS_VERSION = '7.0.15';
