/** What ideas are called where a reader sees them: `content/ideas.yaml`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import { openYaml } from '../../foundation/yaml/open.ts';
import type { PlacedQuestion } from './question.ts';
import { courseRoot } from '../../foundation/content/root.ts';

const IDEAS_FILE = 'content/ideas.yaml';

/**
 * @param root the folder that has `content/`.
 * @returns idea → name.
 * @throws AuthoringError if the file holds something else.
 */
export function readIdeas(root = courseRoot()): ReadonlyMap<string, string> {
  const { data } = openYaml(readFileSync(join(root, IDEAS_FILE), 'utf8'), IDEAS_FILE);
  const entries = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  const wrong = entries.find(([, name]) => typeof name !== 'string' || name.trim() === '');
  if (entries.length === 0 || wrong)
    throw new AuthoringError(
      IDEAS_FILE,
      1,
      `${wrong ? `the idea "${wrong[0]}" has no name` : 'there is no idea'}. Write lines such as exact-money: Exact types for money.`,
    );
  return new Map(entries as [string, string][]);
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
