/** A file of questions: YAML → {@link Question}s, or an error that names file, question and remedy. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { counted, readShaped, type Path, type Shaped } from '../../foundation/yaml/shaped.ts';
import { quizFile, type PlacedQuestion, type Question } from './question.ts';
import { problemOfFile, problemOfQuestion } from './rules.ts';

const KINDS = 'kind is one of single, multiple, predict, order, match, short, flaw';

/**
 * @param source YAML.
 * @param file path from the project's root; its name is the section's number.
 * @param tell takes note of what is not right, to hear of all of it. Without it the first is thrown.
 * @returns the questions; none if anything is not right.
 * @throws AuthoringError without `tell`.
 */
export function parseQuestions(source: string, file: string, tell?: Tell): PlacedQuestion[] {
  const note: Tell =
    tell ??
    ((mistake) => {
      throw mistake;
    });
  let shaped: Shaped<{ questions: Question[] }>;
  try {
    shaped = readShaped(quizFile, source, file, { kinds: KINDS, called, tell });
  } catch (error) {
    if (!(error instanceof AuthoringError)) throw error;
    note(error);
    return [];
  }
  const { questions } = shaped.data;
  let right = true;
  for (const [index, one] of questions.entries()) {
    const first = questions.findIndex(({ id }) => id === one.id);
    const problem =
      first < index
        ? { path: ['id'], message: `an earlier question has this id. Choose another.` }
        : problemOfQuestion(one);
    if (!problem) continue;
    right = false;
    note(shaped.mistake(['questions', index, ...problem.path], problem.message));
  }
  if (!right) return [];
  const problem = problemOfFile(questions);
  if (problem) {
    note(new AuthoringError(file, 1, problem));
    return [];
  }
  const section = /([^/]+)\.yaml$/.exec(file)?.[1] ?? '';
  return questions.map((question, index) => ({
    question,
    section,
    file,
    line: shaped.lineOf('questions', index),
    lineOf: (...path) => shaped.lineOf('questions', index, ...path),
  }));
}

/** `question "q-one", options 2`. */
function called(path: Path, data: unknown): string {
  const [top, index, ...rest] = path;
  if (top !== 'questions' || typeof index !== 'number') return path.join(' ');
  const id = (data as { questions?: { id?: unknown }[] } | null)?.questions?.[index]?.id;
  const name = typeof id === 'string' ? `question "${id}"` : `question ${index + 1}`;
  return [name, counted(rest)].filter(Boolean).join(', ');
}
