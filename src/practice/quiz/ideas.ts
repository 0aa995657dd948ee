/** What ideas are called where a reader sees them: `content/ideas.yaml`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import { readShaped, schemaFor } from '../../foundation/yaml/shaped.ts';
import type { PlacedQuestion } from './question.ts';
import { courseRoot } from '../../foundation/content/root.ts';

const IDEAS_FILE = 'content/ideas.yaml';
const EXAMPLE = 'Write lines such as exact-money: Exact types for money';

const names = z
  .record(z.string(), z.string(`the idea has no name. ${EXAMPLE}`).trim().min(1, EXAMPLE), {
    error: `there is no idea. ${EXAMPLE}`,
  })
  .describe('Idea → its name for readers.')
  .refine((all) => Object.keys(all).length > 0, `there is no idea. ${EXAMPLE}`);

/** As {@link schemaFor}. */
export const jsonSchema = (): unknown => schemaFor(names, `What ideas are called: ${IDEAS_FILE}`);

/**
 * @param root the folder that has `content/`.
 * @returns idea → name.
 * @throws AuthoringError if the file holds something else.
 */
export function readIdeas(root = courseRoot()): ReadonlyMap<string, string> {
  const source = readFileSync(join(root, IDEAS_FILE), 'utf8');
  return new Map(Object.entries(readShaped(names, source, IDEAS_FILE).data));
}

/** @returns the ideas that are asked without a name, and the names of ideas that nobody asks. */
export function problemsOfIdeas(
  ideas: ReadonlyMap<string, string>,
  questions: readonly PlacedQuestion[],
): AuthoringError[] {
  const asked = new Set(questions.map(({ question }) => question.idea));
  const unnamed = new Map(
    questions
      .filter(({ question }) => !ideas.has(question.idea))
      .map((placed) => [placed.question.idea, placed]),
  );
  return [
    ...[...unnamed.values()].map(
      ({ question: { id, idea }, file, line }) =>
        new AuthoringError(
          file,
          line,
          `question "${id}": the idea "${idea}" has no name for readers.${didYouMean(idea, ideas.keys())} Add a line to ${IDEAS_FILE}: "${idea}: …".`,
        ),
    ),
    ...[...ideas.keys()]
      .filter((idea) => !asked.has(idea))
      .map(
        (idea) =>
          new AuthoringError(
            IDEAS_FILE,
            1,
            `no question asks the idea "${idea}". Leave its line out.`,
          ),
      ),
  ];
}
