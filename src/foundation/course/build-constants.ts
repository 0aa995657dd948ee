/** What a build writes into the scripts of pages, in the place of names: of the course they know nothing else. */
import { join } from 'node:path';
import { courseFolder, courseRoot } from '../content/root.ts';
import { readSettings } from './settings.ts';

/** For `define` of Vite. `constants.d.ts` declares the names. */
export const buildConstants = (): Record<string, string> => ({
  COURSE_ID: JSON.stringify(readSettings().id),
  COURSE_FOLDER: JSON.stringify(courseFolder()),
});

/** For `resolve.alias` of Vite: the course’s files, in imports and in globs. */
export const courseAlias = (): Record<string, string> => ({
  '@content': join(courseRoot(), 'content'),
});
