/** A file of questions: YAML → {@link Question}s, or an error that names file, question and remedy. */
import type { Document, LineCounter } from 'yaml';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { quizFile, type PlacedQuestion, type Question } from './question.ts';
import { problemOfFile, problemOfQuestion } from './rules.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { innermost, lineOf, placeIn } from '../../foundation/yaml/mistakes.ts';
import { openYaml } from '../../foundation/yaml/open.ts';

const KINDS = 'kind is one of single, multiple, predict, order, match, short, flaw';

/**
 * @param source YAML.
 * @param file path from the project's root; its name is the section's number.
 * @param tell takes note of what is not right, to hear of all of it. Without it the first is thrown.
 * @returns the questions; none if anything is not right.
 * @throws AuthoringError for what is no YAML.
 */
export function parseQuestions(
  source: string,
  file: string,
  tell: Tell = (mistake) => {
    throw mistake;
  },
): PlacedQuestion[] {
  const section = /([^/]+)\.yaml$/.exec(file)?.[1] ?? '';
  const { document, lines, data } = openYaml(source, file);
  const result = quizFile.safeParse(data);
  if (!result.success) {
    for (const issue of result.error.issues) {
      const { path, message } = innermost(issue, KINDS);
      tell(refusal(file, document, lines, data, path, message));
    }
    return [];
  }
  const { questions } = result.data;
  let right = true;
  for (const [index, one] of questions.entries()) {
    const first = questions.findIndex(({ id }) => id === one.id);
    const problem =
      first < index
        ? { path: ['id'], message: `an earlier question has this id. Choose another.` }
        : problemOfQuestion(one);
    if (!problem) continue;
    right = false;
    const path = ['questions', index, ...problem.path];
    tell(refusal(file, document, lines, data, path, problem.message));
  }
  if (!right) return [];
  const problem = problemOfFile(questions);
  if (problem) {
    tell(new AuthoringError(file, 1, problem));
    return [];
  }
  return questions.map((question: Question, index) => ({
    question,
    section,
    file,
    line: lineOf(document, ['questions', index], lines),
  }));
}

function refusal(
  file: string,
  document: Document,
  lines: LineCounter,
  data: unknown,
  path: readonly (string | number)[],
  message: string,
): AuthoringError {
  const index = path[0] === 'questions' ? path[1] : undefined;
  const list = (data as { questions?: { id?: unknown }[] } | null)?.questions;
  const id = typeof index === 'number' ? list?.[index]?.id : undefined;
  const name = typeof id === 'string' ? `question "${id}"` : `question ${Number(index ?? 0) + 1}`;
  // People count from one.
  const place = path
    .slice(2)
    .map((key) => (typeof key === 'number' ? key + 1 : key))
    .join(' ')
    .replace(/s (\d)/, ' $1');
  const where =
    index === undefined ? path.join(' ') || 'the file' : [name, place].filter(Boolean).join(', ');
  const { line, column } = placeIn(document, path, lines);
  return new AuthoringError(file, line, `${where}: ${message.replace(/\.?$/, '.')}`, column);
}
