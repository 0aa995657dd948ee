/** A file of questions: YAML → {@link Question}s, or an error that names file, question and remedy. */
import type { Document, LineCounter } from 'yaml';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { quizFile, type PlacedQuestion, type Question } from './question.ts';
import { problemOfFile, problemOfQuestion } from './rules.ts';
import { innermost, lineOf } from '../../foundation/yaml/mistakes.ts';
import { openYaml } from '../../foundation/yaml/open.ts';

const KINDS = 'kind is one of single, multiple, predict, order, match, short, flaw';

/**
 * @param source YAML.
 * @param file path from the project's root; its name is the section's number.
 * @throws AuthoringError for the first thing that is not right.
 */
export function parseQuestions(source: string, file: string): PlacedQuestion[] {
  const section = /([^/]+)\.yaml$/.exec(file)?.[1] ?? '';
  const { document, lines, data } = openYaml(source, file);
  const result = quizFile.safeParse(data);
  if (!result.success) {
    const { path, message } = innermost(result.error.issues[0]!, KINDS);
    throw refusal(file, document, lines, data, path, message);
  }
  const { questions } = result.data;
  for (const [index, one] of questions.entries()) {
    const first = questions.findIndex(({ id }) => id === one.id);
    const problem =
      first < index
        ? { path: ['id'], message: `an earlier question has this id. Choose another.` }
        : problemOfQuestion(one);
    if (problem)
      throw refusal(
        file,
        document,
        lines,
        data,
        ['questions', index, ...problem.path],
        problem.message,
      );
  }
  const problem = problemOfFile(questions);
  if (problem) throw new AuthoringError(file, 1, problem);
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
  return new AuthoringError(
    file,
    lineOf(document, path, lines),
    `${where}: ${message.replace(/\.?$/, '.')}`,
  );
}
