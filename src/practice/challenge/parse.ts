/** A file of one challenge: YAML → {@link Challenge}, or an error that names file, line and remedy. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { innermost, lineOf, placeIn } from '../../foundation/yaml/mistakes.ts';
import { openYaml } from '../../foundation/yaml/open.ts';
import { challenge, type PlacedChallenge } from './challenge.ts';
import { problemOfChallenge } from './rules.ts';

const KINDS = 'kind is one of stored, answer, follows, refuses, points';

/**
 * @param source YAML.
 * @param file path from the project's root; its name is the challenge's id.
 * @param tell takes note of what is not right besides the first thing, which is thrown.
 * @throws AuthoringError for the first thing that is not right.
 */
export function parseChallenge(source: string, file: string, tell?: Tell): PlacedChallenge {
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
  const result = challenge.safeParse(data);
  if (!result.success) {
    const [first, ...more] = result.error.issues.map((issue) => innermost(issue, KINDS));
    for (const { path, message } of more) tell?.(mistake(path, message));
    return refuse(first!.path, first!.message);
  }
  const id = /([^/]+)\.yaml$/.exec(file)?.[1];
  if (result.data.id !== id)
    refuse(['id'], `the file is called ${id}.yaml. Give both the same name`);
  const problem = problemOfChallenge(result.data);
  if (problem) refuse(problem.path, problem.message);
  return { challenge: result.data, file, lineOf: (...path) => lineOf(document, path, lines) };
}
