/**
 * One run of a cell as the reader sees it: stages, outputs as they come, and how it ended.
 */
import type { Output } from '../../../engines/engine.ts';
import { lastingId } from '../../../foundation/addresses/lasting.ts';
import { tellDone } from '../../../foundation/page/done.ts';
import { Drawing, unhurried } from '../output/drawing.ts';
import { renderOutputs } from '../output/render.ts';
import { EngineLoadError, run, RunStopped, type Progress } from './databases.ts';
import type { CourseCell } from './element.ts';
import { describeProgress } from './progress.ts';

/** Runs the cell; however it ends, the cell says so. */
export async function runCell(cell: CourseCell, signal: AbortSignal): Promise<void> {
  const outputs: Output[] = [];
  const files = [...cell.files];
  const drawing = new Drawing(document);
  const drawn = unhurried(() => draw());
  const progress = paced<Progress>((stage) => showProgress(cell, stage));
  const draw = (note = 'Output of this run'): void => {
    drawn.cancel();
    cell.showResults(
      drawing.nodesOf(renderOutputs(outputs, files)),
      outputs.length === 0 ? 'No output.' : note,
      files,
    );
  };
  try {
    const summary = await run({
      engine: cell.engine,
      dataset: cell.dataset['dataset'] ?? null,
      before: earlierCells(cell).map(({ standing }) => ({ files: standing })),
      step: { files },
      signal,
      onProgress: progress.show,
      onOutput(output) {
        outputs.push(output);
        drawn.ask();
      },
    });
    progress.end();
    draw();
    cell.say(ending(summary.errors, summary.milliseconds, summary.ranBefore));
    // What a cell is a part of tells by itself when a reader is done with it.
    const id = cell.dataset['within'] === undefined ? lastingId(cell.id) : null;
    if (id !== null) tellDone({ kind: 'cell', id, right: summary.errors === 0 });
  } catch (error) {
    progress.end();
    drawn.cancel();
    if (outputs.length > 0) draw('Output before it stopped');
    const stopped = error instanceof RunStopped;
    cell.say(
      stopped
        ? 'Stopped. The next run starts from fresh data.'
        : `${(error as Error).message}${error instanceof EngineLoadError ? ' Run tries again.' : ''}`,
      stopped ? 'info' : 'error',
    );
  } finally {
    cell.showProgress(null);
  }
}

/** The cells of the same session that stand before it on the page. */
function earlierCells(cell: CourseCell): CourseCell[] {
  const session = cell.dataset['session'];
  if (session === undefined) return [];
  const cells = [...document.querySelectorAll<CourseCell>('course-cell')];
  return cells
    .slice(0, cells.indexOf(cell))
    .filter(({ dataset, engine }) => dataset['session'] === session && engine === cell.engine);
}

/** In milliseconds: how long what a reader waits for is shown at least. Nobody reads faster, and each is drawn. */
const SHOWN_FOR = 100;

/** Shows the first at once, then the latest whenever the one before has been there for its time. */
function paced<T>(show: (value: T) => void): { show(value: T): void; end(): void } {
  let latest: { value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    timer = undefined;
    if (!latest) return;
    show(latest.value);
    latest = null;
    timer = setTimeout(next, SHOWN_FOR);
  };
  return {
    show(value) {
      latest = { value };
      if (timer === undefined) next();
    },
    end: () => clearTimeout(timer),
  };
}

function showProgress(cell: CourseCell, progress: Progress): void {
  const { says, share } = describeProgress(cell.engine, progress);
  cell.say(says);
  cell.showProgress(share);
}

function ending(errors: number, milliseconds: number, ranBefore: number): string {
  const how = errors === 0 ? 'Ran' : `Ran with ${errors} ${errors === 1 ? 'error' : 'errors'}`;
  const first =
    ranBefore === 0 ? '' : `, after ${ranBefore} earlier ${ranBefore === 1 ? 'cell' : 'cells'}`;
  return `${how} in your browser in ${formatDuration(milliseconds)}${first}.`;
}

function formatDuration(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
