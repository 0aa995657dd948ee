/** A file of one challenge: YAML → {@link Challenge}, or an error that names file, line and remedy. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { innermost, lineOf } from '../../foundation/yaml/mistakes.ts';
import { openYaml } from '../../foundation/yaml/open.ts';
import { challenge, type PlacedChallenge } from './challenge.ts';
import { problemOfChallenge } from './rules.ts';

const KINDS = 'kind is one of stored, answer, follows, refuses, points';

/**
 * @param source YAML.
 * @param file path from the project's root; its name is the challenge's id.
 * @throws AuthoringError for the first thing that is not right.
 */
export function parseChallenge(source: string, file: string): PlacedChallenge {
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
  const result = challenge.safeParse(data);
  if (!result.success) {
    const { path, message } = innermost(result.error.issues[0]!, KINDS);
    return refuse(path, message);
  }
  const id = /([^/]+)\.yaml$/.exec(file)?.[1];
  if (result.data.id !== id)
    refuse(['id'], `the file is called ${id}.yaml. Give both the same name`);
  const problem = problemOfChallenge(result.data);
  if (problem) refuse(problem.path, problem.message);
  return { challenge: result.data, file, lineOf: (...path) => lineOf(document, path, lines) };
}
