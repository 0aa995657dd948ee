/** What an exercise's start and its solution print: executed by the build, like every cell. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { type CellResult, type PlacedCell } from '../../running/cells/cell.ts';
import { executeCell } from '../../running/cells/execute/execute.ts';
import { LANGUAGES } from '../../running/cells/fence/languages.ts';
import { readOutline } from '../../foundation/course/outline.ts';
import type { PlacedExercise } from './exercise.ts';
import { exerciseFiles, readExercise } from './read.ts';
import { courseRoot } from '../../foundation/content/root.ts';

/** A code of an exercise, and what it prints. */
export interface ExecutedCode {
  cell: PlacedCell;
  result: CellResult;
}

export interface ExecutedExercise {
  start: ExecutedCode;
  solution: ExecutedCode;
}

/** @throws AuthoringError for a dataset that is not there, and for a solution that fails. */
export async function executeExercise(placed: PlacedExercise): Promise<ExecutedExercise> {
  // The start is not finished, and may fail.
  const start = { ...cellOf(placed, placed.exercise.start, 'start'), expect: 'any' as const };
  const solution = cellOf(placed, placed.exercise.solution.code, 'solution', 'code');
  return {
    start: { cell: start, result: await resultOf(start) },
    solution: { cell: solution, result: await resultOf(solution) },
  };
}

/** The cell's id on the page. */
export const codeId = (exercise: string): string => `${exercise}-code`;

function cellOf(
  { exercise, file, lineOf }: PlacedExercise,
  code: string,
  ...path: string[]
): PlacedCell {
  const { id, lang, dataset } = exercise;
  const { engine, file: name } = LANGUAGES[lang]!;
  return {
    id: codeId(id),
    engine,
    title: 'Your code',
    ...(dataset !== undefined && { dataset }),
    masks: [],
    files: [{ name, code }],
    file,
    line: lineOf(...path),
  };
}

async function resultOf(cell: PlacedCell): Promise<CellResult> {
  const { outputs, summary } = await executeCell(cell, []);
  return { outputs, summary };
}

export interface ExerciseReport {
  exercises: number;
  errors: AuthoringError[];
}

/** Reads and executes all exercises of the course, and tells all that is wrong with them at once. */
export async function executeExercises(root = courseRoot()): Promise<ExerciseReport> {
  const report: ExerciseReport = { exercises: 0, errors: [] };
  const sections = readOutline(root).flatMap((part) => part.sections.map(({ id }) => id));
  for (const file of exerciseFiles(root)) {
    report.exercises += 1;
    try {
      const placed = readExercise(file, root, (mistake) => void report.errors.push(mistake));
      checkSection(placed, sections);
      await executeExercise(placed);
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      report.errors.push(error);
    }
  }
  return report;
}

/** @throws AuthoringError if the course has no such section: no page would show the exercise. */
export function checkSection(
  { exercise: { section }, file, lineOf }: PlacedExercise,
  sections: readonly string[],
): void {
  if (!sections.includes(section))
    throw new AuthoringError(
      file,
      lineOf('section'),
      `the course has no section ${section}. Write one of ${sections.join(', ')}.`,
    );
}
