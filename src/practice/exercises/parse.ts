/** A file of one exercise: YAML → {@link Exercise}, or an error that names file, line and remedy. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { innermost, lineOf, placeIn } from '../../foundation/yaml/mistakes.ts';
import { openYaml } from '../../foundation/yaml/open.ts';
import { exercise, type PlacedExercise } from './exercise.ts';
import { problemOfExercise } from './rules.ts';

const KINDS = 'kind is one of answer, query, accepted, refused, plan';

/**
 * @param source YAML.
 * @param file path from the project's root; its name is the exercise's id.
 * @param tell takes note of what is not right besides the first thing, which is thrown.
 * @throws AuthoringError for the first thing that is not right.
 */
export function parseExercise(source: string, file: string, tell?: Tell): PlacedExercise {
  const { document, lines, data } = openYaml(source, file);
  const mistake = (path: readonly (string | number)[], message: string): AuthoringError => {
    // People count from one.
    const place = path
      .map((key) => (typeof key === 'number' ? key + 1 : key))
      .join(' ')
      .replace(/s (\d)/g, ' $1');
    const { line, column } = placeIn(document, path, lines);
    const what = `${place || 'the file'}: ${message.replace(/\.?$/, '.')}`;
    return new AuthoringError(file, line, what, column);
  };
  const refuse = (path: readonly (string | number)[], message: string): never => {
    throw mistake(path, message);
  };
  const result = exercise.safeParse(data);
  if (!result.success) {
    const [first, ...more] = result.error.issues.map((issue) => innermost(issue, KINDS));
    for (const { path, message } of more) tell?.(mistake(path, message));
    return refuse(first!.path, first!.message);
  }
  const id = /([^/]+)\.yaml$/.exec(file)?.[1];
  if (result.data.id !== id)
    refuse(['id'], `the file is called ${id}.yaml. Give both the same name`);
  const problem = problemOfExercise(result.data);
  if (problem) refuse(problem.path, problem.message);
  return {
    exercise: result.data,
    file,
    lineOf: (...path) => lineOf(document, path, lines),
  };
}
