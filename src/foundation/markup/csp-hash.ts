import { createHash } from 'node:crypto';

/** What a Content Security Policy knows an inline script or style by. */
export const cspHash = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
