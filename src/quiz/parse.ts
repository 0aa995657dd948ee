/** A file of questions: YAML → {@link Question}s, or an error that names file, question and remedy. */
import { isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { AuthoringError } from '../cells/cell.ts';
import { quizFile, type PlacedQuestion, type Question } from './question.ts';
import { problemOfFile, problemOfQuestion } from './rules.ts';

/**
 * @param source YAML.
 * @param file path from the project's root; its name is the section's number.
 * @throws AuthoringError for the first thing that is not right.
 */
export function parseQuestions(source: string, file: string): PlacedQuestion[] {
  const section = /([^/]+)\.yaml$/.exec(file)?.[1] ?? '';
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const [syntax] = document.errors;
  if (syntax)
    throw new AuthoringError(
      file,
      syntax.linePos?.[0].line ?? 1,
      `${syntax.message.split('\n')[0]!} A text with a colon or a # needs quotes, or a block: ask: >-`,
    );
  const data: unknown = document.toJS();
  const result = quizFile.safeParse(data);
  if (!result.success) {
    const { path, message } = innermost(result.error.issues[0]!);
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

interface Issue {
  path: PropertyKey[];
  message: string;
  code: string;
  keys?: string[];
}

function innermost(issue: unknown): { path: (string | number)[]; message: string } {
  const { path, message, code, keys } = issue as Issue;
  const remedies: Record<string, string> = {
    unrecognized_keys: `${keys?.join(', ') ?? 'a key'} is not known here. A text with a comma or a colon needs quotes.`,
    invalid_union: 'kind is one of single, multiple, predict, order, match, short, flaw',
  };
  const says = /received undefined/.test(message) ? 'is missing. Write it' : message;
  return {
    path: path.map((key) => (typeof key === 'number' ? key : String(key))),
    message: remedies[code] ?? says,
  };
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

/** The line of a key or an item, or of the nearest one above it that is there. */
export function lineOf(
  document: Document,
  path: readonly (string | number)[],
  lines: LineCounter,
): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    // Of a list the first item says more than what stands before it.
    if (range && !isSeq(node)) return lines.linePos(range[0]).line;
  }
  return 1;
}
