/**
 * The databases of a page, one for each engine, and the runs on them. Loaded when a reader first
 * shows interest in running something.
 */
import manifest from 'virtual:engine-assets';
import type {
  EngineName,
  Output,
  RunSummary,
  Script,
  ScriptFile,
} from '../../../engines/engine.ts';
import {
  CourseUpdated,
  createRunner,
  DatasetFailed,
  EngineCrashed,
  EngineLoadError,
  RunStopped,
  type Progress,
  type Session,
} from '../../runner/client.ts';
import { updated } from '../../../foundation/updates/updates.ts';
import { datasetPath } from '../datasets.ts';
import { standsAt, type History, type Step } from './history.ts';

export { CourseUpdated, DatasetFailed, EngineCrashed, EngineLoadError, RunStopped, type Progress };

/** Every dataset's script, each fetched when a cell first needs it. */
const DATASETS = import.meta.glob<string>('@content/datasets/*', {
  query: '?raw',
  import: 'default',
});

interface Place {
  session: Session;
  /** What the database has been through; `null` when its state is unknown. */
  history: History | null;
  /** The session's life that the history belongs to. */
  epoch: number;
}

/** The one runner of the page: its databases share the places that there are. */
export const runner = createRunner(manifest);
const places = new Map<EngineName, Place>();

function placeOf(engine: EngineName): Place {
  const place = places.get(engine) ?? { session: runner.session(engine), history: null, epoch: 0 };
  places.set(engine, place);
  return place;
}

export interface CellRun {
  engine: EngineName;
  dataset: string | null;
  /** The earlier cells of the session. */
  before: readonly Step[];
  step: Step;
  onProgress(progress: Progress): void;
  onOutput(output: Output): void;
  signal: AbortSignal;
}

export interface CellRunResult extends RunSummary {
  /** How many earlier cells had to run first. */
  ranBefore: number;
}

const warming = new Map<EngineName, AbortController>();

/**
 * Starts loading an engine, because its cell is likely to be run. Failures show when it is run; a run
 * that the reader stops stops this too.
 */
export async function warm(engine: EngineName, dataset: string | null): Promise<void> {
  const abort = warming.get(engine) ?? new AbortController();
  warming.set(engine, abort);
  try {
    await placeOf(engine).session.warm({
      signal: abort.signal,
      dataset: dataset === null ? null : datasetPath(engine, dataset),
    });
  } catch {
    // The run itself tells.
  }
}

function stopWarming(engine: EngineName): void {
  warming.get(engine)?.abort();
  warming.delete(engine);
}

/** @throws CourseUpdated, EngineLoadError, EngineCrashed, DatasetFailed, RunStopped */
export async function run(cell: CellRun): Promise<CellRunResult> {
  const place = placeOf(cell.engine);
  const wanted: History = { dataset: cell.dataset, steps: cell.before };
  // The engine comes while the dataset's script does.
  void warm(cell.engine, cell.dataset);
  cell.signal.addEventListener('abort', () => stopWarming(cell.engine), { once: true });
  const dataset = cell.dataset === null ? null : await readDataset(cell.engine, cell.dataset);
  let ranBefore = 0;
  const running = place.session.run(scriptOf(cell.step), {
    onOutput: cell.onOutput,
    onProgress: cell.onProgress,
    signal: cell.signal,
    dataset: dataset?.name,
    start(epoch) {
      const stands = place.epoch === epoch && standsAt(place.history, wanted);
      place.epoch = epoch;
      place.history = { dataset: cell.dataset, steps: [...cell.before, cell.step] };
      if (stands) return null;
      ranBefore = cell.before.length;
      return { dataset, earlier: cell.before.map(scriptOf) };
    },
  });
  const summary = await running.catch((error: unknown) => {
    // Whatever ran of it: the next cell does not count on it.
    place.history = null;
    throw error;
  });
  return { ...summary, ranBefore };
}

const scriptOf = ({ files, judge }: Step): Script => ({
  files: [...files],
  ...(judge === true && { judge }),
});

/** @throws EngineLoadError if the script cannot be fetched, CourseUpdated if it is there no more. */
export async function readDataset(engine: EngineName, name: string): Promise<ScriptFile> {
  const path = datasetPath(engine, name);
  try {
    return { name: path, code: await DATASETS[`${COURSE_FOLDER}/${path}`]!() };
  } catch (error) {
    const notice = await updated();
    if (notice !== undefined)
      throw new CourseUpdated(`the dataset ${name}`, notice, { cause: error });
    throw new EngineLoadError(`the dataset ${name}`, 'the download broke off', { cause: error });
  }
}
