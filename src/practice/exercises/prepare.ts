/** An exercise as the page shows it: plain data, which JSON carries from the build into the page. */
import type { LiveCellData } from '../../running/cells/plugin.ts';
import { idOnPage } from '../../foundation/addresses/permalink.ts';
import { executeExercise, type ExecutedCode } from './execute.ts';
import type { Exercise, PlacedExercise } from './exercise.ts';

export interface ShownExercise extends Pick<
  Exercise,
  'id' | 'title' | 'difficulty' | 'lang' | 'task' | 'hints'
> {
  /** Its lasting id: `1.2.x-eav-furniture`. */
  lasting: string;
  /** The cell to work in, with what the start prints. */
  start: LiveCellData;
  solution: { why: string } & Pick<ExecutedCode, 'cell' | 'result'>;
}

/** @throws AuthoringError for a solution that fails, naming file, line and remedy. */
export async function prepareExercise(placed: PlacedExercise): Promise<ShownExercise> {
  const { id, section, title, difficulty, lang, task, hints, solution } = placed.exercise;
  const executed = await executeExercise(placed);
  return {
    id,
    lasting: idOnPage(section, id),
    title,
    difficulty,
    lang,
    task,
    hints,
    start: { ...executed.start, within: id },
    solution: { ...executed.solution, why: solution.why },
  };
}
