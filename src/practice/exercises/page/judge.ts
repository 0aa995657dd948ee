/** Judges the code of an exercise's cell. Loaded when a reader asks for it, with what the checks need. */
import { describeProgress, type Waiting } from '../../../running/cells/page/progress.ts';
import { EngineLoadError, RunStopped } from '../../../running/cells/page/databases.ts';
import { LANGUAGES } from '../../../running/cells/fence/languages.ts';
import { toDom } from '../../../running/cells/output/tree.ts';
import { checkExercise, type JudgedExercise } from '../check.ts';
import { browserRun } from './browser-run.ts';
import { renderVerdict } from './verdict-list.ts';

/** The solutions and checks of all exercises, each fetched when it is first asked for. */
const EXERCISES = import.meta.glob<JudgedExercise>('@content/exercises/*.yaml', {
  query: '?judged',
  import: 'default',
});

/** How a check ended: with a verdict, or with the reason why there is none. */
export type Judgment =
  | { passed: boolean; nodes: globalThis.Node[] }
  | { passed: undefined; says: string; kind: 'info' | 'error' };

/** @throws Error if the exercise cannot be fetched. */
export const loadExercise = (id: string): Promise<JudgedExercise> =>
  EXERCISES[`${COURSE_FOLDER}/content/exercises/${id}.yaml`]!();

/** @throws Error if the exercise cannot be fetched. */
export async function judge(
  id: string,
  code: string,
  signal: AbortSignal,
  onWaiting: (waiting: Waiting) => void,
): Promise<Judgment> {
  const exercise = await loadExercise(id);
  const { engine } = LANGUAGES[exercise.lang]!;
  const run = browserRun({
    lang: exercise.lang,
    dataset: exercise.dataset,
    signal,
    onProgress: (progress) =>
      onWaiting(
        progress.stage === 'run'
          ? { says: 'Checking.', share: 'unknown' }
          : describeProgress(engine, progress),
      ),
  });
  try {
    const verdict = await checkExercise(exercise, code, run);
    return {
      passed: verdict.kind === 'checked' && verdict.passed,
      nodes: renderVerdict(verdict).map((element) => toDom(element, document)),
    };
  } catch (error) {
    if (error instanceof RunStopped)
      return { passed: undefined, says: 'Stopped. Nothing was checked.', kind: 'info' };
    const again = error instanceof EngineLoadError ? ' Check tries again.' : '';
    return { passed: undefined, says: `${(error as Error).message}${again}`, kind: 'error' };
  }
}
