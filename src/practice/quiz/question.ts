/**
 * What a question is: the shape of `content/quizzes/<section>.yaml`, from which the types, the
 * validator and the JSON Schema for editors are made.
 */
import { schemaFor } from '../../foundation/yaml/shaped.ts';
import { z } from 'astro/zod';
import { LANGUAGES } from '../../running/cells/fence/languages.ts';

const text = z.string().trim().min(1, 'write a text here');
const see = z
  .string()
  .regex(
    /^[a-z0-9]+([.-][a-z0-9]+)*$/,
    "write the lasting id of a section, a heading or a cell, in quotes: see: '1.2.eav'",
  )
  .describe("Where the course proves it: a lasting id, '1.2' or '1.2.eav'.");
const why = text.describe('Why it is right, or which misconception it comes from.');

const option = z.strictObject({
  says: text,
  right: z.boolean().optional(),
  why,
  see: see.optional(),
});
const options = z.array(option).min(3, 'offer at least three options');

const code = z.strictObject({
  lang: z.string().describe('sql, python, mongosh, redis … as after a fence.'),
  text: z.string().min(1).describe('The code, as a block: text: |'),
});
const running = z.strictObject({
  lang: z.enum(Object.keys(LANGUAGES) as [string, ...string[]]),
  dataset: text.optional().describe('What the database holds. Without one it is empty.'),
  expect: z.literal('error').optional().describe('The error is the answer.'),
  text: z.string().min(1).describe('The code that the build executes, as a block: text: |'),
});

const common = {
  id: z
    .string()
    .regex(
      /^q(-[a-z0-9]+)+$/,
      'an id is q- and lowercase words with hyphens, as q-money-type, and never changes',
    )
    .describe('Lasts for ever: /go/<section>.<id>/ leads to the question.'),
  idea: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'an idea is one name of lowercase words and hyphens')
    .describe('What it tests. The same name wherever the same idea is asked again.'),
  difficulty: z
    .enum(['easy', 'medium', 'hard'])
    .describe('easy: read it. medium: apply it. hard: weigh it.'),
  ask: text.describe('`code`, **strong** and *emphasis*; a blank line starts a paragraph.'),
  see: see.optional().describe('Holds for every option that has no see of its own.'),
};

/** What an exercise says of itself in the same way. */
export const { idea, difficulty } = common;

const choice = { ...common, code: code.optional(), options };

const single = z.strictObject({ ...choice, kind: z.literal('single') });
const multiple = z.strictObject({ ...choice, kind: z.literal('multiple') });
const flaw = z.strictObject({ ...choice, kind: z.literal('flaw'), code });
const predict = z.strictObject({
  ...common,
  kind: z.literal('predict'),
  code: running,
  options: z
    .array(option.extend({ says: text.optional() }))
    .min(3, 'offer at least three options')
    .describe('The right one has no says: the build fills in what the code answered.'),
});
const order = z.strictObject({
  ...common,
  kind: z.literal('order'),
  steps: z
    .array(z.strictObject({ says: text, why, see: see.optional() }))
    .min(3, 'give at least three steps')
    .max(7, 'more than seven steps are nobody’s to sort')
    .describe('In the right order; the page mixes them.'),
});
const match = z.strictObject({
  ...common,
  kind: z.literal('match'),
  pairs: z
    .array(z.strictObject({ says: text, goes: text, why, see: see.optional() }))
    .min(3, 'give at least three pairs')
    .max(7, 'more than seven pairs are nobody’s to match')
    .describe('What goes with what; the page mixes the right side.'),
});
const short = z.strictObject({
  ...common,
  kind: z.literal('short'),
  accepts: z
    .array(text)
    .min(1, 'give at least one accepted answer')
    .describe('All right forms. Case, spaces, quotes and a final dot do not matter.'),
  why,
  mistakes: z
    .array(z.strictObject({ says: z.array(text).min(1), why, see: see.optional() }))
    .min(1, 'name at least one wrong answer that you expect')
    .describe('Wrong answers that you expect, each with its own explanation.'),
  otherwise: text.describe('The explanation for any other wrong answer: a hint, not the answer.'),
});

export const question = z.discriminatedUnion('kind', [
  single,
  multiple,
  predict,
  order,
  match,
  short,
  flaw,
]);
export const quizFile = z.strictObject({
  questions: z.array(question).min(1, 'write at least one question'),
});

/** A question as its author wrote it. */
export type Question = z.infer<typeof question>;
export type Kind = Question['kind'];
export type Choice = Extract<Question, { options: unknown }>;
export type Prediction = z.infer<typeof predict>;

/** One explanation of a question, and where its link leads. */
export interface Explained {
  /** Place in the file below the question: `['options', 2]`. */
  path: readonly (string | number)[];
  see: string | undefined;
}

/** A question and where it stands. */
export interface PlacedQuestion {
  question: Question;
  /** The section it belongs to: `1.2`. */
  section: string;
  /** Path from the project's root. */
  file: string;
  /** Line of the question, from 1. */
  line: number;
  /** Line of a part of it: `lineOf('options', 2, 'see')`. */
  lineOf: (...path: (string | number)[]) => number;
}

export const isChoice = (one: Question): one is Choice => 'options' in one;
/** Exactly one option is right. */
export const hasOneAnswer = (one: Question): one is Choice =>
  isChoice(one) && one.kind !== 'multiple';

/** Every explanation of a question, with the lasting id that it leads to. */
export function explanationsOf(one: Question): Explained[] {
  const each = (list: readonly { see?: string | undefined }[], name: string): Explained[] =>
    list.map((part, index) => ({ path: [name, index], see: part.see ?? one.see }));
  switch (one.kind) {
    case 'order':
      return each(one.steps, 'steps');
    case 'match':
      return each(one.pairs, 'pairs');
    case 'short':
      return [{ path: [], see: one.see }, ...each(one.mistakes, 'mistakes')];
    default:
      return each(one.options, 'options');
  }
}

/** As {@link schemaFor}. */
export const jsonSchema = (): unknown =>
  schemaFor(quizFile, 'Questions of a section of the course: content/quizzes/<section>.yaml');
