/**
 * What an exercise is: the shape of `content/exercises/<id>.yaml`, from which the types, the
 * validator and the JSON Schema for editors are made.
 */
import { schemaFor } from '../../foundation/yaml/shaped.ts';
import { z } from 'astro/zod';
import { LANGUAGES } from '../../running/cells/fence/languages.ts';
import { difficulty, idea } from '../quiz/question.ts';

const text = z.string().trim().min(1, 'write a text here');
const code = z.string().trim().min(1, 'write code here').describe('As a block: code: |');

/** What `misses` says of an attempt that the engine itself refuses. */
export const ENGINE_ERROR = 'error';

const stated = {
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name is lowercase words and hyphens')
    .refine((name) => name !== ENGINE_ERROR, 'error means the engine’s own. Choose another name')
    .describe('What the misses of a wrong attempt call it.'),
  says: text.describe('What holds when the check passes.'),
  missing: text.describe('What is missing when it does not, in words.'),
};

const answer = z.strictObject({
  ...stated,
  kind: z.literal('answer'),
  ordered: z.boolean().describe('Whether the order of the rows counts.'),
});
const query = z.strictObject({
  ...stated,
  kind: z.literal('query'),
  code,
  expect: z.string().describe('What its last output prints: values with | between, a line a row.'),
});
const interrupted = query.extend({
  kind: z.literal('interrupted'),
  expect: z.string().describe('What code prints, after whichever statement the work has ended.'),
});
const accepted = z.strictObject({ ...stated, kind: z.literal('accepted'), code });
const refused = z.strictObject({
  ...stated,
  kind: z.literal('refused'),
  code,
  error: text.describe('Part of the error’s code or message: it must fail for the right reason.'),
});
const part = text.describe('A part of a line of the plan: Index Scan.');
const plan = z.strictObject({
  ...stated,
  kind: z.literal('plan'),
  names: part.optional(),
  avoids: part.optional(),
});
const limit = z.number().int().min(0);
const work = z.strictObject({
  ...stated,
  kind: z.literal('work'),
  before: code.optional().describe('What runs first and is not counted. As a block: before: |'),
  code: code.describe('The load that is counted: calls of functions that the reader wrote.'),
  reads: limit.optional().describe('How many documents the engine may look at.'),
  writes: limit.optional().describe('How many it may insert, update and delete.'),
});

export const check = z.discriminatedUnion('kind', [
  answer,
  query,
  interrupted,
  accepted,
  refused,
  plan,
  work,
]);

const right = z.strictObject({ says: text.describe('What is different in it.'), code });
const wrong = right.extend({
  misses: text.describe('The name of the check that it fails first, or error.'),
});

export const exercise = z.strictObject({
  id: z
    .string()
    .regex(
      /^x(-[a-z0-9]+)+$/,
      'an id is x- and lowercase words with hyphens, as x-eav-filter, and never changes',
    )
    .describe('Lasts for ever, and is the name of the file.'),
  section: z
    .string()
    .regex(/^\d+\.\d+$/, "write the number of a section in quotes: section: '1.2'")
    .describe('The section that it belongs to.'),
  title: text,
  idea,
  difficulty,
  lang: z.enum(Object.keys(LANGUAGES) as [string, ...string[]]),
  dataset: text.optional().describe('What the database holds. Without one it is empty.'),
  task: text.describe('`code`, **strong** and *emphasis*; a blank line starts a paragraph.'),
  start: code.describe('What stands in the editor at first. It must not pass.'),
  hints: z.array(text).min(1, 'give at least one hint').describe('They open one by one.'),
  solution: z.strictObject({ code, why: text.describe('Why it is right.') }),
  checks: z.array(check).min(1, 'write at least one check').describe('In this order.'),
  attempts: z.strictObject({
    right: z.array(right).min(2, 'write at least two other right solutions'),
    wrong: z.array(wrong).min(3, 'write at least three typical mistakes'),
  }),
});

/** An exercise as its author wrote it. */
export type Exercise = z.infer<typeof exercise>;
export type Check = z.infer<typeof check>;
export type CheckOf<Kind extends Check['kind']> = Extract<Check, { kind: Kind }>;

/** An exercise and where it stands. */
export interface PlacedExercise {
  exercise: Exercise;
  /** Path from the project's root. */
  file: string;
  /** @returns the line of a part of the exercise, from 1; of the file's first line without a path. */
  lineOf: (...path: (string | number)[]) => number;
}

export const SCHEMA_FILE = 'src/practice/exercises/exercise.schema.json';

/** As {@link schemaFor}. */
export const jsonSchema = (): unknown =>
  schemaFor(exercise, 'An exercise of the course: content/exercises/<id>.yaml');
