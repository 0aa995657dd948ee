/** The exercises of the course. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { difficulty } from '../quiz/question.ts';
import type { PlacedExercise } from './exercise.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { parseExercise } from './parse.ts';
import { courseRoot } from '../../foundation/content/root.ts';

const DIFFICULTIES = difficulty.options;

export const EXERCISE_FOLDER = 'content/exercises';

/** @returns the paths of their files from the project's root, in alphabetical order. */
export function exerciseFiles(root = courseRoot()): string[] {
  const folder = join(root, EXERCISE_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${EXERCISE_FOLDER}/${name}`);
}

/** @throws AuthoringError naming file, line and remedy. */
export const readExercise = (file: string, root = courseRoot(), tell?: Tell): PlacedExercise =>
  parseExercise(readFileSync(join(root, file), 'utf8'), file, tell);

/**
 * @returns all exercises of the course, the easy ones first.
 * @throws AuthoringError for the first file that cannot be read.
 */
export const readExercises = (root = courseRoot()): PlacedExercise[] =>
  exerciseFiles(root)
    .map((file) => readExercise(file, root))
    .sort(
      (a, b) =>
        DIFFICULTIES.indexOf(a.exercise.difficulty) - DIFFICULTIES.indexOf(b.exercise.difficulty),
    );

/** @returns the exercises of a section, by its number. */
export const exercisesOf = (
  section: string,
  exercises: readonly PlacedExercise[],
): PlacedExercise[] => exercises.filter(({ exercise }) => exercise.section === section);
