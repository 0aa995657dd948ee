/** The shape of a file of the reference card, for what reads it and for editors. */
import { z } from 'astro/zod';
import { ENGINE_NAMES } from '../../engines/descriptors.ts';
import { LANGUAGES } from '../../running/cells/fence/languages.ts';
import { schemaFor } from '../../foundation/yaml/shaped.ts';
import { KINDS, type Kind } from './entry.ts';

/** So that an entry is one line in print. */
const WHAT_LENGTH = 95;

const text = z
  .string({
    error: ({ input }) => (input === undefined ? undefined : 'this is no text. Put it in quotes'),
  })
  .trim()
  .min(1, 'write a text here');
const code = text.describe('Runs as a cell, and its answer is shown.');
/** A list of texts, or one text of words. */
const words = z
  .union([z.array(text), text.transform((line) => line.split(/\s+/))], {
    error: 'write a text, or a list of texts: put each in quotes where YAML reads more',
  })
  .describe('Texts: a list, or words with spaces between.');

const oneOf = (what: string, names: readonly string[]) => ({
  error: ({ input }: { input: unknown }) =>
    `there is no ${what} "${String(input)}". Write one of ${names.join(', ')}`,
});
const kinds = Object.keys(KINDS) as Kind[];
const engine = z.enum(ENGINE_NAMES, oneOf('engine', ENGINE_NAMES));
const engines = z
  .union([z.array(engine), engine.transform((one) => [one])], {
    error: ({ input }) =>
      `there is no engine "${String(input)}". Write ${ENGINE_NAMES.join(', ')}, or [] for none`,
  })
  .describe('The databases it is about; [] for what no engine of the course has.');
const id = text.regex(
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  'this is no id: write lowercase letters, digits and hyphens',
);
const languages = Object.keys(LANGUAGES);
const language = z.enum(languages, oneOf('language that runs called', languages));
const section = text.describe('Lasting id of the place that tells more: 4.2.sorted-sets.');

const example = z.strictObject({
  code,
  language: language.optional(),
  dataset: text.optional(),
  expect: text.optional(),
  mask: text.optional(),
});
const compare = z.strictObject({
  sql: code,
  mongosh: code,
  dataset: text.optional(),
  ignore: words.default([]),
  merge: words.default([]),
});

const entry = z.strictObject({
  id,
  name: text,
  also: words.default([]).describe('Other words under which somebody may look for it.'),
  engine: engines.optional(),
  what: text.refine((line) => line.length <= WHAT_LENGTH, {
    error: ({ input }) =>
      `this has ${String(input).length} characters. It is one line of a printed page: ${WHAT_LENGTH} at most. The rest belongs under "when"`,
  }),
  when: text.describe('When to use it, or what to watch.'),
  section: section.optional(),
  cell: text.optional().describe('Lasting id of a cell of the lecture to try it in.'),
  example: z
    .union([code, example], { error: 'write code here, or a map with "code"' })
    .optional()
    .describe('One cell. Either this, or "compare".'),
  compare: compare.optional().describe('Two cells that answer the same question.'),
});

const NO_ENTRIES = 'write a list with at least one entry';

/** A file as it is written, with what entries take over from it. */
export const groupFile = z.strictObject({
  id,
  title: text,
  kind: z.enum(kinds, oneOf('kind', kinds)),
  engine: engines.optional(),
  language: language.default('redis'),
  dataset: text.optional(),
  section: section.optional(),
  entries: z.array(entry, NO_ENTRIES).min(1, NO_ENTRIES),
});

export type GroupFile = z.infer<typeof groupFile>;
export type EntryFile = GroupFile['entries'][number];

/** As {@link schemaFor}. */
export const jsonSchema = (): unknown =>
  schemaFor(groupFile, 'Entries of the reference card: content/reference/<number>-<name>.yaml');
