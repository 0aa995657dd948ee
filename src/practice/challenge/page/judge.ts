/** Judges the code of a stage. Loaded when a reader asks for it, with what the checks need. */
import { EngineLoadError, RunStopped } from '../../../running/cells/page/databases.ts';
import { describeProgress, type Waiting } from '../../../running/cells/page/progress.ts';
import { toDom } from '../../../running/cells/output/tree.ts';
import { browserRun } from '../../exercises/page/browser-run.ts';
import { renderVerdict } from '../../exercises/page/verdict-list.ts';
import { checkStage, type JudgedStage } from '../check.ts';
import type { Measures } from '../measures.ts';

/** The checks of all challenges, each fetched when it is first asked for. */
const CHALLENGES = import.meta.glob<JudgedStage[]>('@content/challenges/*.yaml', {
  query: '?judged',
  import: 'default',
});

/** How a check ended: with a verdict, or with the reason why there is none. */
export type Judgment =
  | { kind: 'judged'; nodes: globalThis.Node[]; measures: Measures | undefined }
  | { kind: 'info' | 'error'; says: string };

/** @throws Error if the challenge cannot be fetched. */
export const loadStages = (id: string): Promise<JudgedStage[]> =>
  CHALLENGES[`${COURSE_FOLDER}/content/challenges/${id}.yaml`]!();

export interface Judged {
  /** The challenge. */
  id: string;
  /** Which stage, from 0. */
  index: number;
  /** The code of the stages before it. */
  earlier: readonly string[];
  code: string;
  signal: AbortSignal;
  onWaiting(waiting: Waiting): void;
}

/** @throws Error if the challenge cannot be fetched. */
export async function judge(asked: Judged): Promise<Judgment> {
  const { id, index, earlier, code, signal, onWaiting } = asked;
  const stage = (await loadStages(id))[index]!;
  const run = browserRun({
    lang: 'sql',
    signal,
    onProgress: (progress) =>
      onWaiting(
        progress.stage === 'run'
          ? { says: 'Checking.', share: 'unknown' }
          : describeProgress('postgres', progress),
      ),
  });
  try {
    const { verdict, measures } = await checkStage(stage, earlier, code, run);
    const nodes = renderVerdict(verdict).map((element) => toDom(element, document));
    return { kind: 'judged', nodes, measures };
  } catch (error) {
    if (error instanceof RunStopped) return { kind: 'info', says: 'Stopped. Nothing was checked.' };
    const again = error instanceof EngineLoadError ? ' Check tries again.' : '';
    return { kind: 'error', says: `${(error as Error).message}${again}` };
  }
}
