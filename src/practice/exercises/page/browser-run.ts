/**
 * Runs the scripts of exercises in the reader's browser, on the page's one database of their engine. A cell that
 * runs afterwards starts afresh by itself: what a check did is part of the database's history.
 */
import { run, type Progress } from '../../../running/cells/page/databases.ts';
import { LANGUAGES } from '../../../running/cells/fence/languages.ts';
import type { Output, Script } from '../../../engines/engine.ts';
import type { Run } from '../check.ts';

export interface BrowserRunOptions {
  /** A language that runs: `sql`. */
  lang: string;
  /** Name of the dataset; without one the database is empty. */
  dataset?: string | undefined;
  /** Scripts that run behind the dataset and before all others, their outputs dropped: earlier stages. */
  earlier?: readonly Script[];
  /** Aborting it ends whatever runs, at once. */
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/**
 * @returns a {@link Run}. It throws what a run of a cell throws: EngineLoadError, EngineCrashed,
 * DatasetFailed, RunStopped.
 */
export function browserRun({
  lang,
  dataset,
  earlier = [],
  signal,
  onProgress,
}: BrowserRunOptions): Run {
  const { engine } = LANGUAGES[lang]!;
  return async (scripts) => {
    const outputs: Output[][] = [];
    for (const [index, step] of scripts.entries()) {
      const of: Output[] = [];
      // Should a cell run between two scripts, the earlier ones run again.
      const before = [...earlier, ...scripts.slice(0, index)];
      await run({
        engine,
        dataset: dataset ?? null,
        before,
        step,
        signal,
        onProgress,
        onOutput: (output) => of.push(output),
      });
      outputs.push(of);
    }
    return outputs;
  };
}
