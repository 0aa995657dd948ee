/** Values as Lua writes them. */
import type { Bytes } from '../../../../src/engines/redis/core/bytes.ts';

/** A byte string between quotes. */
export const quoted = (text: Bytes): string =>
  `'${[...text].map((char) => (/[\w .,:;*+(){}[\]/<>=!?%&$#@|~^"-]/.test(char) ? char : `\\${String(char.charCodeAt(0)).padStart(3, '0')}`)).join('')}'`;
