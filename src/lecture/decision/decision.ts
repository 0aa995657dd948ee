/**
 * A decision tree as data: `content/decisions/<name>.yaml`. The drawing and the chooser are both made
 * from it, so they cannot disagree.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { ENGINE_NAMES } from '../../engines/descriptors.ts';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import { readShaped, schemaFor, type Path } from '../../foundation/yaml/shaped.ts';
import { courseRoot } from '../../foundation/content/root.ts';

export const DECISIONS_FOLDER = 'content/decisions';

const text = z.string().trim().min(1, 'write a text here');
const engine = z.enum([...ENGINE_NAMES, 'none']);
const argued = z
  .array(
    z.strictObject({
      section: z
        .string()
        .regex(/^\d+\.\d+$/, "write the section's number in quotes: section: '1.3'"),
      hash: text.optional(),
      says: text,
    }),
  )
  .min(1, 'name at least one section that gives the reasons');
const answer = z.strictObject({ to: text, says: text });

const question = z.strictObject({ ask: text, short: text, help: text, yes: answer, no: answer });
const outcome = z.strictObject({
  name: text,
  engine,
  short: text,
  verdict: text,
  why: z.array(text).min(1, 'say why, in one sentence at least'),
  before: text,
  argued,
});
const addition = z.strictObject({
  ask: text,
  verb: z.enum(['add', 'consider']),
  what: text,
  engine,
  says: text,
  argued,
});

const schema = z.strictObject({
  title: text,
  start: text,
  questions: z.record(z.string(), question),
  outcomes: z.record(z.string(), outcome),
  additions: z.record(z.string(), addition),
});

/** As {@link schemaFor}. */
export const jsonSchema = (): unknown =>
  schemaFor(schema, `A decision of the course: ${DECISIONS_FOLDER}/<name>.yaml`);

/** A question that is answered with yes or no. */
export type Question = z.infer<typeof question>;
/** What the answers lead to. */
export type Outcome = z.infer<typeof outcome>;
/** What may come on top, whatever the outcome. */
export type Addition = z.infer<typeof addition>;
/** Questions, outcomes and additions by name, in the order of the file. */
export type Decision = z.infer<typeof schema>;

/** One answer on the way through the tree. */
export interface Step {
  /** The question's name. */
  question: string;
  answer: 'yes' | 'no';
}

/**
 * @param name of the file in `content/decisions/`, without `.yaml`.
 * @throws AuthoringError naming file, line and remedy.
 */
export function readDecision(name: string, root = courseRoot(), tell?: Tell): Decision {
  const file = `${DECISIONS_FOLDER}/${name}.yaml`;
  const path = join(root, file);
  if (!existsSync(path)) {
    const known = existsSync(join(root, DECISIONS_FOLDER))
      ? readdirSync(join(root, DECISIONS_FOLDER)).map((one) => one.replace(/\.yaml$/, ''))
      : [];
    throw new AuthoringError(
      file,
      1,
      `there is no decision "${name}". There are: ${known.join(', ') || 'none yet'}.`,
    );
  }
  return parseDecision(readFileSync(path, 'utf8'), file, tell);
}

/**
 * @param source YAML.
 * @param file path from the project's root, for errors.
 * @param tell takes note of what is not right besides the first thing, which is thrown.
 * @throws AuthoringError for the first thing that is not right.
 */
export function parseDecision(source: string, file: string, tell?: Tell): Decision {
  const { data, mistake } = readShaped(schema, source, file, { called: keys, tell });
  check(data, (path, message) => {
    throw mistake(path, message, 'key');
  });
  return data;
}

/**
 * @param source YAML of a decision that {@link parseDecision} takes.
 * @returns the lasting ids of the places that give its reasons, each with its line.
 */
export function placesArgued(source: string, file: string): { id: string; line: number }[] {
  const { data, lineOf } = readShaped(schema, source, file);
  return (['outcomes', 'additions'] as const).flatMap((kind) =>
    Object.entries<Outcome | Addition>(data[kind]).flatMap(([name, { argued: places }]) =>
      places.map(({ section, hash }, index) => ({
        id: hash === undefined ? section : `${section}.${hash}`,
        line: lineOf(kind, name, 'argued', index, hash === undefined ? 'section' : 'hash'),
      })),
    ),
  );
}

/** Every way from the start to a question or an outcome, shortest first. The start has one: no step. */
export function waysTo(name: string, { start, questions }: Decision): Step[][] {
  const found: Step[][] = [];
  const walk = (here: string, steps: Step[]): void => {
    if (here === name) found.push(steps);
    const asked = questions[here];
    if (!asked) return;
    for (const answer of ['yes', 'no'] as const)
      walk(asked[answer].to, [...steps, { question: here, answer }]);
  };
  walk(start, []);
  return found.sort((a, b) => a.length - b.length);
}

/** Names are in the path, so it is not counted. */
const keys = (path: Path): string => path.join('.');

type Refuse = (path: Path, message: string) => never;

function check({ start, questions, outcomes }: Decision, refuse: Refuse): void {
  const names = [...Object.keys(questions), ...Object.keys(outcomes)];
  for (const [kind, group] of Object.entries({ questions, outcomes }))
    for (const name of Object.keys(group))
      if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
        refuse(
          [kind, name],
          'a name is lowercase letters, digits and hyphens: it is in addresses.',
        );
  for (const name of Object.keys(outcomes))
    if (name in questions)
      refuse(['outcomes', name], 'a question has this name too. Rename one of them.');
  if (!(start in questions))
    refuse(
      ['start'],
      `no question is called "${start}". There are: ${Object.keys(questions).join(', ')}.`,
    );
  const reached = new Set<string>();
  const walk = (name: string, above: readonly string[]): void => {
    reached.add(name);
    const asked = questions[name];
    if (!asked) return;
    for (const answer of ['yes', 'no'] as const) {
      const path = ['questions', name, answer, 'to'];
      const { to } = asked[answer];
      if (!names.includes(to))
        refuse(
          path,
          `leads to "${to}", which is nowhere.${didYouMean(to, names)} There are: ${names.join(', ')}.`,
        );
      if (to === name || above.includes(to))
        refuse(path, `leads back to "${to}", so the questions would never end. Lead on.`);
      walk(to, [...above, name]);
    }
  };
  walk(start, []);
  for (const [kind, group] of Object.entries({ questions, outcomes }))
    for (const name of Object.keys(group))
      if (!reached.has(name))
        refuse([kind, name], `no answer leads to "${name}". Lead one there, or remove it.`);
}
