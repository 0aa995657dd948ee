/** A file of one exercise: YAML → {@link Exercise}, or an error that names file, line and remedy. */
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { readOne } from '../../foundation/yaml/one-thing.ts';
import { exercise, type PlacedExercise } from './exercise.ts';
import { problemOfExercise } from './rules.ts';

const EXERCISE = {
  shape: exercise,
  kinds: 'kind is one of answer, query, accepted, refused, plan',
  problem: problemOfExercise,
};

/** As {@link readOne}. */
export function parseExercise(source: string, file: string, tell?: Tell): PlacedExercise {
  const { thing, ...place } = readOne(EXERCISE, source, file, tell);
  return { exercise: thing, ...place };
}
