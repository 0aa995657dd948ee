/** A YAML file that holds one thing, called as the file is: an exercise, a challenge. */
import type { z } from 'astro/zod';
import { AuthoringError } from '../mistakes/authoring-error.ts';
import type { Tell } from '../mistakes/noting.ts';
import { innermost, lineOf, placeIn } from './mistakes.ts';
import { openYaml } from './open.ts';

type Path = readonly (string | number)[];

/** How a kind of thing is read. */
export interface Kind<Thing extends { id: string }> {
  shape: z.ZodType<Thing>;
  /** Said where none of several shapes fits: `kind is one of answer, query`. */
  kinds: string;
  /** @returns what is wrong that the shape cannot say, if anything. */
  problem(thing: Thing): { path: Path; message: string } | undefined;
}

/** A thing with its place. */
export interface Placed<Thing> {
  thing: Thing;
  file: string;
  /** Line of what stands under these keys. */
  lineOf: (...path: Path) => number;
}

/**
 * @param source YAML.
 * @param file path from the project's root; its name is the thing's id.
 * @param tell takes note of what is not right besides the first thing, which is thrown.
 * @throws AuthoringError for the first thing that is not right.
 */
export function readOne<Thing extends { id: string }>(
  { shape, kinds, problem }: Kind<Thing>,
  source: string,
  file: string,
  tell?: Tell,
): Placed<Thing> {
  const { document, lines, data } = openYaml(source, file);
  const mistake = (path: Path, message: string): AuthoringError => {
    // People count from one.
    const place = path
      .map((key) => (typeof key === 'number' ? key + 1 : key))
      .join(' ')
      .replace(/s (\d)/g, ' $1');
    const { line, column } = placeIn(document, path, lines);
    const what = `${place || 'the file'}: ${message.replace(/\.?$/, '.')}`;
    return new AuthoringError(file, line, what, column);
  };
  const result = shape.safeParse(data);
  if (!result.success) {
    const [first, ...more] = result.error.issues.map((issue) => innermost(issue, kinds));
    for (const { path, message } of more) tell?.(mistake(path, message));
    throw mistake(first!.path, first!.message);
  }
  const name = /([^/]+)\.yaml$/.exec(file)?.[1];
  if (result.data.id !== name)
    throw mistake(['id'], `the file is called ${String(name)}.yaml. Give both the same name`);
  const wrong = problem(result.data);
  if (wrong) throw mistake(wrong.path, wrong.message);
  return { thing: result.data, file, lineOf: (...path) => lineOf(document, path, lines) };
}
