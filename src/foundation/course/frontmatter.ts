/** What stands between the `---` lines at the top of a page: the course's own keys, and those of Starlight. */
import { z } from 'astro/zod';
import { AuthoringError } from '../mistakes/authoring-error.ts';
import { didYouMean } from '../mistakes/nearest.ts';
import { Notes } from '../mistakes/noting.ts';
import { problemOfWeek, readSettings } from './settings.ts';
import { placeIn, placeOfKey } from '../yaml/mistakes.ts';
import { frontmatterOf } from '../yaml/open.ts';

const text = z.string('write a text here, in quotes').trim().min(1, 'write a text here');

/** A week of the course that the lecture is a part of. */
const week = z.int('write a number: week: 5').superRefine((number, context) => {
  const message = problemOfWeek(number, readSettings());
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** Keys that only this course has. Astro's collection is made of them too. */
export const courseFields = {
  /** The lecture's number: "1" for a part, "1.2" for a section. A word for a closing page. */
  id: z
    .string('write the number in quotes, id: "1.2"')
    .regex(
      /^(\d+(\.\d+)?|[a-z][a-z-]*)$/,
      'write the number in quotes, id: "1.2", or a word for a closing page, id: summary',
    )
    .optional(),
  /** The page stands after the last part: its place there, from 1. */
  closing: z.int('write its place among the closing pages: closing: 1').positive().optional(),
  minutes: z
    .number('write a number: minutes: 10')
    .positive('write a number above 0: minutes: 10')
    .optional(),
  goals: z.array(text, 'write a list of texts').optional(),
  assumes: z
    .array(z.strictObject({ week, what: text }), 'write a list with week and what')
    .optional(),
};

const day = z
  .unknown()
  .refine(
    (value) => typeof value === 'boolean' || (typeof value === 'string' && isDay(value)),
    'there is no such day. Write one as 2026-02-28',
  )
  .optional();

const page = z.strictObject({
  title: text,
  description: text.optional(),
  ...courseFields,
  template: z.enum(['doc', 'splash'], 'write doc or splash').optional(),
  tableOfContents: z.unknown().optional(),
  lastUpdated: day,
  draft: z.boolean('write true or false').optional(),
  pagefind: z.boolean('write true or false').optional(),
  editUrl: z.unknown().optional(),
  head: z.unknown().optional(),
  hero: z.unknown().optional(),
  prev: z.unknown().optional(),
  next: z.unknown().optional(),
  sidebar: z.unknown().optional(),
  banner: z.unknown().optional(),
});

/** All that a page may say of itself. */
export const FRONTMATTER_KEYS: readonly string[] = Object.keys(page.shape);

/**
 * @param source of the page.
 * @param file its path from the folder that has `content/`.
 * @returns all that is wrong with its frontmatter: keys that nobody reads, and values that cannot be.
 */
export function mistakesInFrontmatter(source: string, file: string): AuthoringError[] {
  const notes = new Notes();
  const front = notes.of(() => frontmatterOf(source, file));
  if (front === null)
    notes.tell(new AuthoringError(file, 1, 'no frontmatter. Start the file with --- lines.'));
  if (!front) return notes.mistakes;
  const { document, lines, data } = front;
  for (const issue of page.safeParse(data).error?.issues ?? []) {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const { line, column } = placeOfKey(document, [...path, key], lines);
        const known = path.length === 0 ? FRONTMATTER_KEYS : ['week', 'what'];
        const remedy = `${didYouMean(key, known)} There are: ${known.join(', ')}.`;
        notes.tell(new AuthoringError(file, line, `nobody reads "${key}".${remedy}`, column));
      }
      continue;
    }
    const missing = !(String(path[0]) in data);
    const { line, column } = missing ? { line: 1, column: 1 } : placeIn(document, path, lines);
    const what = missing
      ? `the frontmatter lacks "${path.join(' ')}". Write it between the --- lines.`
      : `${path.join(' ')}: ${issue.message.replace(/\.?$/, '.')}`;
    notes.tell(new AuthoringError(file, line, what, column));
  }
  return notes.mistakes;
}

/** Whether the calendar has it: 2026-02-30 is none, though JavaScript makes a day in March of it. */
function isDay(written: string): boolean {
  const time = Date.parse(`${written}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(written) &&
    !Number.isNaN(time) &&
    new Date(time).toISOString().startsWith(written)
  );
}
