/**
 * What readers of the course do with an engine: its cells, exercises, challenges and consoles. An engine that comes in two halves
 * needs no more than the first for that.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workload } from '../../engines/assets.ts';
import { descriptorOf, ENGINES } from '../../engines/descriptors.ts';
import type { EngineName, Script } from '../../engines/engine.ts';
import { courseRoot } from '../../foundation/content/root.ts';
import { LECTURE_FOLDER } from '../../foundation/course/outline.ts';
import { readReference, referenceCells } from '../../lecture/reference/read.ts';
import { readChallenges } from '../../practice/challenge/read.ts';
import { measureDesigns } from '../../practice/challenge/designs.ts';
import { readExercises } from '../../practice/exercises/read.ts';
import { verifyExercise } from '../../practice/exercises/verify.ts';
import type { PlacedCell } from '../../running/cells/cell.ts';
import { datasetScripts, readDataset } from '../../running/cells/execute/dataset.ts';
import { cellsBefore, collectPage, type PageCells } from '../../running/cells/fence/collect.ts';
import { LANGUAGES } from '../../running/cells/fence/fence.ts';
import { profile } from '../../running/runner/process/profile.ts';
import { inspectSql } from '../../running/console/sql/inspection.ts';

/** Code that decides which scripts an exercise or a challenge runs, and in which order. */
const JUDGES = ['src/practice/exercises', 'src/practice/challenge'];

/** @throws AuthoringError for the first mistake in the content. */
export function courseWorkloads(engine: EngineName): Workload[] {
  const pages = [...lecturePages(), referenceCells(readReference())];
  return [
    ...pages.flatMap(({ cells }) => cellWorkloads(cells, engine)),
    ...exerciseWorkloads(engine),
    ...(engine === 'postgres' ? challengeWorkloads() : []),
    ...consoleWorkloads(engine),
  ].sort((a, b) => a.dataset.localeCompare(b.dataset, 'en'));
}

/** Does all that with every engine that can be divided, so that who publishes them finds it done. */
export async function profileCourse(): Promise<void> {
  for (const engine of ENGINES) {
    const name = engine.name as EngineName;
    const datasets = datasetScripts(name);
    await profile(engine, { datasets, workloads: () => courseWorkloads(name) });
  }
}

/** What starts with the same data is done one after the other. */
interface DatasetWorkload extends Workload {
  /** Its name; empty without one. */
  dataset: string;
}

function lecturePages(): PageCells[] {
  return readdirSync(join(courseRoot(), LECTURE_FOLDER), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.mdx'))
    .sort()
    .map((name) => `${LECTURE_FOLDER}/${name}`)
    .map((file) => collectPage(readFileSync(join(courseRoot(), file), 'utf8'), file));
}

/** Each cell with those that stand before it in its session. */
export function cellWorkloads(cells: readonly PlacedCell[], engine: EngineName): DatasetWorkload[] {
  const own = cells.filter((cell) => cell.engine === engine);
  const covered = new Set(own.flatMap((cell) => cellsBefore(own, cell)));
  return own
    .filter((cell) => !covered.has(cell))
    .map((cell) => {
      const dataset = readDataset(cell);
      const scripts: Script[] = [...cellsBefore(own, cell), cell].map(({ files }) => ({ files }));
      return {
        name: `${cell.file}: ${cell.id}`,
        dataset: dataset?.name ?? '',
        key: JSON.stringify([dataset?.code, scripts]),
        perform: (run) => run(dataset, scripts),
      };
    });
}

function exerciseWorkloads(engine: EngineName): DatasetWorkload[] {
  const judges = judgesHash();
  return readExercises()
    .filter(({ exercise }) => LANGUAGES[exercise.lang]!.engine === engine)
    .map((placed) => {
      const { id, dataset: name } = placed.exercise;
      const { file, lineOf } = placed;
      const place = { id, engine, file, line: lineOf('dataset') };
      const dataset = readDataset({ ...place, ...(name !== undefined && { dataset: name }) });
      return {
        name: `${file}: ${id}`,
        dataset: dataset?.name ?? '',
        key: JSON.stringify([judges, dataset?.code, placed.exercise]),
        perform: (run) => verifyExercise(placed, (scripts) => run(dataset, scripts)),
      };
    });
}

function challengeWorkloads(): DatasetWorkload[] {
  const judges = judgesHash();
  return readChallenges().map((placed) => ({
    name: placed.file,
    dataset: '',
    key: JSON.stringify([judges, placed.challenge]),
    perform: (run) => measureDesigns(placed, (scripts) => run(null, scripts)),
  }));
}

/** A console asks what there is as soon as it is opened. */
function consoleWorkloads(engine: EngineName): DatasetWorkload[] {
  const { dialect } = descriptorOf(engine).language;
  if (!dialect) return [];
  return [null, ...datasetScripts(engine)].map((dataset) => ({
    name: `console: ${dataset?.name ?? 'empty'}`,
    dataset: dataset?.name ?? '',
    key: JSON.stringify(['console', inspectSql.toString(), dataset?.code]),
    perform: (run) =>
      inspectSql(dialect, async (code) => {
        const files = [{ name: 'catalog', code }];
        return (await run(dataset, [{ files, aside: true }]))[0]!;
      }),
  }));
}

function judgesHash(): string {
  const hash = createHash('sha256');
  for (const folder of JUDGES)
    for (const name of readdirSync(folder).sort())
      if (/(?<!\.test)\.ts$/.test(name)) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
