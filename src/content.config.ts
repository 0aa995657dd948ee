import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { docsSchema } from '@astrojs/starlight/schema';
import { courseRoot } from './foundation/content/root.ts';
import { LECTURE_FOLDER, slugOf } from './foundation/course/outline.ts';
import { problemOfWeek, readSettings } from './foundation/course/settings.ts';

const course = readSettings();
/** A week of the course that the lecture is a part of. */
const week = z.number().superRefine((number, context) => {
  const message = problemOfWeek(number, course);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

export const collections = {
  docs: defineCollection({
    loader: glob({
      base: pathToFileURL(`${join(courseRoot(), LECTURE_FOLDER)}/`),
      pattern: '**/*.mdx',
      generateId: ({ entry }) => slugOf(entry),
    }),
    schema: docsSchema({
      extend: z.object({
        /** The lecture's number: "1" for a part, "1.2" for a section. A word for a closing page. */
        id: z
          .string()
          .regex(
            /^(\d+(\.\d+)?|[a-z][a-z-]*)$/,
            'write the number in quotes, id: "1.2", or a word for a closing page, id: summary',
          )
          .optional(),
        /** The page stands after the last part: its place there, from 1. */
        closing: z.number().int().positive().optional(),
        minutes: z.number().positive().optional(),
        goals: z.array(z.string()).optional(),
        assumes: z.array(z.object({ week, what: z.string() })).optional(),
      }),
    }),
  }),
};
