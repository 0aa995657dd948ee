/** A YAML file that holds one thing, called as the file is: an exercise, a challenge. */
import type { z } from 'astro/zod';
import type { Tell } from '../mistakes/noting.ts';
import { readShaped, type Path } from './shaped.ts';

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
  const { data: thing, lineOf, mistake } = readShaped(shape, source, file, { kinds, tell });
  const name = /([^/]+)\.yaml$/.exec(file)?.[1];
  if (thing.id !== name)
    throw mistake(['id'], `the file is called ${String(name)}.yaml. Give both the same name`);
  const wrong = problem(thing);
  if (wrong) throw mistake(wrong.path, wrong.message);
  return { thing, file, lineOf };
}
