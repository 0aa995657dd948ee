/** What judging an exercise needs of it. Attempts and texts of the page stay out. */
import { judgedModule } from '../../foundation/yaml/judged-module.ts';
import type { JudgedExercise } from './check.ts';
import { parseExercise } from './parse.ts';
import { EXERCISE_FOLDER } from './read.ts';

export const judgedExercises = () => judgedModule(EXERCISE_FOLDER, judged);

function judged(source: string, file: string): JudgedExercise {
  const { id, lang, dataset, solution, checks } = parseExercise(source, file).exercise;
  return {
    id,
    lang,
    ...(dataset !== undefined && { dataset }),
    solution: { code: solution.code },
    checks,
  };
}
