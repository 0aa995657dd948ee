/** What an author writes for lecturers: `content/teach/teaching.mdx` and `adapting.mdx`. A course may do without. */
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';

const PAGES = import.meta.glob<AstroComponentFactory>('@content/teach/*.mdx', {
  import: 'Content',
  eager: true,
});

/** @param name of the file, without `.mdx`. */
export const authorPage = (name: 'teaching' | 'adapting'): AstroComponentFactory | undefined =>
  PAGES[`${COURSE_FOLDER}/content/teach/${name}.mdx`];
