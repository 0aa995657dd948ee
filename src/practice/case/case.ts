/**
 * A case to decide in writing: `content/cases/<name>.yaml`. Readers write the parts of an architecture decision record,
 * hold it against a rubric, and then against an expert's.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { courseRoot } from '../../foundation/content/root.ts';
import { readShaped, schemaFor } from '../../foundation/yaml/shaped.ts';

export const CASES_FOLDER = 'content/cases';

const text = z.string().trim().min(1, 'write a text here');
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'write a name of small letters, digits and hyphens');

const schema = z.strictObject({
  title: text,
  case: text,
  parts: z
    .array(z.strictObject({ name, title: text, hint: text, expert: text }))
    .min(2, 'a record has at least two parts'),
  rubric: z
    .array(z.strictObject({ name, part: name, says: text, why: text }))
    .min(3, 'ask for at least three things'),
});

/** A case with its record. */
export type Case = z.infer<typeof schema>;

/** As {@link schemaFor}. */
export const jsonSchema = (): unknown =>
  schemaFor(schema, `A case to decide in writing: ${CASES_FOLDER}/<name>.yaml`);

/** The names of the cases of a course. */
export function caseNames(root = courseRoot()): string[] {
  const folder = join(root, CASES_FOLDER);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -5));
}

/**
 * @param called of the file in `content/cases/`, without `.yaml`.
 * @throws AuthoringError naming file, line and remedy.
 */
export function readCase(called: string, root = courseRoot(), tell?: Tell): Case {
  const file = `${CASES_FOLDER}/${called}.yaml`;
  const known = caseNames(root);
  if (!known.includes(called))
    throw new AuthoringError(
      file,
      1,
      `there is no case "${called}".${didYouMean(called, known)} There are: ${known.join(', ') || 'none yet'}.`,
    );
  return parseCase(readFileSync(join(root, file), 'utf8'), file, tell);
}

/**
 * @param source YAML.
 * @param file path from the project's root, for errors.
 * @param tell takes note of what is not right besides the first thing, which is thrown.
 * @throws AuthoringError for the first thing that is not right.
 */
export function parseCase(source: string, file: string, tell?: Tell): Case {
  const { data, mistake } = readShaped(schema, source, file, { tell });
  const parts = data.parts.map((part) => part.name);
  for (const kind of ['parts', 'rubric'] as const)
    for (const [index, one] of data[kind].entries())
      if (data[kind].findIndex((other) => other.name === one.name) < index)
        throw mistake(
          [kind, index, 'name'],
          `"${one.name}" is taken. Give each a name of its own, which stays: what readers wrote is kept under it.`,
        );
  for (const [index, { part }] of data.rubric.entries())
    if (!parts.includes(part))
      throw mistake(
        ['rubric', index, 'part'],
        `there is no part "${part}".${didYouMean(part, parts)} There are: ${parts.join(', ')}.`,
      );
  return data;
}
