/**
 * What a design challenge is: the shape of `content/challenges/<id>.yaml`, from which the types, the
 * validator and the JSON Schema for editors are made.
 */
import { schemaFor } from '../../foundation/yaml/shaped.ts';
import { z } from 'astro/zod';
import { ENGINE_ERROR } from '../exercises/exercise.ts';

const text = z.string().trim().min(1, 'write a text here');
const code = z.string().trim().min(1, 'write code here').describe('As a block: code: |');
const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name is lowercase words and hyphens');

const scalar = z.union([z.string().min(1), z.number(), z.boolean()]);
const product = z.strictObject({
  name: text,
  price: z.string().regex(/^\d+\.\d\d$/, "write a price in quotes, with cents: price: '8.00'"),
  description: text,
  category: text,
  attributes: z.record(z.string(), z.union([scalar, z.array(scalar).min(1)])),
});

const change = z.strictObject({
  from: scalar.describe('A value that the catalog holds.'),
  to: scalar.describe('What it becomes, wherever it stands.'),
});
const stated = {
  name: name.refine(
    (it) => it !== ENGINE_ERROR,
    'error means the engine’s own. Choose another name',
  ),
  says: text.describe('What holds when the check passes.'),
  missing: text.describe('What is missing when it does not, in words.'),
};
const rows = z.string().describe('The rows: values with | between, a line a row. May be empty.');

const check = z.discriminatedUnion('kind', [
  z.strictObject({ ...stated, kind: z.literal('stored') }),
  z.strictObject({ ...stated, kind: z.literal('answer') }),
  z.strictObject({
    ...stated,
    kind: z.literal('follows'),
    replace: z.array(change).min(1, 'write what changes behind the reader’s back'),
    expect: rows,
  }),
  z.strictObject({ ...stated, kind: z.literal('refuses'), replace: change }),
  z.strictObject({
    ...stated,
    kind: z.literal('points'),
    table: text.describe('The table that the stage asks for.'),
    column: text.describe('A column of it that says which row is meant.'),
    value: scalar.describe('Its value in that row.'),
  }),
]);

const stage = z.strictObject({
  name: name.describe('Lasts for ever: a link leads to it.'),
  when: text.describe('Launch, Month 1.'),
  title: text,
  story: text.describe('What happens. `code`, **strong**, *emphasis*; a blank line: a paragraph.'),
  products: z.array(product).optional().describe('New products, to be stored.'),
  stores: z.array(scalar).optional().describe('Other values that have to be stored.'),
  question: text.describe('What the last query has to answer.'),
  columns: z.array(text).min(1).describe('What a row of the answer holds, in this order.'),
  ordered: z.boolean().describe('Whether the order of the rows counts.'),
  expect: rows,
  start: code.describe('Stands in the editor, under the new products.'),
  checks: z.array(check).min(1),
});

const design = z.strictObject({
  name,
  head: text.describe('What its column is called: A.'),
  title: text.describe('What it is: one wide table.'),
  hidden: z.boolean().optional().describe('Shown when the reader has finished, or asks.'),
  says: text.describe('What became of it, in a sentence.'),
  code: z.record(z.string(), code).describe('For each stage, by its name.'),
});

const wrong = z.strictObject({
  says: text.describe('What is wrong in it.'),
  like: name.describe('The design whose code the earlier stages have.'),
  stage: name,
  misses: name.describe('The name of the check that it fails first, or error.'),
  code: code.optional().describe('Of the stage. Or write a swap.'),
  swap: z
    .strictObject({ from: text, to: z.string() })
    .optional()
    .describe('What is different from the design’s own code of the stage.'),
});

export const challenge = z.strictObject({
  id: z
    .string()
    .regex(
      /^x(-[a-z0-9]+)+$/,
      'an id is x- and lowercase words with hyphens, as x-catalog-design, and never changes',
    )
    .describe('Lasts for ever, and is the name of the file.'),
  section: z.string().regex(/^\d+\.\d+$/, "write the number of a section in quotes: '1.1'"),
  title: text,
  intro: text,
  stages: z.array(stage).min(2, 'a challenge has a first stage and at least one change'),
  designs: z.array(design).min(2, 'write at least two designs that meet all stages'),
  wrong: z.array(wrong).min(3, 'write at least three typical mistakes'),
});

/** A challenge as its author wrote it. */
export type Challenge = z.infer<typeof challenge>;
export type Stage = Challenge['stages'][number];
export type Design = Challenge['designs'][number];
export type WrongAttempt = Challenge['wrong'][number];
export type StageCheck = Stage['checks'][number];
export type Product = z.infer<typeof product>;
export type Change = z.infer<typeof change>;
export type Scalar = z.infer<typeof scalar>;

/** A challenge and where it stands. */
export interface PlacedChallenge {
  challenge: Challenge;
  /** Path from the project's root. */
  file: string;
  /** @returns the line of a part of the challenge, from 1. */
  lineOf: (...path: (string | number)[]) => number;
}

export const SCHEMA_FILE = 'src/practice/challenge/challenge.schema.json';

/** As {@link schemaFor}. */
export const jsonSchema = (): unknown =>
  schemaFor(challenge, 'A design challenge of the course: content/challenges/<id>.yaml');
