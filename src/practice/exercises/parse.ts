/** A file of one exercise: YAML → {@link Exercise}, or an error that names file, line and remedy. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { innermost, lineOf } from '../../foundation/yaml/mistakes.ts';
import { openYaml } from '../../foundation/yaml/open.ts';
import { exercise, type PlacedExercise } from './exercise.ts';
import { problemOfExercise } from './rules.ts';

const KINDS = 'kind is one of answer, query, accepted, refused, plan';

/**
 * @param source YAML.
 * @param file path from the project's root; its name is the exercise's id.
 * @throws AuthoringError for the first thing that is not right.
 */
export function parseExercise(source: string, file: string): PlacedExercise {
  const { document, lines, data } = openYaml(source, file);
  const refuse = (path: readonly (string | number)[], message: string): never => {
    // People count from one.
    const place = path
      .map((key) => (typeof key === 'number' ? key + 1 : key))
      .join(' ')
      .replace(/s (\d)/g, ' $1');
    throw new AuthoringError(
      file,
      lineOf(document, path, lines),
      `${place || 'the file'}: ${message.replace(/\.?$/, '.')}`,
    );
  };
  const result = exercise.safeParse(data);
  if (!result.success) {
    const { path, message } = innermost(result.error.issues[0]!, KINDS);
    return refuse(path, message);
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
