/**
 * What makes a course this course: `content/course.yaml`, from whose shape the types, the validator and the JSON Schema
 * for editors are made. Everything that has the course’s name or looks asks here.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { courseRoot } from '../content/root.ts';
import { AuthoringError } from '../mistakes/authoring-error.ts';
import { lineOf } from '../yaml/mistakes.ts';
import { readShaped, schemaFor } from '../yaml/shaped.ts';
import { openYaml } from '../yaml/open.ts';

export const COURSE_FILE = 'content/course.yaml';

const text = z.string('write a text here, in quotes').trim().min(1, 'write a text here');
const color = z
  .string("write a color in quotes: '#96540d'")
  .regex(/^#[0-9a-f]{6}$/i, "a color is six digits in quotes: '#96540d'");
const inBoth = z.strictObject({ light: color, dark: color });
const shades = z.strictObject({
  color: color.describe('Buttons, marks and lines.'),
  low: color.optional().describe('The background of a marked text. Mixed of the color otherwise.'),
  high: color.optional().describe('A text on that background. Mixed of the color otherwise.'),
  text: color.optional().describe('Links. Light: the color otherwise, dark: high.'),
});

const settings = z.strictObject({
  id: z
    .string('write a text here')
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'an id is lowercase words with hyphens: sql-basics')
    .describe(
      'What everything begins with that a browser keeps of the course. It never changes: readers would lose all of it.',
    ),
  title: text,
  short: text.optional().describe('The title where there is little room: in the header, in tabs.'),
  description: text.describe('One sentence, for search results.'),
  language: text
    .refine(isLanguage, 'write the code of a language: en, de, pt-BR')
    .describe('Of what the pages say.'),
  author: text.optional(),
  license: text.optional().describe('Of what the pages say: CC BY 4.0'),
  logo: text
    .regex(/^[\w-]+(\/[\w-]+)*\.svg$/, 'name an SVG file in content/: logo.svg')
    .describe('An SVG file in content/, shown in tabs and bookmarks.'),
  weeks: z
    .int('write the number of weeks: 16')
    .min(1, 'write the number of weeks: 16')
    .optional()
    .describe('How many weeks the course has that the lecture is a part of.'),
  card: text.optional().describe('What the reference card holds, for search results.'),
  accent: z.strictObject({ light: shades, dark: shades }),
  engines: z
    .record(z.string(), inBoth)
    .optional()
    .describe('Colors of engines, by name. The others have their own.'),
});

/** Shades of the accent, as an author gives them. */
export type Shades = z.infer<typeof shades>;
/** A color on a light page, and the same on a dark one. */
export type InBoth = z.infer<typeof inBoth>;

export interface CourseSettings extends z.infer<typeof settings> {
  short: string;
}

/** As {@link schemaFor}. */
export const jsonSchema = (): unknown =>
  schemaFor(settings, `What a course is called and looks like: ${COURSE_FILE}`);

/**
 * @param root the folder that has `content/`.
 * @throws AuthoringError naming file, line and remedy.
 */
export function readSettings(root = courseRoot()): CourseSettings {
  const path = join(root, COURSE_FILE);
  if (!existsSync(path))
    throw new AuthoringError(
      COURSE_FILE,
      1,
      'there is no such file. Write one with id, title, description, language, logo and accent.',
    );
  const read = parseSettings(readFileSync(path, 'utf8'));
  if (!existsSync(join(root, 'content', read.logo)))
    refuseSetting(['logo'], `there is no content/${read.logo}. Draw it, or name another`, root);
  return read;
}

/** @throws AuthoringError for the first thing that is not right. */
export function parseSettings(source: string): CourseSettings {
  const { data } = readShaped(
    z.preprocess((data) => data ?? {}, settings),
    source,
    COURSE_FILE,
  );
  return { ...data, short: data.short ?? data.title };
}

/**
 * Of a setting that only those can judge who use it.
 *
 * @param path of the setting: `['accent', 'light', 'text']`.
 * @throws AuthoringError
 */
export function refuseSetting(path: string[], message: string, root = courseRoot()): never {
  const { document, lines } = openYaml(readFileSync(join(root, COURSE_FILE), 'utf8'), COURSE_FILE);
  throw mistake(path, message, lineOf(document, path, lines));
}

/**
 * @param week of the surrounding course, as an author names it.
 * @returns what is wrong with it, and what would be right.
 */
export function problemOfWeek(
  week: number,
  { weeks }: Pick<CourseSettings, 'weeks'>,
): string | undefined {
  if (weeks === undefined)
    return `the course says nothing of weeks. Write in ${COURSE_FILE} how many it has: weeks: 16`;
  if (Number.isInteger(week) && week >= 1 && week <= weeks) return undefined;
  return `there is no week ${week}. The course has weeks 1 to ${weeks} (${COURSE_FILE})`;
}

const mistake = (path: (string | number)[], message: string, line: number): AuthoringError =>
  new AuthoringError(
    COURSE_FILE,
    line,
    `${path.join(' ') || 'the file'}: ${message.replace(/\.?$/, '.')}`,
  );

function isLanguage(code: string): boolean {
  try {
    return Intl.getCanonicalLocales(code)[0] === code;
  } catch {
    return false;
  }
}
