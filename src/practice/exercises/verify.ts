/** Whether an exercise keeps its word: its solutions pass, its mistakes are told, its start is no solution. */
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { ScriptStopped } from '../../running/runner/process/stopped.ts';
import { checkExercise, type Run, type Verdict } from './check.ts';
import { ENGINE_ERROR, type PlacedExercise } from './exercise.ts';

/** One code of an exercise, executed. */
export interface Trial {
  /** `solution`, `start`, or what the attempt says of itself. */
  says: string;
  /** The name of the check that it has to fail first, `error`, or nothing if it has to pass. */
  misses: string | undefined;
  verdict: Verdict;
}

export interface Verification {
  trials: Trial[];
  /** One for each code that does not do what its author says. */
  errors: AuthoringError[];
}

/** @returns the name of the first check that does not hold, `error`, or nothing if all hold. */
export const missedBy = (verdict: Verdict): string | undefined =>
  verdict.kind === 'error'
    ? ENGINE_ERROR
    : verdict.results.find(({ state }) => state !== 'holds')?.name;

/** Executes the solution, all attempts and the start of an exercise. */
export async function verifyExercise(placed: PlacedExercise, run: Run): Promise<Verification> {
  const { exercise, file, lineOf } = placed;
  const { solution, attempts, start } = exercise;
  const verification: Verification = { trials: [], errors: [] };
  /** @throws AuthoringError for a code that does not end. */
  const verdictOf = async (
    code: string,
    says: string,
    path: readonly (string | number)[],
  ): Promise<Verdict> => {
    try {
      return await checkExercise(exercise, code, run);
    } catch (error) {
      if (!(error instanceof ScriptStopped)) throw error;
      throw new AuthoringError(
        file,
        lineOf(...path),
        `exercise "${exercise.id}": "${says}", or what checks it, ${error.message}`,
      );
    }
  };
  const attempt = async (
    says: string,
    code: string,
    misses: string | undefined,
    path: readonly (string | number)[],
  ): Promise<string | undefined> => {
    const verdict = await verdictOf(code, says, path);
    verification.trials.push({ says, misses, verdict });
    const missed = missedBy(verdict);
    if (missed !== misses && says !== 'start')
      verification.errors.push(
        new AuthoringError(
          file,
          lineOf(...path),
          `"${says}" should ${misses === undefined ? 'pass' : `fail first at "${misses}"`} and ${
            missed === undefined ? 'passes' : `fails first at "${missed}": ${reasonOf(verdict)}`
          }. Mend the attempt or the check.`,
        ),
      );
    return missed;
  };
  try {
    await attempt('solution', solution.code, undefined, ['solution', 'code']);
    for (const [index, { says, code }] of attempts.right.entries())
      await attempt(says, code, undefined, ['attempts', 'right', index]);
    for (const [index, { says, code, misses }] of attempts.wrong.entries())
      await attempt(says, code, misses, ['attempts', 'wrong', index]);
    if ((await attempt('start', start, undefined, ['start'])) === undefined)
      verification.errors.push(
        new AuthoringError(
          file,
          lineOf('start'),
          'the start passes all checks, so nothing is asked. Take away more of the solution, or check more.',
        ),
      );
  } catch (error) {
    verification.errors.push(
      error instanceof AuthoringError
        ? error
        : new AuthoringError(file, lineOf('solution'), (error as Error).message),
    );
  }
  return verification;
}

function reasonOf(verdict: Verdict): string {
  if (verdict.kind === 'error') return verdict.failure.message;
  const first = verdict.results.find(({ state }) => state !== 'holds');
  return [first?.message, first?.detail].filter((part) => part !== undefined).join(' ');
}
