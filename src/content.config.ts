import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { courseFields } from './foundation/course/frontmatter.ts';
import { docsSchema } from '@astrojs/starlight/schema';
import { courseRoot } from './foundation/content/root.ts';
import { LECTURE_FOLDER, slugOf } from './foundation/course/outline.ts';

export const collections = {
  docs: defineCollection({
    loader: glob({
      base: pathToFileURL(`${join(courseRoot(), LECTURE_FOLDER)}/`),
      pattern: '**/*.mdx',
      generateId: ({ entry }) => slugOf(entry),
    }),
    schema: docsSchema({
      extend: z.object(courseFields),
    }),
  }),
};
